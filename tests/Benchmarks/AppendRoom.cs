// The real way of an entry: the gateway's queue, HTTP, the consent room, its database.
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sisote.Consent;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Gateway;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Recording;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Benchmarks;

/// <summary>An open consent room with the gateway's client of it, in one process as the one-command deployment has it.</summary>
internal sealed class AppendRoom : IAsyncDisposable
{
    private static readonly LegalCatalogue Law = ((CatalogueReading.Loaded)CatalogueReader.ReadEmbedded()).Catalogue;

    private readonly TestIssuer issuer;
    private readonly string folder;
    private readonly WebApplication app;
    private readonly ServiceProvider gateway;

    private AppendRoom(TestIssuer issuer, string folder, WebApplication app, ServiceProvider gateway) => (this.issuer, this.folder, this.app, this.gateway) = (issuer, folder, app, gateway);

    public AppendQueue Queue => gateway.GetRequiredService<AppendQueue>();

    /// <summary>Opens a room on a database, or on a SQLite file of its own.</summary>
    public static async Task<AppendRoom> OpenAsync(string? database)
    {
        var folder = Directory.CreateTempSubdirectory("sisote-benchmark-").FullName;
        var issuer = await TestIssuer.StartAsync();
        var settings = Settings(issuer, folder, new Uri("http://127.0.0.1:1/"));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sisote:Consent:Database"] = database ?? "sqlite:" + Path.Combine(folder, "consent.db"),
            ["Sisote:Consent:MigrateAtStart"] = "true",
            ["Sisote:Consent:MakeKeys"] = "true",
            ["Sisote:LogFile"] = Path.Combine(folder, "diagnostics.log"),
        }).Build();
        var builder = RoomApplication.CreateBuilder("consent", settings, configuration, "http://127.0.0.1:0");
        builder.AddConsent(settings);
        var app = builder.Build();
        app.UseRoomDefaults();
        app.MapConsent();
        await app.StartAsync();
        SystemKey.Ensure(settings.KeyDirectory, InnerSystems.Gateway.Value);
        var gateway = Gateway(Settings(issuer, folder, new Uri(app.Urls.First() + "/")));
        await gateway.GetRequiredService<AppendQueue>().StartAsync(CancellationToken.None);
        return new AppendRoom(issuer, folder, app, gateway);
    }

    /// <summary>The states of so many invented people.</summary>
    public async Task<ImmutableArray<ConsentState>> StatesAsync(int people)
    {
        var query = new ClientStateQuery { Identifiers = [.. Enumerable.Range(0, people).Select(static number => Person(number).Reveal())] };
        var answer = await gateway.GetRequiredService<ConsentApi>().AskStatesAsync(query, CancellationToken.None);
        return [.. answer!.States.Select(static row => row.State)];
    }

    /// <summary>A disclosure as a read makes it: three items with basis and consent, two resources.</summary>
    public static AppendItem Item(ConsentState state, int person) => new()
    {
        Entry = Entry(state),
        Expect = new AppendExpectation { ClientRevision = state.Revision, AgreementsRevision = state.AgreementsRevision, Catalogue = Law.Version },
        ClientIdentifier = Person(person).Reveal(),
    };

    public async ValueTask DisposeAsync()
    {
        await Queue.StopAsync(CancellationToken.None);
        await gateway.DisposeAsync();
        await app.DisposeAsync();
        await issuer.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static ServiceProvider Gateway(RoomSettings settings)
    {
        var services = new ServiceCollection();
        services.AddLogging(static log => log.SetMinimumLevel(LogLevel.None));
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new GatewayOptions());
        services.AddHttpClient(ConsentApi.HttpName).ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        services.AddSingleton<AccessTokenSource>();
        services.AddSingleton<ConsentApi>();
        services.AddSingleton<AppendQueue>();
        return services.BuildServiceProvider();
    }

    private static RoomSettings Settings(TestIssuer issuer, string folder, Uri consent) => new()
    {
        Issuer = issuer.Address,
        Gateway = new Uri("http://localhost:8080/"),
        Portal = new Uri("http://localhost:8081/"),
        Consent = consent,
        Adapters = new Uri("http://localhost:8084/"),
        DataDirectory = folder,
        KeyDirectory = Path.Combine(folder, "keys"),
        Catalogue = Law,
        Deployment = new Deployment { Organisations = [], Systems = [], Agreements = [] },
    };

    private static LogEntry Entry(ConsentState state) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Time = TimeProvider.System.GetUtcNow(),
        Kind = LogEntryKind.Disclosure,
        CorrelationId = Guid.CreateVersion7().ToString("N"),
        Client = state.Client,
        From = new LogParty { Organisation = OrganisationId.Parse("pohjois-savo"), System = SystemId.Parse("pohjois-savo-record"), Sector = SectorId.Parse("health"), Role = RoleId.Parse("health-professional") },
        To = new LogParty { Organisation = OrganisationId.Parse("kuopio"), System = SystemId.Parse("kuopio-liikunta"), Sector = SectorId.Parse("municipal-sports"), Role = RoleId.Parse("exercise-counsellor"), Professional = ProfessionalId.Parse("ohjaaja-salmi") },
        Direction = Direction.Read,
        Purpose = PurposeId.Parse("exercise-counselling"),
        Channel = Channel.StandingApi,
        Items = [.. new[] { "exercise-restriction", "exercise-goal", "identity" }.Select(static (item, place) => Released(item, place < 2))],
        Resources = [.. new[] { "Patient", "Condition" }.Select(static type => new LogResource { Type = type, Handle = "h" + new string('a', 40) })],
        Catalogue = Law.Version,
        ClientRevision = state.Revision,
        AgreementsRevision = state.AgreementsRevision,
        Outcome = "released",
    };

    private static LogItem Released(string item, bool released) => new()
    {
        Item = DataItemId.Parse(item),
        Released = released,
        Rule = RuleId.Parse("EX-02"),
        Basis = [new LegalBasisCitation { Statute = "703/2023", Section = "54 §" }],
        Consents = released ? [new ConsentReference { Id = "0199c0ffee00700080000000000000aa", Version = 1, Form = ConsentFormId.Parse("SECRECY") }] : [],
        Reason = released ? null : ReasonClass.NoRule,
    };

    private static Hetu Person(int number)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"01019{number / 50}9{(number % 50) + 10}");
        return Hetu.Parse($"{digits[..6]}-{digits[6..]}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, CultureInfo.InvariantCulture) % 31]}");
    }
}
