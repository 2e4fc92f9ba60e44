// Opens schools' systems of the deployment.
using System.Diagnostics.CodeAnalysis;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Sisote.Policy.Deployments;

namespace Sisote.Adapters.School;

/// <summary>
/// Kind <c>school</c>: a OneRoster 1.2 roster and a message box. Settings: <c>roster-address</c>, <c>token-address</c>, <c>client-id</c>, <c>client-secret-file</c>, <c>inbox-address</c>,
/// <c>inbox-key-file</c>, <c>hetu-type</c>, <c>school-form</c>, <c>roster-refresh-seconds</c>, <c>mapping-file</c>, <c>timeout-seconds</c>.
/// </summary>
internal sealed class SchoolKind(IHttpClientFactory http, TimeProvider clock, ILogger<SchoolKind> log) : IAdapterKind
{
    /// <inheritdoc />
    public string Kind => "school";

    /// <inheritdoc />
    [SuppressMessage("Reliability", "CA2000", Justification = "The system lives as long as the room.")]
    public ISourceSystem? Open(SystemEntry system, AdapterSettings settings)
    {
        var native = new NativeHttpClient(http, settings.Seconds("timeout-seconds", 10), clock);
        var provider = new OneRosterHttpClient(
            settings.RequireHttp("roster-address"), WithoutSlash(settings.RequireHttp("token-address")), settings.Require("client-id"), settings.RequirePath("client-secret-file"), native, clock);
        var inbox = new SchoolInboxHttpClient(settings.RequireHttp("inbox-address"), settings.RequirePath("inbox-key-file"), native);
        var shared = new SchoolSettings
        {
            System = system.Id,
            Organisation = system.Organisation,
            HetuType = settings.Optional("hetu-type") ?? "HETU",
            SchoolForm = settings.Optional("school-form"),
            Refresh = settings.Seconds("roster-refresh-seconds", 60),
        };
        var codes = CodeMapping.Open(settings, "school.yaml", "categories", "arrangements", "relationships");
        return codes is null ? null : new SchoolSystem(system.Id.Value, new RosterReader(provider, codes, shared, clock), inbox, codes, log);
    }

    private static Uri WithoutSlash(Uri address) => new(address.AbsoluteUri.TrimEnd('/'));
}
