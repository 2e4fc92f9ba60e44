// A row of the compartment tests as requests at our door.
using System.Text;
using System.Text.Json.Nodes;

namespace Sisote.Tests.Gateway.Outside;

/// <summary>One request, with the names that the data uses; they become handles when it is sent.</summary>
internal sealed record SmartTarget(HttpMethod Method, string Path)
{
    public override string ToString() => $"{Method} {(Path.Length == 0 ? "/" : Path)}";

    internal HttpRequestMessage Message(SmartWorld world)
    {
        var path = string.Join('?', Path.Split('?').Select((part, place) => string.Join(place == 0 ? '/' : '&', part.Split(place == 0 ? '/' : '&').Select(word => place == 0 ? Handle(word) : Value(word)))));
        return new HttpRequestMessage(Method, new Uri(world.World.Address, $"{SmartWorld.Record}/{path}".TrimEnd('/')))
        {
            Content = Method == HttpMethod.Get ? null : new StringContent("""{"resourceType":"Patient","name":[{"family":"Invented"}]}""", Encoding.UTF8, "application/fhir+json"),
        };

        string Value(string pair) => pair.Split('=', 2) is [var name, var value] ? $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(name is "patient" or "_id" ? Handle(value) : value)}" : pair;

        string Handle(string word) => word.StartsWith("smart-", StringComparison.Ordinal) ? world.HandleOf(word) : word;
    }
}

/// <summary>The row's own request, and for a join its types one by one.</summary>
internal sealed class SmartRequest
{
    private static readonly string[] Whole = ["Patient", "Observation", "Encounter", "Practitioner", "DiagnosticReport", "Coverage"];
    private readonly JsonNode row;

    internal SmartRequest(JsonNode row)
    {
        this.row = row;
        Pairs = [.. row["query"]?.AsArray().Select(static pair => ((string)pair![0]!, (string)pair[1]!)) ?? []];
        IsGranular = Name.Contains("Granular", StringComparison.Ordinal) || Name.Contains("Filter", StringComparison.Ordinal) || Name.Contains("Prefix", StringComparison.Ordinal) || Name.Contains("SpecificName", StringComparison.Ordinal);
        Literal = [.. Literals()];
        ByType = !IsGranular && (Pairs.Any(IsJoin) || IsWholeCompartment) ? [.. Types().Select(type => type == Search && Pairs.Any(static pair => pair.Name == "_id") ? Of(type, [.. Pairs.Where(static pair => pair.Name == "_id")]) : Ask(type))] : [];
    }

    /// <summary>Parameters of its searches.</summary>
    internal IReadOnlyList<(string Name, string Value)> Pairs { get; }

    /// <summary>The type searched; null = none.</summary>
    internal string? Search => (string?)row["search"];

    /// <summary>Whether its scopes hold search parameters, which is what it tests.</summary>
    internal bool IsGranular { get; }

    /// <summary>Whether it makes or changes a resource, too.</summary>
    internal bool IsChanging => Literal.Any(static target => target.Method != HttpMethod.Get);

    /// <summary>Whether its compartment is a professional's.</summary>
    internal bool IsOfProfessional => ((string?)row["compartmentPatient"])?.StartsWith("smart-practitioner-", StringComparison.Ordinal) == true;

    /// <summary>The client whose compartment it is; a professional's is here that of the client in it.</summary>
    internal string Patient => !IsOfProfessional && (string?)row["compartmentPatient"] is { } patient ? patient : "smart-patient-A";

    /// <summary>The requests as they stand.</summary>
    internal IReadOnlyList<SmartTarget> Literal { get; }

    /// <summary>Each type of a join or of a whole compartment by itself; none for a row whose scopes say by search parameters what may come, which the data do not tell.</summary>
    internal IReadOnlyList<SmartTarget> ByType { get; }

    private string Name => (string)row["name"]!;

    private bool IsWholeCompartment => Search is null && Pairs.Count == 0 && (Name.Contains("InThePatientCompartment", StringComparison.Ordinal) || Name.Contains("InTheirCompartment", StringComparison.Ordinal));

    private IEnumerable<SmartTarget> Literals() => (Search, Pairs) switch
    {
        (null, { Count: > 0 }) => [new SmartTarget(HttpMethod.Get, $"?{Query(Pairs)}")],
        (null, _) when row["scopes"] is null => [],
        (null, _) when Name.Contains("WhenCreating", StringComparison.Ordinal) => [new SmartTarget(HttpMethod.Post, "Patient")],
        (null, _) when Name.Contains("WhenUpdating", StringComparison.Ordinal) => [new SmartTarget(HttpMethod.Put, $"Patient/{Patient}")],
        (null, _) when Name.Contains("OtherCompartment", StringComparison.Ordinal) => [new SmartTarget(HttpMethod.Get, "Patient/smart-patient-B")],
        (null, _) when Name.Contains("ReadingPatient", StringComparison.Ordinal) => [Ask("Patient")],
        (null, _) => [new SmartTarget(HttpMethod.Get, $"Patient/{Patient}/*")],
        (var type, { Count: 0 }) => Name.Contains("WithUpdate", StringComparison.Ordinal) ? [Ask(type), new SmartTarget(HttpMethod.Put, $"Patient/{Patient}")] : [Ask(type)],
        (var type, _) when IsGranular && !Pairs.Any(IsJoin) => Pairs.Distinct().Select(pair => Of(type, [pair])),
        (var type, _) => Name.Contains("WithCreate", StringComparison.Ordinal) ? [Of(type, Pairs), new SmartTarget(HttpMethod.Post, "Patient")] : [Of(type, Pairs)],
    };

    /// <summary>A search; a client searched by id is read, as our door has it.</summary>
    private SmartTarget Of(string type, IReadOnlyList<(string Name, string Value)> pairs) => (type, pairs) switch
    {
        ("Patient", [("_id", var id)]) => new SmartTarget(HttpMethod.Get, $"Patient/{id}"),
        ("Patient", _) => new SmartTarget(HttpMethod.Get, $"Patient?{Query(pairs)}"),
        _ => new SmartTarget(HttpMethod.Get, $"{type}?patient={Patient}&{Query(pairs)}"),
    };

    private SmartTarget Ask(string type) => new(HttpMethod.Get, type == "Patient" ? $"Patient/{Patient}" : $"{type}?patient={Patient}");

    /// <summary>The type searched and those that its joins bring in, as far as the row's scopes go.</summary>
    private IEnumerable<string> Types()
    {
        var joined = Pairs.Where(IsJoin).SelectMany(static pair => (pair.Name.Split(':')[0], pair.Value.Split(':')[0]) switch
        {
            (_, "*") => Whole,
            ("_revinclude", var type) => [type],
            _ => pair.Value.Split(':')[^1] switch { "subject" or "beneficiary" => ["Patient"], "device" => ["Device"], "performer" => ["Practitioner"], _ => Array.Empty<string>() },
        });
        var scopes = row["scopes"]!.AsArray().Select(static scope => ((string)scope!).Split('/')[1].Split('.')[0]).ToArray();
        return (Search is { } type ? joined.Prepend(type) : Whole.Take(2)).Distinct().Where(one => one == Search || scopes.Contains("all", StringComparer.OrdinalIgnoreCase) || scopes.Contains(one));
    }

    private static bool IsJoin((string Name, string Value) pair) => pair.Name.Split(':')[0] is "_include" or "_revinclude";

    private static string Query(IReadOnlyList<(string Name, string Value)> pairs) => string.Join('&', pairs.Select(static pair => $"{pair.Name}={pair.Value}"));
}
