// Shows a system its subscriptions.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors;
using Sisote.Doors.Subscriptions;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Subscriptions;

/// <summary>Writes FHIR R4 Subscriptions. Of notifications they say no more than that the receiver does not take them.</summary>
internal sealed class SubscriptionWriter(RoomSettings settings)
{
    internal string AddressOf(SystemId source, string id) => new Uri(settings.Gateway, $"fhir/{source}/Subscription/{id}").AbsoluteUri;

    internal static byte[] Write(SubscriptionShown shown, SubscriptionContent content) => Bytes(Make(shown, content));

    internal byte[] WriteList(SystemId source, IEnumerable<(SubscriptionShown Shown, SubscriptionContent Content)> all)
    {
        var entries = all.Select(one => (JsonNode)new JsonObject
        {
            ["fullUrl"] = AddressOf(source, one.Shown.Id),
            ["resource"] = Make(one.Shown, one.Content),
            ["search"] = new JsonObject { ["mode"] = "match" },
        }).ToArray();
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["total"] = entries.Length };
        if (entries.Length > 0)
        {
            bundle["entry"] = new JsonArray(entries); // FHIR has no empty arrays
        }

        return Bytes(bundle);
    }

    private static JsonObject Make(SubscriptionShown shown, SubscriptionContent content)
    {
        var subscription = new JsonObject
        {
            ["resourceType"] = "Subscription",
            ["id"] = shown.Id,
            ["status"] = shown.State.ToString().ToLowerInvariant(),
            ["end"] = shown.EndsAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["reason"] = "To be told when the answer to the search changes",
            ["criteria"] = content.Criteria,
        };
        if (shown.State == SubscriptionState.Error)
        {
            subscription["error"] = "The receiver does not take notifications; they are tried on, seldom.";
        }

        subscription["channel"] = new JsonObject
        {
            ["type"] = SubscriptionReader.RestHook,
            ["payload"] = "application/fhir+json",
            ["_payload"] = new JsonObject { ["extension"] = new JsonArray(new JsonObject { ["url"] = SubscriptionReader.PayloadExtension, ["valueCode"] = SubscriptionReader.IdOnly }) },
        };
        return subscription;
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json);
}
