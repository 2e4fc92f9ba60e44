// Capacity decisions and bars are recorded, corrected and withdrawn.
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Minors;

/// <summary>What became of a saying.</summary>
internal abstract record MinorOutcome
{
    private MinorOutcome()
    {
    }

    /// <summary>It stands; <paramref name="Fresh"/> is false where it stood already.</summary>
    public sealed record Stands(IReadOnlyList<MinorRecord> Versions, LoggedEntry Logged, bool Fresh) : MinorOutcome;

    /// <summary>What is on record does not carry it.</summary>
    public sealed record Refused(ProblemHttpResult Problem) : MinorOutcome;
}

/// <summary>Every step is one transaction: the new version, the client's revision, the log entry. The entry says neither what was recorded nor in which context: that a bar stands would be in clear there.</summary>
internal sealed class MinorLife(LogWriter writer, ClientKeys keys, ClientStore clients, MinorRecordStore store, MinorDesk desk)
{
    private const string Changed = "minors-record-changed";

    /// <summary>Records or corrects. Doing it twice gives one.</summary>
    public Task<MinorOutcome> RecordAsync(MinorSaying saying) =>
        writer.WriteAsync(new LogWork<MinorOutcome>(transaction => RecordAsync(transaction, saying)) { Clients = [keys.KeyOf(saying.Identifier)] });

    /// <summary>Withdraws a bar that the recorder's organisation recorded. Doing it twice gives the same answer.</summary>
    public Task<MinorOutcome> WithdrawAsync(string id, Recorder recorder, string correlationId) => writer.WriteAsync(transaction => WithdrawAsync(transaction, id, recorder, correlationId));

    private async Task<MinorOutcome> RecordAsync(LogTransaction transaction, MinorSaying saying)
    {
        var client = keys.KeyOf(saying.Identifier);
        var versions = await store.VersionsAsync(transaction.Session, saying.Id, CancellationToken.None);
        client = await IdentityAsync(transaction, client, versions);
        if (versions is [.., var newest] && newest.Client == client && newest.Organisation == saying.Recorder.Organisation && IsSame(newest.Content, saying.Content))
        {
            return await StandsAsync(transaction, versions);
        }

        if (await FindRefusalAsync(transaction, client, saying, versions) is { } problem)
        {
            return new MinorOutcome.Refused(problem);
        }

        if (versions.Count == 0)
        {
            await clients.EnsureAsync(transaction.Session, client, saying.Identifier, CancellationToken.None);
        }

        var content = saying.Content with { What = versions.Count == 0 ? MinorRecordContent.Recorded : MinorRecordContent.Corrected };
        return await AddAsync(transaction, client, saying.Id, versions, content, saying.Recorder, saying.CorrelationId);
    }

    /// <summary>The key under which a record is made: that of the identity that is named, and of a record that is there the one under which it came, where both are of one person.</summary>
    private static async Task<ClientId> IdentityAsync(LogTransaction transaction, ClientId named, List<MinorRecord> versions) =>
        versions is [.., var newest] && await transaction.StandsForAsync(newest.Client, CancellationToken.None) == await transaction.StandsForAsync(named, CancellationToken.None) ? newest.Client : named;

    private async Task<ProblemHttpResult?> FindRefusalAsync(LogTransaction transaction, ClientId client, MinorSaying saying, List<MinorRecord> versions)
    {
        if (versions is not [.., var newest])
        {
            return saying.Corrects ? Problems.NotFound() : await CheckMinorAsync(transaction, client, saying);
        }

        return newest.Client != client || newest.Organisation != saying.Recorder.Organisation ? (saying.Corrects ? Problems.NotFound() : Problems.IdTaken())
            : !saying.Corrects || newest.Content.Kind != saying.Content.Kind || newest.Content.Context != saying.Content.Context ? Problems.IdTaken()
            : await CheckMinorAsync(transaction, client, saying);
    }

    private async Task<ProblemHttpResult?> CheckMinorAsync(LogTransaction transaction, ClientId client, MinorSaying saying)
    {
        var standing = await transaction.StandsForAsync(client, CancellationToken.None);
        var row = await clients.FindAsync(transaction.Session, standing, CancellationToken.None);
        var kept = row?.Facts ?? new ClientFacts();
        var named = keys.KeyOf(saying.Identifier) == standing ? saying.Identifier : row?.Identifier;
        var facts = await store.OverAsync(transaction.Session, standing, kept with { BirthDate = kept.BirthDate ?? named?.BirthDate }, CancellationToken.None);
        return !GuardianReach.IsMinor(facts, transaction.Now) ? Problems.NotAMinor()
            : saying.Content.Kind == MinorRecordContent.Bar && desk.PolicyOf(saying.Content.Context)!.Bar!.Ground == BarGround.MinorAble && !GuardianReach.IsAble(facts, saying.Content.Context, transaction.Now) ? Problems.MinorNotAble()
            : null;
    }

    private async Task<MinorOutcome> WithdrawAsync(LogTransaction transaction, string id, Recorder recorder, string correlationId)
    {
        var versions = await store.VersionsAsync(transaction.Session, id, CancellationToken.None);
        // INVARIANT: who may accept a bar may write down that the minor withdraws it; to anybody else it is not there, before and after.
        return versions is not [.., { Content.Kind: MinorRecordContent.Bar } newest] || !desk.MayRead(newest, recorder) ? new MinorOutcome.Refused(Problems.NotFound())
            : newest.Content.What == MinorRecordContent.Withdrawn ? await StandsAsync(transaction, versions)
            : await AddAsync(transaction, newest.Client, id, versions, newest.Content with { What = MinorRecordContent.Withdrawn, By = recorder.Professional, Role = recorder.Role }, recorder, correlationId);
    }

    private async Task<MinorOutcome> AddAsync(
        LogTransaction transaction, ClientId client, string id, List<MinorRecord> before, MinorRecordContent content, Recorder recorder, string correlationId)
    {
        // Earlier versions may have served their time and be gone: the number goes on from the newest.
        var record = new MinorRecord { Client = client, Id = id, Version = before is [.., var last] ? last.Version + 1 : 1, Organisation = recorder.Organisation, At = transaction.Now, EntryId = Guid.CreateVersion7().ToString("N"), Content = content };
        await store.AddAsync(transaction.Session, record, CancellationToken.None);
        var standing = await transaction.StandsForAsync(client, CancellationToken.None); // the record stays under the identity under which it came
        await transaction.RaiseAsync(standing, ChangeKind.Facts, CancellationToken.None);
        var logged = transaction.Append(new LogEntry
        {
            Id = record.EntryId,
            Time = transaction.Now,
            Kind = LogEntryKind.ConsentChange,
            CorrelationId = correlationId,
            Client = standing,
            From = recorder.Party,
            ClientRevision = await transaction.RevisionAsync(standing, CancellationToken.None),
            Outcome = Changed,
            Concerns = id,
            Visibility = new LogVisibility { Client = false },
        });
        return new MinorOutcome.Stands([.. before, record], logged, Fresh: true);
    }

    private static async Task<MinorOutcome> StandsAsync(LogTransaction transaction, List<MinorRecord> versions) =>
        new MinorOutcome.Stands(versions, await transaction.FindAsync(versions[^1].EntryId, CancellationToken.None) ?? throw new InvalidDataException("A record of a minor has no entry in the log."), Fresh: false);

    private static bool IsSame(MinorRecordContent kept, MinorRecordContent said) => kept with { What = string.Empty } == said with { What = string.Empty } && kept.What != MinorRecordContent.Withdrawn;
}
