// Broken and sound FHIR resources of three collections, sent as entries and answered by a source.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Outside;

/// <summary>Runs every file of the collection.</summary>
internal static partial class FhirHostileRows
{
    private const string Record = "fhir/pohjois-savo-record";
    private const string Harmless = "may pass";

    // Of msft-invalid: what its authors call sound.
    private static readonly string[] SoundSiblings = ["Patient.json", "Patient.xml", "Patient-f001.json", "Observation-For-Patient-f001.json", "PatientWithMinimalData.json", "Bundle-Batch.json", "Bundle-Transaction.json"];

    internal static async Task<IReadOnlyList<OutsideRow>> RunAsync(string folder)
    {
        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "validator-cases-expected.json")))!["cases"]!.AsArray().ToDictionary(static one => (string)one!["file"]!, static one => (string)one!["klass"]!);
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var rows = new List<OutsideRow>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(static file => Path.GetExtension(file) is ".json" or ".xml").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            if (name != "validator-cases-expected.json")
            {
                var of = Path.GetFileName(Path.GetDirectoryName(file))!;
                rows.Add(await TryAsync(world, handle, $"{of}/{name}", ExpectedOf(of, name, cases), await File.ReadAllBytesAsync(file)));
            }
        }

        Assert.Empty(world.Source.Changes);
        return rows;
    }

    private static string ExpectedOf(string folder, string name, Dictionary<string, string> cases) => folder switch
    {
        "validator-cases" => cases[name] switch
        {
            "valid" => "accepted",
            "unparseable" or "structural" => "refused",
            "narrative" => "should be refused",
            _ => Harmless,
        },
        "msft-invalid" => SoundSiblings.Contains(name) ? "accepted" : name.Contains("ForeignReference", StringComparison.Ordinal) ? Harmless : "refused",
        _ => Harmless, // edge cases: no crash
    };

    private static async Task<OutsideRow> TryAsync(GatewayWorld world, string handle, string name, string expected, byte[] text)
    {
        var isXml = name.EndsWith(".xml", StringComparison.Ordinal);
        var readable = isXml && text is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] ? Encoding.Unicode.GetString(text) : Encoding.UTF8.GetString(text);
        var type = (isXml ? XmlType() : JsonType()).Match(readable).Groups[1].Value;
        var path = type.Length == 0 || type == "Bundle" ? Record : $"{Record}/{type}";
        var sent = await SendAsync(world, path, text, isXml);
        var answered = await AnswerAsync(world, handle, text, isXml);
        Assert.True(sent.Status is >= 400 and < 500, $"{name}: {sent.Everything}");
        Assert.True(answered.Status is 200 or 502, $"{name}: {answered.Everything}");
        Assert.All(OutsideRow.Released(answered), resource => Assert.True(resource.Count == 8 && (string?)resource["resourceType"] == "Flag", $"{name}: {resource}"));
        var holds = expected switch
        {
            "accepted" => false, // none of these names a client of ours and holds nothing but data items, so none can go as it is
            _ => true,
        };
        return new OutsideRow(name, $"POST {path[5..]}; in a source's answer", expected, $"{OutsideRow.Show(sent)}; {OutsideRow.Show(answered)}", holds, holds ? null : ReasonOf(text, isXml, sent, answered));
    }

    private static string? ReasonOf(byte[] text, bool isXml, RawAnswer sent, RawAnswer answered) => (OutsideRow.SlugOf(sent), answered.Status) switch
    {
        (_, 502) when isXml => "stricter: JSON only, one reader for all that comes in",
        (_, 502) when text is [0xEF, 0xBB, 0xBF, ..] => "stricter: a byte order mark, which RFC 8259 forbids to add, is not stepped over",
        ("not-served", 200) => "stricter as an entry: the law has no item of this type; read in a source's answer, where it stays",
        ("element-not-permitted", 200) => "stricter as an entry: it holds elements of no data item, and an entry goes whole or not at all; read in a source's answer, where it stays",
        ("client-unclear", 200) => "stricter as an entry: it names no client by national identifier or handle; read in a source's answer, where it stays",
        ("entry-not-permitted", 200) => "stricter as an entry: no rule lets this caller send it; read in a source's answer, where it stays",
        ("request-malformed", 200) => "stricter as an entry: of Bundles, only transactions of creates are taken; read in a source's answer, where it stays",
        _ => null,
    };

    private static Task<RawAnswer> SendAsync(GatewayWorld world, string path, byte[] text, bool isXml)
    {
        var content = new ByteArrayContent(text);
        content.Headers.ContentType = new MediaTypeHeaderValue(isXml ? "application/fhir+xml" : "application/fhir+json");
        return world.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, path)) { Content = content });
    }

    /// <summary>JSON stands as a second entry beside a flag that may leave; XML is the whole answer.</summary>
    private static Task<RawAnswer> AnswerAsync(GatewayWorld world, string handle, byte[] text, bool isXml)
    {
        world.Source.Instead = async context =>
        {
            context.Response.ContentType = isXml ? "application/fhir+xml" : "application/fhir+json";
            var flag = Encoding.UTF8.GetBytes(Some.Restriction(Some.Aino).ToJsonString());
            await context.Response.Body.WriteAsync(isXml ? text : [.. """{"resourceType":"Bundle","type":"searchset","entry":[{"resource":"""u8, .. flag, .. "},{\"resource\":"u8, .. text, .. "}]}"u8]);
        };
        return world.GetAsync($"{Record}/Flag?patient={handle}");
    }

    [GeneratedRegex(""" "resourceType"\s*:\s*"(\w+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex JsonType();

    [GeneratedRegex(@"<(?:\w+:)?([A-Z]\w+)[\s>]")]
    private static partial Regex XmlType();
}
