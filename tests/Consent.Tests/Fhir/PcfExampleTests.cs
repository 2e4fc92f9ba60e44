// The examples of IHE's Privacy Consent on FHIR: what becomes of each here is what docs/consents-fhir.md says.
using System.Net;
using System.Text.Json.Nodes;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Fhir;

public sealed class PcfExampleTests(PostgresFixture postgres)
{
    private const string Folder = "ihe-pcf-consent";

    private static ConsentFlow Flow => WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");

    [Fact]
    public async Task EachExampleIsTakenInAsTheTableOfTheDocumentationSays()
    {
        var folder = SharedData.Require(Folder);
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var rows = new List<string>();
        foreach (var (file, number) in Directory.GetFiles(Path.Combine(folder, "resources"), "Consent-*.json").Order(StringComparer.Ordinal).Select(static (file, number) => (file, number)))
        {
            var example = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
            var who = Some.Person(number);
            using var published = await room.Giver(Flow).SendAsync(example);
            var refusals = await published.IssuesAsync();
            Assert.Equal(HttpStatusCode.UnprocessableEntity, published.StatusCode);
            Assert.Contains(("consent-not-understood", "Consent.provision.class"), refusals);

            using var told = await room.Giver(Flow).SendAsync(InOurCodes(example, FhirConsents.Of(Flow, Flow.Consent(who))));
            var looks = await room.LookAsync(Flow, who);
            Assert.All(looks, look => Assert.Equal(told.StatusCode == HttpStatusCode.Created, look.Missing is null));
            rows.Add($"| `{(string?)example["id"]}` | {refusals.Length} places | {await SayAsync(told)} |");
        }

        var documentation = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "consents-fhir.md"));
        Assert.True(rows.All(row => documentation.Contains(row + "\n", StringComparison.Ordinal)), string.Join('\n', rows));
        Assert.Equal(rows.Count, documentation.Split('\n').Count(static line => line.StartsWith("| `ex-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhatIsServedKeepsToTheProfileOfPcfButForTheClassesThatNameDataItems()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var profile = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(SharedData.Require(Folder), "profiles", "StructureDefinition-IHE.PCF.consentBasic.json")))!;
        var elements = profile["differential"]!["element"]!.AsArray().Select(static element => (Path: ((string)element!["id"]!).Split('.')[1..], Min: (int?)element["min"], Max: (string?)element["max"])).ToList();
        var who = Some.Person(1);
        await room.PutOnRecordAsync(Flow, who);
        using var signedIn = await room.Client(who.Reveal()).SendAsync(FhirConsents.Of(Flow, Flow.Consent(who, "signed-in")));

        foreach (var consent in await room.Client(who.Reveal()).FindAsync().ConsentsAsync())
        {
            var missing = elements.Where(element => element.Min > 0 && !Find(consent, element.Path).Any()).Select(static element => string.Join('.', element.Path));
            var tooMuch = elements.Where(element => element.Max == "0" && Find(consent, element.Path).Any()).Select(static element => string.Join('.', element.Path));
            Assert.Empty(missing);
            Assert.Equal(["provision.class"], tooMuch);
        }
    }

    /// <summary>The example with our names for client, recipient, purpose, items and form; its own status, and whatever else its provision says, stay.</summary>
    private static JsonObject InOurCodes(JsonObject example, JsonObject ours)
    {
        foreach (var kept in (string[])["status", "scope", "dateTime"])
        {
            ours[kept] = example[kept]!.DeepClone();
        }

        var (from, to) = (example["provision"]!.AsObject(), ours["provision"]!.AsObject());
        foreach (var (name, value) in from.Where(static member => member.Key is not ("purpose" or "actor")))
        {
            to[name] = value!.DeepClone();
        }

        if (((string?)example["performer"]![0]!["reference"]) != "Patient/ex-patient")
        {
            ours["performer"] = new JsonArray(new JsonObject { ["type"] = "RelatedPerson" });
            ours["extension"]![0]!["extension"]![1]!["valueCode"] = "guardian";
        }

        return ours;
    }

    private static async Task<string> SayAsync(HttpResponseMessage answer) => answer.StatusCode == HttpStatusCode.Created
        ? "on record, opens what it names"
        : $"refused: {string.Join(", ", (await answer.IssuesAsync()).Select(static issue => issue.Slug == "consent-not-understood" ? $"`{issue.Place![8..]}`" : $"`{issue.Slug}`"))}";

    private static IEnumerable<JsonNode> Find(JsonNode node, string[] path) => (node, path) switch
    {
        (JsonArray list, _) => list.OfType<JsonNode>().SelectMany(one => Find(one, path)),
        (_, []) => [node],
        (JsonObject one, [var name, .. var rest]) => one.Where(member => member.Key == name || (name.EndsWith("[x]", StringComparison.Ordinal) && member.Key.StartsWith(name[..^3], StringComparison.Ordinal)))
            .Select(static member => member.Value).OfType<JsonNode>().SelectMany(value => Find(value, rest)),
        _ => [],
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
