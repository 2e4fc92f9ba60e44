// One flow of the catalogue for each form of consent, for the tests that see each form at the gateway.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>A rule that rests on a form, between two sectors. A prohibition has the rule whose consent it closes.</summary>
internal sealed record FormFlow(string Form, string RuleId, string FromRole, string ToRole)
{
    public static readonly LegalCatalogue Catalogue = Assert.IsType<CatalogueReading.Loaded>(CatalogueReader.ReadEmbedded()).Catalogue;

    /// <summary>One for each form; docs/consents.md has the same table.</summary>
    public static readonly ImmutableArray<FormFlow> All =
    [
        new("LUPA", "SO-01", "health-professional", "health-professional"),
        new("KIELTO", "SO-01", "health-professional", "health-professional"),
        new("SECRECY", "EX-02", "health-professional", "exercise-counsellor"),
        new("OH-WRITTEN", "OH-13", "kuraattori", "outreach-worker"),
        new("OH-GROUP", "OH-09", "expert-group-lead", "expert-group-member"),
        new("YOUTH", "YO-04", "outreach-worker", "guidance-centre-worker"),
        new("YOUTH-EXPLICIT", "YO-03", "association-worker", "outreach-worker"),
        new("TE-WRITTEN", "EM-04", "employment-officer", "provider-worker"),
        new("HOKS", "EM-07", "education-registrar", "employment-officer"),
        new("GDPR", "EX-05", "exercise-counsellor", "association-worker"),
    ];

    public DisclosureRule Rule => Catalogue.Rules[Policy.Ids.RuleId.Parse(RuleId)];

    public ConsentForm Kind => Catalogue.ConsentForms[ConsentFormId.Parse(Form)];

    public bool IsMirrored => Kind.Recorded.All(static way => way == ConsentWay.Mirrored);

    public bool IsProhibition => Kind.Narrows is not null;

    public bool IsUsedOnce => Kind.Validity == "single-use";

    public bool IsRead => Rule.Direction == Direction.Read;

    /// <summary>The other forms that the rule asks for beside this one.</summary>
    public IEnumerable<ConsentFormId> Beside => Rule.Consents.Select(static asked => asked.Form).Where(form => form.Value != Form && !IsProhibition);

    public ImmutableArray<DataItemId> Items => Pair.Items.IsDefaultOrEmpty ? Rule.Items : Pair.Items;

    public PurposeId Purpose => Rule.Purpose!.Value;

    public SectorId FromSector => Pair.From.Sector;

    public SectorId ToSector => Pair.To.Sector;

    public FormParty From => new(FromSector, 1, FromRole, "giver");

    public FormParty To => new(ToSector, 2, ToRole, "receiver");

    /// <summary>Another organisation of the recipient's sector.</summary>
    public FormParty Elsewhere => new(ToSector, 3, ToRole, "receiver");

    private RulePair Pair => Rule.Pairs.First(pair => pair.From.Roles.Contains(RoleId.Parse(FromRole)) && pair.To.Roles.Contains(RoleId.Parse(ToRole)));
}

/// <summary>One of the organisations of a sector with its one system.</summary>
internal sealed record FormParty(SectorId Sector, int Number, string Role, string Professional)
{
    public OrganisationId Organisation => OrganisationId.Parse($"org-{Sector.Value}-{Number}");

    public SystemId System => SystemId.Parse($"sys-{Sector.Value}-{Number}");
}
