// Keyed hashes by which likeness is seen.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Hints;

/// <summary>Marks of clients and professionals. Equal names give equal marks, and without this room's key nobody can try names out.</summary>
internal sealed class LikenessStore(ClientKeys keys)
{
    public const string Surname = "surname";
    public const string Address = "address";
    public const string Self = "self";
    public const string Family = "family";
    public const string Watched = "watched";

    /// <summary>Replaces the marks of one person; how many there were and are, or null where nothing changed.</summary>
    public async Task<(int Before, int After)?> ReplaceAsync(Session session, RecordLikeness told, CancellationToken cancellation)
    {
        var owner = ClientOf(told) is { } client ? OwnerOf(client) : OwnerOf(told.Organisation!.Value, told.Professional!.Value);
        var (before, after) = ((await FindAsync(session, [owner], cancellation))[owner].ToHashSet(), MarksOf(told).ToHashSet());
        if (before.SetEquals(after))
        {
            return null;
        }

        await session.ExecuteAsync("DELETE FROM likeness WHERE owner = @owner", cancellation, ("owner", owner));
        foreach (var (kind, mark) in after)
        {
            await session.ExecuteAsync("INSERT INTO likeness (owner, kind, mark) VALUES (@owner, @kind, @mark)", cancellation, ("owner", owner), ("kind", kind), ("mark", mark));
        }

        return (before.Count, after.Count);
    }

    /// <summary>The client of whom it is told; null where it is told of a professional.</summary>
    public ClientId? ClientOf(RecordLikeness told) => told.ClientIdentifier is { } identifier ? keys.KeyOf(Hetu.Parse(identifier)) : null;

    /// <summary>The marks of many persons.</summary>
    public static async Task<ILookup<string, (string Kind, string Mark)>> FindAsync(Session session, IEnumerable<string> owners, CancellationToken cancellation) => (await session.QueryAsync(
        $"SELECT owner, kind, mark FROM likeness WHERE {session.Dialect.IsAmong("owner", "owners")}",
        static row => (Owner: row.GetString(0), Mark: (Kind: row.GetString(1), Mark: row.GetString(2))),
        cancellation,
        ("owners", session.Dialect.Values(owners)))).ToLookup(static row => row.Owner, static row => row.Mark);

    public static string OwnerOf(ClientId client) => "client " + client.Reveal();

    public static string OwnerOf(OrganisationId organisation, ProfessionalId person) => $"professional {organisation.Value} {person.Value}";

    private IEnumerable<(string Kind, string Mark)> MarksOf(RecordLikeness told) =>
        told.Surnames.Select(name => (Surname, keys.LikenessOf(Surname, Plain(name))))
            .Concat(told.Addresses.Select(address => (Address, keys.LikenessOf(Address, Plain(address)))))
            .Concat(told.Watched ? [(Watched, "1")] : ImmutableArray<(string, string)>.Empty)
            .Concat(told.OwnIdentifier is { } own ? [(Self, keys.KeyOf(Hetu.Parse(own)).Reveal())] : ImmutableArray<(string, string)>.Empty)
            .Concat(told.Family.Select(member => (Family, keys.KeyOf(Hetu.Parse(member)).Reveal())));

    /// <summary>Letters and digits only, so that spelling with or without commas, hyphens and capitals makes no difference.</summary>
    private static string Plain(string text) => string.Concat(text.Normalize().ToUpperInvariant().Where(char.IsLetterOrDigit));
}
