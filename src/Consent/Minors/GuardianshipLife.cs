// A register's state of one child's guardians is taken over.
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Minors;

/// <summary>What changed becomes a version with its log entry, all of one message in one transaction. From the answer on a former guardian sees and does nothing more.</summary>
internal sealed class GuardianshipLife(LogWriter writer, ClientKeys keys, ClientStore clients, GuardianshipStore store)
{
    private const string Changed = "guardianship-changed";

    /// <summary>How many changed; null where a newer state stands already.</summary>
    public Task<int?> TakeOverAsync(RecordGuardians told, SystemId by, string correlationId)
    {
        var child = Hetu.Parse(told.Identifier);
        return writer.WriteAsync(new LogWork<int?>(transaction => TakeOverAsync(transaction, told, child, by, correlationId)) { Clients = [keys.KeyOf(child)] });
    }

    private async Task<int?> TakeOverAsync(LogTransaction transaction, RecordGuardians told, Hetu identifier, SystemId by, string correlationId)
    {
        var identity = keys.KeyOf(identifier);
        var child = await transaction.StandsForAsync(identity, CancellationToken.None);
        var asOf = CanonicalTime.Cut(told.AsOf);
        var before = await GuardianshipStore.ToldAsync(transaction.Session, child, CancellationToken.None);
        if (before > asOf)
        {
            return null;
        }

        var kept = await store.OfChildAsync(transaction.Session, child, CancellationToken.None);
        var named = new Dictionary<ClientId, ToldGuardian>();
        foreach (var one in told.Guardians)
        {
            var guardian = await transaction.StandsForAsync(keys.KeyOf(Hetu.Parse(one.Identifier)), CancellationToken.None);
            named[guardian] = named.TryGetValue(guardian, out var other) ? Both(other, one) : one;
        }

        var versions = Versions(told, child, named, kept, transaction.Now).ToList();
        if (before == asOf && versions.Exists(version => version.Opens(kept.Find(row => row.Row == version.Row), transaction.Now)))
        {
            return null; // of two tellings of one instant nobody knows which came first: the narrower one stands
        }

        await clients.EnsureAsync(transaction.Session, identity, identifier, CancellationToken.None);
        await GuardianshipStore.TellAsync(transaction.Session, child, asOf, CancellationToken.None);
        foreach (var version in versions)
        {
            await store.AddAsync(transaction.Session, version, CancellationToken.None);
            transaction.Append(await EntryAsync(transaction, version, by, correlationId));
        }

        return versions.Count;
    }

    /// <summary>What is told of one person under two identities. INVARIANT: neither opens what the other closes.</summary>
    private static ToldGuardian Both(ToldGuardian one, ToldGuardian other) => one with
    {
        Custody = one.Custody == Guardianship.Joint ? one.Custody : other.Custody,
        Limits = [.. one.Limits.Union(other.Limits)],
        From = one.From > other.From ? one.From : other.From,
        To = one.To is { } end && !(other.To < end) ? end : other.To,
    };

    /// <summary>What is said again in the same words is a version too where another identity's row is newer or ends now: the newest telling counts.</summary>
    private static IEnumerable<Guardianship> Versions(RecordGuardians told, ClientId child, Dictionary<ClientId, ToldGuardian> named, List<Guardianship> kept, DateTimeOffset now)
    {
        foreach (var (guardian, one) in named)
        {
            var before = kept.Find(row => row.Row == (child, guardian));
            var version = Version(told, one, (child, guardian), (before?.Version ?? 0) + 1, now);
            if (before is null || !before.SaysAs(version) || kept.Exists(row => row.Guardian == guardian && row.Row != (child, guardian) && (row.At > before.At || !(row.To < now))))
            {
                yield return version;
            }
        }

        // INVARIANT: whom the register names no more is a guardian no more, from the transaction on and not an instant longer, under whatever identity it was told.
        foreach (var gone in kept.Where(row => !(named.ContainsKey(row.Guardian) && row.Row == (child, row.Guardian)) && !(row.To < now)))
        {
            yield return gone with { Version = gone.Version + 1, Source = told.Source, To = now.AddTicks(-TimeSpan.TicksPerMillisecond), At = now, EntryId = Guid.CreateVersion7().ToString("N") };
        }
    }

    private static Guardianship Version(RecordGuardians told, ToldGuardian one, (ClientId Child, ClientId Guardian) row, int number, DateTimeOffset now) => new()
    {
        Child = row.Child,
        Guardian = row.Guardian,
        Row = row,
        Version = number,
        Source = told.Source,
        Custody = one.Custody,
        Limits = [.. one.Limits.Distinct().Order(StringComparer.Ordinal)],
        From = CanonicalTime.Cut(one.From),
        To = one.To is { } to ? CanonicalTime.Cut(to) : null,
        At = now,
        EntryId = Guid.CreateVersion7().ToString("N"),
        Name = told.Name,
    };

    private static async Task<LogEntry> EntryAsync(LogTransaction transaction, Guardianship version, SystemId by, string correlationId) => new()
    {
        Id = version.EntryId,
        Time = transaction.Now,
        Kind = LogEntryKind.RelationshipChange,
        CorrelationId = correlationId,
        Client = version.Child,
        From = new LogParty { System = by },
        ClientRevision = await transaction.RevisionAsync(version.Child, CancellationToken.None),
        Outcome = Changed,
        Visibility = new LogVisibility { Client = false },
    };
}

/// <summary><c>POST /clients/guardians</c></summary>
internal static class GuardianshipEndpoints
{
    private const int Most = 20;
    private const int LongestName = 60;

    public static void MapGuardians(this IEndpointRouteBuilder app) => app.MapPost("/clients/guardians", RecordAsync).RequireAuthorization(Admission.FactTellers);

    private static async Task<IResult> RecordAsync(RecordGuardians told, HttpContext context, GuardianshipLife life, LegalCatalogue catalogue, TimeProvider clock)
    {
        if (FaultIn(told, catalogue, clock.GetUtcNow()) is var (field, whatToDo))
        {
            return Problems.InvalidRequest(field, whatToDo);
        }

        return await life.TakeOverAsync(told, (context.GetCaller() as Caller.System)!.Id, context.TraceIdentifier) is { } changed
            ? TypedResults.Ok(new GuardiansRecorded { Changed = changed })
            : Problems.MirrorOutdated();
    }

    private static (string Field, string WhatToDo)? FaultIn(RecordGuardians told, LegalCatalogue catalogue, DateTimeOffset now) => told switch
    {
        _ when !Hetu.TryParse(told.Identifier, out _) => ("identifier", "A national identifier of 11 characters."),
        _ when told.AsOf > now => ("asOf", "Not in the future."),
        { Name: { } name } when string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl) || Audit.PersonalCodes.AreIn(name) => ("name", $"1 to {LongestName} characters, or left out."),
        { Guardians: { IsDefault: true } or { Length: > Most } } => ("guardians", $"At most {Most}."),
        _ when !told.Guardians.All(static one => Hetu.TryParse(one.Identifier, out _)) => ("guardians.identifier", "Each is a national identifier of 11 characters."),
        _ when told.Guardians.DistinctBy(static one => Hetu.Parse(one.Identifier)).Count() != told.Guardians.Length || told.Guardians.Any(one => Hetu.Parse(one.Identifier) == Hetu.Parse(told.Identifier)) =>
            ("guardians.identifier", "Each guardian once, and not the child."),
        _ when !told.Guardians.All(static one => one.Custody is Guardianship.Sole or Guardianship.Joint) => ("guardians.custody", "sole or joint."),
        _ when told.Guardians.Any(static one => one.To < one.From) => ("guardians.to", "Not before the beginning."),
        _ when !told.Guardians.All(one => one.Limits.All(limit => limit == Guardianship.Everything || catalogue.MinorsPolicies.Values.Any(policy => policy.CapacityContext == limit))) =>
            ("guardians.limits", "Contexts of the minors' policy, or all."),
        _ => null,
    };
}
