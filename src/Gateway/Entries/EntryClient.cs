// Whose entry it is.
using Sisote.Gateway.Clients;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Entries;

/// <summary>Finds the one client whom all resources of an entry name: by national identifier, by the sender's handle, or through the Patient of the same entry.</summary>
internal static class EntryClient
{
    /// <summary>The identifier or key of the client; both null where the entry names none or more than one.</summary>
    internal static (Hetu? Identifier, ClientId? Client) Find(IReadOnlyList<EntryResource> resources, Handles.Handles handles)
    {
        var patients = resources.Where(static resource => resource.Shape.SubjectElement is null).ToArray();
        var identifiers = new HashSet<string>(StringComparer.Ordinal);
        var clients = new HashSet<ClientId>();
        foreach (var resource in resources)
        {
            var index = resource.Index;
            var reference = index.ClientReference;
            var named = index.ClientIdentifier is not null;
            if (index.ClientIdentifier is { } identifier)
            {
                identifiers.Add(identifier);
            }

            if (reference is null)
            {
                if (!named)
                {
                    return default;
                }
            }
            else if (reference.StartsWith("Patient/", StringComparison.Ordinal) && handles.ReadClient(reference["Patient/".Length..]) is { } client)
            {
                clients.Add(client);
            }
            else if (!patients.Any(patient => patient.FullUrl == reference))
            {
                return default;
            }
        }

        return (identifiers.Count, clients.Count) switch
        {
            (1, 0) when Hetu.TryParse(identifiers.First(), out var hetu) => (hetu, null),
            (1, 1) when Hetu.TryParse(identifiers.First(), out var hetu) => (hetu, clients.First()),
            (0, 1) => (null, clients.First()),
            _ => default,
        };
    }

    /// <summary>Asks for the client's state; null where the identifier and the handle name two people.</summary>
    internal static async Task<(bool IsReachable, KnownClient? Known)> AskAsync((Hetu? Identifier, ClientId? Client) found, ClientStates states, CancellationToken cancellation)
    {
        var known = found.Identifier is { } hetu ? await states.FindAsync(hetu, cancellation) : await states.FindAsync(found.Client!.Value, cancellation);
        return known is null ? (false, null) : (true, found.Client is { } client && client != known.Client && client != known.AskedAs ? null : known);
    }
}
