// Inspects an entry, decides on it and puts the intent on record before anything is sent.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Requests;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Entries;

/// <summary>The write path up to the forwarder, in the order in which it happens: read, hold against the law, find the client, decide, record the intent, write the request anew.</summary>
internal sealed class WritePreparation(EntryReader reader, EntryDrafting drafting, ClientStates states, WriteDecision decision, Beginnings beginnings, HandleRing ring)
{
    internal const string IdempotencyHeader = "Idempotency-Key";

    internal Task<Prepared> PrepareAsync(Call call, Interaction interaction, string? callersKey, IReadOnlyList<(Direction, Sight)> sights, CancellationToken cancellation) =>
        PrepareAsync(call, new EntryOrigin(interaction, callersKey, null), sights, cancellation);

    /// <summary>The same way for every attempt: one that waited is read, held against the law and decided on as if it came now.</summary>
    internal async Task<Prepared> PrepareAsync(Call call, EntryOrigin origin, IReadOnlyList<(Direction, Sight)> sights, CancellationToken cancellation)
    {
        var (interaction, callersKey, _) = origin;
        if (callersKey is not null && !IsKey(callersKey))
        {
            return new Prepared.Answer(Refusal.Malformed);
        }

        var (resources, unreadable) = reader.Read(interaction);
        if (resources is null)
        {
            return new Prepared.Answer(unreadable!);
        }

        var (handles, target) = (ring.For(call.Asker.System.Id), call.Asker.Other.Id);
        var names = resources.Select(static (resource, place) => (resource.FullUrl, place)).Where(static pair => pair.FullUrl is not null)
            .ToDictionary(static pair => pair.FullUrl!, pair => NameOf(call, callersKey, pair.place), StringComparer.Ordinal);
        var anyone = new WriteRelinker(handles, target, null, string.Empty, names);
        var (draft, unlawful) = drafting.Draft(resources, sights, anyone.CanLink);
        if (draft is null)
        {
            return await decision.RefuseByLawAsync(call, unlawful!);
        }

        if (beginnings.FindUnclear(draft) is { } unclear)
        {
            return await decision.RefuseByLawAsync(call, unclear);
        }

        var named = EntryClient.Find(resources, handles);
        if (named is (null, null))
        {
            return await decision.RefuseByLawAsync(call, Refusal.NotAPerson);
        }

        var (isReachable, known) = await EntryClient.AskAsync(named, states, cancellation);
        if (!isReachable)
        {
            return new Prepared.Answer(Refusal.LogDown);
        }

        if (known is not { Identifier: { } identifier })
        {
            // a client of a handle who is known no longer looks like one for whom nothing is permitted
            return known is null ? await decision.RefuseByLawAsync(call, Refusal.NotAPerson) : await decision.RefuseForgottenAsync(call, origin, known);
        }

        var links = new WriteRelinker(handles, target, known.Client, identifier, names);
        if (drafting.FindForeign(draft, links.CanLink) is { } foreign)
        {
            return await decision.RefuseByLawAsync(call, foreign);
        }

        if (drafting.Rewrite(draft, links, identifier) is not { } bodies)
        {
            return await decision.RefuseByLawAsync(call, Refusal.Incomplete);
        }

        var entry = new PreparedEntry(draft, known, bodies, [.. resources.Select(resource => resource.FullUrl is { } url ? names[url] : null)], interaction is Interaction.Transaction, callersKey) { Origin = origin };
        return await decision.DecideAsync(call, entry, links, cancellation);
    }

    internal static bool IsKey(string key) => key.Length is > 0 and <= 64 && key.All(static c => c is > ' ' and <= '~');

    private string NameOf(Call call, string? callersKey, int place) =>
        $"urn:uuid:{ring.EntryName(call.Asker.System.Id, call.Asker.Other.Id, callersKey ?? call.CorrelationId, $"resource-{place}")}";
}
