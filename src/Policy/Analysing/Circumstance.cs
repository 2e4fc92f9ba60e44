// What must be so about client and call for the conditions looked at so far.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Analysing;

/// <summary>An age range, a school form, a channel and the like; narrowed condition by condition until nothing is left.</summary>
internal sealed record Circumstance
{
    private int YoungestAge { get; init; }

    private int OldestAge { get; init; } = int.MaxValue;

    private bool? CompulsoryEducation { get; init; }

    private ImmutableArray<string>? SchoolForms { get; init; }

    private ImmutableArray<Channel>? Channels { get; init; }

    /// <summary>What is left when this source too must show its condition; null = nothing.</summary>
    internal Circumstance? With(EvidenceSource source)
    {
        var narrower = source switch
        {
            EvidenceSource.Age { Below: true } age => this with { OldestAge = Math.Min(OldestAge, age.Years - 1) },
            EvidenceSource.Age age => this with { YoungestAge = Math.Max(YoungestAge, age.Years) },
            EvidenceSource.SchoolForm school => this with { SchoolForms = SchoolForms is { } forms ? [.. forms.Intersect(school.Forms)] : school.Forms },
            EvidenceSource.ByChannel channel => this with { Channels = Channels is { } known ? [.. known.Intersect(channel.Channels)] : channel.Channels },
            EvidenceSource.CompulsoryEducation compulsory when CompulsoryEducation is null => this with { CompulsoryEducation = compulsory.Continues },
            EvidenceSource.CompulsoryEducation compulsory when CompulsoryEducation != compulsory.Continues => null,
            _ => this,
        };
        return narrower is null || narrower.YoungestAge > narrower.OldestAge || narrower.SchoolForms is { IsEmpty: true } || narrower.Channels is { IsEmpty: true } ? null : narrower;
    }
}
