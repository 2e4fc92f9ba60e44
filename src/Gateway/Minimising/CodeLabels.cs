// The catalogue's own labels for codes, ready to be written.
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sisote.Policy.Catalogues;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// All codings that the catalogue names, in code lists and filters. Displays that leave come from here: the label of the catalogue's code lists for a coding, never the source's text.
/// </summary>
internal sealed class CodeLabels
{
    private readonly CodingMap<LocalisedText> labels;
    private readonly CodingMap<ReadyCoding> codings;
    private readonly ImmutableArray<ReadyCoding> numbered;

    internal CodeLabels(LegalCatalogue catalogue)
    {
        var listed = catalogue.CodeLists.Values.SelectMany(static list => list.Codes.Select(code => (list.System, Code: code.Key, Label: code.Value)))
            .GroupBy(static coding => (coding.System, coding.Code)).Select(static group => group.First()).ToArray();
        labels = new CodingMap<LocalisedText>(listed);
        var filtered = catalogue.Items.Values.SelectMany(static item => item.Selectors).SelectMany(static selector => selector.Filters)
            .SelectMany(static filter => filter.Codes.Select(code => (filter.System, Code: code)));
        numbered = [.. listed.Select(static coding => (coding.System, coding.Code)).Union(filtered).Where(static coding => ReadyCoding.CanLeave(coding.System, coding.Code))
            .Select((coding, place) => new ReadyCoding(place + 1, coding.System, coding.Code, labels.Find(coding.System, coding.Code)?.Fi))];
        codings = new CodingMap<ReadyCoding>(numbered.Select(static coding => (coding.System, coding.Code, coding)));
    }

    /// <summary>A coding of the catalogue that has the shape to leave; null = any other.</summary>
    internal ReadyCoding? Find(ReadOnlySpan<byte> system, ReadOnlySpan<byte> code) => codings.Find(system, code);

    /// <inheritdoc cref="Find(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    internal ReadyCoding? Find(string system, string code) => codings.Find(system, code);

    /// <summary>A coding by its number.</summary>
    internal ReadyCoding Of(int number) => numbered[number - 1];

    /// <summary>Whether a text is what the catalogue itself says for a coding, in any of its languages.</summary>
    internal bool Says(string system, string code, string text) =>
        labels.Find(system, code) is { } label && (label.Fi == text || label.Sv == text || label.En == text);
}

/// <summary>JSON whose texts keep their letters as they are.</summary>
internal static class UnescapedJson
{
    internal static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
