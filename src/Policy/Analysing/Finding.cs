// Something in a sound catalogue that a lawyer should look at.
using Sisote.Policy.Catalogues;

namespace Sisote.Policy.Analysing;

/// <summary>One finding of an analysis, with its place.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Kind">What kind of finding, for example <c>dead-rule</c>.</param>
/// <param name="Subject">Code of the thing it is about.</param>
/// <param name="File">File, relative to the catalogue.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Explanation">What is found and what it means.</param>
public sealed record Finding(FindingSeverity Severity, string Kind, string Subject, string File, int Line, LocalisedText Explanation);

/// <summary>How grave a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>The catalogue says something that can never come true.</summary>
    Error,

    /// <summary>It may be meant so; a lawyer decides.</summary>
    Warning,

    /// <summary>Good to know.</summary>
    Note,
}
