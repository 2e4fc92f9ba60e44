// A signed-in person who is the guardian of a child at this instant.
using System.Security.Cryptography;
using System.Text;
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Minors;

/// <summary>Who acts for which child, found anew at every call and never kept.</summary>
internal sealed record ActingGuardian(Guardianship Guardianship, ClientFacts Facts, Hetu Identifier, string Mark)
{
    /// <summary>How a guardian stands in the log: the person is in the mark, which the room can follow and nobody else.</summary>
    public static readonly LogParty Party = new() { Sector = SectorId.Parse("client"), Role = RoleId.Parse("guardian") };

    public ClientId Child => Guardianship.Child;
}

/// <summary>Finds for whom a person may act.</summary>
internal sealed class GuardianDoor(ClientKeys keys, ClientStore clients, MinorRecordStore minors, GuardianshipStore store)
{
    public ClientId KeyOf(Hetu guardian) => keys.KeyOf(guardian);

    /// <summary>The child's name in this guardian's addresses.</summary>
    public string NameOf(Guardianship one) => keys.ChildNameFor(one.Guardian, one.Child);

    /// <summary>All children for whom the person may act now.</summary>
    public async Task<IReadOnlyList<ActingGuardian>> ChildrenAsync(Session session, ClientId guardian, DateTimeOffset at, CancellationToken cancellation)
    {
        var found = new List<ActingGuardian>();
        foreach (var rows in (await store.OfGuardianAsync(session, guardian, cancellation)).GroupBy(static row => row.Child))
        {
            if (await ActAsync(session, Guardianship.Fold([.. rows], at), rows.Key, at, cancellation) is { } acting)
            {
                found.Add(acting);
            }
        }

        return found;
    }

    /// <summary>The child of this name, where the person may act for it now; null otherwise. Takes the same questions either way.</summary>
    public async Task<ActingGuardian?> FindAsync(Session session, ClientId guardian, string name, DateTimeOffset at, CancellationToken cancellation)
    {
        IReadOnlyCollection<Guardianship> named = [];
        foreach (var rows in (await store.OfGuardianAsync(session, guardian, cancellation)).GroupBy(static row => row.Child))
        {
            named = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(NameOf(rows.First())), Encoding.UTF8.GetBytes(name)) ? [.. rows] : named;
        }

        return await ActAsync(session, Guardianship.Fold(named, at), named.FirstOrDefault()?.Child ?? guardian, at, cancellation);
    }

    /// <summary>The guardians without whom the acting one cannot decide in some contexts: alone where custody is sole, else all in force whom no limit excludes.</summary>
    public async Task<IReadOnlySet<string>> NeededAsync(Session session, ActingGuardian acting, IReadOnlyCollection<string?> contexts, DateTimeOffset at, CancellationToken cancellation)
    {
        var all = acting.Guardianship.Custody == Guardianship.Sole
            ? [acting.Guardianship]
            : (await store.OfChildAsync(session, acting.Child, cancellation)).GroupBy(static row => row.Guardian).Select(rows => Guardianship.Fold([.. rows], at)).OfType<Guardianship>().Where(one => contexts.All(one.Reaches));
        return all.Select(one => keys.GuardianMarkOf(one.Child, one.Guardian)).ToHashSet();
    }

    // INVARIANT: no guardian but one whom the register names now, of a child who is under age now.
    private async Task<ActingGuardian?> ActAsync(Session session, Guardianship? one, ClientId whose, DateTimeOffset at, CancellationToken cancellation)
    {
        var row = await clients.FindAsync(session, whose, cancellation);
        var told = row?.Facts ?? new ClientFacts();
        var facts = await minors.OverAsync(session, whose, told with { BirthDate = told.BirthDate ?? row?.Identifier?.BirthDate }, cancellation);
        return one is not null && row?.Identifier is { } identifier && GuardianReach.IsMinor(facts, at) && !facts.Deceased
            ? new ActingGuardian(one, facts, identifier, keys.GuardianMarkOf(one.Child, one.Guardian))
            : null;
    }
}
