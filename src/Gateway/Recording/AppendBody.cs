// The bytes of an append on their way to the log.
using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;

namespace Sisote.Gateway.Recording;

/// <summary>Writes an <see cref="AppendItem"/> as soon as it is known, by whoever waits for it; the sender only joins what is written to an <see cref="AppendRequest"/>.</summary>
internal static class AppendBody
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private static ReadOnlySpan<byte> Before => "{\"entries\":["u8;

    private static ReadOnlySpan<byte> After => "]}"u8;

    /// <summary>One item; the entry in its canonical form.</summary>
    /// <exception cref="FormatException">Something in the entry has no canonical form.</exception>
    internal static ReadOnlyMemory<byte> Of(AppendItem item)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WritePropertyName("entry"u8);
            json.WriteRawValue(CanonicalForm.Write(item.Entry), skipInputValidation: true);
            Write(json, "together", item.Together);
            Write(json, "expect", item.Expect);
            Write(json, "begins", item.Begins);
            Write(json, "moves", item.Moves);
            Write(json, "inputs", item.Inputs);
            Write(json, "clientIdentifier", item.ClientIdentifier);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The body of a call.</summary>
    internal static HttpContent Of(IReadOnlyCollection<ReadOnlyMemory<byte>> items)
    {
        var body = new byte[Before.Length + items.Sum(static item => item.Length + 1) - 1 + After.Length];
        Before.CopyTo(body);
        var at = Before.Length;
        foreach (var item in items)
        {
            if (at > Before.Length)
            {
                body[at++] = (byte)',';
            }

            item.Span.CopyTo(body.AsSpan(at));
            at += item.Length;
        }

        After.CopyTo(body.AsSpan(at));
        return new ByteArrayContent(body) { Headers = { ContentType = Json } };
    }

    private static void Write<T>(Utf8JsonWriter json, string name, T? value)
        where T : class
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, SisoteJson.Options);
        }
    }
}
