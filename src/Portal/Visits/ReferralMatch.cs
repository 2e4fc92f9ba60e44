// Joins the referrals on record with the referral documents of the own register.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Sisote.Policy.States;

namespace Sisote.Portal.Visits;

/// <summary>
/// Tells which document a referral on record belongs to. The record says nothing of the client, so the join is by what both sides have: the referral's own id where
/// the document carries it, else the time, and by time only where the pair is the only one possible.
/// </summary>
/// <remarks>INVARIANT: a referral that could belong to two documents, or a document to two referrals, is joined with none; a name is never shown on a guess.</remarks>
internal static class ReferralMatch
{
    /// <summary>How long before its recording a referral may have been written.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan After = TimeSpan.FromMinutes(1);

    /// <summary>The document of each referral that has one.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Join(IReadOnlyList<Relationship> referrals, IReadOnlyList<JsonObject> documents)
    {
        var joined = new Dictionary<string, JsonObject>();
        foreach (var referral in referrals)
        {
            if (documents.Where(document => IdsOf(document).Contains(referral.Id)).ToList() is [var document])
            {
                joined[referral.Id] = document;
            }
        }

        var openReferrals = referrals.Where(referral => !joined.ContainsKey(referral.Id)).ToList();
        var openDocuments = documents.Except(joined.Values).ToList();
        foreach (var referral in openReferrals)
        {
            if (openDocuments.Where(document => Fits(referral, document)).ToList() is [var document] && openReferrals.Count(other => Fits(other, document)) == 1)
            {
                joined[referral.Id] = document;
            }
        }

        return joined;
    }

    private static ImmutableArray<string> IdsOf(JsonObject document) =>
        [.. document["id"].Text() is { } id ? [id] : Array.Empty<string>(), .. (document["identifier"] as JsonArray ?? []).Select(static each => each?["value"].Text()).OfType<string>()];

    private static bool Fits(Relationship referral, JsonObject document) =>
        document["authoredOn"].Text() is { Length: > 10 } text // a day alone tells too little
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var written)
        && written >= referral.From - Before && written <= referral.From + After;
}
