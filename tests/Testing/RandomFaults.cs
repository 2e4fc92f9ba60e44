// Faults by chance, the same again from the same seed.
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sisote.Tests.Testing;

/// <summary>What a product is like that stands behind a line.</summary>
/// <param name="IsHttp">Whether it speaks HTTP; otherwise HL7 in MLLP frames.</param>
/// <param name="RecognisesKeys">Whether it recognises a message that comes twice; otherwise it takes that twice, and nothing can be done about it on the way.</param>
/// <param name="NamesEntries">Whether its answer says which entry it is about; one that does not is taken for that to the call it came for.</param>
/// <param name="IsAskedFirst">Whether it is asked for something before an entry is sent.</param>
public sealed record LineTarget(bool IsHttp, bool RecognisesKeys, bool NamesEntries, bool IsAskedFirst);

/// <summary>Says of each message what goes wrong with it: by the seed, by what the message says and by how often it came. So the same entry meets the same faults, whatever is sent beside it.</summary>
/// <param name="seed">The seed.</param>
/// <param name="target">Where messages go.</param>
public sealed class RandomFaults(int seed, LineTarget target)
{
    /// <summary>The environment variable of a run: <c>SEED</c>, or <c>SEED:ENTRIES</c> for a longer one.</summary>
    public const string Variable = "SISOTE_FAULTS";

    private const int Share = 1000;

    private static readonly LineFault[] OfHttpAlone = [LineFault.Busy, LineFault.Broken, LineFault.BrokenAfter, LineFault.WrongType];
    private readonly LineFault[] faults = [.. Enum.GetValues<LineFault>().Where(fault => fault is not (LineFault.None or LineFault.Slow) && (target.IsHttp || !OfHttpAlone.Contains(fault))
        && (target.RecognisesKeys || fault != LineFault.Duplicate) && (target.NamesEntries || fault != LineFault.OutOfOrder))];
    private readonly (int Slow, int Faulty) shares = target.IsAskedFirst ? (4, 180) : (8, 280);
    private readonly ConcurrentDictionary<string, int> came = new();

    /// <summary>How often each fault was met.</summary>
    public ConcurrentDictionary<LineFault, int> Met { get; } = new();

    /// <summary>The faults that a run of a thousand entries meets.</summary>
    public IEnumerable<LineFault> All => faults.Append(LineFault.Slow);

    /// <summary>Seed and number of entries of this run.</summary>
    public static (int Seed, int Entries) Setting()
    {
        var parts = (Environment.GetEnvironmentVariable(Variable) ?? string.Empty).Split(':');
        return (int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : RandomNumberGenerator.GetInt32(1_000_000),
            parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var entries) ? Math.Max(entries, Share) : Share);
    }

    /// <summary>A number that the seed and a text have in common with no other.</summary>
    public static uint Chance(int seed, string text) => BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{text}")));

    /// <summary>What goes wrong with a message.</summary>
    public LineFault Next(byte[] message)
    {
        var said = Convert.ToHexString(SHA256.HashData(Gist(message)));
        var chance = Chance(seed, $"{said}|{came.AddOrUpdate(said, 1, static (_, times) => times + 1)}");
        var fault = chance % Share < shares.Slow ? LineFault.Slow : chance % Share < shares.Faulty ? faults[(int)(chance / Share % (uint)faults.Length)] : LineFault.None;
        fault = fault == LineFault.OutOfOrder && IsQuestion(message) ? LineFault.None : fault;
        Met.AddOrUpdate(fault, 1, static (_, times) => times + 1);
        return fault;
    }

    /// <summary>Whether a message only asks; an empty answer to another question cannot be told from one's own.</summary>
    private static bool IsQuestion(byte[] message) =>
        Encoding.Latin1.GetString(message, 0, Array.IndexOf(message, (byte)'\r')) is var line && (line.StartsWith("GET ", StringComparison.Ordinal) || line.Contains("_search", StringComparison.Ordinal) || line.Contains("haku", StringComparison.Ordinal));

    /// <summary>What a message says whenever it is sent: without the headers of HTTP, without the times at the beginning of an HL7 message.</summary>
    private byte[] Gist(byte[] message)
    {
        var text = Encoding.Latin1.GetString(message);
        var body = text.IndexOf(target.IsHttp ? "\r\n\r\n" : "\rPID", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes((target.IsHttp ? text[..text.IndexOf('\r', StringComparison.Ordinal)] : string.Empty) + text[Math.Max(body, 0)..]);
    }
}
