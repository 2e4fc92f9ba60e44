// Phenomena are reported, go to groups, and come back answered.
using Sisote.Consent.Figures;
using Sisote.Consent.Keeping;
using Sisote.Consent.Network;
using Sisote.Doors.Network;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Phenomena;

/// <summary>
/// Keeps the life of phenomena. INVARIANT: no text is kept that holds what looks like something about a person; the writer hears where. Who may take a phenomenon further is who reported it, and then the
/// organisation that convenes the group that has it.
/// </summary>
internal sealed class PhenomenonLife(LogWriter writer, NetworkLog log)
{
    public const string Reported = "reported";
    public const string Escalated = "escalated";
    public const string Answered = "answered";

    private const int LongestText = 500;

    // From the lowest on: a phenomenon goes up.
    private static readonly string[] Levels = ["municipal", "county", "national"];

    private static readonly NetworkAnswer Absent = new() { Outcome = NetworkOutcome.Absent };

    /// <summary>Takes a report to the open phenomenon of its matter, or opens one.</summary>
    public async Task<NetworkAnswer> ReportAsync(NetworkWriter by, string id, ReportPhenomenon said)
    {
        if (log.SystemOf(by) is not { Organisation: var own })
        {
            return Absent;
        }

        if (!FreshId.Is(id))
        {
            return new NetworkAnswer { Outcome = NetworkOutcome.Malformed, Field = "id" };
        }

        var field = !PhenomenonCodes.IsCategory(said.Category) ? "category" : !PhenomenonCodes.IsGroup(said.Group) ? "group" : !SystemId.TryParse(said.Area, out _) || Hetu.IsIn(said.Area) ? "area" : null;
        return FaultOf(field, said.Text) ?? await writer.WriteAsync(async transaction =>
        {
            if (await PhenomenonStore.IsTakenAsync(transaction.Session, id, CancellationToken.None))
            {
                return new NetworkAnswer { Outcome = NetworkOutcome.Taken };
            }

            var open = await PhenomenonStore.OpenAsync(transaction.Session, said, CancellationToken.None);
            if (open is null)
            {
                open = new Phenomenon(Guid.CreateVersion7().ToString("N"), said.Category, said.Group, said.Area, Reported, null, transaction.Now);
                await PhenomenonStore.AddAsync(transaction.Session, open, CancellationToken.None);
            }

            await PhenomenonStore.ReportAsync(transaction.Session, id, open.Id, own, by, said.Text, transaction.Now, CancellationToken.None);
            return log.Done(open.Id, log.Record(transaction, by, "phenomenon-reported", open.Id));
        });
    }

    /// <summary>Takes a phenomenon to a group, or from one group to the next.</summary>
    public Task<NetworkAnswer> EscalateAsync(NetworkWriter by, string id, EscalatePhenomenon said) => writer.WriteAsync(async transaction =>
    {
        if (await HeldAsync(transaction, by, id, mayReport: true) is not { } one)
        {
            return Absent;
        }

        if (one.State == Answered)
        {
            return new NetworkAnswer { Outcome = NetworkOutcome.Ended };
        }

        var before = await PhenomenonStore.GroupOfAsync(transaction.Session, one.Id, CancellationToken.None) is { } holder ? await GroupAsync(transaction, holder) : null;
        if (await GroupAsync(transaction, said.Group) is not { Group: { } next, Organisation: var convener } || Array.IndexOf(Levels, next.Level) <= Array.IndexOf(Levels, before?.Group?.Level))
        {
            return new NetworkAnswer { Outcome = NetworkOutcome.Malformed, Field = "group" };
        }

        var step = new PhenomenonStep { Kind = Escalated, Group = said.Group, By = log.SystemOf(by)!.Organisation, At = transaction.Now };
        await PhenomenonStore.StepAsync(transaction.Session, one.Id, step, CancellationToken.None);
        await PhenomenonStore.MoveAsync(transaction.Session, one.Id, Escalated, convener, CancellationToken.None);
        return log.Done(one.Id, log.Record(transaction, by, "phenomenon-escalated", one.Id, convener));
    });

    /// <summary>Puts a group's answer on record. From now on reports of the same matter open another phenomenon.</summary>
    public async Task<NetworkAnswer> AnswerAsync(NetworkWriter by, string id, AnswerPhenomenon said) => FaultOf(null, said.Text) ?? await writer.WriteAsync(async transaction =>
    {
        if (await HeldAsync(transaction, by, id, mayReport: false) is not { } one || await PhenomenonStore.GroupOfAsync(transaction.Session, one.Id, CancellationToken.None) is not { } group)
        {
            return Absent;
        }

        if (one.State == Answered)
        {
            return new NetworkAnswer { Outcome = NetworkOutcome.Ended };
        }

        var own = log.SystemOf(by)!.Organisation;
        await PhenomenonStore.StepAsync(transaction.Session, one.Id, new PhenomenonStep { Kind = Answered, Group = group, By = own, At = transaction.Now, Text = said.Text }, CancellationToken.None);
        await PhenomenonStore.MoveAsync(transaction.Session, one.Id, Answered, own, CancellationToken.None);
        return log.Done(one.Id, log.Record(transaction, by, "phenomenon-answered", one.Id));
    });

    /// <summary>A group that is in its term; null where there is none.</summary>
    private static async Task<NetworkRow?> GroupAsync(LogTransaction transaction, string group) =>
        (await NetworkStore.FindAsync(transaction.Session, new NetworkQuestion { Kind = NetworkKind.Group, Id = group }, transaction.Now, CancellationToken.None)).FirstOrDefault();

    private static NetworkAnswer? FaultOf(string? field, string text)
    {
        if ((field ?? (!SaidText.IsSound(text, LongestText) ? "text" : null)) is { } faulty)
        {
            return new NetworkAnswer { Outcome = NetworkOutcome.Malformed, Field = faulty };
        }

        return PersonMarks.Find(text) is { Count: > 0 } marks ? new NetworkAnswer { Outcome = NetworkOutcome.NamesAPerson, Field = "text", Marks = [.. marks] } : null;
    }

    /// <summary>A phenomenon that the caller's organisation may take further: it convenes the group that has it, or it reported it and no group has it yet.</summary>
    private async Task<Phenomenon?> HeldAsync(LogTransaction transaction, NetworkWriter by, string id, bool mayReport)
    {
        if (log.SystemOf(by) is not { Organisation: var own } || await PhenomenonStore.FindAsync(transaction.Session, id, CancellationToken.None) is not { } one)
        {
            return null;
        }

        return one.Holder == own || (mayReport && one.Holder is null && await PhenomenonStore.IsReporterAsync(transaction.Session, one.Id, own, CancellationToken.None)) ? one : null;
    }
}
