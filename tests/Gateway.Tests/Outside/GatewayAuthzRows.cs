// The access cases of another FHIR proxy, which confines a caller to one client, at our doors.
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Outside;

/// <summary>Runs every case: its authorised patient is Aino, whose counselling is under way; its other patient is Onni, about whom nothing may be known.</summary>
internal static class GatewayAuthzRows
{
    private const string Record = "fhir/pohjois-savo-record";

    internal static async Task<IReadOnlyList<OutsideRow>> RunAsync(string folder)
    {
        var data = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected.json")))!;
        var rows = new List<OutsideRow>();
        foreach (var one in data["cases"]!.AsArray())
        {
            await using var world = await GatewayWorld.OpenAsync();
            var names = new Dictionary<string, string>
            {
                [(string)data["authorized_patient"]!] = await world.HandleOfAsync(Some.Aino),
                [(string)data["other_patient"]!] = await HandleOfOnniAsync(world),
            };
            rows.Add(await TryAsync(world, folder, one!, names));
        }

        return rows;
    }

    /// <summary>Onni's handle from a time when he had consented.</summary>
    private static async Task<string> HandleOfOnniAsync(GatewayWorld world)
    {
        var before = world.Consent.StateOf(Some.Onni);
        world.Consent.Set(Some.Onni, Some.Counselled);
        world.Source.Resources.AddRange([Some.Patient(Some.Onni, "second-patient"), Some.Measure(Some.Onni, "obs-2")]);
        var handle = await world.HandleOfAsync(Some.Onni);
        world.Consent.Set(Some.Onni, state => before with { Revision = state.Revision });
        return handle;
    }

    private static async Task<OutsideRow> TryAsync(GatewayWorld world, string folder, JsonNode one, Dictionary<string, string> names)
    {
        var (method, path) = RouteOf(one);
        var body = (string?)one["body"] is { } file ? await File.ReadAllTextAsync(Path.Combine(folder, file)) : null;
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(world.Address, $"{Record}{Named(path, names)}"));
        if (body is not null || method is "PUT" or "POST")
        {
            request.Content = new StringContent(Named(body ?? """{"resourceType":"Patient"}""", names), Encoding.UTF8, method == "PATCH" ? "application/json-patch+json" : "application/fhir+json");
        }

        var answer = await world.SendAsync(request);
        var name = (string)one["name"]!;
        Assert.DoesNotContain("second-patient", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Onni, answer.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(names.Values.Last(), string.Concat(OutsideRow.Released(answer).Select(static resource => resource.ToJsonString())), StringComparison.Ordinal);
        var expected = (string)one["expected"]!;
        var isAllowed = answer.Status is >= 200 and < 300 && (method != "GET" || OutsideRow.Released(answer).Count > 0);
        Assert.True(isAllowed || (answer.Status is >= 400 and < 500 && !world.Source.Changes.Any()), $"{name}: {answer.Everything}");
        var holds = isAllowed == expected is "allow" or "no-exception";
        var shown = $"{method} {(path.Length == 0 ? "/" : path)}{((string?)one["body"] is { } sent ? $" with {Path.GetFileNameWithoutExtension(sent)}" : "")}";
        return new OutsideRow(name, shown.Replace(names.Keys.First(), "Aino", StringComparison.Ordinal).Replace(names.Keys.Last(), "Onni", StringComparison.Ordinal), expected, OutsideRow.Show(answer), holds, holds || isAllowed ? null : ReasonOf(method, body, answer));
    }

    /// <summary>The case's request; a client searched by id is read, as our door has it.</summary>
    private static (string Method, string Path) RouteOf(JsonNode one)
    {
        var type = (string?)one["resourceType"];
        var query = one["params"]?.AsObject().Select(static pair => $"{pair.Key}={(string?)pair.Value}").ToArray() ?? [];
        var method = (string)one["method"]!;
        return (method, type) switch
        {
            (_, null) => (method, ""),
            ("GET", "Patient") when query is [['_', 'i', 'd', '=', .. var id]] => (method, $"/Patient/{id}"),
            ("PATCH", _) => (method, $"/{type}/a-random-id?{string.Join('&', query)}"),
            ("PUT", _) => (method, $"/{type}/{(string?)one["id"] ?? "a-random-id"}"),
            _ when (string?)one["id"] is { } id => (method, $"/{type}/{id}"),
            _ => (method, $"/{type}{(query.Length > 0 ? "?" : "")}{string.Join('&', query)}"),
        };
    }

    private static string? ReasonOf(string method, string? body, RawAnswer answer) => (method, OutsideRow.SlugOf(answer)) switch
    {
        ("PATCH" or "PUT" or "DELETE", "method-not-allowed") => "stricter: what lies in another register is not changed from outside; a new entry corrects it, and only a referral's Task takes steps",
        ("POST", "element-not-permitted") => "stricter: it holds elements of no data item, and an entry goes whole or not at all",
        ("POST", "request-malformed") when body?.Contains("\"GET\"", StringComparison.Ordinal) == true => "stricter: a transaction holds creates only, a search is asked by itself and has its own decision and record",
        ("POST", "request-malformed") when body?.Contains("\"DELETE\"", StringComparison.Ordinal) == true => "stricter: a transaction holds creates only, nothing is deleted in another register",
        _ => null,
    };

    private static string Named(string text, Dictionary<string, string> names) => names.Aggregate(text, static (all, name) => all.Replace(name.Key, name.Value, StringComparison.Ordinal));
}
