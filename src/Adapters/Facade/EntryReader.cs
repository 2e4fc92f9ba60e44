// Reads what the gateway wants created.
using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Primitives;
using Sisote.Adapters.Sources;
using Sisote.Doors.Adapters;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Facade;

/// <summary>Makes an entry of a create call: its resources, the one client they are about, the sender and the key of the delivery.</summary>
internal static class EntryReader
{
    /// <summary>Header of the delivery's key.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private const int MaxResources = 50;

    /// <summary>The entry, or null where anything of it is missing, malformed or about more than one client.</summary>
    /// <param name="type">Resource type of a single create; null for a transaction.</param>
    /// <param name="body">What was sent.</param>
    /// <param name="headers">The call's headers.</param>
    public static EntryToCreate? Read(string? type, Resource? body, IHeaderDictionary headers)
    {
        if (ReadResources(type, body) is not { IsDefaultOrEmpty: false } resources
            || ReadClient(resources) is not { } client
            || Single(headers[SenderInfo.Header]) is not { } sender || SenderInfo.FromHeader(sender) is not { } senderInfo
            || Single(headers[KeyHeader]) is not { } key || !IsKey(key))
        {
            return null;
        }

        return new EntryToCreate { Resources = resources, Names = ReadNames(body), Client = client, Sender = senderInfo, IdempotencyKey = key };
    }

    private static ImmutableArray<Resource> ReadResources(string? type, Resource? body)
    {
        if (type is not null)
        {
            return body?.TypeName == type ? [body] : [];
        }

        return body is Bundle { Type: Bundle.BundleType.Transaction, Entry: { Count: > 0 and <= MaxResources } entries } && entries.All(IsCreate)
            ? [.. entries.Select(static entry => entry.Resource!)]
            : [];
    }

    private static ImmutableArray<string?> ReadNames(Resource? body) => body is Bundle { Entry: var entries } ? [.. entries.Select(static entry => entry.FullUrl)] : [null];

    private static bool IsCreate(Bundle.EntryComponent entry) =>
        entry is { Resource: not null, Request: { Method: Bundle.HTTPVerb.POST, IfNoneExist: null, IfMatch: null } request } && request.Url == entry.Resource.TypeName;

    private static Hetu? ReadClient(ImmutableArray<Resource> resources)
    {
        var clients = resources.Select(SubjectReader.ReadClient).Distinct().ToList();
        return clients is [{ } only] ? only : null;
    }

    private static string? Single(StringValues values) => values.Count == 1 ? values[0] : null;

    /// <summary>Whether a text can be the key of a delivery.</summary>
    public static bool IsKey(string key) =>
        key.Length is > 0 and <= 64 && key.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
