// Reads a Subscription that a system sends.
using System.Globalization;
using System.Text.Json;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Requests;

namespace Sisote.Gateway.Subscriptions;

/// <summary>What a system wants to be told of, or why it cannot be.</summary>
internal abstract record SubscriptionReading
{
    private SubscriptionReading()
    {
    }

    internal sealed record Understood(string Criteria, Interaction.Search Search, DateTimeOffset? EndsAt) : SubscriptionReading;

    internal sealed record Refused(Refusal Refusal) : SubscriptionReading;
}

/// <summary>
/// The grammar of a Subscription (FHIR R4, with the payload of Subscriptions R5 Backport). INVARIANT: where notifications go never stands in it; an address or header in a request is refused whatever it
/// says. Members that are not listed here are refused, none is ignored.
/// </summary>
internal sealed class SubscriptionReader(ItemMasks masks, SearchReader searches)
{
    internal const string RestHook = "rest-hook";
    internal const string PayloadExtension = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content";
    internal const string IdOnly = "id-only";

    private const int LongestCriteria = 1024;
    private static readonly string[] Members = ["resourceType", "meta", "status", "reason", "criteria", "end", "channel"];
    private static readonly string[] ChannelMembers = ["type", "payload", "_payload"];
    private static readonly string[] OfResults = ["_sort", "_count", SearchReader.PageParameter];

    internal SubscriptionReading Read(byte[] body, Asker asker, Sight sight)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || TextOf(root, "resourceType") != "Subscription" || root.EnumerateObject().Any(static member => !Members.Contains(member.Name)))
        {
            return Unclear("Subscription", "It has another type, or a member that is not taken here.");
        }

        if (TextOf(root, "status") != "requested")
        {
            return Unclear("Subscription.status", "A new subscription has the status `requested`.");
        }

        if (FindFaultOfChannel(root) is { } fault)
        {
            return fault;
        }

        var endsAt = ReadEnd(root);
        return root.TryGetProperty("end", out _) && endsAt is null ? Unclear("Subscription.end", "It is no instant with its zone.")
            : TextOf(root, "criteria") is { } criteria && ReadSearch(criteria, asker, sight) is { } search ? new SubscriptionReading.Understood(criteria, search, endsAt)
            : Unclear("Subscription.criteria", "It is no search of one client by handle that this gateway serves to this caller: `Flag?patient=HANDLE`, with parameters that metadata lists.");
    }

    /// <summary>The search of a criteria text; null where it is not served to this asker.</summary>
    internal Interaction.Search? ReadSearch(string criteria, Asker asker, Sight sight)
    {
        var at = criteria.IndexOf('?', StringComparison.Ordinal);
        return at > 0 && criteria.Length <= LongestCriteria && criteria[..at] is var type && type != "Patient" && masks.ShapeOf(type) is { HasClient: true }
            && FormText.TryRead(criteria[(at + 1)..], out var words) && !words.Exists(static word => OfResults.Contains(word.Key))
            && searches.Read(type, words, asker, sight) is Reading.Understood { Interaction: Interaction.Search { PatientHandle: not null } search }
            ? search
            : null;
    }

    private static SubscriptionReading.Refused? FindFaultOfChannel(JsonElement root)
    {
        if (!root.TryGetProperty("channel", out var channel) || channel.ValueKind != JsonValueKind.Object || TextOf(channel, "type") != RestHook)
        {
            return Unclear("Subscription.channel.type", "Notifications go by `rest-hook` and no other way.");
        }

        if (channel.TryGetProperty("endpoint", out _) || channel.TryGetProperty("header", out _))
        {
            return Unclear("Subscription.channel", "Where notifications go stands in the deployment file, never in a request.");
        }

        return channel.EnumerateObject().Any(static member => !ChannelMembers.Contains(member.Name)) ? Unclear("Subscription.channel", "It has a member that is not taken here.")
            : channel.TryGetProperty("payload", out _) && TextOf(channel, "payload") is not ("application/fhir+json" or "application/json") ? Unclear("Subscription.channel.payload", "Notifications are `application/fhir+json`.")
            : channel.TryGetProperty("_payload", out var more) && !IsIdOnly(more) ? Unclear("Subscription.channel.payload", "Notifications are `id-only`: what changed is read at the gateway.")
            : null;
    }

    private static bool IsIdOnly(JsonElement more) =>
        more.ValueKind == JsonValueKind.Object && more.EnumerateObject().All(static member => member.Name == "extension")
        && more.TryGetProperty("extension", out var extensions) && extensions.ValueKind == JsonValueKind.Array && extensions.GetArrayLength() == 1
        && extensions[0].ValueKind == JsonValueKind.Object && TextOf(extensions[0], "url") == PayloadExtension && TextOf(extensions[0], "valueCode") == IdOnly;

    private static DateTimeOffset? ReadEnd(JsonElement root) =>
        TextOf(root, "end") is { } text && text.Contains('T', StringComparison.Ordinal) && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var end) ? end : null;

    private static string? TextOf(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static SubscriptionReading.Refused Unclear(string path, string text) => new(Refusal.SubscriptionUnclear(path, text));
}
