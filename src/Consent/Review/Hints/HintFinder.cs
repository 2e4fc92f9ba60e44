// Looks over entries for what an officer might look at first.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Hints;

/// <summary>An entry with the own professional who stands in it.</summary>
internal sealed record HintedEntry(long Index, LogEntry Entry, ClientId Client, ProfessionalId Person);

/// <summary>Finds hints. Likenesses are found by keyed hashes when somebody looks; nothing of them is kept.</summary>
internal sealed class HintFinder(ClientKeys keys, ConsentOptions options)
{
    /// <summary>The hints of entries of one organisation, which come in the order of the log.</summary>
    public async Task<ImmutableArray<ReviewHint>> FindAsync(Session session, OrganisationId organisation, IReadOnlyList<HintedEntry> entries, CancellationToken cancellation)
    {
        var merged = await Identities.MergedAsync(session, cancellation);
        entries = [.. entries.Select(entry => entry with { Client = merged.GetValueOrDefault(entry.Client, entry.Client) })];
        var identities = merged.ToLookup(static pair => pair.Value, static pair => pair.Key);
        IEnumerable<ClientId> KeysOf(ClientId client) => identities[client].Prepend(client);
        var marks = await LikenessStore.FindAsync(
            session, entries.SelectMany(entry => KeysOf(entry.Client)).Select(LikenessStore.OwnerOf).Concat(entries.Select(entry => LikenessStore.OwnerOf(organisation, entry.Person))).Distinct(), cancellation);
        var relations = await RelationsOnRecord.ReadAsync(session, organisation, [.. entries.Where(static entry => LacksRelation(entry.Entry)).Select(static entry => entry.Client).Distinct()], cancellation);
        var counter = new ClientCounter(options.Hints.ManyClientsWithin);
        var hints = ImmutableArray.CreateBuilder<ReviewHint>();
        foreach (var entry in entries)
        {
            hints.AddRange(Likenesses(entry, [.. KeysOf(entry.Client).Select(static key => key.Reveal())], [.. KeysOf(entry.Client).SelectMany(key => marks[LikenessStore.OwnerOf(key)])], [.. marks[LikenessStore.OwnerOf(organisation, entry.Person)]]));
            hints.AddRange(new[] { OutsideHours(entry), ManyClients(entry, counter.Add(entry)), LacksRelation(entry.Entry) && !relations.HasOne(entry) ? NoRelation(entry) : null }.OfType<ReviewHint>());
        }

        return [.. hints.Select(hint => hint with { ClientMark = keys.MarkOf(ClientId.Parse(hint.ClientMark), organisation) })];
    }

    private static IEnumerable<ReviewHint> Likenesses(HintedEntry entry, IReadOnlyCollection<string> keys, HashSet<(string Kind, string Mark)> client, HashSet<(string Kind, string Mark)> person)
    {
        if (keys.Any(key => person.Contains((LikenessStore.Self, key))))
        {
            yield return Make(entry, "own-data", HintWords.OwnData);
        }

        if (keys.Any(key => person.Contains((LikenessStore.Family, key))))
        {
            yield return Make(entry, "own-family", HintWords.OwnFamily);
        }

        foreach (var (kind, words) in new (string, HintWords.Sentence)[] { (LikenessStore.Surname, HintWords.SameSurname), (LikenessStore.Address, HintWords.SameAddress) })
        {
            if (client.Any(mark => mark.Kind == kind && person.Contains(mark)))
            {
                yield return Make(entry, "same-" + kind, words);
            }
        }

        if (client.Any(static mark => mark.Kind == LikenessStore.Watched))
        {
            yield return Make(entry, "watched-client", HintWords.Watched);
        }
    }

    private ReviewHint? OutsideHours(HintedEntry entry)
    {
        var local = FinnishTime.LocalOf(entry.Entry.Time);
        var weekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var terms = options.Hints;
        return local.Hour >= terms.WorkFromHour && local.Hour < terms.WorkUntilHour && (terms.WorkOnWeekends || !weekend) ? null : Make(
            entry, "outside-hours", HintWords.OutsideHours,
            ("local-time", local.ToString("d.M.yyyy HH.mm", CultureInfo.InvariantCulture)), ("work-from", Number(terms.WorkFromHour)), ("work-until", Number(terms.WorkUntilHour)), ("weekend", weekend ? "yes" : "no"));
    }

    private ReviewHint? ManyClients(HintedEntry entry, int clients) => clients < options.Hints.ManyClients ? null : Make(
        entry, "many-clients", HintWords.ManyClients,
        ("clients", Number(clients)), ("minutes", Number((int)options.Hints.ManyClientsWithin.TotalMinutes)), ("threshold", Number(options.Hints.ManyClients)));

    private static ReviewHint NoRelation(HintedEntry entry) => Make(
        entry, "no-relation", HintWords.NoRelation, ("conditions-held", string.Join(' ', entry.Entry.Items.SelectMany(static item => item.Conditions).Select(static held => held.Condition.Value).Distinct()) is { Length: > 0 } held ? held : "-"));

    /// <summary>Whether data went without the entry saying that a relation of client and receiver was recorded or verified.</summary>
    private static bool LacksRelation(LogEntry entry) =>
        entry.Kind != LogEntryKind.Refusal && !entry.Items.SelectMany(static item => item.Conditions).Any(static held => held.Source == "relationship" || held.Condition.Value == "relation-verified");

    // The key stands where the mark will be, until the whole list is made.
    private static ReviewHint Make(HintedEntry entry, string code, HintWords.Sentence sentence, params (string Name, string Value)[] facts) => new()
    {
        Code = code,
        Index = entry.Index,
        Time = entry.Entry.Time,
        Professional = entry.Person,
        ClientMark = entry.Client.Reveal(),
        Sentence = sentence(entry.Person.Value, facts.ToDictionary(static fact => fact.Name, static fact => fact.Value)),
        Facts = [new HintFact("professional", entry.Person.Value), .. facts.Select(static fact => new HintFact(fact.Name, fact.Value))],
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
