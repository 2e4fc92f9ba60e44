// Relationships that begin when an entry arrives.
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Searching;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Gateway.Entries;

/// <summary>Finds the relationship that a delivered entry begins, where the catalogue says that one of its items begins one (a referral that somebody must still accept).</summary>
internal sealed class Beginnings(LegalCatalogue catalogue, TimeProvider clock)
{
    private const int LongestMonths = 12;

    /// <summary>The relationship and the place of the resource that begins it; at most one in an entry.</summary>
    internal (int Place, NewRelationship Relationship)? Find(Asker asker, EntryDraft draft, string id)
    {
        for (var place = 0; place < draft.Resources.Length && draft.Direction == Direction.Notify; place++)
        {
            var resource = draft.Resources[place];
            if (resource.Items.Select(item => catalogue.Items[item].Begins).OfType<string>().FirstOrDefault() is { } kind)
            {
                return (place, new NewRelationship
                {
                    Id = id,
                    Kind = kind,
                    Status = RelationshipStatus.Requested,
                    FromOrganisation = asker.System.Organisation,
                    ToOrganisation = asker.Other.Organisation,
                    To = EndOf(resource.Index),
                });
            }
        }

        return null;
    }

    /// <summary>Refuses an entry that begins a relationship and whose end is no date; null = none.</summary>
    internal Refusal? FindUnclear(EntryDraft draft) =>
        draft.Direction == Direction.Notify
        && draft.Resources.FirstOrDefault(resource => resource.Items.Any(item => catalogue.Items[item].Begins is not null) && EndIn(resource.Index) is { } end && SearchRange.OfDate(end) is null) is { } unclear
            ? Refusal.DateUnclear($"{unclear.Path}.occurrencePeriod.end")
            : null;

    /// <summary>The end that the sender gave, at most a year from now: a day, month or year to its last moment in Finland.</summary>
    private DateTimeOffset EndOf(ResourceIndex resource)
    {
        var latest = clock.GetUtcNow().AddMonths(LongestMonths);
        return EndIn(resource) is { } end && SearchRange.OfDate(end) is { To: >= 0 and var last } && last < latest.UtcTicks ? new DateTimeOffset((long)last, TimeSpan.Zero) : latest;
    }

    private static string? EndIn(ResourceIndex resource)
    {
        using var document = JsonDocument.Parse(resource.Json, new JsonDocumentOptions { MaxDepth = StrictJson.MaximumDepth });
        return document.RootElement.TryGetProperty("occurrencePeriod", out var period) && period.ValueKind == JsonValueKind.Object
            && period.TryGetProperty("end", out var end) && end.ValueKind == JsonValueKind.String ? end.GetString() : null;
    }
}
