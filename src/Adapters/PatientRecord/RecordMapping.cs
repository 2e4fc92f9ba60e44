// The mapping file of one customer's record.
using Sisote.Adapters.Cda;

namespace Sisote.Adapters.PatientRecord;

/// <summary>What of a record is read and how its codes translate. Data, not code: law and customers change it without a new version of the adapter.</summary>
internal sealed record RecordMapping
{
    /// <summary>Root (OID) of personal identity codes.</summary>
    public string PersonIdRoot { get; init; } = "";

    /// <summary>Root (OID) of the record's patient numbers.</summary>
    public string PatientNumberRoot { get; init; } = "";

    /// <summary>Document types that are fetched.</summary>
    public List<string> DocumentTypes { get; init; } = [];

    /// <summary>Code system (OID) of section codes.</summary>
    public string SectionSystem { get; init; } = "";

    /// <summary>FHIR code system of categories.</summary>
    public string CategorySystem { get; init; } = "";

    /// <summary>Code maps by name.</summary>
    public Dictionary<string, CodeMap> CodeMaps { get; init; } = [];

    /// <summary>Sections that are read.</summary>
    public List<SectionMapping> Sections { get; init; } = [];

    /// <summary>How entries are written into the record.</summary>
    public OutgoingMapping Outgoing { get; init; } = new();

    /// <summary>How the record's referrals are read.</summary>
    public ReferralMapping Referral { get; init; } = new();

    /// <summary>The codes of the sections that are read.</summary>
    public IReadOnlySet<CdaCode> ReadSections() => Sections.Select(section => new CdaCode(SectionSystem, section.Section)).ToHashSet();

    /// <summary>The mapping of a section, or null.</summary>
    public SectionMapping? FindSection(CdaCode section) => section.System == SectionSystem ? Sections.Find(found => found.Section == section.Code) : null;

    /// <summary>The code map of this name.</summary>
    public CodeMap Map(string name) => CodeMaps[name];
}

/// <summary>One section of the record's documents.</summary>
internal sealed record SectionMapping
{
    /// <summary>Section code.</summary>
    public string Section { get; init; } = "";

    /// <summary>FHIR resource type of its entries.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Category code; empty where the code map states it for each code, or the resource has none.</summary>
    public string Category { get; init; } = "";

    /// <summary>Code system of the category, where it is not the usual one.</summary>
    public string? CategorySystem { get; init; }

    /// <summary>Code map of the entries.</summary>
    public string Codes { get; init; } = "";

    /// <summary>Code map of the entries' parts.</summary>
    public string? Parts { get; init; }

    /// <summary>Title of every resource of this section, where its type has one.</summary>
    public string? Title { get; init; }

    /// <summary>Whether half of this section would be dangerous: where an entry of it is not understood, resources of its type are not answered at all.</summary>
    public bool Complete { get; init; }

    /// <summary>Security label (v3-ActCode) of every resource of this section.</summary>
    public string? Security { get; init; }
}

/// <summary>How entries are written.</summary>
internal sealed record OutgoingMapping
{
    /// <summary>MSH-3/4 of our messages.</summary>
    public ApplicationName Sender { get; init; } = new();

    /// <summary>MSH-5/6 of our messages.</summary>
    public ApplicationName Receiver { get; init; } = new();

    /// <summary>Native document by rule.</summary>
    public Dictionary<string, OutgoingDocument> DocumentTypesByRule { get; init; } = [];

    /// <summary>Who answers in the record for an entry on its behalf.</summary>
    public string Authenticator { get; init; } = "";

    /// <summary>Title of a role in the record.</summary>
    public Dictionary<string, string> RoleTitles { get; init; } = [];

    /// <summary>Code map of goals.</summary>
    public string Goals { get; init; } = "";

    /// <summary>Code map of plans.</summary>
    public string Plans { get; init; } = "";

    /// <summary>Code map of measures.</summary>
    public string Measures { get; init; } = "";

    /// <summary>Code map of outcomes of a service.</summary>
    public string Outcomes { get; init; } = "";

    /// <summary>Codes of uncoded fields.</summary>
    public FieldCodes Fields { get; init; } = new();
}

/// <summary>The native document of a rule.</summary>
internal sealed record OutgoingDocument
{
    /// <summary>TXA-2.</summary>
    public string Type { get; init; } = "";

    /// <summary>on-behalf or received.</summary>
    public string Mode { get; init; } = "";

    /// <summary>TXA-17.</summary>
    public string Completion { get; init; } = "";
}

/// <summary>Application and facility.</summary>
internal sealed record ApplicationName
{
    /// <summary>Application.</summary>
    public string Application { get; init; } = "";

    /// <summary>Facility.</summary>
    public string Facility { get; init; } = "";
}

/// <summary>The record's codes of uncoded fields.</summary>
internal sealed record FieldCodes
{
    /// <summary>Code system (OID).</summary>
    public string System { get; init; } = "";

    /// <summary>Text of an entry.</summary>
    public string Text { get; init; } = "";

    /// <summary>Status of a goal or plan.</summary>
    public string Status { get; init; } = "";

    /// <summary>End of a plan.</summary>
    public string End { get; init; } = "";

    /// <summary>An activity of a plan.</summary>
    public string Activity { get; init; } = "";

    /// <summary>Title of a plan.</summary>
    public string Title { get; init; } = "";
}

/// <summary>How referrals are read.</summary>
internal sealed record ReferralMapping
{
    /// <summary>Who may send them (MSH-3/4).</summary>
    public ApplicationName Sender { get; init; } = new();

    /// <summary>Referral types (RF1-3) that are passed on.</summary>
    public ReferralTypes Types { get; init; } = new();

    /// <summary>Category of the request.</summary>
    public string Category { get; init; } = "";

    /// <summary>Code of the request.</summary>
    public FhirCode Code { get; init; } = new();

    /// <summary>Role of the referring professional.</summary>
    public string Role { get; init; } = "";

    /// <summary>Purpose of use.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>The condition that the record has checked: the care relation.</summary>
    public string Relation { get; init; } = "";

    /// <summary>Which observations are passed on, by their codes.</summary>
    public List<ReferralObservation> Observations { get; init; } = [];
}

/// <summary>Referral types.</summary>
internal sealed record ReferralTypes
{
    /// <summary>Code system (OID).</summary>
    public string System { get; init; } = "";

    /// <summary>Codes.</summary>
    public List<string> Codes { get; init; } = [];
}

/// <summary>A code in FHIR.</summary>
internal sealed record FhirCode
{
    /// <summary>Code system.</summary>
    public string System { get; init; } = "";

    /// <summary>Code.</summary>
    public string Code { get; init; } = "";
}

/// <summary>One kind of observation of a referral.</summary>
internal sealed record ReferralObservation
{
    /// <summary>Code map.</summary>
    public string Codes { get; init; } = "";

    /// <summary>Flag or Goal.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Category code.</summary>
    public string Category { get; init; } = "";
}
