// A sentence of the law as data: who may give what to whom, for what, under which conditions.
using System.Collections.Immutable;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Catalogues;

/// <summary>A disclosure rule. Flat: no inheritance, no priorities, no expressions.</summary>
public sealed record DisclosureRule
{
    /// <summary>Code, for example EX-02.</summary>
    public required RuleId Id { get; init; }

    /// <summary>What it says, in a line.</summary>
    public required LocalisedText Title { get; init; }

    /// <summary>The lawful pairs of sender and recipient.</summary>
    public required ImmutableArray<RulePair> Pairs { get; init; }

    /// <summary>Purpose of use; null for non-personal flows and the client's own view.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>Items it carries.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>Read, write or notify.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Whether the giver may or must give, or the receiver has a right to get.</summary>
    public RuleEffect Effect { get; init; }

    /// <summary>For which case it is, where other rules carry the same between the same parties for the same purpose; null = its title says enough.</summary>
    public LocalisedText? Case { get; init; }

    /// <summary>What people must see to that no condition can evaluate; null = nothing.</summary>
    public LocalisedText? SeeTo { get; init; }

    /// <summary>Statutes it rests on.</summary>
    public required ImmutableArray<LegalBasis> LegalBasis { get; init; }

    /// <summary>The consents it asks for, each of its own form; empty = none.</summary>
    public ImmutableArray<ConsentRequirement> Consents { get; init; } = [];

    /// <summary>The first form of consent it asks for; null = none.</summary>
    public ConsentFormId? ConsentForm => Consents.IsDefaultOrEmpty ? null : Consents[0].Form;

    /// <summary>Whether it is a statutory notification, which no never rule stops.</summary>
    public bool StatutoryNotification { get; init; }

    /// <summary>Whether the law layer uses it at all; a deployment cannot switch it on.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Conditions, all of which must hold for every pair.</summary>
    public ImmutableArray<ConditionId> Conditions { get; init; } = [];

    /// <summary>Obligations, as codes.</summary>
    public ImmutableArray<string> Obligations { get; init; } = [];

    /// <summary>In force from (inclusive).</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>In force until (inclusive).</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>high, medium or low.</summary>
    public required string Confidence { get; init; }

    /// <summary>core or extended.</summary>
    public string Priority { get; init; } = "core";

    /// <summary>What a lawyer must check before the rule is used, where something must.</summary>
    public LocalisedText? LawyerCheck { get; init; }

    /// <summary>The statutes that carry one pair: those about its giver and its receiver.</summary>
    public IEnumerable<LegalBasis> BasisOf(RulePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return LegalBasis.Where(basis => basis.Concerns(pair.From.Sector, pair.To.Sector));
    }
}

/// <summary>One lawful pair of sender and recipient.</summary>
/// <param name="From">Who holds and discloses.</param>
/// <param name="To">Who receives.</param>
public sealed record RulePair(RuleParty From, RuleParty To)
{
    /// <summary>The items that this pair carries: all of the rule's, or fewer.</summary>
    public ImmutableArray<DataItemId> Items { get; init; } = [];

    /// <summary>Conditions of this pair, in addition to the rule's.</summary>
    public ImmutableArray<ConditionId> Conditions { get; init; } = [];

    /// <summary>The purpose, where it is another than the rule's.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>Whether the giver may or must give, or the receiver has a right to get.</summary>
    public RuleEffect Effect { get; init; }

    /// <summary>Whether the giver must give.</summary>
    public bool Obliges => Effect == RuleEffect.Oblige;

    /// <summary>For which case this pair is, where the rule's words do not fit it.</summary>
    public LocalisedText? Case { get; init; }

    /// <summary>high, medium or low, where it is not the rule's.</summary>
    public string? Confidence { get; init; }

    /// <summary>What a lawyer must check about this pair alone.</summary>
    public LocalisedText? LawyerCheck { get; init; }
}

/// <summary>What a rule makes of a release. A decision is the same for all; people are told which.</summary>
public enum RuleEffect
{
    /// <summary>The giver may give and need not.</summary>
    Permit,

    /// <summary>The giver must give, unasked where the statute says so.</summary>
    Oblige,

    /// <summary>The receiver has a right to get.</summary>
    Entitle,

    /// <summary>The giver must ask for the consent and may give only with it.</summary>
    AskConsent,
}

/// <summary>A sector with the roles in it.</summary>
public sealed record RuleParty
{
    /// <summary>The code of <see cref="Anybody"/>'s sector and role.</summary>
    public const string AnyCode = "any";

    /// <summary>Any sector and role: only in rules without a purpose (data of nobody in particular, the client's own view).</summary>
    public static RuleParty Anybody { get; } = new() { Sector = SectorId.Parse(AnyCode), Roles = [RoleId.Parse(AnyCode)] };

    /// <summary>Sector.</summary>
    public required SectorId Sector { get; init; }

    /// <summary>Roles of that sector.</summary>
    public required ImmutableArray<RoleId> Roles { get; init; }
}

/// <summary>A statute and section with what it says in plain words.</summary>
public sealed record LegalBasis
{
    /// <summary>Number and year, for example <c>703/2023</c>.</summary>
    public required string Statute { get; init; }

    /// <summary>Section, subsection, point.</summary>
    public required string Section { get; init; }

    /// <summary>What it says, in plain words.</summary>
    public required LocalisedText Paraphrase { get; init; }

    /// <summary>Sectors of the givers it is about; empty = all.</summary>
    public ImmutableArray<SectorId> FromSectors { get; init; } = [];

    /// <summary>Sectors of the receivers it is about; empty = all.</summary>
    public ImmutableArray<SectorId> ToSectors { get; init; } = [];

    /// <summary>In force from (inclusive).</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>In force until (inclusive).</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Whether it is about a release from one sector to another.</summary>
    public bool Concerns(SectorId from, SectorId to) =>
        (FromSectors.IsEmpty || FromSectors.Contains(from)) && (ToSectors.IsEmpty || ToSectors.Contains(to));
}
