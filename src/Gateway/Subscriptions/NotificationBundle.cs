// What a receiver is sent.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Gateway.Subscriptions;

/// <summary>
/// Subscriptions R5 Backport for R4: a Bundle of type history whose first entry is a SubscriptionStatus as Parameters. Id-only: a number, a time and the subscriber's own handle of the client; which
/// elements changed, how, or why, it does not say. The same event is the same bytes at every attempt.
/// </summary>
internal static class NotificationBundle
{
    private const string BundleProfile = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-subscription-notification-r4";
    private const string StatusProfile = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-subscription-status-r4";

    /// <summary>Tells that the subscription runs; nothing of the client is in it.</summary>
    internal static byte[] Handshake(string address, string id, DateTimeOffset at) => Write(address, id, at, "handshake", 0, null);

    /// <summary>Tells that the answer to the search changed.</summary>
    internal static byte[] Event(string address, string id, DateTimeOffset at, long number, string handle) => Write(address, id, at, "event-notification", number, new JsonObject
    {
        ["name"] = "notification-event",
        ["part"] = new JsonArray(
            new JsonObject { ["name"] = "event-number", ["valueString"] = Text(number) },
            new JsonObject { ["name"] = "timestamp", ["valueInstant"] = Text(at) },
            new JsonObject { ["name"] = "focus", ["valueReference"] = new JsonObject { ["reference"] = "Patient/" + handle } }),
    });

    private static byte[] Write(string address, string id, DateTimeOffset at, string type, long number, JsonObject? told)
    {
        var parameters = new JsonArray(
            new JsonObject { ["name"] = "subscription", ["valueReference"] = new JsonObject { ["reference"] = address } },
            new JsonObject { ["name"] = "status", ["valueCode"] = "active" },
            new JsonObject { ["name"] = "type", ["valueCode"] = type },
            new JsonObject { ["name"] = "events-since-subscription-start", ["valueString"] = Text(number) });
        if (told is not null)
        {
            parameters.Add(told);
        }

        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["meta"] = new JsonObject { ["profile"] = new JsonArray(BundleProfile) },
            ["type"] = "history",
            ["timestamp"] = Text(at),
            ["entry"] = new JsonArray(new JsonObject
            {
                ["fullUrl"] = $"urn:uuid:{Guid.ParseExact(id, "N")}",
                ["resource"] = new JsonObject { ["resourceType"] = "Parameters", ["meta"] = new JsonObject { ["profile"] = new JsonArray(StatusProfile) }, ["parameter"] = parameters },
                ["request"] = new JsonObject { ["method"] = "GET", ["url"] = address + "/$status" },
                ["response"] = new JsonObject { ["status"] = "200" },
            }),
        });
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
