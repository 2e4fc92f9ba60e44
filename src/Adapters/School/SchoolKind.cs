// Opens schools' systems of the deployment.
using System.Diagnostics.CodeAnalysis;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;

namespace Sisote.Adapters.School;

/// <summary>
/// Kind <c>school</c>: a OneRoster 1.2 roster and a message box. Settings: <c>rosterAddress</c>, <c>tokenAddress</c>, <c>clientId</c>, <c>clientSecretFile</c>, <c>inboxAddress</c>,
/// <c>inboxKeyFile</c>, in place of the first four <c>rosterFolder</c> with <c>rosterMaxAgeHours</c>, <c>hetuType</c>, <c>schoolForm</c>, <c>rosterRefreshSeconds</c>, <c>rosterSyncSeconds</c>, <c>mapping</c>, <c>timeoutSeconds</c>.
/// </summary>
internal sealed class SchoolKind(IHttpClientFactory http, RoomSettings rooms, AccessTokenSource tokens, TimeProvider clock, ILogger<SchoolKind> log) : IAdapterKind
{
    /// <inheritdoc />
    public string Kind => "school";

    /// <inheritdoc />
    [SuppressMessage("Reliability", "CA2000", Justification = "The system lives as long as the room.")]
    public ISourceSystem? Open(SystemEntry system, AdapterSettings settings)
    {
        var native = NativeHttpClient.Open(http, settings, clock);
        var source = OpenSource(system, settings, native);
        var inbox = new SchoolInboxHttpClient(settings.RequireHttp("inboxAddress"), settings.RequirePath("inboxKeyFile"), native);
        var shared = new SchoolSettings
        {
            System = system.Id,
            Organisation = system.Organisation,
            HetuType = settings.Optional("hetuType") ?? "HETU",
            SchoolForm = settings.Optional("schoolForm"),
            Refresh = settings.Seconds("rosterRefreshSeconds", 60),
            Sync = settings.Seconds("rosterSyncSeconds", 300),
        };
        if (CodeMapping.Open(settings, "school.yaml", "categories", "arrangements", "relationships") is not { } codes)
        {
            return null;
        }

        var roster = new RosterReader(source, codes, shared, clock);
        var sync = new RosterSync(shared, roster, new RegisterHttpClient(rooms.Consent, tokens, new NativeHttpClient(http, RegisterHttpClient.Limit, clock)), clock, log);
        return new SchoolSystem(system.Id.Value, roster, sync, inbox, codes, log);
    }

    private IRosterSource OpenSource(SystemEntry system, AdapterSettings settings, NativeHttpClient native)
    {
        if (settings.OptionalPath("rosterFolder") is not { } folder)
        {
            return new OneRosterHttpClient(
                settings.RequireHttp("rosterAddress"), WithoutSlash(settings.RequireHttp("tokenAddress")), settings.Require("clientId"), settings.RequirePath("clientSecretFile"), native, clock);
        }

        if (settings.Optional("rosterAddress") is not null)
        {
            settings.Fault("rosterFolder", "stands beside `rosterAddress`: the register comes from one of them");
        }

        return new RosterFolder(system.Id, folder, TimeSpan.FromHours(settings.Whole("rosterMaxAgeHours", 72, 1, 744)), clock, log);
    }

    private static Uri WithoutSlash(Uri address) => new(address.AbsoluteUri.TrimEnd('/'));
}
