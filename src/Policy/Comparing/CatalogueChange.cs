// One difference between two versions of the catalogue, as a sentence.
using Sisote.Policy.Catalogues;

namespace Sisote.Policy.Comparing;

/// <summary>A difference between an old and a new catalogue.</summary>
/// <param name="Effect">Whether it opens or closes.</param>
/// <param name="Subject">What changes: the kind of thing and its code, for example <c>rule EX-02</c>.</param>
/// <param name="Sentence">The difference in a sentence.</param>
public sealed record CatalogueChange(ChangeEffect Effect, ChangeSubject Subject, LocalisedText Sentence)
{
    /// <summary>Sector and role that give, where the change is about who gives what to whom; several are joined by commas.</summary>
    public string? From { get; init; }

    /// <summary>Sector and role that receive.</summary>
    public string? To { get; init; }

    /// <summary>Purpose of use.</summary>
    public string? Purpose { get; init; }

    /// <summary>Codes of the data items, joined by commas.</summary>
    public string? Items { get; init; }
}

/// <summary>What a change is about.</summary>
/// <param name="Kind">rule, never-rule, item, condition, consent-form, minors-policy, code-list, code-system, sector, role, purpose, obligation, retention, statute.</param>
/// <param name="Code">Its code.</param>
public sealed record ChangeSubject(string Kind, string Code)
{
    /// <inheritdoc />
    public override string ToString() => $"{Kind} {Code}";
}

/// <summary>What a change does to what may flow, the gravest first.</summary>
public enum ChangeEffect
{
    /// <summary>Something may flow that could not, or a need is gone.</summary>
    Widens,

    /// <summary>It can open something; a person must judge.</summary>
    MayWiden,

    /// <summary>Something may no longer flow, or more is needed.</summary>
    Narrows,

    /// <summary>Words, duties and periods: what may flow stays as it was.</summary>
    Words,
}
