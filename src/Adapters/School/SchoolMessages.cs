// The school's message box from the sender's side.
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.School;

/// <summary>A message to a teacher.</summary>
internal sealed record SchoolMessage
{
    [JsonPropertyName("ulkoinenTunniste")]
    public required string ExternalReference { get; init; }

    [JsonPropertyName("vastaanottaja")]
    public required string Teacher { get; init; }

    [JsonPropertyName("oppilas")]
    public required string Pupil { get; init; }

    [JsonPropertyName("aihe")]
    public required string Topic { get; init; }

    [JsonPropertyName("lahettaja")]
    public required SchoolMessageSender Sender { get; init; }

    [JsonPropertyName("jarjestelyt")]
    public required ImmutableArray<SchoolArrangement> Arrangements { get; init; }
}

/// <summary>Who writes.</summary>
internal sealed record SchoolMessageSender(
    [property: JsonPropertyName("organisaatio")] string Organisation,
    [property: JsonPropertyName("nimi")] string? Name,
    [property: JsonPropertyName("tehtava")] string Role);

/// <summary>An arrangement of teaching.</summary>
internal sealed record SchoolArrangement(
    [property: JsonPropertyName("koodi")] string Code,
    [property: JsonPropertyName("alkaa")] DateOnly? From,
    [property: JsonPropertyName("paattyy")] DateOnly? To);

/// <summary>The box's ids of what it took.</summary>
internal sealed record SchoolReceipt(
    [property: JsonPropertyName("viestiId"), JsonRequired] string Id,
    [property: JsonPropertyName("jarjestelyt"), JsonRequired] ImmutableArray<string> Arrangements);

/// <summary>Delivers messages; the same external reference again is the same message.</summary>
internal sealed class SchoolInboxHttpClient(Uri address, string keyFile, NativeHttpClient http)
{
    /// <summary>Delivers a message; the answer may be a refusal.</summary>
    public async Task<NativeAnswer> DeliverAsync(SchoolMessage message, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "viestit"));
        request.Headers.Add("X-Api-Key", await NativeSecret.ReadAsync(keyFile, cancellation));
        request.Content = JsonContent.Create(message, options: NativeJson.Options);
        await request.Content.LoadIntoBufferAsync(cancellation);
        return await http.SendAsync(request, cancellation);
    }
}
