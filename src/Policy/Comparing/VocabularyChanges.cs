// Changes in the small vocabularies: code lists, roles, names, periods.
using System.Globalization;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Comparing;

internal static class VocabularyChanges
{
    internal static void Find(ChangeList found)
    {
        found.Value(ChangeEffect.Words, "checked", "through", Say.Of("luettu saakka", "lästa till och med", "read through"), $"{found.Old.CheckedThrough:yyyy-MM-dd}", $"{found.New.CheckedThrough:yyyy-MM-dd}");
        CodeLists(found);
        Roles(found);
        Retention(found);
        Relationships(found);
        Names(found, "sector", static catalogue => catalogue.Sectors, static id => id.Value);
        Names(found, "purpose", static catalogue => catalogue.Purposes, static id => id.Value);
        Names(found, "obligation", static catalogue => catalogue.Obligations, static id => id);
        Names(found, "statute", static catalogue => catalogue.Statutes, static id => id);
        foreach (var (id, old, @new) in EvidenceChanges.Both(found, static catalogue => catalogue.CodeSystems, "code-system", static id => id))
        {
            found.Value(ChangeEffect.MayWiden, "code-system", id, Say.Of("osoite", "adress", "address"), old, @new);
        }
    }

    private static void CodeLists(ChangeList found)
    {
        const string kind = "code-list";
        foreach (var (id, old, @new) in EvidenceChanges.Both(found, static catalogue => catalogue.CodeLists, kind, static id => id))
        {
            found.Set(kind, id, Say.Of("koodit", "koder", "codes"), old.Codes.Keys, @new.Codes.Keys, ChangeEffect.Widens, ChangeEffect.Narrows);
            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("koodijärjestelmä", "kodsystem", "code system"), old.System, @new.System);
            foreach (var code in old.Codes.Keys.Where(@new.Codes.ContainsKey))
            {
                found.Text(kind, id, Say.InEach(language => $"{ChangeWords.Name.In(language)} {code}"), old.Codes[code], @new.Codes[code]);
            }
        }
    }

    private static void Roles(ChangeList found)
    {
        foreach (var (id, old, @new) in EvidenceChanges.Both(found, static catalogue => catalogue.Roles, "role", static id => id.Value))
        {
            found.Value(ChangeEffect.MayWiden, "role", id, Say.Of("toimiala", "sektor", "sector"), old.Sector, @new.Sector);
            found.Text("role", id, ChangeWords.Name, old.Labels, @new.Labels);
        }
    }

    private static void Retention(ChangeList found)
    {
        const string kind = "retention";
        foreach (var (id, old, @new) in EvidenceChanges.Both(found, static catalogue => catalogue.Retention, kind, static id => id))
        {
            found.Value(ChangeEffect.Words, kind, id, Say.Of("säilytysaika vuosina", "förvaringstid i år", "years kept"), old.Years.ToString(CultureInfo.InvariantCulture), @new.Years.ToString(CultureInfo.InvariantCulture));
            found.Value(ChangeEffect.Words, kind, id, Say.Of("mistä aika lasketaan", "varifrån tiden räknas", "counted from"), old.Counted, @new.Counted);
            found.Value(ChangeEffect.Words, kind, id, Say.Of("toimialat", "sektorer", "sectors"), string.Join(", ", old.EitherEndIs), string.Join(", ", @new.EitherEndIs));
            found.Value(ChangeEffect.Words, kind, id, ChangeWords.Basis, old.Basis, @new.Basis);
            found.Value(ChangeEffect.Words, kind, id, ChangeWords.Confidence, old.Confidence, @new.Confidence);
            found.Text(kind, id, ChangeWords.LawyerCheck, old.LawyerCheck, @new.LawyerCheck);
            found.Text(kind, id, ChangeWords.Name, old.Labels, @new.Labels);
        }
    }

    private static void Relationships(ChangeList found)
    {
        const string kind = "relationship";
        foreach (var (id, old, @new) in EvidenceChanges.Both(found, static catalogue => catalogue.Relationships, kind, static id => id))
        {
            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("kuka sen kirjaa", "vem som antecknar den", "who records it"), Tellers(old), Tellers(@new));
            found.Value(ChangeEffect.Words, kind, id, Say.Of("nimetty ammattilainen", "namngiven yrkesperson", "named professional"), old.Person, @new.Person);
            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("oman henkilön voi nimetä", "den egna personen kan namnges", "the own person may be named"), old.OwnPerson, @new.OwnPerson);
            found.Value(ChangeEffect.Words, kind, id, Say.Of("siirretään toiselle", "överlämnas", "handed over"), old.HandedOver, @new.HandedOver);
            found.Text(kind, id, ChangeWords.Name, old.Labels, @new.Labels);
        }

        static string Tellers(RelationshipKind kind) =>
            string.Join("; ", kind.RecordedBy.Select(static teller => $"{(teller.IsFrom ? "from" : "to")} {string.Join(' ', teller.Roles.Select(static role => role.Value))}{(teller.Through is { } through ? $" through {through}" : string.Empty)}"));
    }

    private static void Names<TKey>(ChangeList found, string kind, Func<LegalCatalogue, IReadOnlyDictionary<TKey, LocalisedText>> entries, Func<TKey, string> code)
        where TKey : notnull
    {
        foreach (var (id, old, @new) in EvidenceChanges.Both(found, entries, kind, code))
        {
            found.Text(kind, id, ChangeWords.Name, old, @new);
        }
    }
}
