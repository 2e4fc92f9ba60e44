// Turns the place where a search goes on into a text that only the gateway can read.
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Replaying;

namespace Sisote.Gateway.Searching;

/// <summary>
/// Seals cursors with AES-256-GCM under a key of the recipient system alone. The seal covers who asked (system, professional, role, organisation, purpose), of which source and type, and the
/// catalogue and deployment: changed in a bit, in other hands, for another type or after another law a cursor is none. Its length depends on the question, on what was stated with it and on what was released, on nothing else.
/// </summary>
internal sealed class CursorSeal(HandleKey key, LegalCatalogue catalogue, Deployment deployment, GatewayOptions options, TimeProvider clock)
{
    /// <summary>More than the cursor of any search that the request reader accepts, and less than a request line may hold.</summary>
    internal const int Longest = 7500;

    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly string ground = $"{catalogue.Version}\n{DeploymentNarrowing.Of(deployment).Version()}";

    /// <summary>The text of a cursor, with what the asker stated where it fits.</summary>
    internal string Seal(Asker asker, string type, Cursor cursor)
    {
        var content = Write(cursor, [.. asker.Attestations.Select(static one => KeyValuePair.Create(one.Condition.Value, one.Reference))]);
        if (Base64Url.GetEncodedLength(NonceSize + content.Length + TagSize) > Longest)
        {
            content = Write(cursor, []);
        }

        var sealedText = new byte[NonceSize + content.Length + TagSize];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, NonceSize));
        using var aes = Open(asker);
        aes.Encrypt(sealedText.AsSpan(0, NonceSize), content, sealedText.AsSpan(NonceSize, content.Length), sealedText.AsSpan(NonceSize + content.Length), PlaceOf(asker, type));
        return Base64Url.EncodeToString(sealedText);
    }

    /// <summary>The cursor of a text; null where it is none for this caller, here and now, whatever the reason.</summary>
    internal Cursor? Read(Asker asker, string type, string text)
    {
        if (text.Length > Longest || !Base64Url.IsValid(text, out var length) || length < NonceSize + TagSize || Base64Url.DecodeFromChars(text) is not { } bytes || Base64Url.EncodeToString(bytes) != text)
        {
            return null;
        }

        var content = new byte[bytes.Length - NonceSize - TagSize];
        try
        {
            using var aes = Open(asker);
            aes.Decrypt(bytes.AsSpan(0, NonceSize), bytes.AsSpan(NonceSize, content.Length), bytes.AsSpan(NonceSize + content.Length), content, PlaceOf(asker, type));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        var (asked, selectors, words, keys, handle, stated) = JsonSerializer.Deserialize<Content>(content, UnescapedJson.Options)!;
        var cursor = new Cursor(
            new DateTimeOffset(long.Parse(asked, CultureInfo.InvariantCulture), TimeSpan.Zero),
            [.. words.Take(words.Length / 2).Zip(words.Skip(words.Length / 2), KeyValuePair.Create)],
            ulong.Parse(selectors, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            new Position([.. keys], handle)) { Stated = [.. stated ?? []] };
        return clock.GetUtcNow() - cursor.Asked < options.SearchLifetime ? cursor : null;
    }

    private static byte[] Write(Cursor cursor, KeyValuePair<string, string?>[] stated) => JsonSerializer.SerializeToUtf8Bytes(new Content(
        cursor.Asked.UtcTicks.ToString("D19", CultureInfo.InvariantCulture),
        cursor.Ground.ToString("x16", CultureInfo.InvariantCulture),
        [.. cursor.Words.Select(static word => word.Key), .. cursor.Words.Select(static word => word.Value)],
        [.. cursor.Position.Keys],
        cursor.Position.Handle,
        stated), UnescapedJson.Options);

    private AesGcm Open(Asker asker) => new(key.Derive("cursor", asker.System.Id.Value), TagSize);

    private byte[] PlaceOf(Asker asker, string type) => Encoding.UTF8.GetBytes(string.Join('\n', asker.System.Id, asker.Business.SubjectId, asker.Business.SubjectRole, asker.Business.OrganisationId, asker.Purpose, asker.Other.Id, type, ground));

    private sealed record Content(string Asked, string Ground, string[] Words, SortKey[] Keys, string Handle, KeyValuePair<string, string?>[]? Stated);
}
