// The law in memory.
using System.Collections.Frozen;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Catalogues;

/// <summary>The whole catalogue, read and checked. Immutable; made only by <see cref="CatalogueReader"/>.</summary>
public sealed class LegalCatalogue
{
    /// <summary>SHA-256 over the canonical form.</summary>
    public required CatalogueVersion Version { get; init; }

    /// <summary>Data items by code.</summary>
    public required FrozenDictionary<DataItemId, DataItem> Items { get; init; }

    /// <summary>Disclosure rules by code.</summary>
    public required FrozenDictionary<RuleId, DisclosureRule> Rules { get; init; }

    /// <summary>Never rules and masks by code.</summary>
    public required FrozenDictionary<ProhibitionId, Prohibition> Prohibitions { get; init; }

    /// <summary>Conditions by code.</summary>
    public required FrozenDictionary<ConditionId, Condition> Conditions { get; init; }

    /// <summary>Sectors with their names.</summary>
    public required FrozenDictionary<SectorId, LocalisedText> Sectors { get; init; }

    /// <summary>Roles with their sector and names.</summary>
    public required FrozenDictionary<RoleId, RoleEntry> Roles { get; init; }

    /// <summary>Purposes of use with their names.</summary>
    public required FrozenDictionary<PurposeId, LocalisedText> Purposes { get; init; }

    /// <summary>Consent forms by code.</summary>
    public required FrozenDictionary<ConsentFormId, ConsentForm> ConsentForms { get; init; }

    /// <summary>Who decides for a minor, by context.</summary>
    public required FrozenDictionary<string, MinorsPolicy> MinorsPolicies { get; init; }

    /// <summary>Obligations with their texts, by code.</summary>
    public required FrozenDictionary<string, LocalisedText> Obligations { get; init; }

    /// <summary>How long logs and versions are kept, by code.</summary>
    public required FrozenDictionary<string, RetentionPeriod> Retention { get; init; }

    /// <summary>Kinds of relationships that professionals record by hand, by code; none where the catalogue names none.</summary>
    public FrozenDictionary<string, RelationshipKind> Relationships { get; init; } = FrozenDictionary<string, RelationshipKind>.Empty;

    /// <summary>Names of statutes by number and year (<c>703/2023</c>), for people; a statute may lack one.</summary>
    public FrozenDictionary<string, LocalisedText> Statutes { get; init; } = FrozenDictionary<string, LocalisedText>.Empty;

    /// <summary>The day up to which the statutes were read with their amendments; null = not said.</summary>
    public DateOnly? CheckedThrough { get; init; }

    /// <summary>Code system addresses by the short names that the files use.</summary>
    public required FrozenDictionary<string, string> CodeSystems { get; init; }

    /// <summary>Names of sectors, roles, purposes and consent forms, by code, for people.</summary>
    public required FrozenDictionary<string, LocalisedText> Names { get; init; }

    /// <summary>Code lists by id.</summary>
    public required FrozenDictionary<string, CodeList> CodeLists { get; init; }
}

/// <summary>A role: its sector and names.</summary>
/// <param name="Sector">The sector whose task the role carries out.</param>
/// <param name="Labels">Names for people.</param>
public sealed record RoleEntry(SectorId Sector, LocalisedText Labels);
