// The doors as the actors of a scenario use them.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Doors.Tokens;
using Sisote.Host.House;
using Sisote.Policy.Ids;

namespace Sisote.Host.Tour.Cases;

/// <summary>Asks at the gateway and puts on record at the consent service, each with the actor's own token.</summary>
internal sealed class CaseCaller(RunningHouse house)
{
    /// <summary>An invented code that no system of the demonstration knows.</summary>
    internal static ScenarioClient Nobody { get; } = new("nobody", "010190-999W");

    /// <summary>Asks the AuthZEN door.</summary>
    internal Task<GatewayAnswer> AskAsync(AskStep step, ScenarioClient? client, CancellationToken cancellation) =>
        PostAsync(new Uri(house.Settings.Gateway, "access/v1/evaluation"), Question(step, client), step.Actor, step.Purpose, cancellation);

    /// <summary>Sends a command to the consent service; without an actor as the operator.</summary>
    internal Task<GatewayAnswer> SayAsync(SayStep step, CancellationToken cancellation)
    {
        var body = (JsonObject)step.Body.DeepClone();
        foreach (var (key, _) in step.Body.Where(static pair => pair.Value is JsonValue value && value.TryGetValue<string>(out var text) && text == RecordReader.AtPlay))
        {
            body[key] = RecordReader.Instant(TimeProvider.System.GetUtcNow());
        }

        return SendAsync(step.IsQuestion ? HttpMethod.Get : HttpMethod.Post, new Uri(house.Settings.Consent, step.Path), step.IsQuestion ? null : body, step.Actor, step.Purpose, cancellation);
    }

    /// <summary>Calls the network's face; without an actor the operator calls the consent service.</summary>
    internal Task<GatewayAnswer> CallAsync(NetworkStep step, CancellationToken cancellation) =>
        SendAsync(step.Method, new Uri(step.Actor is null ? house.Settings.Consent : house.Settings.Gateway, $"network/{step.Path}"), step.Body, step.Actor, step.Purpose, cancellation);

    /// <summary>Declines what waits about a client; it begins to wait within seconds of the question. Null where nothing waits.</summary>
    internal async Task<GatewayAnswer?> DeclineAsync(DeclineStep step, CancellationToken cancellation)
    {
        for (var time = 0; time < 120; time++)
        {
            var waiting = await SendAsync(HttpMethod.Get, new Uri(house.Settings.Consent, "releases"), null, step.Actor, step.Purpose, cancellation);
            var wish = waiting.Json["releases"]?.AsArray().FirstOrDefault(wish => wish?["identifier"]?.GetValue<string>() == step.Client.Hetu && wish["state"]?.GetValue<string>() == "open");
            if (wish?["id"]?.GetValue<string>() is { } id)
            {
                return await PostAsync(new Uri(house.Settings.Consent, $"releases/{id}/decline"), new JsonObject { ["reason"] = step.Reason }, step.Actor, step.Purpose, cancellation);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellation);
        }

        return null;
    }

    /// <summary>The actor's software at the FHIR doors.</summary>
    internal SystemCaller Reader(ReadStep step) => new(house, step.Actor.System, step.Actor.ToContext(step.Purpose));

    /// <summary>What an actor states, as the header says it.</summary>
    internal static string? Header(IReadOnlyList<KeyValuePair<string, string>> states) =>
        states.Count == 0 ? null : string.Join(", ", states.Select(static state => state.Value == "true" ? state.Key : $"{state.Key}=\"{state.Value}\""));

    private static JsonObject Question(AskStep step, ScenarioClient? client)
    {
        var resource = new JsonObject
        {
            ["type"] = "client",
            ["id"] = client?.Hetu ?? "-",
            ["properties"] = new JsonObject { ["system"] = step.Other.Value, ["items"] = new JsonArray([.. step.Items.Select(static item => JsonValue.Create(item))]) },
        };
        var subject = new JsonObject { ["type"] = "user", ["id"] = step.Actor.Professional.Value };
        if (step.OnBehalfOf is { } body)
        {
            subject["properties"] = new JsonObject { ["actor"] = body };
        }

        var attestations = new JsonObject(step.States.Select(static state => KeyValuePair.Create<string, JsonNode?>(state.Key, state.Value == "true" ? JsonValue.Create(true) : JsonValue.Create(state.Value))));
        return new JsonObject
        {
            ["subject"] = subject,
            ["action"] = new JsonObject { ["name"] = step.Direction },
            ["resource"] = resource,
            ["context"] = new JsonObject { ["channel"] = step.Channel, ["attestations"] = attestations },
        };
    }

    private Task<GatewayAnswer> PostAsync(Uri address, JsonObject body, ScenarioActor? actor, PurposeId? purpose, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, address, body, actor, purpose, cancellation);

    private async Task<GatewayAnswer> SendAsync(HttpMethod method, Uri address, JsonNode? body, ScenarioActor? actor, PurposeId? purpose, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        var token = actor is null ? await house.GetOperatorTokenAsync(cancellation) : await house.Tokens.GetAsync(actor.System, Scopes.Exchange, actor.ToContext(purpose), cancellation);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request, cancellation);
        return new GatewayAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation), []);
    }
}
