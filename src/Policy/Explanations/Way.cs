// One rule that carries the item asked about, with those of its pairs that do.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

/// <summary>Pairs of one rule that make of the release the same and are equally certain; they may differ in what they need.</summary>
internal sealed class Way
{
    private Way(LegalCatalogue catalogue, ImmutableArray<LawCell> cells, DateOnly day)
    {
        Cells = cells;
        Needs = new WayNeeds(catalogue, this);
        IsClosed = cells.All(cell => NeverWriter.AlwaysClosing(catalogue, cell.Key, cell) is not null);
        Time = !Rule.Enabled ? WayTime.Never
            : IsInForce(day) ? WayTime.Open
            : Begins() is { } begins && begins > day ? WayTime.Later
            : WayTime.Never;
    }

    internal ImmutableArray<LawCell> Cells { get; }

    internal DisclosureRule Rule => Cells[0].Rule;

    internal RuleEffect Effect => Cells[0].Pair.Effect;

    internal string Confidence => Cells[0].Pair.Confidence ?? Rule.Confidence;

    /// <summary>For which case it is, in the words of its pairs or else of the rule; null = the title says enough.</summary>
    internal LocalisedText? Case => Cells.Select(static cell => cell.Pair.Case).OfType<LocalisedText>().Distinct().ToArray() is { Length: > 0 } told
        ? Say.InEach(language => string.Join("; ", told.Select(words => words.In(language))))
        : Rule.Case;

    /// <summary>Whether somebody at the giver only makes sure that the conditions of the receiver's right hold.</summary>
    internal bool IsOnlyConfirmed => Effect == RuleEffect.Entitle && Needs.AreDecided;

    /// <summary>What a lawyer must check: of the pair, else of the rule.</summary>
    internal LocalisedText? LawyerCheck => Cells[0].Pair.LawyerCheck ?? Rule.LawyerCheck;

    /// <summary>Whether the question is put for this item alone: the pair carries less than the rule.</summary>
    internal bool IsCheckOfItem => Cells[0].Pair.LawyerCheck is not null && Cells[0].Pair.Items.Length < Rule.Items.Length;

    internal WayNeeds Needs { get; }

    internal WayTime Time { get; }

    /// <summary>Whether a never rule always closes it, whatever else is there.</summary>
    internal bool IsClosed { get; }

    /// <summary>Whether it is open on the day asked about.</summary>
    internal bool IsOpen => Time == WayTime.Open && !IsClosed;

    /// <summary>Whether the giver records for the receiver under a contract, so that nothing is disclosed to an outsider.</summary>
    internal bool IsOnBehalf => Rule.Direction == Direction.Write && Needs.All.Any(static condition => condition.EvaluatedFrom.Any(static source => source is EvidenceSource.InForceAgreement { Kind: "on-behalf" }));

    /// <summary>Whether both ends are one controller.</summary>
    internal bool IsOwnUse => Needs.All.Any(static condition => condition.EvaluatedFrom.Any(static source => source is EvidenceSource.SameOrganisation));

    /// <summary>The rules that carry the item, in order of their ids.</summary>
    internal static ImmutableArray<Way> Of(LegalCatalogue catalogue, ExplanationQuestion question) =>
    [
        .. LawCell.Ordered(catalogue)
            .Where(rule => rule.Items.Contains(question.Item) && (question.Direction ?? rule.Direction) == rule.Direction)
            .SelectMany(LawCell.Of)
            .Where(cell => cell.Key.Item == question.Item && cell.Key.Purpose == question.Purpose
                && Is(cell.Key.From, question.FromSector, question.FromRole) && Is(cell.Key.To, question.ToSector, question.ToRole))
            .DistinctBy(static cell => (cell.Rule.Id, cell.Door, cell.Pair.Effect, cell.Pair.Confidence, cell.Pair.LawyerCheck))
            .GroupBy(static cell => (cell.Rule.Id, cell.Pair.Effect, cell.Pair.Confidence, cell.Pair.LawyerCheck))
            .Select(group => new Way(catalogue, [.. group], question.Day)),
    ];

    /// <summary>Whether it is in time on a day: the rule's own dates and those of at least one of the statutes about these parties.</summary>
    internal bool IsInForce(DateOnly day) =>
        !(day < Rule.ValidFrom || Rule.ValidTo < day) && Statutes.Any(basis => IsInForce(basis, day));

    /// <summary>The statutes in force on a day; where the rule is not in force then, all of them.</summary>
    internal IEnumerable<LegalBasis> Basis(DateOnly day) => IsInForce(day) ? Statutes.Where(basis => IsInForce(basis, day)) : Statutes;

    private IEnumerable<LegalBasis> Statutes => Rule.LegalBasis.Where(basis => Cells.Any(cell => Rule.BasisOf(cell.Pair).Contains(basis)));

    private static bool IsInForce(LegalBasis basis, DateOnly day) => !(day < basis.ValidFrom || basis.ValidTo < day);

    private DateOnly? Begins() => Rule.ValidFrom ?? Statutes.Min(static basis => basis.ValidFrom);

    private static bool Is(LawEnd end, SectorId sector, RoleId role) => end.IsAnybody || (end.Sector == sector && end.Role == role);
}

/// <summary>Whether a way is open on the day asked about, opens later, or neither.</summary>
internal enum WayTime
{
    Open,
    Later,
    Never,
}
