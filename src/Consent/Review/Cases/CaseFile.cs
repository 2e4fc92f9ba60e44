// A case as it is kept.
using System.Security.Cryptography;
using System.Text.Json;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Cases;

/// <summary>The case with what is never shown: whose request it is, and the salt that keeps its digest in the log from telling anything.</summary>
internal sealed record CaseFile<T>
    where T : ReviewCase
{
    public required T Case { get; init; }

    public ClientId? Client { get; init; }

    public required string Salt { get; init; }

    /// <summary>A file of a new case.</summary>
    public static CaseFile<T> Of(T opened, ClientId? client = null) => new() { Case = opened, Client = client, Salt = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Digest.Length)) };

    /// <summary>The bytes that are kept, sealed, and that the log commits to.</summary>
    public byte[] ToArray() => JsonSerializer.SerializeToUtf8Bytes(this, SisoteJson.Options);

    public static CaseFile<T> Read(byte[] bytes) => JsonSerializer.Deserialize<CaseFile<T>>(bytes, SisoteJson.Options) ?? throw new InvalidDataException("A case of review is empty.");
}

/// <summary>A case read from the database, with the digest of the bytes it was read from.</summary>
internal sealed record KeptCase<T>(CaseFile<T> File, Digest Digest)
    where T : ReviewCase
{
    public T Case => File.Case;
}
