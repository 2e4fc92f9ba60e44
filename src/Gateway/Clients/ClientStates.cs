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
    /// <summary>The key by which the client was asked for, where another identity of the same person stands for it now.</summary>
    internal ClientId? AskedAs { get; init; }

    internal ClientId Client => State.Client;

    /// <summary>The key of the identity that was named: the same before a merge, after it, and when it is undone.</summary>
    internal ClientId Named => AskedAs ?? Client;
}

/// <summary>
/// States of clients. A kept state is a hint and nothing more: what is released on it is released only if the log's append finds its revision current (design.md 2), and what would
/// be refused on it is asked again first.
/// </summary>
internal sealed class ClientStates(ConsentApi consent, TimeProvider clock) : IDisposable
{
    private const int LargestQuestion = 1000; // what the consent service answers at once
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);
    private readonly byte[] identifierKey = RandomNumberGenerator.GetBytes(32);
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    /// <summary>The client of a national identifier; null when the consent service cannot be asked.</summary>
    internal async Task<KnownClient?> FindAsync(Hetu identifier, CancellationToken cancellation) =>
        Kept(CacheKey(identifier.Reveal())) ?? (await AskAsync([identifier.Reveal()], [], cancellation))?[0];

    /// <summary>The client of a key; null when the consent service cannot be asked.</summary>
    internal async Task<KnownClient?> FindAsync(ClientId client, CancellationToken cancellation) =>
        Kept(client) ?? await RefreshAsync(client, cancellation);

    /// <summary>The state as it is now. What is kept of a client is named in the question, and the answer says no more than that it still holds: so how much is on record shows in no time.</summary>
    internal async Task<KnownClient?> RefreshAsync(ClientId client, CancellationToken cancellation)
    {
        if (Kept(client) is not { } held)
        {
            return (await AskAsync([], [client], cancellation))?[0];
        }

        var question = new ClientStateRefresh { Client = client, Revision = held.State.Revision, AgreementsRevision = held.State.AgreementsRevision, KnowsIdentifier = held.Identifier is not null };
        return await consent.RefreshStateAsync(question, cancellation) switch
        {
            null => null,
            { Changed: { } row } => Keep(row, row.Identifier ?? (row.AskedAs is null ? held.Identifier : null)),
            _ => Keep(held with { IsFresh = true }),
        };
    }

    /// <summary>The clients of national identifiers, in their order.</summary>
    internal async Task<ImmutableArray<KnownClient>?> AskAsync(ImmutableArray<string> identifiers, ImmutableArray<ClientId> clients, CancellationToken cancellation)
    {
        if (identifiers.IsEmpty && clients.IsEmpty)
        {
            return [];
        }

        if (identifiers.Length + clients.Length > LargestQuestion)
        {
            return await AskInSlicesAsync(identifiers, clients, cancellation);
        }

        var answer = await consent.AskStatesAsync(new ClientStateQuery { Identifiers = identifiers, Clients = clients }, cancellation);
        if (answer is null)
        {
            return null;
        }

        var found = answer.States.Select((row, place) => Keep(row, place < identifiers.Length && row.AskedAs is null ? identifiers[place] : row.Identifier ?? Kept(row.State.Client)?.Identifier)).ToImmutableArray();
        return clients.Where((client, place) => found[identifiers.Length + place] is var one && client != one.Client && client != one.AskedAs).Any() ? null : found;
    }

    private async Task<ImmutableArray<KnownClient>?> AskInSlicesAsync(ImmutableArray<string> identifiers, ImmutableArray<ClientId> clients, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<KnownClient>(identifiers.Length + clients.Length);
        var questions = identifiers.Chunk(LargestQuestion).Select(static slice => (Identifiers: slice.ToImmutableArray(), Clients: ImmutableArray<ClientId>.Empty))
            .Concat(clients.Chunk(LargestQuestion).Select(static slice => (Identifiers: ImmutableArray<string>.Empty, Clients: slice.ToImmutableArray())));
        foreach (var question in questions)
        {
            if (await AskAsync(question.Identifiers, question.Clients, cancellation) is not { } slice)
            {
                return null;
            }

            found.AddRange(slice);
        }

        return found.ToImmutable();
    }

    /// <summary>Forgets a client.</summary>
    internal void Drop(ClientId client)
    {
        if (Kept(client) is { Identifier: { } identifier })
        {
            kept.Remove(CacheKey(identifier));
        }

        kept.Remove(client);
    }

    /// <summary>Forgets everybody.</summary>
    internal void DropAll() => kept.Clear();

    public void Dispose() => kept.Dispose();

    private KnownClient? Kept(object key) => kept.TryGetValue(key, out KnownClient? known) ? known : null;

    private KnownClient Keep(ClientStateRow row, string? identifier) => Keep(new KnownClient(row.State, identifier, IsFresh: true, new InputsSeal(row.CommitmentKey)) { AskedAs = row.AskedAs });

    private KnownClient Keep(KnownClient known)
    {
        var hint = known with { IsFresh = false, AskedAs = null };
        Put(known.Client, hint);
        if (known.Identifier is { } identifier)
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
