// A simple reference of identities: who is whom, what was said under which, and what still opens.
using System.Collections.Immutable;

namespace Sisote.Tests.Consent.Clients.Merging;

internal enum IdentityAct
{
    Give,
    Withdraw,
    Protect,
    Merge,
    Unmerge,
}

/// <summary>One act: of whom, with whom, on which of the person's consents, with which items.</summary>
internal sealed record IdentityCommand(IdentityAct Act, int Who, int Whom, int Items);

/// <summary>A consent of the model.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Said">The identity under which it was said.</param>
/// <param name="Items">Which items, as bits.</param>
/// <param name="At">When.</param>
/// <param name="Ended">When it was withdrawn.</param>
/// <param name="Opens">Whether it opens.</param>
internal sealed record SaidConsent(string Id, int Said, int Items, int At, int? Ended, bool Opens);

/// <summary>Each identity points to the one that it was told to be; protections are kept by the identity that stands for itself.</summary>
internal sealed record MergeModel(ImmutableArray<int?> Into, ImmutableArray<bool> Protected, ImmutableArray<SaidConsent> Consents, ImmutableArray<int> Changes)
{
    public static MergeModel Of(int identities) => new(
        [.. Enumerable.Repeat<int?>(null, identities)], [.. Enumerable.Repeat(false, identities)], [], [.. Enumerable.Repeat(0, identities)]);

    public int StandsFor(int who) => Into[who] is { } other ? StandsFor(other) : who;

    public IEnumerable<SaidConsent> Of(int who, bool opening) => Consents.Where(one => StandsFor(one.Said) == StandsFor(who) && (!opening || one.Opens));

    /// <summary>The state after an act, and the word for its answer.</summary>
    public (MergeModel After, string Answer) Do(IdentityCommand command, string id, int now) => command.Act switch
    {
        IdentityAct.Give => (this with { Consents = Consents.Add(new SaidConsent(id, command.Who, command.Items, now, null, true)) }, "ok"),
        IdentityAct.Withdraw => Of(command.Who, opening: true).LastOrDefault() is { } last
            ? (this with { Consents = Consents.Replace(last, last with { Ended = now, Opens = false }) }, "ok")
            : (this, "ok"),
        IdentityAct.Protect => (this with { Protected = Protected.SetItem(StandsFor(command.Who), true) }, "ok"),
        IdentityAct.Merge => Merge(command.Who, command.Whom),
        _ => Into[command.Who] is null ? (this, "not-merged") : (Part(command.Who), "ok"),
    };

    private (MergeModel, string) Merge(int prior, int surviving) =>
        prior == surviving ? (this, "merge-with-itself")
        : StandsFor(surviving) == prior ? (this, "merge-in-circle")
        : Into[prior] is not null ? (this, StandsFor(prior) == StandsFor(surviving) ? "merged-already" : "merged-elsewhere")
        : (Join(prior, surviving), "ok");

    private MergeModel Join(int prior, int surviving)
    {
        var standing = StandsFor(surviving);
        var (gone, own) = (Of(prior, opening: false).ToList(), Of(standing, opening: false).ToList());
        var ends = new HashSet<string>(Taken(gone, own).Concat(Taken(own, gone)));
        foreach (var (one, other) in gone.SelectMany(_ => own, static (one, other) => (one, other)).Where(pair => pair.one.Opens && pair.other.Opens && !ends.Contains(pair.one.Id) && !ends.Contains(pair.other.Id)).ToList())
        {
            if ((one.Items | other.Items) == one.Items)
            {
                ends.Add(one.Id); // of two that are alike it is the prior one's
            }
            else if ((one.Items | other.Items) == other.Items)
            {
                ends.Add(other.Id);
            }
        }

        return this with
        {
            Into = Into.SetItem(prior, surviving),
            Protected = Protected.SetItem(standing, Protected[standing] || Protected[prior]),
            Consents = [.. Consents.Select(one => ends.Contains(one.Id) ? one with { Opens = false } : one)],
        };
    }

    private MergeModel Part(int prior)
    {
        var standing = StandsFor(prior);
        return this with { Into = Into.SetItem(prior, null), Protected = Protected.SetItem(prior, Protected[prior] || Protected[standing]) };
    }

    private static IEnumerable<string> Taken(List<SaidConsent> some, List<SaidConsent> others) =>
        from one in some
        where one.Opens && others.Any(other => other.Ended > one.At && (other.Items & one.Items) != 0)
        select one.Id;
}
