// Compares two versions of the catalogue.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Comparing;

/// <summary>All that changes between two catalogues, what opens something first.</summary>
public sealed class CatalogueComparison
{
    private CatalogueComparison(LegalCatalogue old, LegalCatalogue @new, ImmutableArray<CatalogueChange> changes)
    {
        Old = old;
        New = @new;
        Changes = changes;
    }

    /// <summary>The catalogue as it was.</summary>
    public LegalCatalogue Old { get; }

    /// <summary>The catalogue as it is to be.</summary>
    public LegalCatalogue New { get; }

    /// <summary>The changes: widening first, then what may widen, then narrowing, then words; within each by kind and code.</summary>
    public ImmutableArray<CatalogueChange> Changes { get; }

    /// <summary>Whether both hold the same law; remarks and the layout of files are no law.</summary>
    public bool IsSame => Changes.IsEmpty;

    /// <summary>Compares two catalogues.</summary>
    public static CatalogueComparison Of(LegalCatalogue old, LegalCatalogue @new)
    {
        var found = new ChangeList(old, @new);
        FlowChanges.Find(found);
        RuleChanges.Find(found);
        ProhibitionChanges.Find(found);
        ItemChanges.Find(found);
        EvidenceChanges.Find(found);
        VocabularyChanges.Find(found);
        return new CatalogueComparison(old, @new, found.Sorted());
    }
}

/// <summary>Gathers changes while two catalogues are compared.</summary>
internal sealed class ChangeList(LegalCatalogue old, LegalCatalogue @new)
{
    private readonly List<CatalogueChange> changes = [];

    internal LegalCatalogue Old => old;

    internal LegalCatalogue New => @new;

    internal NameBook Names { get; } = new(@new, old);

    internal void Add(ChangeEffect effect, string kind, object code, Func<string, string> sentence) => Add(new CatalogueChange(effect, new ChangeSubject(kind, $"{code}"), Say.InEach(sentence)));

    internal void Add(CatalogueChange change) => changes.Add(change);

    /// <summary>Says that a value changed, if it did.</summary>
    internal void Value(ChangeEffect effect, string kind, object code, LocalisedText what, object? before, object? after)
    {
        if (!Equals(before, after))
        {
            Add(effect, kind, code, language => ChangeWords.Value(Names.Subject(kind, $"{code}", language), what, ChangeWords.Shown(before, language), ChangeWords.Shown(after, language), language));
        }
    }

    /// <summary>Says which texts for people changed, language by language.</summary>
    internal void Text(string kind, object code, LocalisedText what, LocalisedText? before, LocalisedText? after)
    {
        foreach (var (tongue, name) in ChangeWords.Languages)
        {
            if (before?.In(tongue) != after?.In(tongue))
            {
                Add(ChangeEffect.Words, kind, code, language => ChangeWords.Value(
                    Names.Subject(kind, $"{code}", language), Say.InEach(each => $"{what.In(each)} ({name.In(each)})"), before?.In(tongue) ?? string.Empty, after?.In(tongue) ?? string.Empty, language));
            }
        }
    }

    /// <summary>Says what a list gained and lost.</summary>
    internal void Set(string kind, object code, LocalisedText what, IEnumerable<string> before, IEnumerable<string> after, ChangeEffect growing, ChangeEffect shrinking, Func<string, string, string>? show = null)
    {
        var (was, now) = (before.ToHashSet(StringComparer.Ordinal), after.ToHashSet(StringComparer.Ordinal));
        var gained = now.Except(was).Order(StringComparer.Ordinal).ToArray();
        var lost = was.Except(now).Order(StringComparer.Ordinal).ToArray();
        if (gained.Length > 0)
        {
            Add(growing, kind, code, language => ChangeWords.Gained(Names.Subject(kind, $"{code}", language), what, Shown(gained, language), language));
        }

        if (lost.Length > 0)
        {
            Add(shrinking, kind, code, language => ChangeWords.Lost(Names.Subject(kind, $"{code}", language), what, Shown(lost, language), language));
        }

        IEnumerable<string> Shown(IEnumerable<string> entries, string language) => show is null ? entries : entries.Select(entry => $"{show(entry, language)} ({entry})");
    }

    internal ImmutableArray<CatalogueChange> Sorted() =>
    [
        .. changes.Index()
            .OrderBy(static change => change.Item.Effect)
            .ThenBy(static change => Array.IndexOf(Kinds, change.Item.Subject.Kind))
            .ThenBy(static change => change.Item.Subject.Code, StringComparer.Ordinal)
            .ThenBy(static change => change.Index)
            .Select(static change => change.Item),
    ];

    private static readonly string[] Kinds =
        ["rule", "never-rule", "item", "condition", "consent-form", "minors-policy", "code-list", "code-system", "role", "sector", "purpose", "obligation", "retention", "relationship", "statute"];
}
