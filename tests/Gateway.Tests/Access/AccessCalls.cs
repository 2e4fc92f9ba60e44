// Speaks to the access door as a connected system would.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Access;

/// <summary>Calls and their answers.</summary>
internal static partial class AccessCalls
{
    internal const string Evaluation = "access/v1/evaluation";
    internal const string Evaluations = "access/v1/evaluations";

    internal static Task<RawAnswer> AskAsync(this GatewayWorld world, string path, string body, string? token = null, string type = "application/json", string? requestId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, path)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = type.Length == 0 ? null : MediaTypeHeaderValue.Parse(type);
        if (requestId is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Request-ID", requestId);
        }

        return world.SendAsync(request, token);
    }

    /// <summary>May the counsellor Salmi read one item of a client from the record?</summary>
    internal static JsonObject Question(string client, string item = "exercise-restriction") => new()
    {
        ["subject"] = new JsonObject { ["type"] = "user", ["id"] = "ohjaaja-salmi" },
        ["action"] = new JsonObject { ["name"] = "read" },
        ["resource"] = Resource(client, item),
        ["context"] = new JsonObject { ["purpose"] = "exercise-counselling", ["attestations"] = new JsonObject { ["necessity-statement"] = "planning the first visit" } },
    };

    internal static JsonObject Resource(string client, string item = "exercise-restriction", string system = "pohjois-savo-record") =>
        new() { ["type"] = item, ["id"] = client, ["properties"] = new JsonObject { ["system"] = system } };

    internal static bool Decision(this RawAnswer answer) => Some.Parse(answer.Body)["decision"]!.GetValue<bool>();

    internal static JsonObject[] Outcomes(this RawAnswer answer) => [.. Some.Parse(answer.Body)["evaluations"]!.AsArray().Select(static one => one!.AsObject())];

    internal static bool[] Decisions(this RawAnswer answer) => [.. answer.Outcomes().Select(static one => one["decision"]!.GetValue<bool>())];

    /// <summary>All bytes of an answer but for the call's own id and the time.</summary>
    internal static string WithoutId(this RawAnswer answer) => CallId().Replace(answer.Comparable, "id");

    internal static string Slug(this RawAnswer answer)
    {
        Assert.Contains("application/problem+json", answer.Headers, StringComparison.Ordinal);
        var problem = Some.Parse(answer.Body);
        Assert.Equal(answer.Status, problem["status"]!.GetValue<int>());
        return problem["type"]!.GetValue<string>()["https://sisote.fi/problems/".Length..];
    }

    [GeneratedRegex("[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex CallId();
}
