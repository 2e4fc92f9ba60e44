// Reads steps at the network's face.
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sisote.Host.Demo;

namespace Sisote.Host.Tour.Cases;

/// <summary>
/// One call below <c>/network</c>: <c>get</c>, <c>put</c> or <c>post</c> with a place and, for a change, a <c>body</c> in JSON. What is made under a <c>name</c> gets a fresh identifier, and <c>{name}</c> stands for it in places and
/// bodies of this and later steps. Without <c>as</c> the operator calls the consent service.
/// </summary>
internal sealed partial class NetworkReader(ScenarioWorld world, IReadOnlyDictionary<string, ScenarioActor> actors)
{
    internal const string Verb = "network";

    private static readonly string[] Methods = ["get", "put", "post"];
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Reads a step.</summary>
    internal NetworkStep? Read(DemoYaml map)
    {
        var isOperator = !map.Keys.Contains("as");
        var (actor, purpose) = (isOperator ? null : StepReader.Actor(map, actors), StepReader.Purpose(map, world));
        if (map.OptionalText("name") is { } name && !names.TryAdd(name, Guid.CreateVersion7().ToString("N")))
        {
            map.Fault("name", $"Something is called `{name}` already.");
        }

        if (map.Keys.Where(Methods.Contains).ToArray() is not [var method])
        {
            map.Fault("as", "Exactly one of `get`, `put` and `post`, with the place below /network.");
            map.Ignore();
            return null;
        }

        var (told, path, body) = (map.Text(method), Named(map, method, map.Text(method)), ReadBody(map));
        if (!Place().IsMatch(path))
        {
            map.Fault(method, "A place below /network: segments of letters, digits and hyphens, `{name}` for what was named, and parameters that are codes.");
        }

        return actor is null && !isOperator ? null : new NetworkStep(actor, purpose, new HttpMethod(method.ToUpperInvariant()), path, told, body);
    }

    /// <summary>The identifier of what an earlier step named.</summary>
    internal string IdOf(DemoYaml map, string key) => names.GetValueOrDefault(Words.Known(map, key, "earlier step of the network that is named", [.. names.Keys]), string.Empty);

    private JsonNode? ReadBody(DemoYaml map)
    {
        if (map.OptionalText("body") is not { } text)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(Named(map, "body", text));
        }
        catch (JsonException)
        {
            map.Fault("body", "`body` is a text in JSON.");
            return null;
        }
    }

    /// <summary>Puts identifiers in for names; a name that nothing has is a fault.</summary>
    private string Named(DemoYaml map, string key, string text) => Name().Replace(text, match =>
    {
        if (names.TryGetValue(match.Groups[1].Value, out var id))
        {
            return id;
        }

        map.Fault(key, $"Nothing is called `{match.Groups[1].Value}` so far.");
        return "-";
    });

    [GeneratedRegex(@"\{([a-z][a-z0-9-]*)\}")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[a-z0-9-]+(/[a-z0-9-]+)*(\?[a-z]+=[a-zA-Z0-9-]+(&[a-z]+=[a-zA-Z0-9-]+)*)?\z")]
    private static partial Regex Place();
}
