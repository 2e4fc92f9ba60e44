// Lists that a caller left unset count as empty, so that deciding never fails.
using System.Collections.Immutable;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>Looks first and copies only where something is unset: a whole request or state is used as it is.</summary>
internal static class Whole
{
    internal static AccessRequest Of(AccessRequest request) =>
        request.Attestations.IsDefault || request.ItemLabels.IsDefault || request.Items.IsDefault
            ? request with { Attestations = Of(request.Attestations), ItemLabels = Of(request.ItemLabels), Items = Of(request.Items) }
            : request;

    internal static ConsentState Of(ConsentState state) => IsWhole(state) ? state : state with
    {
        Consents = [.. Of(state.Consents).Select(static consent => consent with { Items = Of(consent.Items) })],
        Relationships = Of(state.Relationships),
        Agreements = [.. Of(state.Agreements).Select(static agreement => agreement with { Parties = Of(agreement.Parties), Flows = Of(agreement.Flows) })],
        Facts = state.Facts with { Capacity = Of(state.Facts.Capacity) },
    };

    private static bool IsWhole(ConsentState state)
    {
        if (state.Consents.IsDefault || state.Relationships.IsDefault || state.Agreements.IsDefault || state.Facts.Capacity.IsDefault)
        {
            return false;
        }

        foreach (var consent in state.Consents)
        {
            if (consent.Items.IsDefault)
            {
                return false;
            }
        }

        foreach (var agreement in state.Agreements)
        {
            if (agreement.Parties.IsDefault || agreement.Flows.IsDefault)
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableArray<T> Of<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;
}
