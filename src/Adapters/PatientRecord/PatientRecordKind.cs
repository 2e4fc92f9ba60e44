// Opens patient records of the deployment.
using Sisote.Adapters.Sources;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;

namespace Sisote.Adapters.PatientRecord;

/// <summary>The kind <c>patient-record</c>: CDA R2 documents over HTTP, MDM, REF and ADT^A40 over MLLP.</summary>
internal sealed class PatientRecordKind(IHttpClientFactory http, RoomSettings room, AccessTokenSource tokens, TimeProvider clock, ILoggerFactory logs) : IAdapterKind
{
    /// <inheritdoc />
    public string Kind => "patient-record";

    /// <inheritdoc />
    public ISourceSystem? Open(SystemEntry system, AdapterSettings settings)
    {
        var chosen = RecordSettings.Read(settings);
        foreach (var target in chosen.ReferralTargets.Values.Distinct())
        {
            settings.RequireSystem("referralTargets", target, room.Deployment);
        }

        if (MappingReader.Read(settings.OptionalPath("mapping"), fault => settings.Fault("mapping", fault)) is not { } mapping)
        {
            return null;
        }

        var log = logs.CreateLogger<PatientRecordSystem>();
        var delivery = new ReferralDelivery(system, room.Gateway, http, tokens);
        return new PatientRecordSystem(
            mapping,
            new RecordDocuments(http, chosen),
            new EntryWriter(mapping, chosen, clock),
            ReferralListener.Find((system.Id, log), chosen, (new ReferralReader(mapping), delivery), (new IdentityReader(mapping), new IdentityDelivery((system.Id, log), room.Consent, http, tokens)), clock),
            (system.Id, log));
    }
}
