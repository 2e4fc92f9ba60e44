// What a connected system does in the task of one professional.
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Client;

/// <summary>Finds clients, reads, sends and asks. Every method ends with an outcome; an exception is the caller's own cancellation or an argument that cannot be one.</summary>
public sealed class ProfessionalApi
{
    private const string IdentityCodes = "urn:oid:1.2.246.21";
    private const string FhirJson = "application/fhir+json";
    private const int LongestKey = 64;

    private readonly GatewayCalls calls;
    private readonly Professional professional;
    private readonly Statement statement;

    internal ProfessionalApi(GatewayCalls calls, Professional professional, Statement statement) => (this.calls, this.professional, this.statement) = (calls, professional, statement);

    /// <summary>Finds a client by personal identity code, which travels in the body alone. The item's id is this system's handle of the client: keep it.</summary>
    /// <param name="source">The system that is asked.</param>
    /// <param name="identityCode">The code.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Outcome<Item>> FindAsync(string source, string identityCode, CancellationToken cancellation = default)
    {
        var reply = await CallAsync(HttpMethod.Post, Address(source, "Patient/_search"), cancellation, () => new FormUrlEncodedContent([KeyValuePair.Create("identifier", $"{IdentityCodes}|{identityCode}")]));
        return reply is not { Status: 200, Fault: null } ? Otherwise<Item>(reply)
            : ReadBundle(reply) is not { } items || items.Length > 1 ? Unreadable<Item>(reply)
            : items is [var only] ? new Outcome<Item>.Given(only, reply.Receipts)
            : new Outcome<Item>.Nothing();
    }

    /// <summary>Reads all resources of a type about a client, page after page.</summary>
    /// <param name="source">The system that is asked.</param>
    /// <param name="type">FHIR R4 resource type.</param>
    /// <param name="client">The handle that <see cref="FindAsync"/> gave.</param>
    /// <param name="conditions">Further search parameters, as <c>/fhir/{system}/metadata</c> lists them.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Outcome<ImmutableArray<Item>>> SearchAsync(string source, string type, string client, IEnumerable<KeyValuePair<string, string>>? conditions = null, CancellationToken cancellation = default)
    {
        var query = string.Join('&', (conditions ?? []).Prepend(KeyValuePair.Create("patient", client)).Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var (items, receipts) = (ImmutableArray.CreateBuilder<Item>(), ImmutableArray.CreateBuilder<Receipt>());
        Uri? page = new(Address(source, Uri.EscapeDataString(type)).AbsoluteUri + "?" + query);
        for (var pages = 0; page is not null; pages++)
        {
            var reply = await CallAsync(HttpMethod.Get, page, cancellation);
            if (reply is not { Status: 200, Fault: null })
            {
                return Otherwise<ImmutableArray<Item>>(reply);
            }

            if (pages >= calls.MostPages || ReadBundle(reply) is not { } found || !TryFindNext(reply, source, out page))
            {
                return Unreadable<ImmutableArray<Item>>(reply); // never a part for the whole
            }

            items.AddRange(found);
            receipts.AddRange(reply.Receipts);
        }

        return items.Count == 0 ? new Outcome<ImmutableArray<Item>>.Nothing() : new Outcome<ImmutableArray<Item>>.Given(items.ToImmutable(), receipts.ToImmutable());
    }

    /// <summary>Reads one resource by its handle.</summary>
    /// <param name="source">The system that is asked.</param>
    /// <param name="type">FHIR R4 resource type.</param>
    /// <param name="id">The handle that a search gave.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Outcome<Item>> ReadAsync(string source, string type, string id, CancellationToken cancellation = default)
    {
        var reply = await CallAsync(HttpMethod.Get, Address(source, $"{Uri.EscapeDataString(type)}/{Uri.EscapeDataString(id)}"), cancellation);
        return reply is not { Status: 200, Fault: null } ? Otherwise<Item>(reply)
            : reply.Json is { } resource && ReadItem(resource) is { } item && item.Type == type && item.Id == id ? new Outcome<Item>.Given(item, reply.Receipts)
            : Unreadable<Item>(reply);
    }

    /// <summary>Sends an entry: one resource, or a transaction about one client (docs/writing.md).</summary>
    /// <param name="target">The system that is to have it.</param>
    /// <param name="entry">FHIR R4 JSON.</param>
    /// <param name="key">The delivery's own key, 1 to 64 printable characters, kept with the entry: the same key again is the same delivery.</param>
    /// <param name="cancellation">Ends it; the entry may have arrived all the same, and the same key finds out.</param>
    /// <exception cref="ArgumentException">The entry has no <c>resourceType</c>, or the key is none.</exception>
    public async Task<Sending> SendAsync(string target, JsonObject entry, string key, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (key is not { Length: > 0 and <= LongestKey } || !key.All(static letter => letter is > ' ' and <= '~'))
        {
            throw new ArgumentException("A key is 1 to 64 printable characters without spaces.", nameof(key));
        }

        var type = entry["resourceType"]?.GetValue<string>() ?? throw new ArgumentException("The entry has no resourceType.", nameof(entry));
        var body = JsonSerializer.SerializeToUtf8Bytes(entry);
        var reply = await CallAsync(
            HttpMethod.Post,
            Address(target, type == "Bundle" ? string.Empty : Uri.EscapeDataString(type)),
            cancellation,
            () => new ByteArrayContent(body) { Headers = { ContentType = new(FhirJson) } },
            request => request.Headers.TryAddWithoutValidation("Idempotency-Key", key));
        return ReadSending(reply);
    }

    /// <summary>Looks where a waiting entry stands.</summary>
    /// <exception cref="ArgumentException">Its place is not in this gateway's outbox, where alone the token may go.</exception>
    public async Task<Sending> LookAsync(Sending.Waiting entry, CancellationToken cancellation = default)
    {
        return ReadSending(await CallAsync(HttpMethod.Get, Require(entry), cancellation), entry);
    }

    /// <summary>Looks again and again, as seldom as the gateway asks, until the entry has ended or the patience has; what is then still waiting goes on waiting at the gateway.</summary>
    /// <param name="sent">What <see cref="SendAsync"/> gave; whatever is not waiting is given back as it is.</param>
    /// <param name="patience">How long to look.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Sending> FollowAsync(Sending sent, TimeSpan patience, CancellationToken cancellation = default)
    {
        var began = calls.Clock.GetTimestamp();
        for (var (at, wait) = (sent as Sending.Waiting, TimeSpan.Zero); at is not null;)
        {
            wait = sent is Sending.TryLater later ? later.After : at.After;
            if (calls.Clock.GetElapsedTime(began) + wait > patience)
            {
                return at;
            }

            await Task.Delay(wait, calls.Clock, cancellation);
            sent = await LookAsync(at, cancellation);
            at = sent switch { Sending.Waiting waiting => waiting, Sending.TryLater => at, _ => null };
        }

        return sent;
    }

    /// <summary>Takes back an entry that waits.</summary>
    /// <returns><see cref="Sending.NotDelivered"/> with <c>cancelled</c>, or <see cref="Sending.Refused"/> where it is too late.</returns>
    public async Task<Sending> TakeBackAsync(Sending.Waiting entry, CancellationToken cancellation = default)
    {
        var reply = await CallAsync(HttpMethod.Delete, Require(entry), cancellation);
        return reply is { Status: 202, State: "cancelled" } ? new Sending.NotDelivered("cancelled", reply.Problem) : ReadSending(reply with { State = null }, entry);
    }

    /// <summary>Asks whether the professional may do something with data that travel otherwise.</summary>
    public async Task<Decision> AskAsync(AccessQuestion question, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var resource = new JsonObject { ["type"] = question.Item, ["id"] = question.Client };
        if (question.System is { } system)
        {
            resource["properties"] = new JsonObject { ["system"] = system };
        }

        var asked = new JsonObject { ["subject"] = new JsonObject { ["type"] = "user", ["id"] = professional.Id }, ["action"] = new JsonObject { ["name"] = question.Action }, ["resource"] = resource };
        if (!statement.Conditions.IsEmpty)
        {
            asked["context"] = new JsonObject { ["attestations"] = new JsonObject(statement.Conditions.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.Length == 0 ? JsonValue.Create(true) : (JsonNode?)JsonValue.Create(pair.Value)))) };
        }

        var body = asked.ToJsonString();
        var reply = await CallAsync(HttpMethod.Post, new Uri(calls.Gateway, "access/v1/evaluation"), cancellation, () => new StringContent(body, Encoding.UTF8, "application/json"));
        return reply is { Status: 200, Fault: null } ? ReadDecision(reply) : reply.IsForLater ? new Decision.TryLater(reply.Problem, reply.After) : new Decision.Refused(reply.Problem);
    }

    private static Decision ReadDecision(Reply reply)
    {
        var (decision, context) = (reply.Json?.Member("decision"), reply.Json?.Member("context"));
        return (decision?.ValueKind, context?.Text("id")) switch
        {
            (JsonValueKind.True, { } id) => new Decision.Permitted(
                id,
                Receipt.TryParse(context?.Text("receipt"), out var receipt) ? receipt : null,
                [.. context?.List("obligations").Where(static code => code.ValueKind == JsonValueKind.String).Select(static code => code.GetString()!) ?? []]),
            (JsonValueKind.False, { } id) => new Decision.Denied(id),
            _ => new Decision.Refused(reply.Unusable("The answer is no decision.").Problem),
        };
    }

    /// <summary>Where an entry stands, by status, state and address.</summary>
    private Sending ReadSending(Reply reply, Sending.Waiting? looked = null) => reply switch
    {
        { Fault.Name: Problem.Unreadable } => new Sending.TryLater(reply.Problem, reply.After), // it may have arrived; the same key finds out
        { Status: 202, State: { } state } when (reply.Place ?? looked?.Place) is { } place && IsInOutbox(place) => new Sending.Waiting(place, state, reply.After),
        { Status: 200 or 201, Receipts.IsEmpty: false } => new Sending.Delivered(reply.Location, reply.Receipts),
        { Status: 200 or 201 } => new Sending.TryLater(reply.Unusable("The answer has no receipt of the gateway.").Problem, reply.After), // a proxy's page, perhaps; the same key finds out
        { Status: 503, State: "unknown" } when looked is not null => new Sending.Unknown(reply.Problem),
        { State: { } state, Status: >= 400 } when looked is not null && !reply.IsForLater => new Sending.NotDelivered(state, reply.Problem),
        { IsForLater: true } or { Status: 202 } => new Sending.TryLater(reply.Problem, reply.After),
        _ => new Sending.Refused(reply.Problem),
    };

    private Uri Require(Sending.Waiting entry) => IsInOutbox(entry.Place) ? entry.Place : throw new ArgumentException("The entry waits at another gateway.", nameof(entry));

    private bool IsInOutbox(Uri place) => place.IsBelow(new Uri(calls.Gateway, "outbox/"));

    private static Outcome<T> Otherwise<T>(Reply reply) =>
        reply.IsForLater ? new Outcome<T>.TryLater(reply.Problem, reply.After)
        : reply is { Status: 404, Problem.Name: "not-found" } ? new Outcome<T>.Nothing()
        : new Outcome<T>.Refused(reply.Problem);

    private static Outcome<T>.Refused Unreadable<T>(Reply reply) => new(reply.Unusable("The answer is not what was asked for.").Problem);

    private static ImmutableArray<Item>? ReadBundle(Reply reply)
    {
        if (reply.Json is not { } bundle || bundle.Text("resourceType") != "Bundle" || bundle.Text("type") != "searchset")
        {
            return null;
        }

        var items = bundle.List("entry").Select(static entry => entry.Member("resource") is { } resource ? resource : default).Where(static resource => resource.Text("resourceType") != "OperationOutcome").Select(ReadItem).ToList();
        return items.Contains(null) ? null : [.. items.OfType<Item>()];
    }

    private static Item? ReadItem(JsonElement resource) => resource.Text("resourceType") is { } type && resource.Text("id") is { } id ? new Item(type, id, resource) : null;

    /// <summary>The next page, null after the last; false where it leads away from the system that was asked.</summary>
    private bool TryFindNext(Reply reply, string source, out Uri? next)
    {
        next = null;
        var named = reply.Json!.Value.List("link").Where(static link => link.Text("relation") == "next").Select(static link => link.Text("url")).ToList();
        return named.Count == 0 || (named is [{ } only] && Uri.TryCreate(only, UriKind.Absolute, out next) && next.IsBelow(Address(source, string.Empty)));
    }

    private Uri Address(string system, string rest) => new(calls.Gateway, $"fhir/{Uri.EscapeDataString(system)}{(rest.Length == 0 ? string.Empty : "/" + rest)}");

    private Task<Reply> CallAsync(HttpMethod method, Uri address, CancellationToken cancellation, Func<HttpContent>? content = null, Action<HttpRequestMessage>? prepare = null) => calls.CallAsync(professional, statement, () =>
    {
        var request = new HttpRequestMessage(method, address) { Content = content?.Invoke() };
        request.Headers.Accept.ParseAdd(address.AbsolutePath.Contains("/access/", StringComparison.Ordinal) ? "application/json" : FhirJson);
        prepare?.Invoke(request);
        return request;
    }, cancellation);
}
