// Which consents stand for a flow, asked without deciding it.
using System.Collections.Immutable;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>What consents say about one item under one rule that asks for consent. Whether anything may go is another question: the decision's.</summary>
/// <param name="Item">The item.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Forms">The forms that it asks for.</param>
/// <param name="Consents">The consents that stand; empty where one is missing.</param>
/// <param name="Missing">Why one is missing; null = none is.</param>
public sealed record ConsentLook(DataItemId Item, RuleId Rule, ImmutableArray<ConsentFormId> Forms, ImmutableArray<ConsentReference> Consents, ReasonClass? Missing)
{
    /// <summary>Looks with the very search that decides.</summary>
    internal static ImmutableArray<ConsentLook> Find(CompiledLaw law, AccessRequest request, ConsentState state, DateTimeOffset at)
    {
        var circumstances = new Circumstances(law, request, state, at, stated: null);
        var naming = new Naming();
        naming.Begin(state.Consents.Length);
        var found = ImmutableArray.CreateBuilder<ConsentLook>();
        foreach (var flow in law.Find(circumstances.Ends)?.Find(circumstances.Purpose, request.Direction) ?? [])
        {
            foreach (var item in request.Items.Select(law.Find).OfType<KnownItem>().Where(item => flow.Consents.Length > 0 && flow.Carries(item)))
            {
                naming.LookFor(item.Id, state.Consents);
                found.Add(Find(flow, item.Id, naming.Named, circumstances));
            }
        }

        return found.ToImmutable();
    }

    private static ConsentLook Find(Flow flow, DataItemId item, ReadOnlySpan<bool> named, in Circumstances circumstances)
    {
        var finding = new ConsentFinding();
        var holding = new Holding();
        ConsentSearch.Find(flow, named, circumstances, finding, ref holding);
        var forms = flow.Consents.Select(static requirement => requirement.Form).ToImmutableArray();
        return new ConsentLook(item, flow.Rule.Id, forms, finding.Missing is null ? [.. finding.Used.Select(Cite)] : [], finding.Missing);
    }

    private static ConsentReference Cite(ConsentRecord consent) => new() { Id = consent.Id, Version = consent.Version, Form = consent.Form };
}
