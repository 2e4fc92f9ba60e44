// Nothing that a file of the law can say changes without being told.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Comparing;
using YamlDotNet.RepresentationModel;

namespace Sisote.Tests.Policy.Comparing;

public sealed class ComparisonCompletenessTests
{
    // The reader takes one word only here, or no other word without changing a second key with it (see WideningTests).
    private static readonly string[] OneWordOnly =
    [
        "/mask", "/requester", "/roleScope", "/capacity", "/organisations", "/sector", "/roles/0", "/decision",
    ];

    /// <summary>One value of every key that the files know, each with another value that the reader takes.</summary>
    public static TheoryData<string, string> Keys()
    {
        var keys = new TheoryData<string, string>();
        foreach (var (file, path) in EditedCatalogue.Shipped.SelectMany(static file => Paths(Root(file.Text)).Select(path => (file.Name, path))).DistinctBy(static entry => (Kind(entry.Name), Wild(entry.Name, entry.path))))
        {
            keys.Add(file, path);
        }

        return keys;
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void AChangeOfAnyValueIsTold(string file, string path)
    {
        if (path.EndsWith("remarks", StringComparison.Ordinal) || path == "id" || OneWordOnly.Any(path.EndsWith))
        {
            return; // remarks are no law, an id is the file's name
        }

        var changed = Candidates(file, path).Select(static texts => CatalogueReader.Read(texts)).OfType<CatalogueReading.Loaded>().FirstOrDefault(static loaded => loaded.Catalogue.Version != Catalogues.Shipped.Version);
        Assert.True(changed is not null, $"No other value of {file} {path} is taken by the reader: extend the candidates.");

        var changes = CatalogueComparison.Of(Catalogues.Shipped, changed.Catalogue).Changes;

        Assert.NotEmpty(changes);
        Assert.All(changes, static change => Assert.All([change.Sentence.Fi, change.Sentence.Sv, change.Sentence.En], static sentence => Assert.NotEmpty(sentence)));
        Assert.NotEmpty(CatalogueComparison.Of(changed.Catalogue, Catalogues.Shipped).Changes);
    }

    private static string Kind(string name) => name.Contains('/') ? name[..name.IndexOf('/')] : name;

    /// <summary>The path with the codes of a vocabulary and the places in a list left out.</summary>
    private static string Wild(string name, string path)
    {
        var steps = path.Split('/').Select(static step => int.TryParse(step, out _) ? "#" : step).ToArray();
        if (!name.Contains('/'))
        {
            steps[0] = "*";
        }
        else if (steps is ["codes", _, ..])
        {
            steps[1] = "*";
        }

        return string.Join('/', steps);
    }

    private static IEnumerable<(string Name, string Text)[]> Candidates(string file, string path)
    {
        var text = EditedCatalogue.Shipped.Single(entry => entry.Name == file).Text;
        var old = ((YamlScalarNode)Find(Root(text), path)).Value!;
        var vocabulary = EditedCatalogue.Shipped.SelectMany(entry => Kind(entry.Name) == Kind(file) ? Paths(Root(entry.Text)).Where(other => Wild(entry.Name, other) == Wild(file, path)).Select(other => ((YamlScalarNode)Find(Root(entry.Text), other)).Value!) : []);
        string[] words =
        [
            "true", "false", "7", "2019-01-01", "2031-01-01", "high", "medium", "low", "core", "extended", "permit", "oblige", "law", "policy", "read", "write", "notify", "S0", "S4",
            "case", "single-use", "turvakielto", "never-rule", "guardian", "minor", "from-event", "human", "fact", "ended", "not-asked", "found", "organisations", "recipient", "caller", "system",
            "deceased", "of-age", "standing-api", "single-view", "health", "any", "client", "999/1999", "Another text", "another-word", "id", "Patient.name", "*", "https://example.org/other", "sisote-work-ability-vs", "LUPA", "Bundle", "dpo-alert", "SECRECY", "emergency-care", "loinc", "person-identity",
        ];
        foreach (var word in vocabulary.Concat(words).Distinct().Where(word => word != old))
        {
            var root = Root(text);
            ((YamlScalarNode)Find(root, path)).Value = word;
            using var writer = new StringWriter();
            new YamlStream(new YamlDocument(root)).Save(writer, assignAnchors: false);
            yield return [.. EditedCatalogue.Shipped.Select(entry => entry.Name == file ? (file, writer.ToString()) : entry)];
        }
    }

    private static YamlNode Root(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    private static IEnumerable<string> Paths(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(static child => Paths(child.Value).Select(rest => Joined(((YamlScalarNode)child.Key).Value!.Replace('/', '|'), rest))),
        YamlSequenceNode list => list.Children.SelectMany(static (child, index) => Paths(child).Select(rest => Joined($"{index}", rest))),
        _ => [string.Empty],
    };

    private static string Joined(string step, string rest) => rest.Length == 0 ? step : $"{step}/{rest}";

    private static YamlNode Find(YamlNode node, string path) => path.Split('/').Aggregate(node, static (at, step) => at switch
    {
        YamlMappingNode map => map.Children[new YamlScalarNode(step.Replace('|', '/'))],
        YamlSequenceNode list => list.Children[int.Parse(step)],
        _ => throw new InvalidOperationException(step),
    });
}
