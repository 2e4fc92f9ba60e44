// One value of a search parameter, and what it accepts.
using System.Text.Json;
using Hl7.Fhir.Model;
using Sisote.Gateway.Handles;

namespace Sisote.Gateway.Searching;

/// <summary>What one value of a parameter, between two commas, accepts.</summary>
internal abstract class SearchTest
{
    internal abstract bool Accepts(FoundValue value);

    /// <summary>Reads a value; null where the parameter takes no such value or modifier.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="modifier">The modifier, without those that turn a whole condition; null = none.</param>
    /// <param name="text">The value with its escapes.</param>
    /// <param name="asked">When the search was first asked.</param>
    internal static SearchTest? Read(SearchParameter parameter, string? modifier, string text, DateTimeOffset asked) => (parameter.Kind, modifier) switch
    {
        (SearchParamType.Token, null) => TokenTest.Read(parameter, text),
        (SearchParamType.String, null or "exact" or "contains") => TextTest.Read(modifier, text),
        (SearchParamType.Uri, null) => SearchText.Unescape(text) is { Length: > 0 } address ? new AddressTest(address) : null,
        (SearchParamType.Reference, null) => ReferenceTest.Read(parameter, text),
        (SearchParamType.Date, null) => RangeTest.ReadDate(text, asked),
        (SearchParamType.Number, null) => RangeTest.ReadNumber(text),
        (SearchParamType.Quantity, null) => RangeTest.ReadQuantity(text),
        _ => null,
    };
}

/// <summary>A code: <c>code</c> of any system, <c>system|code</c>, <c>|code</c> of no system, <c>system|</c> any of a system.</summary>
internal sealed class TokenTest : SearchTest
{
    private readonly string? system;
    private readonly string? code;

    private TokenTest(string? system, string? code) => (this.system, this.code) = (system, code);

    internal static TokenTest? Read(SearchParameter parameter, string text)
    {
        var parts = SearchText.Split(text, '|').ConvertAll(SearchText.Unescape);
        return parts switch
        {
            [{ Length: > 0 } code] => new TokenTest(null, code),
            [{ } system, { Length: > 0 } code] when system.Length == 0 || parameter.HasSystems => new TokenTest(system, code),
            [{ Length: > 0 } system, { Length: 0 }] when parameter.HasSystems => new TokenTest(system, null),
            _ => null,
        };
    }

    /// <summary>Systems are compared to the letter; codes without case, for want of knowing better (FHIR R4 3.1.1.4.8).</summary>
    internal override bool Accepts(FoundValue value) => CodesIn(value).Any(found =>
        (system is null || system == (found.System ?? string.Empty)) && (code is null || string.Equals(code, found.Code, StringComparison.OrdinalIgnoreCase)));

    internal static IEnumerable<(string? System, string Code)> CodesIn(FoundValue value) => value.Type switch
    {
        "CodeableConcept" when value.Json.ValueKind == JsonValueKind.Object && value.Json.TryGetProperty("coding", out var codings) && codings.ValueKind == JsonValueKind.Array =>
            codings.EnumerateArray().SelectMany(static coding => CodesIn(new FoundValue(coding, "Coding"))),
        "CodeableConcept" => [],
        "Coding" => value.Text("code") is { } code ? [(value.Text("system"), code)] : [],
        "Identifier" => value.Text("value") is { } code ? [(value.Text("system"), code)] : [],
        "ContactPoint" => value.Text("value") is { } contact ? [(null, contact)] : [],
        _ => value.Said is { } said ? [(null, said)] : [],
    };
}

/// <summary>The beginning of a text, a part of it, or exactly it.</summary>
internal sealed class TextTest : SearchTest
{
    private static readonly string[] NameParts = ["family", "given", "prefix", "suffix", "text"];
    private static readonly string[] AddressParts = ["line", "city", "district", "state", "postalCode", "country", "text"];

    private readonly string? modifier;
    private readonly string wanted;

    private TextTest(string? modifier, string wanted) => (this.modifier, this.wanted) = (modifier, wanted);

    internal static TextTest? Read(string? modifier, string text) =>
        SearchText.Unescape(text) is { Length: > 0 } said ? new TextTest(modifier, modifier == "exact" ? said : SearchText.Fold(said)) : null;

    internal override bool Accepts(FoundValue value) => TextsIn(value).Any(text => modifier switch
    {
        "exact" => text == wanted,
        "contains" => SearchText.Fold(text).Contains(wanted, StringComparison.Ordinal),
        _ => SearchText.Fold(text).StartsWith(wanted, StringComparison.Ordinal),
    });

    internal static IEnumerable<string> TextsIn(FoundValue value) => value.Type switch
    {
        "HumanName" => Parts(value, NameParts),
        "Address" => Parts(value, AddressParts),
        _ => value.Said is { } said ? [said] : [],
    };

    private static IEnumerable<string> Parts(FoundValue value, string[] names)
    {
        if (value.Json.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        return value.Json.EnumerateObject().Where(member => names.Contains(member.Name))
            .SelectMany(static member => member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray() : Enumerable.Repeat(member.Value, 1))
            .Select(static part => new FoundValue(part, "string").Said).OfType<string>();
    }
}

/// <summary>An address, letter by letter.</summary>
internal sealed class AddressTest(string address) : SearchTest
{
    internal override bool Accepts(FoundValue value) => value.Said == address;
}

/// <summary>A reference by handle, with or without its type; a canonical one by address, with or without its version.</summary>
internal sealed class ReferenceTest : SearchTest
{
    private readonly string target;

    private ReferenceTest(string target) => this.target = target;

    internal static ReferenceTest? Read(SearchParameter parameter, string text) => SearchText.Unescape(text) switch
    {
        { Length: > 0 } said when !parameter.Elements.Any(static element => element.Type == "Reference") => new ReferenceTest(said),
        { Length: > 0 } said when said.Split('/') is [.., var handle] parts && parts.Length <= 2 && handle.Length == HandleText.Length => new ReferenceTest(said),
        _ => null,
    };

    internal override bool Accepts(FoundValue value) => (value.Type == "Reference" ? value.Text("reference") : value.Said) is { } found
        && (found == target || (value.Type == "Reference" ? found.Split('/')[^1] : found.Split('|')[0]) == target);
}
