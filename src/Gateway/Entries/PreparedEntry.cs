// An entry that waits for its decision.
using System.Collections.Immutable;
using System.Text;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Requests;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Entries;

/// <summary>An inspected and rewritten entry with its client.</summary>
/// <param name="Draft">What it carries.</param>
/// <param name="Known">Whose it is.</param>
/// <param name="Bodies">Its resources as the target will get them.</param>
/// <param name="Names">Their names within the entry, where they have one.</param>
/// <param name="IsTransaction">Whether it came and goes as a transaction.</param>
/// <param name="CallersKey">The sender's own idempotency key, where one was given.</param>
internal sealed record PreparedEntry(EntryDraft Draft, KnownClient Known, List<byte[]> Bodies, ImmutableArray<string?> Names, bool IsTransaction, string? CallersKey)
{
    /// <summary>The step of a task that it is; null for new resources.</summary>
    internal PreparedStep? Step { get; init; }

    /// <summary>What it can be written anew from when it has to wait; null where it does not wait.</summary>
    internal EntryOrigin? Origin { get; init; }

    /// <summary>The body that the target gets.</summary>
    internal byte[] MakeBody()
    {
        if (!IsTransaction)
        {
            return Bodies[0];
        }

        using var output = new PooledBytes();
        output.Add("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["u8);
        for (var i = 0; i < Bodies.Count; i++)
        {
            output.Add(i > 0 ? ",{"u8 : "{"u8);
            if (Names[i] is { } name)
            {
                output.Add(Encoding.ASCII.GetBytes($"\"fullUrl\":\"{name}\","));
            }

            output.Add("\"resource\":"u8);
            output.Add(Bodies[i]);
            output.Add(",\"request\":{\"method\":\"POST\",\"url\":\""u8);
            output.Add(Encoding.ASCII.GetBytes(Draft.Resources[i].Shape.Name));
            output.Add("\"}}"u8);
        }

        output.Add("]}"u8);
        return output.Written.ToArray();
    }
}

/// <summary>An entry as it was sent.</summary>
/// <param name="Interaction">The create or transaction.</param>
/// <param name="CallersKey">The sender's own idempotency key, where one was given.</param>
/// <param name="DeliveryKey">The key under which the target knows it; null before its first attempt.</param>
internal sealed record EntryOrigin(Interaction Interaction, string? CallersKey, string? DeliveryKey);

/// <summary>An entry that may not go, or not again, and may wait already under the key with which its sender sends it.</summary>
/// <param name="Origin">As it was sent, with the key under which it would wait.</param>
/// <param name="Client">Whose it is.</param>
/// <param name="Sender">The system that sent it.</param>
/// <param name="Target">Where it would go.</param>
internal sealed record Repetition(EntryOrigin Origin, ClientId Client, SystemId Sender, SystemId Target);
