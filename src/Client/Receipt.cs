// The log's signed promise that a disclosure is on record.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sisote.Client;

/// <summary>A receipt (docs/log-format.md): keep <see cref="Text"/> with the data; whoever has the log's public key can check it, offline and years later.</summary>
public sealed partial record Receipt
{
    private const string Domain = "sisote.fi/log-receipt/v1";
    private const int KeyIdLength = 4;
    private const int SignatureLength = 64;

    private readonly string signedText;
    private readonly byte[] signature;

    private Receipt(string text, Match parts, byte[] signature)
    {
        (Text, this.signature) = (text, signature);
        (Origin, EntryId) = (parts.Groups["origin"].Value, parts.Groups["entry"].Value);
        Index = long.Parse(parts.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        Time = DateTimeOffset.Parse(parts.Groups["time"].ValueSpan, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        signedText = $"{Domain}\norigin {Origin}\nindex {parts.Groups["index"].Value}\nleaf {parts.Groups["leaf"].Value}\ntime {parts.Groups["time"].Value}\nentry {EntryId}\n";
    }

    /// <summary>The receipt as it travels in the header <c>Sisote-Receipt</c>.</summary>
    public string Text { get; }

    /// <summary>Which log.</summary>
    public string Origin { get; }

    /// <summary>Place of the entry in the log.</summary>
    public long Index { get; }

    /// <summary>Id of the entry.</summary>
    public string EntryId { get; }

    /// <summary>When the log took it in.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Reads a receipt; false for anything of another form. Its signature is checked by <see cref="IsSignedBy"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Receipt? receipt)
    {
        receipt = null;
        if (text is not { Length: <= 1024 } || Shape().Match(text) is not { Success: true } parts
            || !DateTimeOffset.TryParse(parts.Groups["time"].ValueSpan, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            return false;
        }

        var bytes = new byte[KeyIdLength + SignatureLength + 2];
        if (!Convert.TryFromBase64String(parts.Groups["sig"].Value, bytes, out var length) || length != KeyIdLength + SignatureLength)
        {
            return false;
        }

        receipt = new Receipt(text, parts, bytes[..length]);
        return true;
    }

    /// <summary>Whether the holder of this key signed exactly this. Nothing is called.</summary>
    public bool IsSignedBy(LogKey log) =>
        log.Name == Origin && log.Id == BinaryPrimitives.ReadUInt32BigEndian(signature) && log.Verify(Encoding.ASCII.GetBytes(signedText), signature.AsSpan(KeyIdLength));

    /// <inheritdoc />
    public bool Equals(Receipt? other) => other?.Text == Text;

    /// <inheritdoc />
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Text;

    [GeneratedRegex("""
        \Aorigin="(?<origin>[!#-\[\]-~]+)", index=(?<index>0|[1-9][0-9]{0,15}), leaf=:(?<leaf>[A-Za-z0-9+/]{43}=):, time="(?<time>[0-9TZ:.\-]+)", entry="(?<entry>[!#-\[\]-~]+)", sig=:(?<sig>[A-Za-z0-9+/=]+):\z
        """, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
