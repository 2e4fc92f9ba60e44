// The handles of every recipient.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Handles;

/// <summary>Gives each recipient system its own handles, and each sender its idempotency keys.</summary>
internal sealed class HandleRing(HandleKey key)
{
    private readonly ConcurrentDictionary<SystemId, Handles> handles = new();
    private readonly byte[] idempotency = key.Derive("idempotency", string.Empty);

    internal Handles For(SystemId recipient) => handles.GetOrAdd(recipient, static (id, key) => new Handles(key, id), key);

    /// <summary>A name for one entry of one sender to one target: the same for a repeated key, unrelated for any other.</summary>
    internal Guid EntryName(SystemId sender, SystemId target, string callersKey, string use) =>
        new(HMACSHA256.HashData(idempotency, Encoding.UTF8.GetBytes($"{use}\n{sender}\n{target}\n{callersKey}")).AsSpan(0, 16));
}
