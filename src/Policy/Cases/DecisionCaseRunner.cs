// Decides cases on paper with the same decision point that the gateway uses.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;

namespace Sisote.Policy.Cases;

/// <summary>What became of one case.</summary>
public sealed record CaseResult
{
    /// <summary>The case.</summary>
    public required DecisionCase Case { get; init; }

    /// <summary>The decision.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The decision as one line of JSON.</summary>
    public required string Json { get; init; }

    /// <summary>Whether it came out as expected; null = the case expects nothing.</summary>
    public bool? AsExpected => Case.Expect is null ? null : Differences.IsEmpty;

    /// <summary>How it differs from what was expected, each in a sentence.</summary>
    public ImmutableArray<string> Differences { get; init; } = [];
}

/// <summary>Decides cases by the catalogue alone, without a deployment that narrows it.</summary>
public sealed class DecisionCaseRunner(LegalCatalogue catalogue)
{
    private readonly DecisionCaseReader reader = new(catalogue);
    private readonly PolicyDecisionPoint point = new(catalogue, new Deployment { Organisations = [], Systems = [] });

    /// <summary>Reads and decides one line.</summary>
    /// <exception cref="FormatException">The line is not a case; the message names the field.</exception>
    public CaseResult Decide(string line) => Decide(reader.Read(line));

    /// <summary>Decides one case.</summary>
    public CaseResult Decide(DecisionCase @case)
    {
        var decision = point.Decide(@case.Request, @case.State, @case.AsOf, @case.Stated);
        return new CaseResult
        {
            Case = @case,
            Decision = decision,
            Json = CaseAnswers.Write(@case, decision),
            Differences = @case.Expect is { } expect ? [.. CaseExpectations.Differences(expect, @case, decision)] : [],
        };
    }
}
