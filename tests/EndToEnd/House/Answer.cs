// What a door answered.
using System.Net;
using System.Text.Json.Nodes;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>Status, body and headers of an answer, read to the end.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, ILookup<string, string> Headers)
{
    /// <summary>The body as JSON.</summary>
    internal JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>Resources of a searchset that are of its main type (no outcomes).</summary>
    internal IReadOnlyList<JsonObject> Resources =>
        Json["entry"]?.AsArray().Select(static entry => entry!["resource"]!.AsObject()).Where(static resource => resource["resourceType"]!.GetValue<string>() != "OperationOutcome").ToList() ?? [];

    /// <summary>Codes of the issues of an OperationOutcome, our own slugs.</summary>
    internal IReadOnlyList<string> Problems =>
        Json["issue"]?.AsArray().SelectMany(static issue => issue!["details"]?["coding"]?.AsArray() ?? []).Select(static coding => coding!["code"]!.GetValue<string>()).ToList() ?? [];

    /// <summary>Fails unless it is a refusal with this status and this code of ours.</summary>
    internal void AssertRefused(HttpStatusCode status, string problem)
    {
        Assert.True(Status == status, $"{(int)Status} {Body}");
        Assert.Contains(problem, Problems);
    }

    /// <summary>Fails unless it is an empty searchset.</summary>
    internal void AssertNothing()
    {
        Assert.True(Status == HttpStatusCode.OK, $"{(int)Status} {Body}");
        Assert.Equal("searchset", Json["type"]?.GetValue<string>());
        Assert.Empty(Resources);
    }
}
