// The names that the catalogue gives to its codes, for sentences.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Wording;

/// <summary>Names by code from one catalogue, or from a new one and, where that has none, the old one.</summary>
internal sealed class NameBook(LegalCatalogue catalogue, LegalCatalogue? older = null)
{
    internal string Item(DataItemId item, string language) =>
        Say.Lowered(Label(static (law, id) => law.Items.GetValueOrDefault(id)?.Labels, item, language));

    internal string Items(IEnumerable<DataItemId> items, string language) => string.Join(", ", items.Select(item => Item(item, language)));

    /// <summary>The purpose inside a sentence; nothing means data about nobody, or the client's own view.</summary>
    internal string Purpose(PurposeId? purpose, string language) => purpose is { } named
        ? Say.Lowered(Label(static (law, id) => law.Purposes.GetValueOrDefault(id), named, language))
        : Say.Of("ei käyttötarkoitusta", "inget ändamål", "no purpose").In(language);

    internal string Role(RoleId role, string language) => role.Value == RuleParty.AnyCode
        ? Say.Of("kuka tahansa", "vem som helst", "anybody").In(language)
        : Say.Lowered(RoleLabel(role, language));

    /// <summary>A role as the one who does something: English says "a teacher".</summary>
    internal string Somebody(RoleId role, string language) =>
        role.Value == RuleParty.AnyCode ? Role(role, language) : Say.Somebody(RoleLabel(role, language), language);

    internal string Sector(SectorId sector, string language) => Say.Lowered(Label(static (law, id) => law.Sectors.GetValueOrDefault(id), sector, language));

    internal string Condition(ConditionId condition, string language) =>
        Say.Lowered(Label(static (law, id) => law.Conditions.GetValueOrDefault(id)?.Labels, condition, language));

    internal string Form(ConsentFormId form, string language) =>
        Say.Lowered(Label(static (law, id) => law.ConsentForms.GetValueOrDefault(id)?.Labels, form, language));

    internal string MinorsContext(string context, string language) =>
        Say.Lowered(Label(static (law, code) => law.MinorsPolicies.GetValueOrDefault(code)?.Labels, context, language));

    internal string Obligation(string obligation, string language) =>
        Label(static (law, code) => law.Obligations.GetValueOrDefault(code), obligation, language).TrimEnd('.');

    internal string Rule(RuleId rule, string language) => $"{rule} ({Label(static (law, id) => law.Rules.GetValueOrDefault(id)?.Title, rule, language)})";

    internal string Prohibition(ProhibitionId never, string language) =>
        $"{never} ({Label(static (law, id) => law.Prohibitions.GetValueOrDefault(id)?.Title, never, language)})";

    /// <summary>The statute by its name and number; its number alone where the catalogue gives no name.</summary>
    internal string Statute(string number, string language) =>
        (catalogue.Statutes.GetValueOrDefault(number) ?? older?.Statutes.GetValueOrDefault(number)) is { } name ? $"{name.In(language)} ({number})" : number;

    /// <summary>A statute with one place of it, as each language cites it.</summary>
    internal string Cited(LegalBasis basis, string language) => Citation.Joined(Say.Capital(Statute(basis.Statute, language)), Citation.Of(basis.Section, language), language);

    internal static string Direction(Direction direction, string language) => direction switch
    {
        Requests.Direction.Read => Say.Of("vastaanottaja lukee tiedot", "mottagaren läser uppgifterna", "the receiver reads the data").In(language),
        Requests.Direction.Write => Say.Of(
            "luovuttaja toimittaa tiedot vastaanottajan järjestelmään", "utlämnaren överför uppgifterna till mottagarens system", "the giver delivers the data to the receiver's system").In(language),
        _ => Say.Of("luovuttaja ilmoittaa tiedot vastaanottajalle", "utlämnaren meddelar mottagaren uppgifterna", "the giver notifies the receiver of the data").In(language),
    };

    /// <summary>A thing that a change or finding is about, with its kind, name and code.</summary>
    internal string Subject(string kind, string code, string language) => (kind switch
    {
        "rule" => Say.Of("Sääntö", "Regel", "Rule").In(language) + " " + Rule(RuleId.Parse(code), language),
        "never-rule" => Say.Of("Ehdoton kielto", "Absolut förbud", "Never rule").In(language) + " " + Prohibition(ProhibitionId.Parse(code), language),
        "item" => Say.Of("Tieto", "Uppgift", "Data item").In(language) + $" {Item(DataItemId.Parse(code), language)} ({code})",
        "condition" => Say.Of("Edellytys", "Villkor", "Condition").In(language) + $" {Condition(ConditionId.Parse(code), language)} ({code})",
        "consent-form" => Say.Of("Suostumusmuoto", "Samtyckesform", "Consent form").In(language) + $" {Form(ConsentFormId.Parse(code), language)} ({code})",
        "minors-policy" => Say.Of("Alaikäisen asioista päättäminen", "Beslut för minderåriga", "Deciding for minors").In(language) + $", {MinorsContext(code, language)} ({code})",
        "code-list" => Say.Of("Koodisto", "Kodlista", "Code list").In(language) + $" {code}",
        "code-system" => Say.Of("Koodijärjestelmä", "Kodsystem", "Code system").In(language) + $" {code}",
        "role" => Say.Of("Rooli", "Roll", "Role").In(language) + $" {Role(RoleId.Parse(code), language)} ({code})",
        "sector" => Say.Of("Toimiala", "Sektor", "Sector").In(language) + $" {Sector(SectorId.Parse(code), language)} ({code})",
        "purpose" => Say.Of("Käyttötarkoitus", "Ändamål", "Purpose").In(language) + $" {Purpose(PurposeId.Parse(code), language)} ({code})",
        "obligation" => Say.Of("Velvoite", "Skyldighet", "Obligation").In(language) + $" {code}",
        "checked" => Say.Of("Säädöstekstit", "Författningstexterna", "Texts of the statutes").In(language),
        "retention" => Say.Of("Säilytysaika", "Förvaringstid", "Retention").In(language) + $" {code}",
        "relationship" => Say.Of("Suhde", "Relation", "Relationship").In(language) + $" {code}",
        _ => Say.Of("Säädös", "Författning", "Statute").In(language) + $" {code}",
    });

    private string RoleLabel(RoleId role, string language) => Label(static (law, id) => law.Roles.GetValueOrDefault(id)?.Labels, role, language);

    private string Label<T>(Func<LegalCatalogue, T, LocalisedText?> find, T code, string language) =>
        (find(catalogue, code) ?? (older is null ? null : find(older, code)))?.In(language) ?? $"{code}";
}
