// The catalogue's own labels for codes, ready to be written.
using System.Collections.Frozen;
using System.Text.Json;
using Sisote.Policy.Catalogues;

namespace Sisote.Gateway.Minimising;

/// <summary>Displays that leave come from here: the label of the catalogue's code lists for a coding, never the source's text.</summary>
internal sealed class CodeLabels
{
    private readonly FrozenDictionary<(string System, string Code), Label> labels;

    internal CodeLabels(LegalCatalogue catalogue) => labels = catalogue.CodeLists.Values
        .SelectMany(static list => list.Codes.Select(code => KeyValuePair.Create((list.System, code.Key), code.Value)))
        .GroupBy(static pair => pair.Key)
        .ToFrozenDictionary(static group => group.Key, static group => new Label(group.First().Value));

    /// <summary>The label as a JSON string, or nothing where no code list knows the coding.</summary>
    internal ReadOnlySpan<byte> Find(string? system, string? code) =>
        system is not null && code is not null && labels.TryGetValue((system, code), out var label) ? label.Json : default;

    /// <summary>Whether a text is what the catalogue itself says for a coding, in any of its languages.</summary>
    internal bool Says(string system, string code, string text) =>
        labels.TryGetValue((system, code), out var label) && (label.Text.Fi == text || label.Text.Sv == text || label.Text.En == text);

    private sealed class Label(LocalisedText text)
    {
        internal LocalisedText Text { get; } = text;

        internal byte[] Json { get; } = JsonSerializer.SerializeToUtf8Bytes(text.Fi, UnescapedJson.Options);
    }
}

/// <summary>JSON whose texts keep their letters as they are.</summary>
internal static class UnescapedJson
{
    internal static readonly JsonSerializerOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
