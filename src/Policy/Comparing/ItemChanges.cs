// What a data item carries more or less than before.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Comparing;

/// <summary>Compares the shapes of data items: an element more is something more that leaves.</summary>
internal static class ItemChanges
{
    private const string Kind = "item";

    internal static void Find(ChangeList found)
    {
        foreach (var id in found.Old.Items.Keys.Union(found.New.Items.Keys).OrderBy(static item => item.Value, StringComparer.Ordinal))
        {
            var (old, @new) = (found.Old.Items.GetValueOrDefault(id), found.New.Items.GetValueOrDefault(id));
            if (old is null || @new is null)
            {
                found.Add(ChangeEffect.Words, Kind, id, language => (old is null
                    ? Say.Of("Uusi tieto: ", "Ny uppgift: ", "A new data item: ")
                    : Say.Of("Tieto poistuu: ", "En uppgift slopas: ", "A data item is gone: ")).In(language) + $"{found.Names.Item(id, language)} ({id}).");
                continue;
            }

            Shape(found, old, @new);
            found.Text(Kind, id, ChangeWords.Name, old.Labels, @new.Labels);
            RuleChanges.Statutes(found, Kind, id, old.LegalBasis, @new.LegalBasis);
            found.Text(Kind, id, ChangeWords.LawyerCheck, old.LawyerCheck, @new.LawyerCheck);
            found.Value(ChangeEffect.MayWiden, Kind, id, Say.Of("toimiala, jonka tieto se on", "sektor vars uppgift det är", "sector whose data it is"), old.Sector, @new.Sector);
            found.Value(string.CompareOrdinal(@new.Sensitivity, old.Sensitivity) < 0 ? ChangeEffect.MayWiden : ChangeEffect.Words, Kind, id, Say.Of("arkaluonteisuus", "känslighet", "sensitivity"), old.Sensitivity, @new.Sensitivity);
            found.Value(ChangeEffect.MayWiden, Kind, id, Say.Of("suhde, jonka se aloittaa", "relation som den inleder", "relationship that it begins"), old.Begins, @new.Begins);
        }
    }

    private static void Shape(ChangeList found, DataItem old, DataItem @new)
    {
        var (was, now) = (Selectors(old), Selectors(@new));
        found.Set(Kind, @new.Id, Say.Of("FHIR-resurssit, joita se koskee", "FHIR-resurser som den omfattar", "FHIR resources it takes in"), was.Keys, now.Keys, ChangeEffect.Widens, ChangeEffect.Narrows);
        foreach (var name in was.Keys.Where(now.ContainsKey))
        {
            Compare(found, @new, name, was[name], now[name]);
        }
    }

    private static void Compare(ChangeList found, DataItem item, string name, FhirSelector[] was, FhirSelector[] now)
    {
        Set(Say.Of("kohdat", "delar", "elements"), static selector => selector.Elements);
        Set(Say.Of("sallitut turvamerkinnät", "tillåtna säkerhetsmärkningar", "security labels let through"), static selector => selector.AllowedSecurityLabels);
        Set(Say.Of("tunnisteet, jotka saavat lähteä", "identifierare som får lämnas", "identifier systems that may leave"), static selector => selector.IdentifierSystems);
        var (before, after) = (was[0], now[0]);
        found.Value(after.CodeBinding is null || before.CodeBinding is not null ? after.CodeBinding is null ? ChangeEffect.Widens : ChangeEffect.MayWiden : ChangeEffect.Narrows,
            Kind, item.Id, Say.InEach(language => $"{name}: {Say.Of("koodisto, johon koodit kuuluvat", "kodlista som koderna hör till", "code list the codes are from").In(language)}"), before.CodeBinding, after.CodeBinding);
        found.Value((after.MaxTextLength ?? int.MaxValue) > (before.MaxTextLength ?? int.MaxValue) ? ChangeEffect.Widens : ChangeEffect.Narrows,
            Kind, item.Id, Say.InEach(language => $"{name}: {Say.Of("vapaan tekstin enimmäispituus", "fritextens största längd", "longest free text").In(language)}"), before.MaxTextLength, after.MaxTextLength);

        void Set(LocalisedText what, Func<FhirSelector, IEnumerable<string>> list) => found.Set(
            Kind, item.Id, Say.InEach(language => $"{name}: {what.In(language)}"), was.SelectMany(list), now.SelectMany(list), ChangeEffect.Widens, ChangeEffect.Narrows);
    }

    /// <summary>Selectors by resource type and filters, which say which resources they take in.</summary>
    private static Dictionary<string, FhirSelector[]> Selectors(DataItem item) => item.Selectors
        .GroupBy(static selector => selector.ResourceType + string.Concat(selector.Filters.Select(static filter => $" [{filter.Path} {filter.System}: {string.Join(" ", filter.Codes.Order(StringComparer.Ordinal))}]")))
        .ToDictionary(static group => group.Key, static group => group.ToArray());
}
