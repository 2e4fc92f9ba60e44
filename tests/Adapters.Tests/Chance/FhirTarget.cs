// A FHIR server as the adapter's entries see it.
using System.Globalization;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sisote.Policy.Deployments;

namespace Sisote.Tests.Adapters.Chance;

/// <summary>Knows its clients, finds Flags by their identifier and takes new ones; with or without knowing what a conditional create is.</summary>
internal sealed class FhirTarget(int seed, int each, bool knowsConditions) : HttpTarget(seed, each)
{
    private const string FhirType = "application/fhir+json";
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<JsonObject>> flags = new(StringComparer.Ordinal); // by their marks

    /// <inheritdoc />
    public override string System => "toinen-tietue";

    /// <inheritdoc />
    public override bool RecognisesKeys => knowsConditions;

    /// <inheritdoc />
    public override bool IsAskedFirst => true;

    /// <inheritdoc />
    public override SystemEntry Connect(string folder, int port)
    {
        File.WriteAllText(Path.Combine(folder, "key"), "k");
        return SectorHouse.Entry(System, "fhir", "kuopio", ("address", $"http://127.0.0.1:{port}/fhir"), ("reads", "Patient,Flag"), ("writes", "Flag"), ("apiKeyFile", "key"), ("timeoutSeconds", "1"));
    }

    /// <inheritdoc />
    public override Resource[] Make(string client, int entry)
    {
        var limit = SomeReferral.Limit(client, "avoid-heavy-lifting");
        limit.Period!.Start = DayOf(entry);
        return [limit];
    }

    /// <inheritdoc />
    public override bool IsPlaceOf(string place, string id) => place.StartsWith($"/{System}/Flag/", StringComparison.Ordinal);

    /// <inheritdoc />
    protected override void Map(WebApplication app)
    {
        app.MapPost("/fhir/Patient/_search", static async (HttpRequest call) =>
        {
            var code = (await call.ReadFormAsync())["identifier"].ToString().Split('|')[1];
            return Page([.. Enumerable.Range(0, People).Where(place => Person(place) == code).Select(static place => FhirRecord(place))]);
        }).DisableAntiforgery();
        app.MapPost("/fhir/Flag/_search", async (HttpRequest call) =>
        {
            var marks = (await call.ReadFormAsync())["identifier"].ToString().Split(',').Select(static mark => mark.Split('|')[1]).ToList();
            lock (gate)
            {
                return Page([.. marks.SelectMany(mark => flags.GetValueOrDefault(mark, [])).Select(static flag => (JsonObject)flag.DeepClone())]);
            }
        }).DisableAntiforgery();
        app.MapPost("/fhir/Flag", async (HttpRequest call) =>
        {
            var flag = await ReadAsync(call);
            lock (gate)
            {
                return TakeIn(flag, call);
            }
        });
    }

    private IResult TakeIn(JsonObject flag, HttpRequest call)
    {
        var place = int.Parse(((string)flag["subject"]!["reference"]!)["Patient/pat".Length..], CultureInfo.InvariantCulture);
        var mark = (string)flag["identifier"]![0]!["value"]!;
        var there = flags.TryGetValue(mark, out var known) ? known : flags[mark] = [];
        var isNew = !knowsConditions || call.Headers["If-None-Exist"].Count == 0 || there.Count == 0;
        if (Take(knowsConditions ? mark : null, Person(place), EntryOf((string?)flag["period"]!["start"])) is not { } id)
        {
            return Json(new JsonObject { ["resourceType"] = "OperationOutcome", ["issue"] = new JsonArray(new JsonObject { ["severity"] = "error", ["code"] = "business-rule" }) }, 422, FhirType);
        }

        if (isNew)
        {
            flag["id"] = id;
            there.Add(flag);
        }

        call.HttpContext.Response.Headers.Location = $"http://{call.Host}/fhir/Flag/{id}/_history/1";
        return Json(there[^1].DeepClone(), isNew ? 201 : 200, FhirType);
    }

    private static JsonObject FhirRecord(int place) => Fhir.FhirRecord.Person($"pat{place}", Person(place));

    private static IResult Page(List<JsonObject> found) => Json(
        new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
            ["total"] = found.Count,
            ["entry"] = new JsonArray([.. found.Select(static resource => new JsonObject { ["resource"] = resource, ["search"] = new JsonObject { ["mode"] = "match" } })]),
        },
        type: FhirType);
}
