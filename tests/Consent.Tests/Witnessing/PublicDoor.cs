// What outsiders reach of a room: its log and its witness, on a real port.
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Witness;
using Sisote.Policy.Deployments;

namespace Sisote.Tests.Consent.Witnessing;

/// <summary>Hands on what a gateway hands on, with a gateway's token; can be shut.</summary>
internal sealed class PublicDoor : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler(), disposeHandler: false); // shared by all tests

    private readonly WebApplication app;

    private PublicDoor(WebApplication app, OpenRoom room) => (this.app, Room) = (app, room);

    public OpenRoom Room { get; }

    public bool IsShut { get; set; }

    public WitnessVerifier Witness => WitnessVerifier.Parse(File.ReadAllText(Path.Combine(Room.Folder, "keys", "consent.witness.vkey")).Trim());

    /// <summary>What others write under <c>watches</c>.</summary>
    public LogPeerEntry AsLog => new() { Key = Room.LogKey.ToString(), Address = new Uri(app.Urls.First() + "/log/") };

    /// <summary>What others write under <c>asks</c>.</summary>
    public LogPeerEntry AsWitness => new() { Key = Witness.ToString(), Address = new Uri(app.Urls.First() + "/witness/") };

    public static async Task<PublicDoor> OpenAsync(OpenRoom room)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var door = new PublicDoor(app, room);
        app.Run(door.HandOnAsync);
        await app.StartAsync();
        return door;
    }

    public async Task<(HttpStatusCode Status, string? Type, string Body)> AddCheckpointAsync(string body)
    {
        using var content = new StringContent(body);
        using var answer = await Http.PostAsync(new Uri(app.Urls.First() + "/witness/add-checkpoint"), content);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }

    public async Task<Note> ReadNoteAsync(string path)
    {
        Assert.True(Note.TryParse(await Http.GetStringAsync(new Uri(app.Urls.First() + path)), out var note));
        return note;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task HandOnAsync(HttpContext context)
    {
        if (IsShut)
        {
            context.Abort();
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Parse(context.Request.Method), context.Request.Path);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray());
        }

        using var answer = await Room.Gateway.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
