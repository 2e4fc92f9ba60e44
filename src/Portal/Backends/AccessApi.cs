// The gateway's access door as the portal uses it where it carries the data itself: a decision for each item, on record before it is answered.
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Portal.Backends;

/// <summary>Asks whether items of a client may go to a person at another organisation (docs/authzen.md). A permit is a disclosure on record; whatever is not clearly one is none.</summary>
internal sealed class AccessApi(IHttpClientFactory http, RoomSettings settings, AccessTokenSource tokens, ILogger<AccessApi> log)
{
    private const string Door = "access/v1/evaluations";

    /// <summary>Asks about each item.</summary>
    public async Task<Answer<ImmutableArray<ItemPermit>>> AskAsync(ExchangeCaller caller, HandOverQuestion question, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Gateway, Door)) { Content = JsonContent.Create(BodyOf(caller, question)) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(caller.System.Id, Scopes.Exchange, caller.Business, cancellation));
            using var client = http.CreateClient(nameof(AccessApi));
            using var answer = await client.SendAsync(request, cancellation);
            Log.GatewayAnswered(log, (int)answer.StatusCode, Door, caller.System.Id.Value);
            var body = answer.StatusCode == HttpStatusCode.OK ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation)) as JsonObject : null;
            return Read(body, question.Items) is { } permits ? new Answer<ImmutableArray<ItemPermit>>.Ok(permits) : new Answer<ImmutableArray<ItemPermit>>.Down();
        }
        catch (TokenRefusedException refused)
        {
            Log.TokenRefused(log, caller.System.Id.Value, refused.Error);
            return new Answer<ImmutableArray<ItemPermit>>.Down();
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            Log.GatewayDown(log, Door, fault.GetType().Name);
            return new Answer<ImmutableArray<ItemPermit>>.Down();
        }
    }

    private static JsonObject BodyOf(ExchangeCaller caller, HandOverQuestion question) => new()
    {
        ["subject"] = new JsonObject { ["type"] = "user", ["id"] = caller.Business.SubjectId.Value },
        ["action"] = new JsonObject { ["name"] = "notify" },
        ["context"] = new JsonObject
        {
            ["purpose"] = caller.Purpose.Value,
            ["channel"] = "single-message",
            ["attestations"] = new JsonObject(question.Attestations.Select(static one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value))),
        },
        ["evaluations"] = new JsonArray([.. question.Items.Select(item => new JsonObject
        {
            ["resource"] = new JsonObject
            {
                ["type"] = item.Value,
                ["id"] = question.Patient,
                ["properties"] = new JsonObject { ["system"] = question.To.Value, ["professional"] = question.Recipient.Value },
            },
        })]),
    };

    /// <summary>The permits; null where the answer is not one to each question, or one of them could not be decided.</summary>
    private static ImmutableArray<ItemPermit>? Read(JsonObject? body, ImmutableArray<DataItemId> items)
    {
        if (body?["evaluations"] is not JsonArray outcomes || outcomes.Count != items.Length || outcomes.Any(static one => one is not JsonObject outcome || outcome["context"] is not JsonObject context || context["error"] is not null))
        {
            return null;
        }

        return
        [
            .. items.Zip(outcomes)
                .Where(static pair => pair.Second?["decision"] is JsonValue decision && decision.TryGetValue<bool>(out var permitted) && permitted)
                .Select(static pair => new ItemPermit(pair.First, pair.Second!["context"]?["receipt"]?.ToString())),
        ];
    }
}

/// <summary>Whose items may go to whom.</summary>
/// <param name="Patient">The client's handle of the calling system.</param>
/// <param name="Items">The items.</param>
/// <param name="To">The system entry of the recipient's organisation.</param>
/// <param name="Recipient">The person there.</param>
/// <param name="Attestations">What the sender stated.</param>
internal sealed record HandOverQuestion(string Patient, ImmutableArray<DataItemId> Items, SystemId To, ProfessionalId Recipient, ImmutableArray<KeyValuePair<string, string>> Attestations);

/// <summary>An item that may go.</summary>
/// <param name="Item">The item.</param>
/// <param name="Receipt">The log's receipt.</param>
internal sealed record ItemPermit(DataItemId Item, string? Receipt);
