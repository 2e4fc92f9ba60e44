// How long decisions last.
using Sisote.DisclosureLog.Entries;

namespace Sisote.Consent.Releases;

/// <summary>A decision has an end always; one for a single use at the latest when nobody has used it for a while.</summary>
internal sealed class DecisionTerms(ConsentOptions options)
{
    public const string WhatEndIs = "In the future and at most a year from now; where each item goes once it may be left out.";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>The last instant of a decision; null where it cannot be.</summary>
    public DateTimeOffset? EndOf(bool once, DateTimeOffset? until, DateTimeOffset now) => until switch
    {
        null => once ? CanonicalTime.Cut(now + options.ReleaseTerm) : null,
        { } end when end <= now || end > now + Longest => null,
        { } end => CanonicalTime.Cut(end),
    };
}
