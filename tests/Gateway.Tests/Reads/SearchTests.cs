// What a search with parameters gives, over HTTP.
using System.Text.Json.Nodes;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Reads;

public sealed class SearchTests
{
    private const string Record = "fhir/pohjois-savo-record";
    private const string Loinc = "http://loinc.org";

    public static TheoryData<string, string> Questions => new()
    {
        { "", "1 2 3 4" },
        { "&code=82290-8", "1 2" },
        { "&code=http://loinc.org%7C82290-8", "1 2" },
        { "&code=http://loinc.org%7C82290-8,http://loinc.org%7C29463-7", "1 2 3 4" },
        { "&code=http://loinc.org%7C", "1 2 3 4" },
        { "&code=%7C82290-8", "" },
        { "&code:not=82290-8", "3 4" },
        { "&date=ge2026-02-03&date=lt2026-03-01", "1 2" },
        { "&date=2026-02-03", "1" },
        { "&date=2026", "1 2 3" },
        { "&date:missing=true", "4" },
        { "&value-quantity=gt80%7Chttp://unitsofmeasure.org%7Ckg", "3" },
        { "&value-quantity=82", "3" },
        { "&status=final,amended", "1 2 3" },
        { "&status:not=final", "4" },
        { "&subject:missing=true", "refused" },
        { "&code=82290-8&date=2026-02-10", "2" },
        { "&category=vital-signs", "3 4" },
        { "&category=marker-second-category", "" },
        { "&_sort=date", "1 2 3 4 in order" },
        { "&_sort=-date", "3 2 1 4 in order" },
        { "&_sort=-value-quantity", "2 1 3 4 in order" },
        { "&_sort=code,-date", "3 4 2 1 in order" },
        { "&_sort=-status,date", "4 1 2 3 in order" },
        { "&performer:missing=true", "1 2 3 4" },
        { "&encounter:missing=true", "refused" },
        { "&note=marker", "refused" },
        { "&value-string=marker-value-string", "refused" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task ASearchLeavesOutAndSortsWhatMayLeaveAndNothingElse(string question, string found)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMeasures(world);

        var asked = await world.GetAsync($"{Record}/Observation?patient={handle}{question}");
        var posted = await world.SearchAsync($"{Record}/Observation/_search", $"patient={handle}{question}");

        Assert.Equal(found == "refused" ? 400 : 200, asked.Status);
        Assert.Equal(asked.Body, posted.Body);
        if (found != "refused")
        {
            var numbers = Entries(asked).Select(Number).ToArray();
            Assert.Equal(found.Replace(" in order", string.Empty, StringComparison.Ordinal), string.Join(' ', found.EndsWith("in order", StringComparison.Ordinal) ? numbers : [.. numbers.Order()]));
            Assert.All(world.Source.Seen.TakeLast(2), static seen => Assert.Equal(BasicQuestion, Uri.UnescapeDataString(seen.Body).Split('&').Select(static pair => pair.Split('=')[0]).Order()));
        }
    }

    private static readonly string[] BasicQuestion = ["category", "code", "patient:identifier"];

    [Fact]
    public async Task AHiddenParameterAMisspeltOneAndAnUnknownValueAreRefusedInTheSameBytesAndNobodyIsAskedAbout()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var seen = world.Source.Seen.Count;

        var answers = new List<RawAnswer>();
        foreach (var question in new[] { "encounter=1", "identifier=a", "nonsense=1", "code:text=a", "date=never", "_include=Flag:author", "_has:Observation:patient:code=1", "patient.name=a", "_lastUpdated=2026", "_sort=encounter", "_summary=count", "_total=accurate", "_elements=id", "code=010190-901R" })
        {
            answers.Add(await world.GetAsync($"{Record}/Flag?patient={handle}&{question}"));
        }

        Assert.Single(answers.Select(static answer => answer.Comparable).Distinct());
        Assert.Equal(400, answers[0].Status);
        Assert.Contains("parameter-unknown", answers[0].Body, StringComparison.Ordinal);
        Assert.Equal(seen, world.Source.Seen.Count);
    }

    [Fact]
    public async Task WhatIsAcceptedDoesNotDependOnTheClientsConsent()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var consented = await StatusesAsync();
        world.Consent.Set(Some.Aino, static state => state with { Consents = [], Relationships = [] });

        Assert.Equal(consented, await StatusesAsync());
        Assert.Contains(200, consented);
        Assert.Contains(400, consented);

        async Task<int[]> StatusesAsync()
        {
            var statuses = new List<int>();
            foreach (var question in new[] { "code=a", "category=a", "date=2026", "status=active", "encounter=a", "_sort=-date", "_sort=encounter" })
            {
                statuses.Add((await world.GetAsync($"{Record}/Flag?patient={handle}&{question}")).Status);
            }

            return [.. statuses];
        }
    }

    [Fact]
    public async Task ASecondCodingAWordOrALabelThatStaysCannotBeFound()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);

        var second = await world.GetAsync($"{Record}/Flag?patient={handle}&category=http://example.org%7Cmarker-second-category");
        var first = await world.GetAsync($"{Record}/Flag?patient={handle}&category={Some.Category}%7Cexercise-restriction");

        Assert.Empty(Entries(second));
        Assert.Single(Entries(first));
        Assert.Equal("nothing-found", world.Consent.Log[^2].Entry.Outcome);
        Assert.Empty(world.Consent.Log[^2].Entry.Resources);
    }

    [Fact]
    public async Task OnlyWhatWasAskedForIsOnRecordAsDisclosed()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMeasures(world);

        await world.GetAsync($"{Record}/Observation?patient={handle}&date=2026-02-03");

        Assert.Single(world.Consent.Log[^1].Entry.Resources);
    }

    [Fact]
    public async Task AWithdrawalWhileTheSourceAnswersTakesAwayWhatAParameterWouldHaveFound()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Consent.BeforeNextAppend = () => world.Consent.Set(Some.Aino, static state => state with { Consents = [] });

        var answer = await world.GetAsync($"{Record}/Flag?patient={handle}&date=ge2025&_sort=date&_count=1");

        Assert.Equal(200, answer.Status);
        Assert.Empty(Entries(answer));
        Assert.DoesNotContain("\"next\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConditionalAndPartialRequestsAreAnsweredAsIfTheyWereNone()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var address = $"{Record}/Flag?patient={handle}";
        var plain = Alike(await world.GetAsync(address));

        foreach (var (name, value) in new[] { ("If-None-Match", "*"), ("If-None-Match", "W/\"upstream-etag-marker\""), ("If-Modified-Since", "Sun, 22 Nov 2026 00:00:00 GMT"), ("If-Match", "\"x\""), ("Range", "bytes=0-10"), ("Prefer", "handling=lenient"), ("Prefer", "return=OperationOutcome"), ("Cache-Control", "max-stale=100") })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, address));
            request.Headers.TryAddWithoutValidation(name, value);

            Assert.Equal(plain, Alike(await world.SendAsync(request)));
        }

        Assert.DoesNotContain("ETag", plain, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Last-Modified", plain, StringComparison.OrdinalIgnoreCase);
        static string Alike(RawAnswer answer) => System.Text.RegularExpressions.Regex.Replace(answer.Comparable, "receipt-[0-9]+", "receipt");
    }

    [Fact]
    public async Task TheOrderOfASourceAndWhatItNamesTwiceDoNotShow()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SetMeasures(world);
        var one = await world.GetAsync($"{Record}/Observation?patient={handle}");

        world.Source.Resources.Reverse();
        world.Source.Resources.Add(world.Source.Resources[0].DeepClone().AsObject());
        var other = await world.GetAsync($"{Record}/Observation?patient={handle}");

        Assert.Equal(one.Body, other.Body);
    }

    internal static JsonArray Entries(RawAnswer answer) => Some.Parse(answer.Body)["entry"]?.AsArray() ?? [];

    /// <summary>Four measures: two of activity, a weight, and an undated one.</summary>
    internal static void SetMeasures(GatewayWorld world)
    {
        world.Source.Resources.RemoveAll(static resource => (string?)resource["resourceType"] == "Observation");
        world.Source.Resources.AddRange([Measure(1, "activity", "82290-8", "2026-02-03", 150), Measure(2, "activity", "82290-8", "2026-02-10", 151), Measure(3, "vital-signs", "29463-7", "2026-03-01", 82), Measure(4, "vital-signs", "29463-7", null, 4)]);
        world.Source.Resources[^1]["status"] = "preliminary";
    }

    private static JsonObject Measure(int number, string category, string code, string? date, int value)
    {
        var measure = Some.Measure(Some.Aino, $"obs-{number}");
        measure["category"]![0]!["coding"]![0]!["code"] = category;
        measure["code"]!["coding"]![0]!["code"] = code;
        measure["code"]!["coding"]![0]!["system"] = Loinc;
        measure["valueQuantity"]!["value"] = value;
        measure["valueQuantity"]!["code"] = category == "activity" ? "min/wk" : "kg";
        measure["component"] = new JsonArray(new JsonObject { ["code"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = "urn:number", ["code"] = $"n{number}" }) } });
        measure.Remove("effectiveDateTime");
        if (date is not null)
        {
            measure["effectiveDateTime"] = date;
        }

        return measure;
    }

    internal static int Number(JsonNode? entry) => int.Parse(((string)entry!["resource"]!["component"]![0]!["code"]!["coding"]![0]!["code"]!)[1..], System.Globalization.CultureInfo.InvariantCulture);
}
