// What an entry tells of a review of the log.
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Ids;

namespace Sisote.DisclosureLog.Entries;

/// <summary>A step of a review: a round of samples, a question to a professional, a client's request for the log. Codes, places and digests; what people wrote stays beside the log.</summary>
public sealed record LogReview
{
    /// <summary><c>round</c>, <c>question</c> or <c>request</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>SHA-256 of the case as it stands after this step, with a secret salt in it: the case cannot be changed later without this showing it.</summary>
    public required Digest Content { get; init; }

    /// <summary>Number of entries: to be drawn, drawn, reviewed, or in a package.</summary>
    public long? Count { get; init; }

    /// <summary>SHA-256 of a file that was handed over.</summary>
    public Digest? File { get; init; }

    /// <summary>The places of the log that the review is about.</summary>
    public LogRange? Frame { get; init; }

    /// <summary>The professional who is asked.</summary>
    public ProfessionalId? Person { get; init; }

    /// <summary>The place of the log that this step is about.</summary>
    public long? Place { get; init; }

    /// <summary>The seed of a random sample, fixed before the sample is drawn.</summary>
    public Digest? Seed { get; init; }

    /// <summary>What the log took in at this instant or later is in the frame.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What the log took in before this instant is in the frame.</summary>
    public DateTimeOffset? Until { get; init; }
}
