// Opens student-welfare records of the deployment.
using System.Diagnostics.CodeAnalysis;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.StudentWelfare;

/// <summary>
/// Kind <c>student-welfare</c>: a record with XML over HTTP. Settings: <c>address</c>, <c>apiKeyFile</c>, <c>mapping</c>, <c>timeoutSeconds</c>; for the record's own notices
/// <c>noticeListen</c>, <c>noticeKeyFile</c> and <c>noticeSchool</c> (the school's system at the gateway).
/// </summary>
internal sealed class StudentWelfareKind(IHttpClientFactory http, RoomSettings rooms, AccessTokenSource tokens, TimeProvider clock, ILogger<StudentWelfareKind> log) : IAdapterKind
{
    /// <inheritdoc />
    public string Kind => "student-welfare";

    /// <inheritdoc />
    public ISourceSystem? Open(SystemEntry system, AdapterSettings settings)
    {
        var native = NativeHttpClient.Open(http, settings, clock);
        var record = new WelfareHttpClient(settings.RequireHttp("address"), settings.RequirePath("apiKeyFile"), native);
        if (CodeMapping.Open(settings, "student-welfare.yaml", "categories", "arrangements", "roles", "purposes") is not { } codes)
        {
            return null;
        }

        return new StudentWelfareSystem(system.Id.Value, record, codes, OpenNotices(system, settings, codes, native), clock, log);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The door lives as long as the room, which stops it.")]
    private NoticeDoor? OpenNotices(SystemEntry system, AdapterSettings settings, CodeMapping codes, NativeHttpClient native)
    {
        if (settings.Optional("noticeListen") is null)
        {
            return null;
        }

        var listen = settings.RequireHttp("noticeListen");
        var keyFile = settings.RequirePath("noticeKeyFile");
        if (!SystemId.TryParse(settings.Require("noticeSchool"), out var school))
        {
            settings.Fault("noticeSchool", "is not a system id");
            return null;
        }

        settings.RequireSystem("noticeSchool", school, rooms.Deployment);
        var forwarder = new NoticeForwarder(system, school, rooms, codes, new WelfareToFhir(codes, clock), tokens, native, log);
        return new NoticeDoor(system.Id.Value, listen, keyFile, forwarder, log);
    }
}
