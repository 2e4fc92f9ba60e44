// Writes what entries tell of reviews, in canonical order.
namespace Sisote.DisclosureLog.Entries;

/// <summary>The member of schema 4.</summary>
internal static class ReviewWriter
{
    internal static void Write(CanonicalWriter json, LogReview? review)
    {
        if (review is null)
        {
            return;
        }

        json.Name("review");
        json.StartObject();
        Text(json, "content", review.Content.ToString());
        Number(json, "count", review.Count);
        Text(json, "file", review.File?.ToString());
        if (review.Frame is { } frame)
        {
            json.Name("frame");
            KeepingWriter.Write(json, frame);
        }

        Text(json, "person", review.Person?.Value);
        Number(json, "place", review.Place);
        Text(json, "seed", review.Seed?.ToString());
        Text(json, "since", review.Since is { } since ? CanonicalTime.Write(since) : null);
        Text(json, "subject", review.Subject);
        Text(json, "until", review.Until is { } until ? CanonicalTime.Write(until) : null);
        json.EndObject();
    }

    private static void Text(CanonicalWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.Name(name);
            json.Text(value);
        }
    }

    private static void Number(CanonicalWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.Name(name);
            json.Number(number);
        }
    }
}
