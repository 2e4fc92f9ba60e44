// What never rules and masks close more or less than before.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Comparing;

/// <summary>Compares never rules: what they gain in reach closes, what they lose opens.</summary>
internal static class ProhibitionChanges
{
    private const string Kind = "never-rule";

    internal static void Find(ChangeList found)
    {
        var ids = found.Old.Prohibitions.Keys.Union(found.New.Prohibitions.Keys);
        foreach (var id in ids.OrderBy(static never => never.Value, StringComparer.Ordinal))
        {
            var (old, @new) = (found.Old.Prohibitions.GetValueOrDefault(id), found.New.Prohibitions.GetValueOrDefault(id));
            if (old is null || @new is null)
            {
                Comings(found, id, gone: @new is null);
                continue;
            }

            Reach(found, old, @new);
            Exceptions(found, old, @new);
            Masks(found, old, @new);
            Words(found, old, @new);
        }
    }

    private static void Comings(ChangeList found, ProhibitionId id, bool gone) => found.Add(gone ? ChangeEffect.Widens : ChangeEffect.Narrows, Kind, id, language => (gone
        ? Say.Of("Ehdoton kielto poistuu: ", "Ett absolut förbud slopas: ", "A never rule is gone: ")
        : Say.Of("Uusi ehdoton kielto: ", "Nytt absolut förbud: ", "A new never rule: ")).In(language) + found.Names.Prohibition(id, language) + ".");

    /// <summary>Whom and what it concerns; where it names nobody, it concerns all.</summary>
    private static void Reach(ChangeList found, Prohibition old, Prohibition @new)
    {
        Grow(Say.Of("tiedot, joita se koskee", "uppgifter som det gäller", "items it closes"), Items(old, found), Items(@new, found), show: (code, language) => found.Names.Item(DataItemId.Parse(code), language));
        Grow(Say.Of("vastaanottajien toimialat", "mottagarnas sektorer", "recipients' sectors"), Sectors(old, found), Sectors(@new, found), show: (code, language) => found.Names.Sector(SectorId.Parse(code), language));
        Grow(Say.Of("vastaanottajien roolit", "mottagarnas roller", "recipients' roles"), Roles(old, found), Roles(@new, found), show: (code, language) => found.Names.Role(RoleId.Parse(code), language));
        Grow(Say.Of("elimet, joiden puolesta vastaanottaja toimii", "organ för vilkas räkning mottagaren handlar", "bodies for which the recipient acts"), Codes(old.ToActors), Codes(@new.ToActors), emptyIsAll: true);
        Grow(Say.Of("kanavat", "kanaler", "channels"), Channels(old), Channels(@new));
        Grow(Say.Of("säännöt", "regler", "rules"), Codes(old.OnRules), Codes(@new.OnRules), emptyIsAll: true);
        Grow(Say.Of("asiakirjan merkinnät", "handlingens märkningar", "labels of the document"), Codes(old.DocumentLabels), Codes(@new.DocumentLabels), emptyIsAll: true);
        Grow(Say.Of("asiakasta koskevat seikat", "omständigheter om klienten", "facts about the client"), Codes(old.When), Codes(@new.When), emptyIsAll: true);

        void Grow(LocalisedText what, IEnumerable<string> before, IEnumerable<string> after, bool emptyIsAll = false, Func<string, string, string>? show = null)
        {
            var (was, now) = (before.Order(StringComparer.Ordinal).ToArray(), after.Order(StringComparer.Ordinal).ToArray());
            if (emptyIsAll && (was.Length == 0) != (now.Length == 0))
            {
                found.Value(now.Length == 0 ? ChangeEffect.Narrows : ChangeEffect.Widens, Kind, @new.Id, what, string.Join(", ", was), string.Join(", ", now));
                return;
            }

            found.Set(Kind, @new.Id, what, was, now, ChangeEffect.Narrows, ChangeEffect.Widens, show);
        }
    }

    private static void Exceptions(ChangeList found, Prohibition old, Prohibition @new)
    {
        Except(Say.Of("toimialat, joita se ei koske", "sektorer som det inte gäller", "sectors it leaves alone"), Codes(old.OnlySectors), Codes(@new.OnlySectors), (code, language) => found.Names.Sector(SectorId.Parse(code), language));
        Except(Say.Of("vastaanottajat, joita se ei koske", "mottagare som det inte gäller", "recipients it leaves alone"), Parties(old.OnlyRecipients), Parties(@new.OnlyRecipients));
        Except(Say.Of("tarkoitukset, joita se ei koske", "ändamål som det inte gäller", "purposes it leaves alone"), Codes(old.OnlyPurposes), Codes(@new.OnlyPurposes), (code, language) => found.Names.Purpose(PurposeId.Parse(code), language));
        Except(Say.Of("edellytykset, jotka kumoavat sen", "villkor som upphäver det", "conditions that lift it"), Codes(old.Unless), Codes(@new.Unless), (code, language) => found.Names.Condition(ConditionId.Parse(code), language));

        void Except(LocalisedText what, IEnumerable<string> before, IEnumerable<string> after, Func<string, string, string>? show = null) =>
            found.Set(Kind, @new.Id, what, before, after, ChangeEffect.Widens, ChangeEffect.Narrows, show);
    }

    private static void Masks(ChangeList found, Prohibition old, Prohibition @new)
    {
        if (old.Mask.IsEmpty != @new.Mask.IsEmpty)
        {
            found.Add(old.Mask.IsEmpty ? ChangeEffect.Widens : ChangeEffect.Narrows, Kind, @new.Id, language => found.Names.Prohibition(@new.Id, language) + " " + (old.Mask.IsEmpty
                ? Say.Of($"ei enää estä tietoa, vaan jättää siitä pois: {string.Join(", ", @new.Mask)}.", $"hindrar inte längre uppgiften utan utelämnar: {string.Join(", ", @new.Mask)}.", $"no longer closes the item but leaves out: {string.Join(", ", @new.Mask)}.")
                : Say.Of("estää nyt koko tiedon.", "hindrar nu hela uppgiften.", "now closes the whole item.")).In(language));
            return;
        }

        found.Set(Kind, @new.Id, Say.Of("pois jätettävät kohdat", "delar som utelämnas", "elements left out"), old.Mask, @new.Mask, ChangeEffect.Narrows, ChangeEffect.Widens);
    }

    private static void Words(ChangeList found, Prohibition old, Prohibition @new)
    {
        RuleChanges.Obligations(found, Kind, @new.Id, old.Obligations, @new.Obligations);
        RuleChanges.Statutes(found, Kind, @new.Id, old.LegalBasis, @new.LegalBasis);
        found.Text(Kind, @new.Id, ChangeWords.Title, old.Title, @new.Title);
        found.Set(Kind, @new.Id, Say.Of("luovuttajat, joille se kerrotaan selityksessä", "utlämnare som får det förklarat", "givers to whom an explanation tells it"), Parties(old.TellFrom), Parties(@new.TellFrom), ChangeEffect.Words, ChangeEffect.Words);
        found.Set(Kind, @new.Id, Say.Of("vastaanottajat, joille se kerrotaan selityksessä", "mottagare som får det förklarat", "receivers to whom an explanation tells it"), Parties(old.TellTo), Parties(@new.TellTo), ChangeEffect.Words, ChangeEffect.Words);
        found.Value(ChangeEffect.Words, Kind, @new.Id, ChangeWords.Confidence, old.Confidence, @new.Confidence);
        found.Value(ChangeEffect.Words, Kind, @new.Id, ChangeWords.Strength, old.Strength, @new.Strength);
        found.Value(ChangeEffect.Words, Kind, @new.Id, Say.Of("kiellon syyluokka", "förbudets orsaksklass", "class of reason"), old.Reason, @new.Reason);
    }

    // Where a list names nothing it reaches everything that both catalogues know; what is new to one of them is said there.
    private static IEnumerable<string> Items(Prohibition never, ChangeList found) =>
        Codes(never.Items.IsEmpty ? found.Old.Items.Keys.Intersect(found.New.Items.Keys).Except(never.ExceptItems) : never.Items.Except(never.ExceptItems));

    private static IEnumerable<string> Sectors(Prohibition never, ChangeList found) => Codes(never.ToSectors.IsEmpty ? found.Old.Sectors.Keys.Intersect(found.New.Sectors.Keys) : never.ToSectors);

    private static IEnumerable<string> Roles(Prohibition never, ChangeList found) => Codes(never.ToRoles.IsEmpty ? found.Old.Roles.Keys.Intersect(found.New.Roles.Keys) : never.ToRoles);

    private static IEnumerable<string> Channels(Prohibition never) => Codes<Channel>(never.Channels.IsEmpty ? Enum.GetValues<Channel>() : never.Channels);

    private static IEnumerable<string> Parties(IEnumerable<RuleParty> parties) => parties.SelectMany(static party => party.Roles.Select(role => $"{party.Sector}/{role}"));

    private static IEnumerable<string> Codes<T>(IEnumerable<T> codes) => codes.Select(static code => $"{code}");
}
