// Consents are drafted, given, changed and withdrawn.
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Minors;
using Sisote.Consent.Relationships;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>What became of a command.</summary>
internal abstract record ConsentOutcome
{
    private ConsentOutcome()
    {
    }

    /// <summary>It stands; <paramref name="Fresh"/> is false where it stood already, <paramref name="Alone"/> where another's consent is needed beside it.</summary>
    public sealed record Stands(IReadOnlyList<ConsentVersion> Versions, LoggedEntry Logged, bool Fresh, bool Alone = true) : ConsentOutcome;

    /// <summary>The identifier belongs to something else.</summary>
    public sealed record IdTaken : ConsentOutcome;

    /// <summary>There is no such consent of this client.</summary>
    public sealed record Absent : ConsentOutcome;

    /// <summary>The consent is not where the step begins: in force to be changed, a draft to be given.</summary>
    public sealed record NotInForce : ConsentOutcome;

    /// <summary>What is on record does not carry it.</summary>
    public sealed record Refused(ProblemHttpResult Problem) : ConsentOutcome;
}

/// <summary>Every step is one transaction: the new version, the client's revision, the log entry.</summary>
internal sealed class ConsentLife(LogWriter writer, ClientStore clients, MinorRecordStore minors, ConsentScope scope, FormRules rules)
{
    /// <summary>Gives or drafts a consent, or gives a new version of one. Doing it twice gives one.</summary>
    public Task<ConsentOutcome> GiveAsync(ConsentGiving giving) =>
        writer.WriteAsync(new LogWork<ConsentOutcome>(transaction => GiveAsync(transaction, giving)) { Clients = [giving.Whose] });

    /// <summary>Withdraws a consent, or discards a draft: from the answer on nothing that relied on it can be committed. Doing it twice gives the same answer.</summary>
    public Task<ConsentOutcome> WithdrawAsync(ConsentStep step) => writer.WriteAsync(transaction => WithdrawAsync(transaction, step));

    /// <summary>Gives a draft. Doing it twice gives one.</summary>
    public Task<ConsentOutcome> ConfirmAsync(ConsentStep step) => writer.WriteAsync(transaction => ConfirmAsync(transaction, step));

    /// <summary>Gives or drafts a consent in a transaction of somebody else.</summary>
    public async Task<ConsentOutcome> GiveAsync(LogTransaction transaction, ConsentGiving said)
    {
        var whose = await transaction.StandsForAsync(said.Whose, CancellationToken.None);
        var giving = whose == said.Whose ? said : said with { Whose = whose, Identity = said.Whose, Identifier = null };
        var versions = await ConsentStore.VersionsAsync(transaction.Session, giving.Whose, giving.Terms.Id, CancellationToken.None);
        var facts = await FactsAsync(transaction, giving.Whose, giving.Identifier);
        var giver = scope.Giver(giving.Terms, giving.GivenBy, facts, transaction.Now);
        var version = NewVersion.Of(giving, versions.Count + 1, giver, facts, transaction.Now, OpeningOf(giving, versions));
        if (versions.Count > 0 && NewVersion.IsSame(versions[^1], version))
        {
            return await StandsAsync(transaction, versions, giver.Alone);
        }

        if (await FindRefusalAsync(transaction, giving, versions, (version, giver)) is { } refusal)
        {
            return refusal;
        }

        await clients.EnsureAsync(transaction.Session, giving.Whose, giving.Identifier, CancellationToken.None);
        return await AddAsync(transaction, versions, version, giving.Teller, giving.CorrelationId, giver.Alone);
    }

    /// <summary>INVARIANT: a consent opens what its giver was told: recorded, the data of the organisation that records; signed in, of those shown. Never of whoever is connected later.</summary>
    private ConsentOpening OpeningOf(ConsentGiving giving, List<ConsentVersion> before) => new(
        rules.Closes(giving.Terms.Form),
        giving.Recorder is { } recorder ? [recorder.Organisation]
            : giving.Sources is { } shown ? NewVersion.Ordered(shown)
            : before is [.., { Record.SourceOrganisations: { } sources }] ? sources
            : scope.SourcesOf(giving.Terms));

    private async Task<ConsentOutcome?> FindRefusalAsync(LogTransaction transaction, ConsentGiving giving, List<ConsentVersion> versions, (ConsentVersion Version, WhoConsents Giver) asked)
    {
        var newest = versions.Count > 0 ? await AsOfNowAsync(transaction, versions[^1]) : null;
        return (newest, giving.Terms.Changes) switch
        {
            (null, true) => new ConsentOutcome.Absent(),
            (not null, false) => new ConsentOutcome.IdTaken(),
            (null, false) when await ConsentPlaces.IsOfAnotherAsync(transaction.Session, giving.Terms.Id, giving.Whose, CancellationToken.None) => new ConsentOutcome.IdTaken(),
            ({ } before, true) when before.IsMirrored || (giving.Recorder is { } recorder && (before.Evidence.RecordedFor != recorder.Organisation || !scope.IsHandledBy(before, recorder))) => new ConsentOutcome.Absent(),
            ({ } before, true) when before.Record.Form != giving.Terms.Form || before.Record.GivenBy != giving.GivenBy => new ConsentOutcome.IdTaken(),
            ({ } before, true) when !before.IsInForce(transaction.Now) => new ConsentOutcome.NotInForce(),
            _ when !asked.Giver.Counts => new ConsentOutcome.Refused(Problems.ConsentGiver()),
            _ => await CheckCaseAsync(transaction, asked.Version),
        };
    }

    /// <summary>Withdraws a consent in a transaction of somebody else.</summary>
    public async Task<ConsentOutcome> WithdrawAsync(LogTransaction transaction, ConsentStep step)
    {
        if (await FindAsync(transaction, step) is not { Count: > 0 } versions || versions[^1].IsMirrored)
        {
            return new ConsentOutcome.Absent();
        }

        var newest = versions[^1];
        if (newest.What is ConsentVersion.Withdrawn or ConsentVersion.Discarded)
        {
            return await StandsAsync(transaction, versions);
        }

        var what = newest.Record.Status == ConsentStatus.Draft ? ConsentVersion.Discarded : ConsentVersion.Withdrawn;
        var withdrawn = newest.Next(what, ConsentStatus.Withdrawn, transaction.Now) with
        {
            How = step.Way.ToWord(),
            RecordedBy = step.Recorder?.Professional,
            Evidence = newest.Evidence with { Reference = step.Reference ?? newest.Evidence.Reference, WithdrawnBy = step.SaidBy },
        };
        return await AddAsync(transaction, versions, withdrawn, step.Teller, step.CorrelationId);
    }

    /// <summary>Gives a draft in a transaction of somebody else.</summary>
    public async Task<ConsentOutcome> ConfirmAsync(LogTransaction transaction, ConsentStep step)
    {
        if (await FindAsync(transaction, step) is not { Count: > 0 } versions)
        {
            return new ConsentOutcome.Absent();
        }

        var draft = versions[^1];
        if (draft.Record.Status != ConsentStatus.Draft)
        {
            return draft.What == ConsentVersion.Given && draft.How == step.Way.ToWord() ? await StandsAsync(transaction, versions) : new ConsentOutcome.NotInForce();
        }

        // INVARIANT: guardians complete what guardians alone give; the child's own word is recorded by who drafted it.
        if (step.Guardian is not null && !draft.IsGuardiansOwn)
        {
            return new ConsentOutcome.Absent();
        }

        var given = step.Guardian is { } guardian ? NewVersion.ByGuardian(draft, guardian, transaction.Now) : NewVersion.OfDraft(draft, step, transaction.Now);
        if (given is null)
        {
            return await StandsAsync(transaction, versions, alone: false);
        }

        if (Problem(step, given, transaction.Now) is { } problem)
        {
            return new ConsentOutcome.Refused(problem);
        }

        var giver = scope.Giver(NewVersion.TermsOf(given), given.Record.GivenBy, await FactsAsync(transaction, draft.Client, null), transaction.Now);
        return await FindRefusalAsync(transaction, step, given, giver)
            ?? await AddAsync(transaction, versions, given with { Evidence = given.Evidence with { CapacityDecisions = giver.CapacityDecisions } }, step.Teller, step.CorrelationId, giver.Alone && given.Record.Status == ConsentStatus.Active);
    }

    /// <summary>What the law of today, not of the day of drafting, says of a draft; null where it carries it.</summary>
    private ProblemHttpResult? Problem(ConsentStep step, ConsentVersion given, DateTimeOffset now) =>
        rules.CheckWay(given.Record.Form, step.Way) ?? scope.Check(NewVersion.TermsOf(given), now)
        ?? (step.Recorder is { } recorder && !scope.MayRecord(NewVersion.TermsOf(given), recorder) ? Problems.ConsentRecorder() : null);

    private async Task<ConsentOutcome?> FindRefusalAsync(LogTransaction transaction, ConsentStep step, ConsentVersion given, WhoConsents giver) => given switch
    {
        _ when !giver.Counts || (step is { Recorder: null, Guardian: null } && given.Record.GivenBy != ConsentGiving.Client) => new ConsentOutcome.Refused(Problems.ConsentGiver()),
        _ when given.Record.To < transaction.Now => new ConsentOutcome.NotInForce(),
        _ => await CheckCaseAsync(transaction, given),
    };

    /// <summary>The versions of the consent that the step is about: the client's own, or one that the recorder's organisation recorded and the recorder's role handles.</summary>
    private async Task<List<ConsentVersion>?> FindAsync(LogTransaction transaction, ConsentStep step)
    {
        var client = step.Whose is { } named ? await transaction.StandsForAsync(named, CancellationToken.None) : (await ConsentPlaces.RecordedAsync(transaction.Session, step.Id, step.Recorder!.Organisation, CancellationToken.None))?.Client;
        var versions = client is { } whose ? await ConsentStore.VersionsAsync(transaction.Session, whose, step.Id, CancellationToken.None) : null;
        return step.Recorder is { } recorder && versions is not null && !scope.IsHandledBy(ConsentVersion.LastFor(recorder.Organisation, versions), recorder) ? null : versions;
    }

    private static async Task<ConsentOutcome?> CheckCaseAsync(LogTransaction transaction, ConsentVersion version) =>
        version.Evidence.Case is not { } named || CaseBound.Carries(
            (await RelationshipStore.OfClientAsync(transaction.Session, version.Client, CancellationToken.None)).Select(static kept => kept.Relationship).FirstOrDefault(relationship => relationship.Id == named),
            version.Record,
            transaction.Now)
            ? null
            : new ConsentOutcome.Refused(Problems.ConsentTime("case", "Name a relationship of this client that is in force, with the recipient or the organisation that records."));

    private static async Task<ConsentVersion> AsOfNowAsync(LogTransaction transaction, ConsentVersion version) => version.Evidence.Case is null
        ? version
        : CaseBound.Apply(version, [.. (await RelationshipStore.OfClientAsync(transaction.Session, version.Client, CancellationToken.None)).Select(static kept => kept.Relationship)]);

    private async Task<ClientFacts> FactsAsync(LogTransaction transaction, ClientId client, Hetu? identifier)
    {
        var row = await clients.FindAsync(transaction.Session, client, CancellationToken.None);
        var facts = row?.Facts ?? new ClientFacts();
        return await minors.OverAsync(transaction.Session, client, facts with { BirthDate = facts.BirthDate ?? (identifier ?? row?.Identifier)?.BirthDate }, CancellationToken.None);
    }

    private async Task<ConsentOutcome> AddAsync(LogTransaction transaction, List<ConsentVersion> before, ConsentVersion version, LogParty? from, string correlationId, bool alone = true) =>
        new ConsentOutcome.Stands([.. before, version], await ConsentEntries.AddAsync(transaction, version, from, correlationId, scope), Fresh: true, alone);

    private static async Task<ConsentOutcome> StandsAsync(LogTransaction transaction, List<ConsentVersion> versions, bool alone = true)
    {
        var logged = await transaction.FindAsync(versions[^1].EntryId, CancellationToken.None);
        return new ConsentOutcome.Stands(versions, logged ?? throw new InvalidDataException("A consent has no entry in the log."), Fresh: false, alone);
    }
}

/// <summary>A step on a consent on record: whose (null = found by who recorded it), how it was said, who records it.</summary>
internal sealed record ConsentStep(string Id, ConsentWay Way, string CorrelationId)
{
    public ClientId? Whose { get; init; }

    public Recorder? Recorder { get; init; }

    public string? Reference { get; init; }

    /// <summary>Who said it, where somebody records it or a guardian does it.</summary>
    public string? SaidBy { get; init; }

    /// <summary>The guardian who takes the step signed in, with those without whom it is not complete; null where no guardian does.</summary>
    public ActingStep? Guardian { get; init; }

    /// <summary>Who tells it; null where the client does.</summary>
    public LogParty? Teller => Recorder?.Party ?? (Guardian is null ? null : ActingGuardian.Party);
}

/// <summary>One guardian's part of a step.</summary>
internal sealed record ActingStep(string Mark, IReadOnlySet<string> Needed);
