// Rounds are opened, drawn, reviewed and closed.
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Sisote.Consent.Keeping;
using Sisote.Consent.Retention;
using Sisote.Consent.Review.Cases;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Rounds;

/// <summary>Keeps the life of rounds.</summary>
/// <remarks>INVARIANT: the entry with the seed is durable before anything is drawn by it, and its places lie before that entry; so nobody chose the seed for the sample, nor the sample for the seed.</remarks>
internal sealed class RoundLife(CaseLife life, Database database)
{
    private const string Random = "random";

    /// <summary>Opens a round; null where the log has nothing in its period.</summary>
    public Task<KeptCase<ReviewRound>?> OpenAsync(OpenRound asked, OrganisationId organisation, ProfessionalId by, CaseActor who) => life.OpenAsync<ReviewRound>(async (transaction, id) =>
    {
        var (since, until) = (CanonicalTime.Cut(asked.Since), CanonicalTime.Cut(asked.Until));
        if (await RoundFrame.FindAsync(transaction.Session, since, until, CancellationToken.None) is not { } frame)
        {
            return null;
        }

        var round = new ReviewRound
        {
            Id = id, Organisation = organisation, State = "opened", OpenedAt = transaction.Now, OpenedBy = by, Title = asked.Title, Since = since, Until = until,
            Sample = asked.Sample, Picks = asked.Picks, Seed = new Digest(RandomNumberGenerator.GetBytes(Digest.Length)), Frame = frame,
        };
        return (CaseFile<ReviewRound>.Of(round), new CaseStep<ReviewRound>(round, "opened") { Said = SaidOf(round) });
    }, who);

    /// <summary>Draws; a round that is drawn already stays as it is.</summary>
    public async Task<CaseChange<ReviewRound>> DrawAsync(ReviewRound round, CaseActor who, CancellationToken cancellation)
    {
        var items = await DrawAsync(round, cancellation);
        return await life.ChangeAsync<ReviewRound>(round.Id, file => file.Case.Organisation == round.Organisation, (kept, _) => kept.State != "opened"
            ? (null, "It is drawn already.")
            : (new CaseStep<ReviewRound>(kept with { State = "drawn", Items = items }, "drawn") { Said = SaidOf(kept) with { Count = items.Length } }, null), who);
    }

    /// <summary>Records what was found of an entry.</summary>
    public Task<CaseChange<ReviewRound>> FindAsync(string id, long index, RecordFinding finding, Reviewer by, CaseActor who) => life.ChangeAsync<ReviewRound>(id, by.Admits, (kept, now) =>
    {
        if (kept.Items.FirstOrDefault(item => item.Index == index) is not { } item)
        {
            return (null, "The entry is not among those of this round.");
        }

        var found = item with { Finding = finding.Finding, Note = finding.Note, By = by.Person, At = now };
        return (new CaseStep<ReviewRound>(kept with { Items = kept.Items.Replace(item, found) }, finding.Finding) { Said = CaseLife.Say(CaseStore.Round) with { Place = index } }, null);
    }, who);

    /// <summary>Closes a round of which every entry has its last finding.</summary>
    public Task<CaseChange<ReviewRound>> CloseAsync(string id, string conclusion, Reviewer by, CaseActor who) => life.ChangeAsync<ReviewRound>(id, by.Admits, (kept, now) =>
        kept.State != "drawn" ? (null, "Draw its sample first.")
        : kept.Items.Any(static item => item.Finding is null or "to-be-asked") ? (null, "Entries of it are not reviewed, or somebody is still to be asked.")
        : (new CaseStep<ReviewRound>(kept with { State = "closed", Conclusion = conclusion, ClosedAt = now, ClosedBy = by.Person }, "closed")
        {
            Said = CaseLife.Say(CaseStore.Round) with { Count = kept.Items.Length },
        }, null), who);

    /// <summary>Compares a round with the log.</summary>
    public async Task<RoundCheck> CheckAsync(KeptCase<ReviewRound> kept, CancellationToken cancellation)
    {
        var round = kept.Case;
        await using var session = await database.ReadAsync(cancellation);
        var entries = await CaseStore.EntriesAsync(session, round.Id, cancellation);
        var drawn = entries.FirstOrDefault(static logged => logged.Entry()?.Outcome == "drawn");
        var again = (await DrawAsync(round, cancellation)).ToDictionary(static item => item.Index, static item => string.Join(' ', item.Why));
        var left = await WholeAsync(session, round, cancellation);
        var gone = round.Items.Select(static item => item.Index).Where(index => !left.Contains(index)).ToList();
        var erased = await ErasedPlaces.AmongAsync(database, gone, (await LogEdge.ReadAsync(session, cancellation)).Range.Size, cancellation);
        return new RoundCheck
        {
            Proof = await CaseStore.ProveAsync(session, kept, cancellation),
            SeedInLogBeforeTheDraw = entries is [var opened, ..] && opened.Entry() is { Outcome: "opened", Review: { } said } && drawn?.Index > opened.Index && round.Frame.Last < opened.Index
                && (said.Seed, said.Frame, said.Since, said.Until) == (round.Seed, round.Frame, round.Since, round.Until),
            SampleReproduced = erased.Count == gone.Count && (left.Count == round.Items.Length ? again.Count == left.Count : again.Count >= left.Count)
                && round.Items.Where(item => left.Contains(item.Index)).All(item => again.TryGetValue(item.Index, out var why) && item.Why.All(reason => why.Split(' ').Contains(reason))),
            Erased = erased.Count,
            Missing = [.. gone.Where(index => !erased.Contains(index))],
        };
    }

    private async Task<ImmutableArray<RoundItem>> DrawAsync(ReviewRound round, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var why = new SortedDictionary<long, List<string>>();
        foreach (var (reason, pick, count) in round.Picks.Select(static (pick, i) => (string.Create(CultureInfo.InvariantCulture, $"pick-{i + 1}"), (RoundPick?)pick, pick.Most)).Prepend((Random, null, round.Sample)))
        {
            foreach (var place in await RandomSample.DrawAsync(round.Seed, RoundFrame.ReadAsync(session, round, pick, cancellation), count))
            {
                (why.TryGetValue(place, out var reasons) ? reasons : why[place] = []).Add(reason);
            }
        }

        return [.. why.Select(static pair => new RoundItem { Index = pair.Key, Why = [.. pair.Value] })];
    }

    /// <summary>The places whose records are what the log commits to.</summary>
    private static async Task<HashSet<long>> WholeAsync(Session session, ReviewRound round, CancellationToken cancellation)
    {
        var whole = new HashSet<long>();
        foreach (var item in round.Items)
        {
            if ((await LogTable.FindAsync(session, item.Index, cancellation))?.Entry() is not null)
            {
                whole.Add(item.Index);
            }
        }

        return whole;
    }

    private static LogReview SaidOf(ReviewRound round) => CaseLife.Say(CaseStore.Round) with { Seed = round.Seed, Frame = round.Frame, Since = round.Since, Until = round.Until, Count = round.Sample };
}
