// Words of the catalogue's vocabularies that no rule uses, and conditions that nobody can evaluate.
using Sisote.Policy.Ids;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Analysing;

internal static class UnusedWords
{
    internal static void Find(FindingList found)
    {
        Conditions(found);
        CodeLists(found);
        var (law, rules) = (found.Catalogue, found.Catalogue.Rules.Values);
        var parties = rules.SelectMany(static rule => rule.Pairs).SelectMany(static pair => new[] { pair.From, pair.To }).ToArray();
        var nevers = law.Prohibitions.Values;
        Unused(found, "sector", "sectors.yaml", law.Sectors.Keys, parties.Select(static party => party.Sector));
        Unused(found, "role", "roles.yaml", law.Roles.Keys, parties.SelectMany(static party => party.Roles));
        Unused(found, "purpose", "purposes.yaml", law.Purposes.Keys, rules.SelectMany(static rule => rule.Pairs.Select(pair => pair.Purpose ?? rule.Purpose)).OfType<PurposeId>());
        var asked = rules.SelectMany(static rule => rule.Consents).ToArray();
        Unused(found, "consent-form", "consent-forms.yaml", law.ConsentForms.Keys, asked.Select(static consent => consent.Form)
            .Concat(law.ConsentForms.Values.Where(form => asked.Any(consent => consent.Form == form.Narrows)).Select(static form => form.Id)));
        Unused(found, "minors-context", "minors-policy.yaml", law.MinorsPolicies.Keys, asked.Select(static consent => consent.MinorsContext).OfType<string>()
            .Concat(law.Items.Values.Select(static item => item.Sector?.Value).OfType<string>()));
        Unused(found, "obligation", "obligations.yaml", law.Obligations.Keys, rules.SelectMany(static rule => rule.Obligations).Concat(nevers.SelectMany(static never => never.Obligations)));
        Statutes(found);
    }

    private static void Conditions(FindingList found)
    {
        var law = found.Catalogue;
        var asked = law.Rules.Values.SelectMany(static rule => rule.Conditions.Concat(rule.Pairs.SelectMany(static pair => pair.Conditions)))
            .Concat(law.Prohibitions.Values.SelectMany(static never => never.Unless)).ToHashSet();
        Unused(found, "condition", "conditions.yaml", law.Conditions.Keys, asked);
        foreach (var condition in law.Conditions.Values.Where(static condition => condition.EvaluatedFrom.IsEmpty))
        {
            found.Entry(asked.Contains(condition.Id) ? FindingSeverity.Error : FindingSeverity.Warning, "condition-without-evidence", "conditions.yaml", condition.Id.Value, language => Say.Of(
                $"Edellytystä ”{found.Names.Condition(condition.Id, "fi")}” ei voi osoittaa mitenkään, joten se ei täyty koskaan.",
                $"Villkoret ”{found.Names.Condition(condition.Id, "sv")}” kan inte visas på något sätt och uppfylls därför aldrig.",
                $"Nobody can evaluate the condition \"{found.Names.Condition(condition.Id, "en")}\", so it never holds.").In(language));
        }
    }

    /// <summary>A list that no item is bound to gives labels at most; it lets no code be refused.</summary>
    private static void CodeLists(FindingList found)
    {
        var selectors = found.Catalogue.Items.Values.SelectMany(static item => item.Selectors).ToArray();
        foreach (var list in found.Catalogue.CodeLists.Values.Where(list => selectors.All(selector => selector.CodeBinding != list.Id)))
        {
            found.File(FindingSeverity.Note, "code-list-unbound", $"code-lists/{list.Id}.yaml", "id", list.Id, language => Say.Of(
                $"Mitään tietoa ei ole sidottu koodistoon {list.Id}: se antaa vain koodien nimet eikä rajaa, mitä lähtee.",
                $"Ingen uppgift är bunden till kodlistan {list.Id}: den ger bara koderna namn och begränsar inte vad som lämnas.",
                $"No item is bound to the code list {list.Id}: it only names codes and does not bound what leaves.").In(language));
        }
    }

    private static void Statutes(FindingList found)
    {
        var law = found.Catalogue;
        var cited = law.Rules.Values.SelectMany(static rule => rule.LegalBasis)
            .Concat(law.Prohibitions.Values.SelectMany(static never => never.LegalBasis))
            .Concat(law.Items.Values.SelectMany(static item => item.LegalBasis))
            .Concat(law.MinorsPolicies.Values.SelectMany(static policy => policy.LegalBasis))
            .Select(static basis => basis.Statute).ToHashSet(StringComparer.Ordinal);
        Unused(found, "statute", "statutes.yaml", law.Statutes.Keys, cited);
        foreach (var nameless in cited.Where(statute => !law.Statutes.ContainsKey(statute)).Order(StringComparer.Ordinal))
        {
            found.Entry(FindingSeverity.Note, "statute-without-name", "statutes.yaml", nameless, language => Say.Of(
                $"Säädöksellä {nameless} ei ole nimeä, joten selityksissä näkyy vain numero.",
                $"Författningen {nameless} saknar namn, så förklaringarna visar bara numret.",
                $"Statute {nameless} has no name, so explanations show its number only.").In(language));
        }
    }

    private static void Unused<TCode>(FindingList found, string kind, string file, IEnumerable<TCode> all, IEnumerable<TCode> used)
        where TCode : notnull
    {
        foreach (var code in all.Except(used))
        {
            found.Entry(FindingSeverity.Warning, $"unused-{kind}", file, $"{code}", language => Say.Of(
                $"Mikään sääntö ei käytä tätä: {code}.",
                $"Ingen regel använder detta: {code}.",
                $"No rule uses this: {code}.").In(language));
        }
    }
}
