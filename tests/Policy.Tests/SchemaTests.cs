// The schemas that help a lawyer's editor say the same as the files.
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sisote.Tests.Policy;

public sealed class SchemaTests
{
    private static readonly string Folder = Path.Combine(DemoWorld.Folder, "src/Catalogue");

    [Fact]
    public void EveryFileOfTheCatalogueNamesItsSchemaAndFitsIt()
    {
        var faults = new List<string>();
        foreach (var path in Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(path);
            var named = Regex.Match(text, @"\A# yaml-language-server: \$schema=(\S+)\n");
            Assert.True(named.Success, $"{path} does not begin with its schema.");
            using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, named.Groups[1].Value)));
            faults.AddRange(Check(schema.RootElement, Root(text), Path.GetRelativePath(Folder, path)));
        }

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("item", "id: x\nlabels: {fi: a, sv: b}\nsector: any\nsensitivity: S3\nfhir: [{resource: Patient, elements: [name]}]", "labels: `en` is missing")]
    [InlineData("item", "id: x\nlabels: {fi: a, sv: b, en: c}\nsector: any\nsensitivity: S7\nfhir: [{resource: Patient, elements: [name]}]", "sensitivity: `S7` is not among")]
    [InlineData("rule", "id: x\ncolour: red", "`colour` is unknown")]
    public void ASchemaFindsWhatTheReaderFinds(string schema, string yaml, string fault)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "schema", schema + ".schema.json")));

        Assert.Contains(Check(document.RootElement, Root(yaml), string.Empty), found => found.Contains(fault, StringComparison.Ordinal));
    }

    private static YamlNode Root(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents[0].RootNode;
    }

    /// <summary>The part of JSON Schema that the catalogue's schemas use.</summary>
    private static IEnumerable<string> Check(JsonElement schema, YamlNode node, string at)
    {
        if (schema.TryGetProperty("anyOf", out var choices))
        {
            return choices.EnumerateArray().Any(choice => !Check(choice, node, at).Any()) ? [] : [$"{at}: fits none of the shapes"];
        }

        return node switch
        {
            YamlMappingNode map => CheckMap(schema, map, at),
            YamlSequenceNode list => CheckList(schema, list, at),
            YamlScalarNode { Value: { } text } => CheckText(schema, text, at),
            _ => [$"{at}: empty"],
        };
    }

    private static IEnumerable<string> CheckMap(JsonElement schema, YamlMappingNode map, string at)
    {
        if (Type(schema) != "object")
        {
            return [$"{at}: must be {Type(schema)}"];
        }

        var faults = new List<string>();
        var keys = map.Children.ToDictionary(static pair => ((YamlScalarNode)pair.Key).Value!, static pair => pair.Value);
        if (schema.TryGetProperty("required", out var required))
        {
            faults.AddRange(required.EnumerateArray().Select(static name => name.GetString()!).Where(name => !keys.ContainsKey(name)).Select(name => $"{at}: `{name}` is missing"));
        }

        foreach (var (key, value) in keys)
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(key, out var property))
            {
                faults.AddRange(Check(property, value, $"{at}.{key}"));
            }
            else if (schema.TryGetProperty("additionalProperties", out var rest) && rest.ValueKind == JsonValueKind.Object)
            {
                faults.AddRange(Check(rest, value, $"{at}.{key}"));
            }
            else
            {
                faults.Add($"{at}: `{key}` is unknown");
            }
        }

        return faults;
    }

    private static IEnumerable<string> CheckList(JsonElement schema, YamlSequenceNode list, string at) => Type(schema) == "array"
        ? list.Children.SelectMany((child, index) => Check(schema.GetProperty("items"), child, $"{at}[{index.ToString(CultureInfo.InvariantCulture)}]"))
        : [$"{at}: must be {Type(schema)}"];

    private static IEnumerable<string> CheckText(JsonElement schema, string text, string at)
    {
        if (Type(schema) is "object" or "array")
        {
            return [$"{at}: must be {Type(schema)}"];
        }

        var words = schema.TryGetProperty("enum", out var listed) ? listed.EnumerateArray().Select(static word => word.GetString()!).ToArray()
            : schema.TryGetProperty("const", out var only) ? [only.GetString()!]
            : Type(schema) == "boolean" ? ["true", "false"]
            : [];
        var fits = (words.Length == 0 || words.Contains(text))
            && (Type(schema) != "integer" || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            && (!schema.TryGetProperty("pattern", out var pattern) || Regex.IsMatch(text, pattern.GetString()!));
        return fits ? [] : [$"{at}: `{text}` is not among {string.Join(", ", words)}"];
    }

    private static string? Type(JsonElement schema) => schema.TryGetProperty("type", out var type) ? type.GetString() : null;
}
