// A room with nothing but the checks of TokenDoor, which says who came in.
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Sisote.Doors;
using Sisote.Doors.Tokens;

namespace Sisote.Tests.Doors;

internal sealed class ProbeDoor : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler());
    private readonly WebApplication app;

    private ProbeDoor(RoomSettings settings)
    {
        var builder = RoomApplication.CreateBuilder("probe", settings, new ConfigurationBuilder().Build(), "http://127.0.0.1:0");
        builder.AddTokenDoor(settings);
        app = builder.Build();
        app.UseRoomDefaults();
        foreach (var policy in new[] { TokenDoor.Exchange, TokenDoor.Inner, TokenDoor.Person })
        {
            app.MapGet(policy, (HttpContext context) =>
            {
                LastCaller = context.GetCaller();
                return TypedResults.Ok();
            }).RequireAuthorization(policy);
        }

        app.MapGet("plain", static () => TypedResults.Ok());
        app.MapGet("broken", static () => { throw new InvalidOperationException("on purpose"); }).AllowAnonymous();
    }

    internal Caller? LastCaller { get; private set; }

    internal static async Task<ProbeDoor> StartAsync(RoomSettings settings)
    {
        var door = new ProbeDoor(settings);
        await door.app.StartAsync();
        return door;
    }

    internal async Task<HttpStatusCode> KnockAsync(string path, string? token) => (await GetAsync(path, token)).StatusCode;

    internal async Task<HttpResponseMessage> GetAsync(string path, string? token, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(app.Urls.First()), path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
