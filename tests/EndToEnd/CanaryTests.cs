// The canary: nothing of the source record that was not released is anywhere.
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Policy.Catalogues;
using Sisote.Tests.EndToEnd.House;

namespace Sisote.Tests.EndToEnd;

[Collection(Referred.Name)]
public sealed class CanaryTests(ReferredHouse house)
{
    private const string Record = RunningSisote.Record;

    /// <summary>What EX-02 releases of Aino's documents, and words of the deployment file; every other word of the documents is a canary.</summary>
    private static readonly HashSet<string> Released =
    [
        "Vältä raskaita nostoja", "Kestävyyskunnon parantaminen", "Liikuntasuunnitelma", "Paino", "Verenpaine", "Systolinen", "Diastolinen",
        "2026-10-05", "2027-01-31", "d/wk", "min/d", "mm[Hg]", "active", "completed", "observation", "group", "filed",
        "Sauvakävely 30 min viisi kertaa viikossa", "Vesijumppa kerran viikossa", // CarePlan.activity.detail.description, named by exercise-goal-plan
        "Pohjois-Savon hyvinvointialue", "dr-harju", "100102",
    ];

    private static readonly string[] NotOurs = ["simulators", "persons.yaml", ".running"];
    internal static readonly string[] Names = ["Aaltonen", "Aino Maria", "Eino Olavi", "Onni Eemeli", "Ojala", "Lumi Sofia", "Lumio"];
    internal static readonly string[] Codes = [RunningSisote.Aino, RunningSisote.Eino, RunningSisote.Onni, "150914A934N"];
    internal static readonly string[] Contacts = ["Keksitynkatu 5 A 2", "+358 40 000 0911", "40 000 0911", "aino.aaltonen@", "1985-03-12"];

    private static readonly string[] UnlistedTypes =
        ["MedicationRequest", "MedicationStatement", "AllergyIntolerance", "Immunization", "Procedure", "DiagnosticReport", "Encounter", "ClinicalImpression", "FamilyMemberHistory", "Composition", "Binary", "List"];

    [Fact]
    public async Task NoWordOfTheRecordThatWasNotReleasedIsInAnyAnswerDiagnosticOrFile()
    {
        var documents = await house.DocumentsAsync(RunningSisote.Aino);
        var hidden = Words(documents).Where(static word => word.Length >= 5 && !Released.Contains(word)).Concat(Contacts.Except(["1985-03-12"])).ToList();
        var law = string.Concat(CatalogueReader.EmbeddedTexts().Select(static text => text.Text)); // the consent room keeps the law's texts by version, and they use words of every day
        var kept = hidden.Where(word => !law.Contains(word, StringComparison.Ordinal)).ToList();
        Assert.Contains("Bisoprololi", kept);
        Assert.True(kept.Count > 25, $"{kept.Count} canaries for files");
        Assert.Contains("Keskusteltu uupumuksesta ja parisuhteesta.", hidden);
        Assert.True(hidden.Count > 40, $"{hidden.Count} canaries");
        var released = await ReadEverythingAsync();
        Assert.True(released > 8, $"{released} resources were released: a gateway that gives nothing passes no canary test");

        var needles = new Needles(hidden);
        Assert.Equal([], house.Traffic.Answers.Where(IsOurs).SelectMany(answer => Hits(needles, answer.Head, answer.Address.PathAndQuery).Concat(Hits(needles, answer.Body, answer.Address.PathAndQuery))).Distinct());
        Assert.Equal([], Hits(needles, Encoding.UTF8.GetBytes(house.Diagnostics), "diagnostics"));
        Assert.Equal(string.Empty, string.Join('\n', Files().SelectMany(file => Hits(new Needles(kept), Read(file), file))));
    }

    [Fact]
    public async Task NoPersonalIdentityCodeAndNoClientsNameIsInAnyHeaderDiagnosticDatabaseOrKeyFile()
    {
        await ReadEverythingAsync();
        var needles = new Needles([.. Names, .. Codes, .. Contacts]);

        Assert.Equal([], house.Traffic.Answers.Where(IsOurs).SelectMany(answer => Hits(needles, answer.Head, answer.Address.PathAndQuery)).Distinct());
        Assert.Equal([], Hits(needles, Encoding.UTF8.GetBytes(house.Diagnostics), "diagnostics"));
        Assert.Equal(string.Empty, string.Join('\n', Files().SelectMany(file => Hits(needles, Read(file), file))));
        var codes = new Needles(Codes);
        Assert.Equal([], house.Traffic.Answers.Where(IsOurs).SelectMany(answer => Hits(codes, answer.Body, answer.Address.PathAndQuery)).Distinct());
    }

    [Theory]
    [InlineData("Bisoprololi")]
    [InlineData("Lannerangan välilevysairaus")]
    [InlineData("120385-911F")]
    public void TheSearchFindsAWordThatIsThereInEverySpelling(string word)
    {
        var needles = new Needles([word, "something else"]);

        Assert.All(Needles.Spellings(word), spelling => Assert.Equal([word], needles.FindIn([.. "before "u8, .. spelling, .. " after"u8])));
        foreach (var before in new[] { "", "x", "xy", "xyz" })
        {
            Assert.Equal([word], needles.FindIn(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(before + word + ".")))));
        }

        Assert.Empty(needles.FindIn("nothing of it is here"u8));
    }

    [Fact]
    public async Task TheSearchSeesWhatThisHouseReallyAnswersWritesAndKeeps()
    {
        await ReadEverythingAsync();
        var planted = Path.Combine(house.Data, "planted.db");
        await File.WriteAllTextAsync(planted, "... Bisoprololi ...");
        try
        {
            Assert.Contains(Files().SelectMany(file => Hits(new Needles(["Bisoprololi"]), Read(file), file)), hit => hit.Contains("planted.db: Bisoprololi", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(planted);
        }

        Assert.Contains(house.Traffic.Answers.Where(IsOurs), answer => new Needles(["Vältä raskaita nostoja"]).FindIn(answer.Body).Count > 0);
        Assert.Contains(Files(), static file => file.EndsWith("consent.db", StringComparison.Ordinal));
        Assert.Contains(Files().Where(static file => Path.GetFileName(file).StartsWith("consent.db", StringComparison.Ordinal)), static file => new Needles(["exercise-restriction"]).FindIn(Read(file)).Count > 0); // also its write-ahead log
        Assert.NotEmpty(new Needles(["\"Room\":\""]).FindIn(Encoding.UTF8.GetBytes(house.Diagnostics)));
    }

    /// <summary>Asks for every type, of every client, in every way that a counsellor's system can; answers how many resources came.</summary>
    private async Task<int> ReadEverythingAsync()
    {
        var listed = house.Settings.Catalogue.Items.Values.SelectMany(static item => item.Selectors).Select(static selector => selector.ResourceType);
        var types = listed.Concat(UnlistedTypes).Distinct().ToList();
        await house.GetAsync($"fhir/{Record}/metadata");
        var released = new List<JsonObject>();
        foreach (var hetu in Codes)
        {
            var found = await house.FindAsync(hetu);
            released.AddRange(found.Resources);
            foreach (var handle in found.Resources.Select(static patient => patient["id"]!.GetValue<string>()))
            {
                foreach (var type in types)
                {
                    var answer = await house.GetAsync($"fhir/{Record}/{type}?patient={handle}");
                    released.AddRange(answer.Body.StartsWith("{\"resourceType\":\"Bundle\"", StringComparison.Ordinal) ? answer.Resources : []);
                }
            }
        }

        foreach (var resource in released.Where(static resource => resource["id"] is not null).ToList())
        {
            await house.GetAsync($"fhir/{Record}/{resource["resourceType"]}/{resource["id"]}");
        }

        foreach (var type in types)
        {
            await house.GetAsync($"fhir/{Record}/{type}/100103");
        }

        return released.Count;
    }

    private static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(static field => Words(field.Value)),
        JsonArray items => items.SelectMany(Words),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    /// <summary>Answers of the gateway, the authority and the inner rooms; not of the sector systems' own doors.</summary>
    private bool IsOurs(Received answer) => answer.Address.Port < house.Port + 11;

    /// <summary>All that Sisote wrote: not the simulators' records, not the file in which the demonstration's people are given to it, and not the locks, which nobody else may open.</summary>
    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(house.Data, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(house.Data, file) is var name && !NotOurs.Any(start => name.StartsWith(start, StringComparison.Ordinal)));

    private static IEnumerable<string> Hits(Needles needles, byte[] bytes, string where) => needles.FindIn(bytes).Select(word => $"{where}: {word} {Around(bytes, word)}".TrimEnd());

    /// <summary>What stands around a word that was found as it is, for whoever must find out how it came there.</summary>
    private static string Around(byte[] bytes, string word)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var at = text.IndexOf(word, StringComparison.Ordinal);
        return at < 0 ? string.Empty : $"({text[Math.Max(0, at - 60)..Math.Min(text.Length, at + word.Length + 40)]})";
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        return whole.ToArray();
    }
}
