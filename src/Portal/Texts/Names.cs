// What people call the organisations, systems, items and rules that codes stand for.
using Sisote.Doors;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Portal.Texts;

/// <summary>Names from the catalogue and the deployment in the language of the page. An unknown code is shown as it is: the page tells what it knows and hides nothing.</summary>
internal sealed class Names(PageTexts texts, RoomSettings settings)
{
    /// <summary>The law, for pages that show rules.</summary>
    public LegalCatalogue Catalogue => settings.Catalogue;

    /// <summary>Name of an organisation.</summary>
    public string Of(OrganisationId id) => settings.Deployment.FindOrganisation(id) is { } organisation ? texts.Say(organisation.Name) : id.Value;

    /// <summary>Name of a system.</summary>
    public string Of(SystemId id) => settings.Deployment.FindSystem(id) is { } system ? texts.Say(system.Name) : id.Value;

    /// <summary>Name of an item.</summary>
    public string Of(DataItemId id) => Catalogue.Items.TryGetValue(id, out var item) ? texts.Say(item.Labels) : id.Value;

    /// <summary>Title of a rule.</summary>
    public string Of(RuleId id) => Catalogue.Rules.TryGetValue(id, out var rule) ? texts.Say(rule.Title) : id.Value;

    /// <summary>What a condition means. A stated key that is no condition of the catalogue is shown as it is.</summary>
    public string Of(ConditionId id) => Catalogue.Conditions.TryGetValue(id, out var condition) ? texts.Say(condition.Labels) : texts.Code("condition", id.Value);

    /// <summary>What an obligation asks.</summary>
    public string Obligation(string code) => Catalogue.Obligations.TryGetValue(code, out var says) ? texts.Say(says) : code;

    /// <summary>Name of a sector.</summary>
    public string Of(SectorId id) => Named(id.Value);

    /// <summary>Name of a role.</summary>
    public string Of(RoleId id) => Named(id.Value);

    /// <summary>Name of a purpose.</summary>
    public string Of(PurposeId id) => Catalogue.Purposes.TryGetValue(id, out var purpose) ? texts.Say(purpose) : id.Value;

    /// <summary>Name of a consent form.</summary>
    public string Of(ConsentFormId id) => Named(id.Value);

    /// <summary>Names of several items.</summary>
    public IReadOnlyList<string> Of(IEnumerable<DataItemId> items) => [.. items.Select(Of)];

    /// <summary>An organisation together with its sector, as a person would say who it was: <c>Kuopion kaupunki, kunnan liikuntatoimi</c>.</summary>
    public string Who(OrganisationId? organisation, SectorId? sector) => (organisation, sector) switch
    {
        ({ } named, { } task) => $"{Of(named)} ({Small(Of(task))})",
        ({ } named, null) => Of(named),
        (null, { } task) => Of(task),
        _ => texts["who.unknown"],
    };

    /// <summary>A statute by its number, with its name where the catalogue has one: <c>Youth Act (1285/2016)</c>.</summary>
    public string Statute(string number) => Catalogue.Statutes.TryGetValue(number, out var name) ? $"{Capital(texts.Say(name))} ({number})" : number;

    /// <summary>The statutes of a rule in plain words.</summary>
    public IEnumerable<(string Place, string Says)> Basis(RuleId id) =>
        Catalogue.Rules.TryGetValue(id, out var rule) ? rule.LegalBasis.Select(basis => ($"{basis.Statute}, {basis.Section}", texts.Say(basis.Paraphrase))) : [];

    /// <summary>The statutes that a decision cited, in plain words where the rule still names them; where it cited none, those of the rule.</summary>
    public IEnumerable<(string Place, string Says)> Basis(RuleId id, IReadOnlyCollection<LegalBasisCitation> cited) => cited.Count == 0
        ? Basis(id)
        : cited.Select(static one => $"{one.Statute}, {one.Section}").Select(place => (place, Basis(id).FirstOrDefault(basis => basis.Place == place).Says ?? string.Empty));

    /// <summary>A code of any code list of the catalogue, labelled.</summary>
    public string? Label(string? system, string? code) =>
        system is null || code is null ? null : Catalogue.CodeLists.Values.Where(list => list.System == system && list.Codes.ContainsKey(code)).Select(list => texts.Say(list.Codes[code])).FirstOrDefault();

    private static string Capital(string text) => text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private static string Small(string text) => text.Length > 1 && !char.IsUpper(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    private string Named(string code) => Catalogue.Names.TryGetValue(code, out var name) ? texts.Say(name) : code;
}
