// Breaks a text in the ways in which texts are broken, by chance and by intent.
using System.Text;
using CsCheck;

namespace Sisote.Tests.Gateway.Minimising;

/// <summary>Mutated texts: bytes changed, cut out, doubled or moved, and pieces put in that make trouble for readers of JSON and FHIR.</summary>
internal static class Mutations
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"", "\\", "{", "}", "[", "]", ",", ":", "{}", "[]", "null", "NaN", "-Infinity", "1e400", "01", "1.", "+1", "0x10", "'", "//", "/**/", "\\u0000", "\\ud800", "\\udc00\\ud800", "\\u00e4", "\\x", "\\\"",
            "\"modifierExtension\":[]", "\"modifierExtensio\\u006e\":[]", "\"extension\":[{\"url\":\"x\"}],", "\"contained\":[{\"modifierExtension\":[]}],", "\"code\":\"x\",", "\"status\":\"active\",", "\"status\":1,",
            "\"system\":\"http://loinc.org\",", "\"subject\":{\"reference\":\"Patient/p1\"},", "\"meta\":{\"security\":[{\"code\":\"PSY\"}]},", "\"meta\":{\"security\":{\"code\":\"N\"}},", "\"_status\":{},", "\"display\":\"x\",",
            "\"id\":\"a\",", "\"resourceType\":\"Patient\",", "\u00e4", "\ud83d\ude00", "\t", "\r\n", "  ", "\uFEFF", "true", "false", "|", "<div>",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC3], [0xED, 0xA0, 0x80], [0xF5], [0x00], [0x1F], [0x7F], [0xC0, 0xAF],
    ];

    internal static Gen<byte[]> Of(IReadOnlyList<byte[]> seeds) =>
        Gen.Select(Gen.Int[0, seeds.Count - 1], Gen.Int[0, seeds.Count - 1], Gen.Int[0, int.MaxValue].Array[0, 16])
            .Select((one, other, choices) => Apply(seeds[one], seeds[other], choices));

    /// <summary>The seed, broken once for every four choices.</summary>
    internal static byte[] Apply(byte[] seed, byte[] other, int[] choices)
    {
        var text = seed.ToList();
        for (var i = 0; i + 3 < choices.Length; i += 4)
        {
            var (place, length) = (choices[i + 1] % (text.Count + 1), 1 + (choices[i + 2] % 24));
            length = Math.Min(length, text.Count - place);
            switch (choices[i] % 8)
            {
                case 0 when length > 0:
                    text[place] = (byte)choices[i + 3];
                    break;
                case 1:
                    text.RemoveRange(place, length);
                    break;
                case 2:
                    text.InsertRange(choices[i + 3] % (text.Count + 1), text.GetRange(place, length));
                    break;
                case 3:
                    var from = choices[i + 3] % other.Length;
                    text.InsertRange(place, other[from..Math.Min(other.Length, from + length)]);
                    break;
                default:
                    text.InsertRange(AtToken(text, place, choices[i] / 8 % 3), Pieces[choices[i + 3] % Pieces.Length]);
                    break;
            }
        }

        return [.. text];
    }

    /// <summary>Some places are worth more than others: behind a bracket or a comma a whole member fits.</summary>
    private static int AtToken(List<byte> text, int place, int how)
    {
        var token = how switch
        {
            0 => text.FindIndex(place, static one => one is (byte)'{'),
            1 => text.FindIndex(place, static one => one is (byte)',' or (byte)'['),
            _ => -1,
        };
        return token < 0 ? place : token + 1;
    }
}
