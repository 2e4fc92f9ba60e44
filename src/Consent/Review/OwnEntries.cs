// Entries of which an organisation is a side, by their place.
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review;

/// <summary>Finds an entry for those who may know of it. One of other organisations looks like one that is not there.</summary>
internal static class OwnEntries
{
    /// <summary>The entry at a place; null where there is none of this organisation.</summary>
    public static async Task<LoggedEntry?> FindAsync(Session session, long index, OrganisationId organisation, CancellationToken cancellation) =>
        (await session.QueryAsync(
            $"SELECT {LogSearch.Columns} FROM log_entry e WHERE e.leaf_index = @index AND {LogSearch.OwnSide}", LogTable.Read, cancellation, ("index", index), ("organisation", organisation.Value))).SingleOrDefault();

    /// <summary>The signed-in person of an organisation.</summary>
    public static Caller.Person Reviewer(this HttpContext context) => context.GetCaller() is Caller.Person { Organisation: not null } person ? person : throw new InvalidOperationException("Not a person of an organisation.");
}
