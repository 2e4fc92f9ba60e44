// What the selectors of one resource type ask, as bits.
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// The conditions of all selectors of a type, numbered. A resource is read once, each coding and label in it sets the bits of what it fulfils, and whether a selector is met is one
/// comparison of bits.
/// </summary>
internal sealed class TypeConditions
{
    /// <summary>The most selectors, and the most conditions in them, that one resource type can have: each is a bit of one number.</summary>
    internal const int Most = 64;

    // Labels that stand on ordinary data (v3-Confidentiality up to normal) and the one that the decision turns into a mask. Any other label, known or not, withholds
    // the resource unless the item lists it: an unknown code counts as sensitive.
    private static readonly FrozenSet<string> OrdinaryLabels = FrozenSet.Create("U", "L", "M", "N", "TURVAKIELTO");

    private readonly List<Condition> conditions = [];
    private readonly ulong[] needs;
    private readonly ulong[] namedBy;
    private readonly ImmutableArray<(DataItemId Item, ulong Bits)> bitsByItem;
    private readonly FrozenDictionary<string, CodingPath> paths;
    private readonly Utf8Map<LabelEffect> labels;

    internal TypeConditions(
        ImmutableArray<ItemSelector> selectors, ImmutableArray<string> modifiers, FrozenSet<string> codedElements, Func<string, IEnumerable<(string System, string Code)>> codesOf, CodeLabels known)
    {
        Selectors = selectors;
        foreach (var (pair, place) in selectors.Select(static (pair, place) => (pair, place)))
        {
            conditions.AddRange(pair.Selector.Filters.Select(filter => new Condition(place, filter.Path, filter.Codes.Select(code => (filter.System, code)).ToFrozenSet())));
            if (pair.Selector.CodeBinding is { } list)
            {
                conditions.Add(new Condition(place, "code", codesOf(list).ToFrozenSet()));
            }
        }

        bitsByItem = [.. selectors.Select(static pair => pair.Item).Distinct().Select(item => (item, BitsWhere(pair => pair.Item == item)))];
        RequireRoomFor([.. selectors.Select(static pair => pair.Selector)], selectors[0].Selector.ResourceType);
        needs = [.. selectors.Select((_, place) => BitsOf(conditions, condition => condition.Selector == place))];
        namedBy = [.. modifiers.Select(name => BitsWhere(pair => pair.Selector.Elements.Contains(name)))];
        Coded = [.. conditions.Select(static condition => condition.Path.Split('.')[0]).Where(codedElements.Contains).Distinct()];
        paths = Coded.ToFrozenDictionary(static name => name, name => MakePath(name, known));
        labels = MakeLabels();
    }

    /// <summary>The selectors, in the order of their bits.</summary>
    internal ImmutableArray<ItemSelector> Selectors { get; }

    /// <summary>The coded elements that some condition looks at; a condition on an element of another kind is never met.</summary>
    internal ImmutableArray<string> Coded { get; }

    /// <summary>The paths of all conditions on coded elements.</summary>
    internal IEnumerable<string> CodedPaths => conditions.Select(static condition => condition.Path).Where(path => paths.ContainsKey(path.Split('.')[0])).Distinct();

    /// <summary>Throws where the catalogue names more selectors or conditions for a type than there are bits.</summary>
    internal static void RequireRoomFor(IReadOnlyCollection<FhirSelector> selectors, string type)
    {
        var asked = selectors.Sum(static selector => selector.Filters.Length + (selector.CodeBinding is null ? 0 : 1));
        if (selectors.Count > Most || asked > Most)
        {
            throw new InvalidOperationException(
                $"The catalogue has {selectors.Count} selectors with {asked} filters and code bindings for {type}; at most {Most} of each can be told apart. Put codes of one system into one filter, or items into one.");
        }
    }

    internal CodingPath? PathsOf(string element) => paths.GetValueOrDefault(element);

    /// <summary>What a security label means; an unknown one shuts every selector.</summary>
    internal LabelEffect LabelOf(ReadOnlySpan<byte> code) => labels.Find(code) ?? LabelEffect.Shut;

    /// <summary>The selectors of items.</summary>
    internal ulong BitsOf(IReadOnlySet<DataItemId> items)
    {
        var bits = 0UL;
        foreach (var (item, own) in bitsByItem)
        {
            bits |= items.Contains(item) ? own : 0;
        }

        return bits;
    }

    /// <summary>The items of selectors.</summary>
    internal IEnumerable<DataItemId> ItemsOf(ulong bits)
    {
        foreach (var (item, own) in bitsByItem)
        {
            if ((own & bits) != 0)
            {
                yield return item;
            }
        }
    }

    internal ulong BitsWhere(Func<ItemSelector, bool> isMeant) => BitsOf(Selectors, isMeant);

    /// <summary>The selectors among the candidates whose conditions are all fulfilled; none where an element changes the meaning and no met selector names it.</summary>
    internal ulong Met(ulong candidates, ulong fulfilled, ulong modifiers)
    {
        var met = 0UL;
        for (var rest = candidates; rest != 0; rest &= rest - 1)
        {
            var place = BitOperations.TrailingZeroCount(rest);
            met |= (needs[place] & ~fulfilled) == 0 ? 1UL << place : 0;
        }

        for (var rest = modifiers; rest != 0; rest &= rest - 1)
        {
            if ((namedBy[BitOperations.TrailingZeroCount(rest)] & met) == 0)
            {
                return 0;
            }
        }

        return met;
    }

    private CodingPath MakePath(string path, CodeLabels known)
    {
        var deeper = conditions.Select(static condition => condition.Path).Where(other => other.StartsWith(path + ".", StringComparison.Ordinal))
            .Select(other => other[(path.Length + 1)..].Split('.')[0]).Distinct();
        var here = conditions.Where(condition => condition.Path == path).SelectMany(static condition => condition.Codings).Distinct()
            .Select(coding => (coding.System, coding.Code, new DecidingCoding(BitsOf(conditions, condition => condition.Path == path && condition.Codings.Contains(coding)), known.Find(coding.System, coding.Code))));
        return new CodingPath(deeper.Select(name => KeyValuePair.Create(name, MakePath($"{path}.{name}", known))), new CodingMap<DecidingCoding>(here));
    }

    /// <summary>A filter on labels goes by code alone.</summary>
    private Utf8Map<LabelEffect> MakeLabels()
    {
        static bool Asks(Condition condition, string code) => condition.Path == "meta.security" && condition.Codings.Any(coding => coding.Code == code);

        var codes = OrdinaryLabels.Concat(Selectors.SelectMany(static pair => pair.Selector.AllowedSecurityLabels))
            .Concat(conditions.Where(static condition => condition.Path == "meta.security").SelectMany(static condition => condition.Codings.Select(static coding => coding.Code))).Distinct();
        return new Utf8Map<LabelEffect>(codes.Select(code => KeyValuePair.Create(code, new LabelEffect(
            BitsWhere(pair => OrdinaryLabels.Contains(code) || pair.Selector.AllowedSecurityLabels.Contains(code)),
            BitsOf(conditions, condition => Asks(condition, code))))));
    }

    private static ulong BitsOf<T>(IEnumerable<T> all, Func<T, bool> isMeant)
    {
        var bits = 0UL;
        foreach (var place in all.Select((one, place) => isMeant(one) ? place : -1).Where(static place => place >= 0))
        {
            bits |= 1UL << place;
        }

        return bits;
    }

    private sealed record Condition(int Selector, string Path, FrozenSet<(string System, string Code)> Codings);
}

/// <summary>What a security label does.</summary>
/// <param name="Allowed">The selectors whose resources may carry it.</param>
/// <param name="Fulfils">The conditions it fulfils.</param>
internal sealed record LabelEffect(ulong Allowed, ulong Fulfils)
{
    internal static readonly LabelEffect Shut = new(0, 0);
}
