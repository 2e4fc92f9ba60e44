// How conditions are shown, what consents ask, and who decides for a minor.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Comparing;

/// <summary>Compares what stands behind the rules: a condition shown in one more way holds more often.</summary>
internal static class EvidenceChanges
{
    internal static void Find(ChangeList found)
    {
        Conditions(found);
        Forms(found);
        Minors(found);
    }

    private static void Conditions(ChangeList found)
    {
        const string kind = "condition";
        foreach (var (id, old, @new) in Both(found, static catalogue => catalogue.Conditions, kind, static id => id.Value))
        {
            var ways = (old.EvaluatedFrom, @new.EvaluatedFrom);
            Shown(found, id.Value, ways.Item2.Where(source => !ways.Item1.Any(other => Same(source, other))), ChangeEffect.Widens, Say.Of("voidaan nyt osoittaa myös näin", "kan nu visas också så här", "can now also be shown like this"));
            Shown(found, id.Value, ways.Item1.Where(source => !ways.Item2.Any(other => Same(source, other))), ChangeEffect.Narrows, Say.Of("ei voida enää osoittaa näin", "kan inte längre visas så här", "can no longer be shown like this"));
            found.Value(ChangeEffect.Words, kind, id, Say.Of("laji", "slag", "type"), old.Type, @new.Type);
            found.Value(ChangeEffect.Words, kind, id, ChangeWords.Strength, old.Strength, @new.Strength);
            found.Text(kind, id, ChangeWords.Name, old.Labels, @new.Labels);
            Reasons(found, id.Value, old, @new);
        }

        void Shown(ChangeList list, string id, IEnumerable<EvidenceSource> sources, ChangeEffect effect, LocalisedText turn)
        {
            foreach (var source in sources)
            {
                list.Add(effect, kind, id, language => $"{list.Names.Subject(kind, id, language)} {turn.In(language)}: {EvidenceWords.Describe(source, list.Names, language)}.");
            }
        }

        bool Same(EvidenceSource one, EvidenceSource other) =>
            one.GetType() == other.GetType() && Ways(one) == Ways(other) && EvidenceWords.Describe(one, found.Names, "en") == EvidenceWords.Describe(other, found.Names, "en");

        static string Ways(EvidenceSource source) => string.Join(' ', source.Directions);
    }

    /// <summary>What a professional may say for a decision: more reasons to release may widen, fewer narrow.</summary>
    private static void Reasons(ChangeList found, string id, Condition old, Condition @new)
    {
        const string kind = "condition";
        found.Set(kind, id, Say.Of("perusteet luovuttaa", "grunder för utlämnande", "reasons to release"), Codes(old, true), Codes(@new, true), ChangeEffect.MayWiden, ChangeEffect.Narrows);
        found.Set(kind, id, Say.Of("perusteet olla luovuttamatta", "grunder för att inte lämna ut", "reasons not to release"), Codes(old, false), Codes(@new, false), ChangeEffect.Words, ChangeEffect.Words);
        foreach (var reason in @new.Reasons)
        {
            found.Text(kind, id, Say.InEach(language => $"{ChangeWords.Name.In(language)} {reason.Code}"), old.Reasons.FirstOrDefault(before => before.Code == reason.Code)?.Labels ?? reason.Labels, reason.Labels);
        }

        static IEnumerable<string> Codes(Condition condition, bool releases) => condition.Reasons.Where(reason => reason.Releases == releases).Select(static reason => reason.Code);
    }

    private static LocalisedText Said(ConsentWay way) => way switch
    {
        ConsentWay.Paper => Say.Of("voidaan antaa allekirjoitetulla paperilla", "kan ges på undertecknat papper", "can be given on signed paper"),
        ConsentWay.Oral => Say.Of("voidaan antaa suullisesti ammattilaiselle, joka kirjaa sen", "kan ges muntligen inför en yrkesutbildad person som antecknar det", "can be given orally to a professional who records it"),
        ConsentWay.Assisted => Say.Of("voidaan antaa ammattilaisen avustamana", "kan ges med hjälp av en yrkesutbildad person", "can be given with the help of a professional"),
        ConsentWay.Mirrored => Say.Of("tulee muualla pidettävästä rekisteristä", "kommer från ett register som förs på annat håll", "comes from a register kept elsewhere"),
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    private static void Forms(ChangeList found)
    {
        const string kind = "consent-form";
        foreach (var (id, old, @new) in Both(found, static catalogue => catalogue.ConsentForms, kind, static id => id.Value))
        {
            Flag(Say.Of("on yksilöitävä tiedot, vastaanottaja ja tarkoitus", "ska specificera uppgifter, mottagare och ändamål", "must name items, recipient and purpose"), old.Itemised, @new.Itemised, ChangeEffect.Narrows, ChangeEffect.Widens);
            Flag(Say.Of("on annettava kirjallisesti", "ska ges skriftligen", "must be in writing"), old.Written, @new.Written, ChangeEffect.Narrows, ChangeEffect.Widens);
            Flag(Say.Of("voidaan antaa kirjautuneena portaalissa", "kan ges inloggad i portalen", "can be given signed in at the portal"), old.SignedIn, @new.SignedIn, ChangeEffect.MayWiden, ChangeEffect.Narrows);
            foreach (var way in Enum.GetValues<ConsentWay>().Except([ConsentWay.SignedIn]))
            {
                Flag(Said(way), old.Recorded.Contains(way), @new.Recorded.Contains(way), ChangeEffect.MayWiden, ChangeEffect.Narrows);
            }

            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("lupa, jota se rajaa", "tillstånd som den begränsar", "permission that it narrows"), old.Narrows, @new.Narrows);
            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("kesto", "giltighet", "how long it lasts"), old.Validity, @new.Validity);
            found.Value(ChangeEffect.Words, kind, id, ChangeWords.Basis, old.Statute, @new.Statute);
            found.Text(kind, id, ChangeWords.Name, old.Labels, @new.Labels);

            void Flag(LocalisedText what, bool was, bool now, ChangeEffect on, ChangeEffect off)
            {
                if (was != now)
                {
                    found.Add(now ? on : off, kind, id, language => $"{found.Names.Subject(kind, $"{id}", language)}, {(now ? Say.Of("nyt", "nu", "now") : Say.Of("ei enää", "inte längre", "no longer")).In(language)}: {what.In(language)}.");
                }
            }
        }
    }

    private static void Minors(ChangeList found)
    {
        const string kind = "minors-policy";
        foreach (var (id, old, @new) in Both(found, static catalogue => catalogue.MinorsPolicies, kind, static id => id))
        {
            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("kuka päättää alaikäisen puolesta", "vem som beslutar för en minderårig", "who decides for a minor"), old.Decider, @new.Decider);
            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("ikä, jota nuorempi ei päätä itse", "ålder under vilken barnet inte beslutar självt", "age below which a child counts as not able"), old.AssumedNotAbleBelow, @new.AssumedNotAbleBelow);
            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("asiayhteys, jossa päätöskyky kirjataan", "sammanhang där beslutsförmågan antecknas", "context in which capacity is recorded"), old.CapacityContext, @new.CapacityContext);
            found.Text(kind, id, Say.Of("kenen kirjaus päätöskyvystä", "vems anteckning om beslutsförmågan", "whose record of capacity"), old.Assessor, @new.Assessor);
            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("roolit, jotka kirjaavat päätöskyvyn", "roller som antecknar beslutsförmågan", "roles that record capacity"), Roles(old), Roles(@new));
            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("millä perusteella alaikäinen voi kieltää tietonsa huoltajalta", "grund för den minderårigas förbud mot vårdnadshavaren", "ground of a minor's bar on the guardian"), old.Bar?.Ground, @new.Bar?.Ground);
            RuleChanges.Statutes(found, kind, id, [.. old.LegalBasis, .. old.Bar?.LegalBasis ?? []], [.. @new.LegalBasis, .. @new.Bar?.LegalBasis ?? []]);
            found.Text(kind, id, ChangeWords.Name, old.Labels, @new.Labels);
        }

        static string Roles(MinorsPolicy policy) => string.Join(", ", policy.AssessorRoles.Select(static role => role.Value));
    }

    /// <summary>Entries of both catalogues; what only one has is said at once.</summary>
    internal static IEnumerable<(TKey Id, T Old, T New)> Both<TKey, T>(
        ChangeList found, Func<LegalCatalogue, IReadOnlyDictionary<TKey, T>> entries, string kind, Func<TKey, string> code)
        where TKey : notnull
    {
        var (old, @new) = (entries(found.Old), entries(found.New));
        foreach (var id in old.Keys.Union(@new.Keys).OrderBy(code, StringComparer.Ordinal))
        {
            if (!old.TryGetValue(id, out var was))
            {
                found.Add(ChangeEffect.Words, kind, id, language => $"{found.Names.Subject(kind, code(id), language)}: {Say.Of("lisätty", "har lagts till", "added").In(language)}.");
            }
            else if (!@new.TryGetValue(id, out var now))
            {
                found.Add(ChangeEffect.Words, kind, id, language => $"{found.Names.Subject(kind, code(id), language)}: {Say.Of("poistettu", "har tagits bort", "taken out").In(language)}.");
            }
            else
            {
                yield return (id, was, now);
            }
        }
    }
}
