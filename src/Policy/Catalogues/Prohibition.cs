// A never rule or a mask: what no permit opens.
using System.Collections.Immutable;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Catalogues;

/// <summary>
/// A never rule (the item stays) or, where it names elements, a mask (the item goes without them). It applies when everything it names is so;
/// only a statutory notification is stronger than a never rule.
/// </summary>
public sealed record Prohibition
{
    /// <summary>Code, for example P-03.</summary>
    public required ProhibitionId Id { get; init; }

    /// <summary>What it says, in a line.</summary>
    public required LocalisedText Title { get; init; }

    /// <summary>The items it closes; empty = all but <see cref="ExceptItems"/>.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>Items it leaves alone, where it closes all others.</summary>
    public ImmutableArray<DataItemId> ExceptItems { get; init; } = [];

    /// <summary>Sectors to which the items may go all the same; empty = none is excepted.</summary>
    public ImmutableArray<SectorId> OnlySectors { get; init; } = [];

    /// <summary>Exceptions that are narrower than a sector.</summary>
    public ImmutableArray<RuleParty> OnlyRecipients { get; init; } = [];

    /// <summary>Recipients' sectors it concerns; empty = all.</summary>
    public ImmutableArray<SectorId> ToSectors { get; init; } = [];

    /// <summary>Recipients' roles it concerns; empty = all.</summary>
    public ImmutableArray<RoleId> ToRoles { get; init; } = [];

    /// <summary>Bodies on whose behalf the recipient acts; empty = it does not matter.</summary>
    public ImmutableArray<string> ToActors { get; init; } = [];

    /// <summary>Purposes for which the items may go all the same; empty = none.</summary>
    public ImmutableArray<PurposeId> OnlyPurposes { get; init; } = [];

    /// <summary>Channels it concerns; empty = all.</summary>
    public ImmutableArray<Channel> Channels { get; init; } = [];

    /// <summary>Rules it concerns; empty = all.</summary>
    public ImmutableArray<RuleId> OnRules { get; init; } = [];

    /// <summary>Labels of the source document it concerns; empty = all.</summary>
    public ImmutableArray<string> DocumentLabels { get; init; } = [];

    /// <summary>Facts about the client, any one of which makes it apply; empty = always.</summary>
    public ImmutableArray<ClientFact> When { get; init; } = [];

    /// <summary>Conditions, any one of which lifts it.</summary>
    public ImmutableArray<ConditionId> Unless { get; init; } = [];

    /// <summary>Givers to whom an explanation tells it; empty = all. It applies to every giver all the same.</summary>
    public ImmutableArray<RuleParty> TellFrom { get; init; } = [];

    /// <summary>Receivers to whom an explanation tells it; empty = all. It applies to every receiver all the same.</summary>
    public ImmutableArray<RuleParty> TellTo { get; init; } = [];

    /// <summary>FHIR elements (<c>Type.path</c>) that stay behind; empty = the whole item stays.</summary>
    public ImmutableArray<string> Mask { get; init; } = [];

    /// <summary>What must be done where it applied, as codes.</summary>
    public ImmutableArray<string> Obligations { get; init; } = [];

    /// <summary>The class of reason that a denial by it carries.</summary>
    public required ReasonClass Reason { get; init; }

    /// <summary>law or policy: whether a statute or the house's own stricter line says it.</summary>
    public required string Strength { get; init; }

    /// <summary>Statutes it rests on.</summary>
    public required ImmutableArray<LegalBasis> LegalBasis { get; init; }

    /// <summary>high, medium or low.</summary>
    public required string Confidence { get; init; }
}

/// <summary>A fact about the client that a never rule or mask asks for. A fact nobody knows counts as being so.</summary>
public enum ClientFact
{
    /// <summary>The client has a non-disclosure for personal safety.</summary>
    SafetyProhibition,

    /// <summary>A guardian of the client has one.</summary>
    GuardianSafetyProhibition,

    /// <summary>The minor's bar on the guardian was accepted, or a capable minor forbids.</summary>
    GuardianBarred,

    /// <summary>No professional has recorded who decides for this minor.</summary>
    CapacityUnknown,

    /// <summary>The client is of age.</summary>
    OfAge,

    /// <summary>The client has died.</summary>
    Deceased,
}
