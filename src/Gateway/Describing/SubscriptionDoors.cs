// The doors to subscriptions with what is said of them.
using System.Collections.Immutable;
using static Sisote.Gateway.Describing.OuterDoor;

namespace Sisote.Gateway.Describing;

/// <summary>Rows of <see cref="OuterDoors"/>.</summary>
internal static class SubscriptionDoors
{
    private const string Path = "/fhir/{system}/Subscription";

    private const string Example =
        """{"resourceType": "Subscription", "status": "requested", "reason": "To be told when it changes", "criteria": "Flag?patient=HANDLE", "channel": {"type": "rest-hook", "payload": "application/fhir+json"}}""";

    private static readonly OuterParameter System = new("system", "path", "pohjois-savo-record", "The connected system that is asked.", IsRequired: true);
    private static readonly OuterParameter Context = new("Sisote-Context", "header", "necessity-statement=\"planning the first visit\"", "Why: a dictionary of RFC 9651; it holds for every look.");
    private static readonly OuterParameter Subscription = new("id", "path", "0197a1b2c3d47000800000000000c001", "The subscription, as Location named it.", IsRequired: true);
    private static readonly string[] OfCalling = ["not-connected", "context-malformed", "too-many-requests", "internal-fault", "log-unavailable"];

    internal static ImmutableArray<OuterDoor> All { get; } =
    [
        new("POST", Path, "Be told when the answer to a search changes; where, the deployment says")
        {
            Parameters = [System, Context],
            Body = (FhirJson, "Resource", Example),
            Answers = [(201, FhirJson, "Resource", "The Subscription; Location is its address. It runs once its receiver took the handshake.")],
            Problems = [.. OfCalling, "request-malformed", "request-too-large", "media-type-unsupported", "subscription-unclear", "no-notify-address", "too-many-subscriptions"],
        },
        new("GET", Path, "The caller's own subscriptions at a system") { Parameters = [System], Answers = [(200, FhirJson, "Bundle", "A searchset of Subscriptions.")], Problems = [.. OfCalling, "parameter-unknown"] },
        new("GET", Path + "/{id}", "One of them") { Parameters = [System, Subscription], Answers = [(200, FhirJson, "Resource", "The Subscription.")], Problems = [.. OfCalling, "not-found"] },
        new("DELETE", Path + "/{id}", "End one of them") { Parameters = [System, Subscription], Answers = [(200, FhirJson, "OperationOutcome", "It has ended; nothing of it is kept.")], Problems = [.. OfCalling, "not-found"] },
    ];
}
