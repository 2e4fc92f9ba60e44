// Lists that a caller left unset count as empty, so that deciding never fails.
using System.Collections.Immutable;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>
/// Looks first and copies only where something is unset: a whole request or state is used as it is. The lists within a consent or an agreement are read as spans, which count as empty
/// where they are unset.
/// </summary>
internal static class Whole
{
    internal static AccessRequest Of(AccessRequest request) =>
        request.Attestations.IsDefault || request.ItemLabels.IsDefault || request.Items.IsDefault
            ? request with { Attestations = Of(request.Attestations), ItemLabels = Of(request.ItemLabels), Items = Of(request.Items) }
            : request;

    internal static ConsentState Of(ConsentState state) =>
        state.Consents.IsDefault || state.Relationships.IsDefault || state.Agreements.IsDefault || state.Facts.Capacity.IsDefault
            ? state with
            {
                Consents = Of(state.Consents),
                Relationships = Of(state.Relationships),
                Agreements = Of(state.Agreements),
                Facts = state.Facts with { Capacity = Of(state.Facts.Capacity) },
            }
            : state;

    private static ImmutableArray<T> Of<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;
}
