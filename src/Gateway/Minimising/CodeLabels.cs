// The catalogue's own labels for codes, ready to be written.
using System.Text.Encodings.Web;
using System.Text.Json;
using Sisote.Policy.Catalogues;

namespace Sisote.Gateway.Minimising;

/// <summary>Displays that leave come from here: the label of the catalogue's code lists for a coding, never the source's text.</summary>
internal sealed class CodeLabels
{
    private readonly CodingMap<LocalisedText> labels;
    private readonly CodingMap<ReadyCoding> codings;

    internal CodeLabels(LegalCatalogue catalogue)
    {
        var all = catalogue.CodeLists.Values.SelectMany(static list => list.Codes.Select(code => (list.System, Code: code.Key, Label: code.Value)))
            .GroupBy(static coding => (coding.System, coding.Code)).Select(static group => group.First()).ToArray();
        labels = new CodingMap<LocalisedText>(all);
        codings = new CodingMap<ReadyCoding>(all.Where(static coding => ReadyCoding.CanLeave(coding.System, coding.Code)).Select(coding => (coding.System, coding.Code, Ready(coding.System, coding.Code))));
    }

    /// <summary>A coding with its label, or null where no code list knows it.</summary>
    internal ReadyCoding? Find(ReadOnlySpan<byte> system, ReadOnlySpan<byte> code) => codings.Find(system, code);

    /// <summary>A coding as it leaves.</summary>
    internal ReadyCoding Ready(string system, string code) => new(system, code, labels.Find(system, code)?.Fi);

    /// <summary>Whether a text is what the catalogue itself says for a coding, in any of its languages.</summary>
    internal bool Says(string system, string code, string text) =>
        labels.Find(system, code) is { } label && (label.Fi == text || label.Sv == text || label.En == text);
}

/// <summary>JSON whose texts keep their letters as they are.</summary>
internal static class UnescapedJson
{
    internal static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
