// The real authority on real Kestrel, with a small deployment and invented people.
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Identity;
using Sisote.Identity.SignIn;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Tests.Doors;

namespace Sisote.Tests.Identity;

internal sealed class RunningAuthority : IAsyncDisposable
{
    internal const string Sports = "kuopio-liikunta";

    internal const string PortalSystem = "kuopio-portal";

    internal const string AinoHetu = "010190-999W";

    internal const string AinoName = "Aino Aaltonen";

    private readonly WebApplication app;

    private RunningAuthority(WebApplication app, RoomSettings settings, string address, string logFile)
    {
        (this.app, Settings, LogFile) = (app, settings, logFile);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = new Uri(address) };
    }

    internal RoomSettings Settings { get; }

    internal string LogFile { get; }

    internal HttpClient Http { get; }

    internal IServiceProvider Services => app.Services;

    internal static IdentityOptions Options { get; } = new()
    {
        Persons =
        [
            new DemoPerson { Id = "aino", Name = AinoName, Kind = PersonKind.Client, Hetu = Hetu.Parse(AinoHetu), Remark = Remark("aikuinen", "vuxen", "an adult") },
            new DemoPerson
            {
                Id = "salmi", Name = "Sanna Salmi", Kind = PersonKind.Professional, Role = RoleId.Parse("exercise-counsellor"), Organisation = OrganisationId.Parse("kuopio"),
                Professional = ProfessionalId.Parse("ohjaaja-salmi"), Remark = Remark("liikuntaneuvoja <b>", "motionsrådgivare", "exercise counsellor"),
            },
        ],
    };

    /// <summary>Starts an authority on a free port, whose number it must know beforehand: it is part of the issuer's name.</summary>
    internal static async Task<RunningAuthority> StartAsync(string folder, IdentityOptions? options = null, bool demo = true, Uri? issuer = null, Uri? portal = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var address = FreeAddress();
            try
            {
                return await StartAtAsync(folder, options ?? Options, demo, address.AbsoluteUri, issuer ?? address, portal);
            }
            catch (IOException) when (attempt < 5)
            {
                // Somebody took the port in between.
            }
        }
    }

    /// <summary>An assertion as the authority wants it, changed as a test wants it.</summary>
    internal string Assert(
        string system = Sports, BusinessContext? business = null, Action<SecurityTokenDescriptor>? change = null, SigningCredentials? key = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object> { ["sub"] = system, ["jti"] = Guid.CreateVersion7().ToString("N") };
        if (business is not null)
        {
            claims["extensions"] = JsonSerializer.SerializeToElement(new Dictionary<string, BusinessContext> { ["hl7-b2b"] = business }, Sisote.Doors.Json.SisoteJson.Options);
        }

        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = system,
            Audience = Settings.Issuer.AbsoluteUri,
            IssuedAt = now,
            Expires = now.AddSeconds(55),
            TokenType = "client-authentication+jwt",
            Claims = claims,
            SigningCredentials = key ?? SystemKey.Read(SystemKey.PrivateFile(Settings.KeyDirectory, system)).Credentials,
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    /// <summary>Asks for a token of the system's own.</summary>
    internal Task<TokenReply> AskAsync(string assertion, string scope = Scopes.Exchange) => AskAsync(new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials",
        ["scope"] = scope,
        ["client_assertion_type"] = ClientAssertions.Type,
        ["client_assertion"] = assertion,
    });

    /// <summary>Asks the token endpoint.</summary>
    internal async Task<TokenReply> AskAsync(Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var answer = await Http.PostAsync("token", content, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new TokenReply(answer.StatusCode, JsonDocument.Parse(body).RootElement, answer.Headers.RetryAfter is not null);
    }

    internal AccessTokenSource TokenSource() => new(Settings, app.Services.GetRequiredService<IHttpClientFactory>(), TimeProvider.System);

    internal static BusinessContext Counsellor(string role = "exercise-counsellor", string organisation = "kuopio", string subject = "ohjaaja-salmi", params string[] purposes) => new()
    {
        SubjectId = ProfessionalId.Parse(subject),
        SubjectName = "Sanna Salmi",
        SubjectRole = RoleId.Parse(role),
        OrganisationId = OrganisationId.Parse(organisation),
        PurposeOfUse = purposes.Length == 0 ? [PurposeId.Parse("exercise-counselling")] : [.. purposes.Select(PurposeId.Parse)],
    };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }

    private static async Task<RunningAuthority> StartAtAsync(string folder, IdentityOptions options, bool demo, string address, Uri issuer, Uri? portal)
    {
        var settings = SomeSettings.With(issuer, folder, Deployment(), demo);
        settings = settings with { Portal = portal ?? settings.Portal };
        foreach (var system in (string[])[.. InnerSystems.All.Select(static id => id.Value), Sports, PortalSystem])
        {
            SystemKey.Ensure(settings.KeyDirectory, system);
        }

        var logFile = Path.Combine(folder, $"log-{Guid.CreateVersion7():N}.json");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Sisote:LogLevel", "Verbose"), new("Sisote:LogFile", logFile)]).Build();
        var builder = RoomApplication.CreateBuilder("identity", settings, configuration, address);
        builder.AddIdentity(settings, options with { Persons = demo ? options.Persons : [] });
        var app = builder.Build();
        app.UseRoomDefaults();
        app.MapIdentity();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningAuthority(app, settings, address, logFile);
    }

    private static Deployment Deployment() => new()
    {
        Organisations = [],
        Systems =
        [
            System(Sports) with { KeysFile = $"keys/{Sports}.jwks.json" },
            System(PortalSystem) with { Portal = true },
            System("no-keys") with { KeysFile = "keys/absent.jwks.json" },
            System("never-calls"),
        ],
    };

    private static SystemEntry System(string id) => new()
    {
        Id = SystemId.Parse(id),
        Organisation = OrganisationId.Parse("kuopio"),
        Sector = SectorId.Parse("municipal-sports"),
        ActsAs = RoleId.Parse("exercise-counsellor"),
        Name = Remark(id, id, id),
        Roles = [RoleId.Parse("exercise-counsellor")],
        Purposes = [PurposeId.Parse("exercise-counselling"), PurposeId.Parse("statistics")],
    };

    private static LocalisedText Remark(string fi, string sv, string en) => new() { Fi = fi, Sv = sv, En = en };

    internal static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}

internal sealed record TokenReply(HttpStatusCode Status, JsonElement Body, bool SaysWhenToRetry)
{
    internal string? Error => Body.TryGetProperty("error", out var error) ? error.GetString() : null;

    internal string? Description => Body.TryGetProperty("error_description", out var description) ? description.GetString() : null;

    internal JsonWebToken AccessToken => new(Body.GetProperty("access_token").GetString());
}
