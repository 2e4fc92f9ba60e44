// Tells whether a message is JSON that can be read in one way only.
using System.Buffers;
using System.Text.Json;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// The one check of JSON from outside before anything is read from it: valid UTF-8 without a byte order mark, RFC 8259 without leniency, no member twice, no escaped member
/// name, no lone surrogate, at most 64 levels. Two readers could disagree about anything else.
/// </summary>
internal static class StrictJson
{
    internal const int MaximumDepth = 64;

    internal const int MaximumMembers = 512;

    /// <summary>The framework's reader under the same limits, for those who read small messages of their own.</summary>
    internal static readonly JsonReaderOptions Options = new() { MaxDepth = MaximumDepth, CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false };

    internal static bool IsSound(ReadOnlyMemory<byte> json)
    {
        using var sound = new SoundJson();
        return sound.TryRead(json);
    }

    /// <summary>Checks a text and writes its rows into an array of the shared pool, a larger one if need be.</summary>
    /// <param name="json">The text.</param>
    /// <param name="guide">What is worth reading: where it leads, the check is strict; what it leaves out is only known to begin and end where it seems to.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="modifierExtensions">The rows of all values under that name.</param>
    internal static bool TryScan(ReadOnlySpan<byte> json, JsonGuide? guide, ref JsonRow[] rows, List<int> modifierExtensions)
    {
        if (json.IsEmpty || json[0] == 0xEF)
        {
            return false;
        }

        var words = ArrayPool<ulong>.Shared.Rent(JsonBits.WordsFor(json.Length));
        var bits = new JsonBits(json, words);
        var isSound = bits.TryFill(out var needsEverything);
        if (isSound)
        {
            var scan = new JsonScan(json, words, rows, modifierExtensions);
            isSound = scan.TryScan(guide is null || needsEverything ? JsonGuide.Everything : guide);
            rows = scan.Rows;
        }

        ArrayPool<ulong>.Shared.Return(words);
        return isSound;
    }
}
