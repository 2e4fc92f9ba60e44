// What a resource is sorted by.
using System.Text.Json;
using System.Text.Json.Serialization;
using Hl7.Fhir.Model;

namespace Sisote.Gateway.Searching;

/// <summary>A number or a text; neither where the resource has nothing to be sorted by.</summary>
internal readonly record struct SortKey([property: JsonPropertyName("n")] decimal? Number, [property: JsonPropertyName("t")] string? Text)
{
    private const int LongestText = 60;

    [JsonIgnore]
    internal bool IsMissing => Number is null && Text is null;

    internal int CompareTo(SortKey other) => Number is { } number && other.Number is { } otherNumber ? number.CompareTo(otherNumber) : string.CompareOrdinal(Text, other.Text);

    /// <summary>The smallest value of a parameter, or the greatest for a falling order (FHIR R4 3.1.1.5.2).</summary>
    internal static SortKey Of(SearchParameter parameter, bool isFalling, JsonElement resource)
    {
        var keys = parameter.ValuesIn(resource).SelectMany(value => KeysOf(parameter.Kind, isFalling, value)).ToList();
        return keys.Count == 0 ? default : isFalling ? keys.Aggregate(static (one, other) => one.CompareTo(other) >= 0 ? one : other) : keys.Aggregate(static (one, other) => one.CompareTo(other) <= 0 ? one : other);
    }

    private static IEnumerable<SortKey> KeysOf(SearchParamType kind, bool isFalling, FoundValue value) => kind switch
    {
        SearchParamType.Token => TokenTest.CodesIn(value).Select(static found => OfText(found.Code)),
        SearchParamType.String => TextTest.TextsIn(value).Select(static text => OfText(SearchText.Fold(text))),
        SearchParamType.Uri => value.Said is { } said ? [OfText(said)] : [],
        _ => SearchRange.Of(value) is { } range ? [new SortKey(isFalling ? range.To : range.From, null)] : [],
    };

    private static SortKey OfText(string text) => new(null, text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)]);
}

/// <summary>One parameter to sort by.</summary>
internal sealed record SortOrder(SearchParameter Parameter, bool IsFalling);
