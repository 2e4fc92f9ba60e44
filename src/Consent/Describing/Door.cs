// What is said of one door in the room's OpenAPI document.
using System.Collections.Immutable;

namespace Sisote.Consent.Describing;

/// <summary>One endpoint: what it is for, what it answers when all is well, and the names of the problems that it can answer.</summary>
/// <param name="Key">Method and route, for example <c>GET /log/{index}</c>.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Answer">What it answers; null where that is no JSON of ours.</param>
internal sealed record Door(string Key, string Summary, Type? Answer)
{
    public const string Json = "application/json";
    public const string FhirJson = "application/fhir+json";
    public const string Lines = "application/jsonl";
    public const string Text = "text/plain";

    private static readonly string[] OfReading = ["store-unavailable"];
    private static readonly string[] OfWriting = ["store-unavailable", "log-unavailable", "log-busy"];

    /// <summary>Statuses of a good answer.</summary>
    public ImmutableArray<int> Statuses { get; init; } = [200];

    /// <summary>Media type of the answer.</summary>
    public string Media { get; init; } = Json;

    /// <summary>Names of problems.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>Parameters of the address that the handler reads itself, each with a value that it takes.</summary>
    public ImmutableArray<(string Name, string Sample)> Query { get; init; } = [];

    /// <summary>A body that the handler reads itself: its media type; null where the framework reads it, or there is none.</summary>
    public string? Body { get; init; }

    /// <summary>An example of the body, without anybody's data; null = none.</summary>
    public string? Example { get; init; }

    /// <summary>Whether problems come as OperationOutcome.</summary>
    public bool IsFhir => Key.Contains(" /fhir/", StringComparison.Ordinal);

    /// <summary>A door that only looks at the database.</summary>
    public static Door Reads<T>(string key, string summary, params ReadOnlySpan<string> problems) => new(key, summary, typeof(T)) { Problems = [.. problems, .. OfReading] };

    /// <summary>A door that leaves an entry in the log, if only of a look.</summary>
    public static Door Records<T>(string key, string summary, params ReadOnlySpan<string> problems) => new(key, summary, typeof(T)) { Problems = [.. problems, .. OfWriting] };

    /// <summary>A door that records and answers something else than JSON of ours.</summary>
    public static Door Gives(string key, string summary, string media, params ReadOnlySpan<string> problems) => new(key, summary, null) { Media = media, Problems = [.. problems, .. OfWriting] };

    /// <summary>A door that changes something and answers nothing.</summary>
    public static Door Takes(string key, string summary, params ReadOnlySpan<string> problems) => new(key, summary, null) { Statuses = [204], Problems = [.. problems, .. OfWriting] };
}
