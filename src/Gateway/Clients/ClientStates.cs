// What is on record about clients, as far as this gateway last heard.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Sisote.Doors.Consent;
using Sisote.Gateway.Recording;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Gateway.Clients;

/// <summary>A client's state, the national identifier where known, whether the consent service said so just now, and what commits to the state in the log.</summary>
internal sealed record KnownClient(ConsentState State, string? Identifier, bool IsFresh, InputsSeal Seal)
{
    internal ClientId Client => State.Client;
}

/// <summary>
/// States of clients. A kept state is a hint and nothing more: what is released on it is released only if the log's append finds its revision current (design.md 2), and what would
/// be refused on it is asked again first.
/// </summary>
internal sealed class ClientStates(ConsentApi consent, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);
    private readonly byte[] identifierKey = RandomNumberGenerator.GetBytes(32);
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    /// <summary>The client of a national identifier; null when the consent service cannot be asked.</summary>
    internal async Task<KnownClient?> FindAsync(Hetu identifier, CancellationToken cancellation) =>
        Kept(CacheKey(identifier.Reveal())) ?? (await AskAsync([identifier.Reveal()], [], cancellation))?[0];

    /// <summary>The client of a key; null when the consent service cannot be asked.</summary>
    internal async Task<KnownClient?> FindAsync(ClientId client, CancellationToken cancellation) =>
        Kept(client) ?? await RefreshAsync(client, cancellation);

    /// <summary>The state as it is now.</summary>
    internal async Task<KnownClient?> RefreshAsync(ClientId client, CancellationToken cancellation) => (await AskAsync([], [client], cancellation))?[0];

    /// <summary>The clients of national identifiers, in their order.</summary>
    internal async Task<ImmutableArray<KnownClient>?> AskAsync(ImmutableArray<string> identifiers, ImmutableArray<ClientId> clients, CancellationToken cancellation)
    {
        if (identifiers.IsEmpty && clients.IsEmpty)
        {
            return [];
        }

        var answer = await consent.AskStatesAsync(new ClientStateQuery { Identifiers = identifiers, Clients = clients }, cancellation);
        if (answer is null)
        {
            return null;
        }

        var found = answer.States.Select((row, place) => Keep(row, place < identifiers.Length ? identifiers[place] : row.Identifier ?? Kept(row.State.Client)?.Identifier)).ToImmutableArray();
        return clients.Where((client, place) => found[identifiers.Length + place].Client != client).Any() ? null : found;
    }

    public void Dispose() => kept.Dispose();

    private KnownClient? Kept(object key) => kept.TryGetValue(key, out KnownClient? known) ? known : null;

    private KnownClient Keep(ClientStateRow row, string? identifier)
    {
        var known = new KnownClient(row.State, identifier, IsFresh: true, new InputsSeal(row.CommitmentKey));
        var hint = known with { IsFresh = false };
        Put(row.State.Client, hint);
        if (identifier is not null)
        {
            Put(CacheKey(identifier), hint);
        }

        return known;
    }

    private void Put(object key, KnownClient hint)
    {
        using var entry = kept.CreateEntry(key);
        entry.Value = hint;
        entry.Size = 1;
        entry.AbsoluteExpiration = clock.GetUtcNow() + KeptFor;
    }

    private string CacheKey(string identifier) => Convert.ToBase64String(HMACSHA256.HashData(identifierKey, Encoding.UTF8.GetBytes(identifier)));
}
