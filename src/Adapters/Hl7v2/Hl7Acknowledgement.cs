// Acknowledgements, both ways.
namespace Sisote.Adapters.Hl7v2;

/// <summary>The code of MSA-1 (table 0008), application level.</summary>
internal enum Hl7AckCode
{
    /// <summary>AA: accepted.</summary>
    Accepted,

    /// <summary>AE: understood, not accepted.</summary>
    Error,

    /// <summary>AR: not a message that this door takes.</summary>
    Rejected,
}

/// <summary>Builds and reads acknowledgements.</summary>
internal static class Hl7Acknowledgement
{
    private const int MaxText = 200;

    /// <summary>The acknowledgement of a message.</summary>
    /// <param name="request">The message.</param>
    /// <param name="code">Accepted or not.</param>
    /// <param name="text">Plain words for the sender's operator, MSA-3; never a value of the message.</param>
    /// <param name="at">Now.</param>
    public static byte[] Write(Hl7Message request, Hl7AckCode code, string? text, DateTimeOffset at)
    {
        var header = request.Header;
        var writer = new Hl7Writer(
            new Hl7Address(header.Get(5), header.Get(6)),
            new Hl7Address(header.Get(3), header.Get(4)),
            $"ACK^{request.Trigger}^ACK",
            Guid.CreateVersion7().ToString("N")[12..],
            at);
        writer.Segment("MSA").Put(1, Code(code)).Put(2, request.ControlId).Put(3, text is { Length: > MaxText } ? text[..MaxText] : text).End();
        return writer.ToBytes();
    }

    /// <summary>The rejection of bytes that are no message: there is no control id to name.</summary>
    public static byte[] Reject(string text, DateTimeOffset at)
    {
        var writer = new Hl7Writer(default, default, "ACK", Guid.CreateVersion7().ToString("N")[12..], at);
        writer.Segment("MSA").Put(1, "AR").Put(2, string.Empty).Put(3, text).End();
        return writer.ToBytes();
    }

    /// <summary>Reads the answer to a message; null where the bytes are no acknowledgement of it.</summary>
    public static (Hl7AckCode Code, string Text)? Read(ReadOnlySpan<byte> bytes, string controlId)
    {
        if (Hl7Parser.Parse(bytes) is not Hl7Reading.Read(var message) || message.Code != "ACK" || message.First("MSA") is not { } msa || msa.Get(2) != controlId)
        {
            return null;
        }

        return msa.Get(1) switch
        {
            "AA" or "CA" => (Hl7AckCode.Accepted, msa.Get(3)),
            "AE" or "CE" => (Hl7AckCode.Error, msa.Get(3)),
            "AR" or "CR" => (Hl7AckCode.Rejected, msa.Get(3)),
            _ => null,
        };
    }

    private static string Code(Hl7AckCode code) => code switch
    {
        Hl7AckCode.Accepted => "AA",
        Hl7AckCode.Error => "AE",
        Hl7AckCode.Rejected => "AR",
        _ => throw new ArgumentOutOfRangeException(nameof(code)),
    };
}
