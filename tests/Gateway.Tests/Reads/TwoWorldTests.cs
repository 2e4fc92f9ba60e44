// The same question to two sources that differ only in what stays.
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Reads;

/// <summary>
/// INVARIANT of searching: an answer depends on the resources as they leave and on the question, and on nothing else. Resources are generated with visible and hidden parts; the second source has the same
/// visible parts, other hidden ones, other resources that stay, and another order. <c>SISOTE_SEARCH_RUNS</c> sets how many questions are asked (120 without it).
/// </summary>
public sealed partial class TwoWorldTests
{
    private const string Record = "fhir/pohjois-savo-record";
    private static readonly long Runs = long.TryParse(Environment.GetEnvironmentVariable("SISOTE_SEARCH_RUNS"), CultureInfo.InvariantCulture, out var runs) ? runs : 120;
    private static readonly string[] Types = ["Observation", "Flag", "Goal", "CarePlan"];
    private static readonly string[] Hidden = ["marker-a", "marker-b", "final", "active", "2026-02-03", "29463-7", "82290-8"];
    private static readonly string[] Dates = ["2026-02-03", "2026-02", "2026-02-03T10:00:00Z", "2025-12-31", "2026-03-01"];

    [Fact]
    public async Task TwoSourcesThatDifferOnlyInWhatStaysGiveTheSameBytesToEveryQuestion()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var parameters = await ParametersAsync(world);
        var (accepted, withEntries) = (0, 0);

        await Gen.Select(Gen.Int[0, Types.Length - 1], Gen.Int[0, 1 << 20].Array[160]).SampleAsync(
            async (type, choices) =>
            {
                var pick = new Picking(choices);
                var name = Types[type];
                var visible = Enumerable.Range(0, pick.Next(6)).Select(number => Visible(name, number, pick)).ToArray();
                var question = Question(parameters[name], pick);
                var answers = new List<string>();
                foreach (var _ in Enumerable.Range(0, 2))
                {
                    world.Source.Resources.Clear();
                    world.Source.Resources.AddRange(visible.Select(resource => WithHidden(resource, pick)).Concat(Enumerable.Range(0, pick.Next(4)).Select(number => Staying(name, number, pick))).OrderBy(_ => pick.Next(100)));
                    answers.Add(await AskAsync(world, $"{Record}/{name}?patient={handle}{question}"));
                }

                accepted += answers[0].StartsWith("200", StringComparison.Ordinal) ? 1 : 0;
                withEntries += answers[0].Contains("\"entry\"", StringComparison.Ordinal) ? 1 : 0;
                Assert.DoesNotContain("marker", Links().Replace(answers[0], string.Empty), StringComparison.Ordinal);
                return answers[0] == answers[1];
            },
            iter: Runs, threads: 1);

        Assert.True(accepted > Runs / 2 && withEntries > Runs / 8, $"{accepted} of {Runs} questions were accepted, {withEntries} found something.");
    }

    /// <summary>All pages of an answer, without what is new in every answer.</summary>
    private static async Task<string> AskAsync(GatewayWorld world, string address)
    {
        var pages = new List<string>();
        for (string? next = address; next is not null && pages.Count < 20;)
        {
            var page = await world.GetAsync(next);
            pages.Add(Cursor().Replace(Receipt().Replace(page.Comparable, "receipt"), static found => $"_page={found.Length}"));
            next = page.Status == 200 ? PagingTests.NextOf(page) : null;
        }

        return string.Join("\n\n", pages);
    }

    private static async Task<Dictionary<string, (string Name, string Kind)[]>> ParametersAsync(GatewayWorld world) =>
        Some.Parse((await world.GetAsync($"{Record}/metadata")).Body)["rest"]![0]!["resource"]!.AsArray().ToDictionary(
            static type => (string)type!["type"]!,
            static type => type!["searchParam"]?.AsArray().Select(static parameter => ((string)parameter!["name"]!, (string)parameter["type"]!)).Where(static parameter => parameter.Item1 is not "patient" and not "subject").ToArray() ?? []);

    private static string Question((string Name, string Kind)[] parameters, Picking pick)
    {
        var words = Enumerable.Range(0, pick.Next(4)).Select(_ => Word(pick.Of(parameters), pick)).ToList();
        if (pick.Next(2) == 0)
        {
            words.Add("_sort=" + string.Join(',', Enumerable.Range(0, 1 + pick.Next(2)).Select(_ => (pick.Next(2) == 0 ? "-" : string.Empty) + pick.Of(parameters).Name)));
        }

        if (pick.Next(2) == 0)
        {
            words.Add($"_count={1 + pick.Next(3)}");
        }

        return string.Concat(words.Select(static word => "&" + word));
    }

    private static string Word((string Name, string Kind) parameter, Picking pick)
    {
        if (pick.Next(5) == 0)
        {
            return $"{parameter.Name}:missing={(pick.Next(2) == 0 ? "true" : "false")}";
        }

        var prefix = pick.Of("", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap");
        var value = parameter.Kind switch
        {
            "date" => prefix + pick.Of(Dates),
            "quantity" or "number" => prefix + pick.Of("1", "5", "5.0", "1e1"),
            "reference" => new string('A', 64),
            _ => pick.Of([.. Hidden, "http://loinc.org|", "http://loinc.org|82290-8", "|marker-a", "exercise"]),
        };
        return $"{parameter.Name}{(parameter.Kind == "token" ? pick.Of("", "", ":not") : string.Empty)}={Uri.EscapeDataString(value)}";
    }

    private static JsonObject Visible(string type, int number, Picking pick)
    {
        var resource = type switch
        {
            "Observation" => Some.Measure(Some.Aino, $"v-{number}"),
            "Flag" => Some.Restriction(Some.Aino, $"v-{number}"),
            "Goal" => Some.Goal(Some.Aino, $"v-{number}"),
            _ => Some.Parse($$"""{"resourceType":"CarePlan","id":"v-{{number}}","status":"active","intent":"plan","category":[{"coding":[{"system":"{{Some.Category}}","code":"exercise-plan"}]}],"subject":{{Some.Subject(Some.Aino)}} }"""),
        };
        resource[type == "Goal" ? "lifecycleStatus" : "status"] = pick.Of("active", "completed", "final");
        switch (type)
        {
            case "Observation":
                resource["code"]!["coding"]![0]!["code"] = pick.Of("82290-8", "29463-7");
                resource["valueQuantity"]!["value"] = pick.Next(8);
                resource["effectiveDateTime"] = pick.Of(Dates);
                break;
            case "Goal":
                resource["description"] = Some.Parse("""{"coding":[{"system":"http://example.org/goals","code":"walk"}]}""");
                resource["startDate"] = pick.Of("2026-02-03", "2025-12-31");
                break;
            default:
                resource["period"] = new JsonObject { [pick.Of("start", "end")] = pick.Of(Dates) };
                break;
        }

        return resource;
    }

    /// <summary>The resource with something in elements that never leave.</summary>
    private static JsonObject WithHidden(JsonObject visible, Picking pick)
    {
        var resource = visible.DeepClone().AsObject();
        foreach (var name in new[] { "identifier", "note", "issued", "encounter", "extension", "text", "method", "priority", "valueString", "onsetString", "outcomeCode", "statusDate", "statusReason", "author", "performer", "addresses", "dataAbsentReason" }.Where(_ => pick.Next(2) == 0))
        {
            resource[name] = pick.Next(4) switch
            {
                0 => pick.Of(Hidden),
                1 => new JsonArray(new JsonObject { ["value"] = pick.Of(Hidden), ["system"] = "marker", ["url"] = pick.Of(Hidden) }),
                2 => new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://loinc.org", ["code"] = pick.Of(Hidden) }), ["text"] = pick.Of(Hidden), ["reference"] = "Practitioner/marker" },
                _ => pick.Next(100),
            };
        }

        resource["meta"] = new JsonObject { ["lastUpdated"] = $"2026-0{1 + pick.Next(9)}-01T00:00:00Z", ["versionId"] = pick.Of(Hidden), ["source"] = pick.Of(Hidden) };
        resource[pick.Of("_status", "_lifecycleStatus", "_effectiveDateTime")] = new JsonObject { ["id"] = pick.Of(Hidden) };
        foreach (var concept in new[] { resource["code"], resource["category"]?[0] }.OfType<JsonObject>())
        {
            concept["text"] = pick.Of(Hidden);
            concept["coding"]!.AsArray().Add(new JsonObject { ["system"] = "http://example.org", ["code"] = pick.Of(Hidden) });
        }

        return resource;
    }

    /// <summary>A resource that stays as a whole: sensitive, of another category, of another client, or changed in its meaning.</summary>
    private static JsonObject Staying(string type, int number, Picking pick)
    {
        var resource = WithHidden(Visible(type, number, pick), pick);
        resource["id"] = $"h-{number}";
        switch (pick.Next(4))
        {
            case 0:
                resource["meta"]!["security"] = new JsonArray(new JsonObject { ["code"] = "PSY" });
                break;
            case 1:
                resource["category"] = new JsonArray(new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://example.org", ["code"] = "marker-a" }) });
                break;
            case 2:
                resource["subject"] = JsonNode.Parse(Some.Subject(Some.Onni));
                break;
            default:
                resource["modifierExtension"] = new JsonArray(new JsonObject { ["url"] = "http://example.org", ["valueBoolean"] = true });
                break;
        }

        return resource;
    }

    [GeneratedRegex("receipt-[0-9]+")]
    private static partial Regex Receipt();

    [GeneratedRegex("\"link\":\\[[^\\]]*\\]")]
    private static partial Regex Links();

    [GeneratedRegex("_page=[A-Za-z0-9_-]+")]
    private static partial Regex Cursor();

    /// <summary>Choices from generated numbers, so that a failing case can be made smaller and run again.</summary>
    private sealed class Picking(int[] choices)
    {
        private int place;

        internal int Next(int count) => choices[place++ % choices.Length] % count;

        internal T Of<T>(params T[] all) => all[Next(all.Length)];
    }
}
