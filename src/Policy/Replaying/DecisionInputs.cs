// What a decision used beside what its record says.
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Policy.Replaying;

/// <summary>The client's state and the labels of documents, as one decision used them. Together with the record in the log it is all that a replay needs.</summary>
/// <remarks>It holds what is on record about a person, so it is kept sealed, apart from the log; the record commits to it. Two decisions on the same state and labels have the same bytes.</remarks>
public sealed record DecisionInputs
{
    /// <summary>The state.</summary>
    public required ConsentState State { get; init; }

    /// <summary>Whether one refused item refuses the whole request.</summary>
    public bool Atomic { get; init; }

    /// <summary>Whether an organisation or system asked in its own name: the record names the person behind the call, the decision did not count on one.</summary>
    public bool Impersonal { get; init; }

    /// <summary>Labels of the document that the request itself was about (an entry that was sent).</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>Labels on the source documents of single items.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Tags { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Labels of documents that the source answered with and that were decided on anew, one list for each different set, in the order in which they were met.</summary>
    public ImmutableArray<ImmutableArray<string>> Documents { get; init; } = [];

    /// <summary>The bytes that are kept.</summary>
    public byte[] ToArray() => JsonSerializer.SerializeToUtf8Bytes(this, ReplayJson.Options);

    /// <summary>The salt of the commitment: keyed, so that nobody without the client's key can try out states; the same for the same bytes, so that a state is kept once.</summary>
    public static byte[] SaltOf(ReadOnlySpan<byte> clientKey, ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(clientKey, bytes);

    /// <summary>Reads bytes of <see cref="ToArray"/>; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DecisionInputs? inputs)
    {
        try
        {
            inputs = JsonSerializer.Deserialize<DecisionInputs>(bytes, ReplayJson.Options);
        }
        catch (JsonException)
        {
            inputs = null;
        }

        inputs = inputs is not null && inputs.Tags.Keys.All(static item => DataItemId.TryParse(item, out _)) ? inputs : null;
        return inputs is not null;
    }

    internal ImmutableDictionary<DataItemId, ImmutableArray<string>> TagsByItem() => Tags.ToImmutableDictionary(static pair => DataItemId.Parse(pair.Key), static pair => pair.Value);
}
