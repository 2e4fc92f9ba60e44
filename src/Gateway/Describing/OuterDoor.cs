// What is said of one outer door in the gateway's OpenAPI document.
using System.Collections.Immutable;

namespace Sisote.Gateway.Describing;

/// <summary>One method at one address.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The address as the document writes it, <c>/fhir/{system}/{type}</c>.</param>
/// <param name="Summary">What it is for.</param>
internal sealed record OuterDoor(string Method, string Path, string Summary)
{
    internal const string FhirJson = "application/fhir+json";
    internal const string Json = "application/json";
    internal const string Patch = "application/json-patch+json";
    internal const string Form = "application/x-www-form-urlencoded";
    internal const string Text = "text/plain";
    internal const string Binary = "application/octet-stream";

    /// <summary>The route that the gateway maps for it; several doors stand behind the routes of connected systems.</summary>
    internal string Route { get; init; } = Path;

    /// <summary>Whether anybody may come.</summary>
    internal bool IsOpen { get; init; }

    /// <summary>Good answers: status, media type (null = no body), schema (null = none), what it means.</summary>
    internal ImmutableArray<(int Status, string? Media, string? Schema, string What)> Answers { get; init; } = [];

    /// <summary>Names of the problems that it can answer.</summary>
    internal ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>The body: media type, schema, an example about nobody.</summary>
    internal (string Media, string Schema, string Example)? Body { get; init; }

    /// <summary>Parameters by name.</summary>
    internal ImmutableArray<OuterParameter> Parameters { get; init; } = [];

    /// <summary>Whether problems come as RFC 9457 documents and not as OperationOutcome.</summary>
    internal bool HasProblems => Path.StartsWith("/access/", StringComparison.Ordinal) || Path.StartsWith("/network/", StringComparison.Ordinal);
}

/// <summary>A parameter of an address, query or header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="Sample">A value about nobody.</param>
/// <param name="What">What it is.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record OuterParameter(string Name, string In, string Sample, string What, bool IsRequired = false);
