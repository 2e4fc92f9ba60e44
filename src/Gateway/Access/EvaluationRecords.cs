// Makes the log's records of evaluations.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Recording;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Access;

/// <summary>
/// An evaluation is a processing of personal data and stands in the log. A permit is recorded as the disclosure (or use of the own register) that it allows, because the data then move
/// where the gateway does not see them; its outcome <c>permitted</c> tells it from data that the gateway carried itself.
/// </summary>
internal sealed class EvaluationRecords(Records records, TimeProvider clock)
{
    internal const string Permitted = "permitted";

    /// <summary>A permit, with what must still be true for it.</summary>
    internal AppendItem Permit(Call call, AskedEvaluation asked, Judged judged, bool isAboutNobody)
    {
        var item = About(call, judged, isAboutNobody, judged.Permitted);
        return item with
        {
            Entry = item.Entry with { Kind = asked.Asker.IsOwnRegister ? LogEntryKind.Use : LogEntryKind.Disclosure, Outcome = Permitted },
            Expect = Records.Expect(judged.Decided),
            ClientIdentifier = isAboutNobody ? null : judged.Known.Identifier,
        };
    }

    /// <summary>A denial, with every reason.</summary>
    internal AppendItem Deny(Call call, Judged judged, bool isAboutNobody)
    {
        var item = About(call, judged, isAboutNobody, released: null);
        return item with { Entry = item.Entry with { Outcome = judged.Decision.PermitsAll ? Records.Withheld : Records.Denied } };
    }

    /// <summary>A question about a client that the caller's words lead to nobody.</summary>
    internal AppendItem Unknown(Call call, AskedEvaluation asked) =>
        new() { Entry = asked.Complete(records.Refusal(call, asked.Direction, Records.NothingFound)) };

    /// <summary>A question that this caller may not ask.</summary>
    internal AppendItem Stranger(string correlationId, SystemId? caller, string outcome) => new()
    {
        Entry = new LogEntry
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
            Time = clock.GetUtcNow(),
            Kind = LogEntryKind.Refusal,
            CorrelationId = correlationId,
            To = new LogParty { System = caller },
            Outcome = outcome,
        },
    };

    /// <summary>Of data about nobody no client and no client's state stand in the record.</summary>
    private AppendItem About(Call call, Judged judged, bool isAboutNobody, IReadOnlySet<DataItemId>? released)
    {
        var item = records.About(call, judged.Known, judged.Decided, released);
        return isAboutNobody ? item with { Inputs = null, ClientIdentifier = null, Entry = item.Entry with { Client = null, AgeClass = null, ClientRevision = null, Inputs = null } } : item;
    }
}
