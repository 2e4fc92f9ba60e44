// Opens schools' systems of the deployment.
using System.Diagnostics.CodeAnalysis;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Sisote.Policy.Deployments;

namespace Sisote.Adapters.School;

/// <summary>
/// Kind <c>school</c>: a OneRoster 1.2 roster and a message box. Settings: <c>rosterAddress</c>, <c>tokenAddress</c>, <c>clientId</c>, <c>clientSecretFile</c>, <c>inboxAddress</c>,
/// <c>inboxKeyFile</c>, <c>hetuType</c>, <c>schoolForm</c>, <c>rosterRefreshSeconds</c>, <c>mapping</c>, <c>timeoutSeconds</c>.
/// </summary>
internal sealed class SchoolKind(IHttpClientFactory http, TimeProvider clock, ILogger<SchoolKind> log) : IAdapterKind
{
    /// <inheritdoc />
    public string Kind => "school";

    /// <inheritdoc />
    [SuppressMessage("Reliability", "CA2000", Justification = "The system lives as long as the room.")]
    public ISourceSystem? Open(SystemEntry system, AdapterSettings settings)
    {
        var native = new NativeHttpClient(http, settings.Seconds("timeoutSeconds", 10), clock);
        var provider = new OneRosterHttpClient(
            settings.RequireHttp("rosterAddress"), WithoutSlash(settings.RequireHttp("tokenAddress")), settings.Require("clientId"), settings.RequirePath("clientSecretFile"), native, clock);
        var inbox = new SchoolInboxHttpClient(settings.RequireHttp("inboxAddress"), settings.RequirePath("inboxKeyFile"), native);
        var shared = new SchoolSettings
        {
            System = system.Id,
            Organisation = system.Organisation,
            HetuType = settings.Optional("hetuType") ?? "HETU",
            SchoolForm = settings.Optional("schoolForm"),
            Refresh = settings.Seconds("rosterRefreshSeconds", 60),
        };
        var codes = CodeMapping.Open(settings, "school.yaml", "categories", "arrangements", "relationships");
        return codes is null ? null : new SchoolSystem(system.Id.Value, new RosterReader(provider, codes, shared, clock), inbox, codes, log);
    }

    private static Uri WithoutSlash(Uri address) => new(address.AbsoluteUri.TrimEnd('/'));
}
