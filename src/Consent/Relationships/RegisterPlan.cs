// What a register's telling changes for one client.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.States;

namespace Sisote.Consent.Relationships;

/// <summary>One change: the relationship as it stands after it, the word in the log, and whether its row is new.</summary>
internal sealed record RegisterChange(string Outcome, Relationship After, bool IsNewRow);

/// <summary>Compares what a source tells of one client with what it told before.</summary>
internal static class RegisterPlan
{
    public const string Begun = "begun";
    public const string Changed = "changed";
    public const string Ended = "ended";

    /// <summary>The changes, in the order of the telling; none where all is as it was.</summary>
    /// <param name="kept">All of the client's relationships with identifiers of the source.</param>
    /// <param name="told">The client's rows.</param>
    /// <param name="telling">Source and kinds.</param>
    /// <param name="now">Now.</param>
    public static List<RegisterChange> Make(IEnumerable<Relationship> kept, IEnumerable<RegisteredRelationship> told, RecordRelationships telling, DateTimeOffset now)
    {
        var before = kept.ToDictionary(static relationship => relationship.Id);
        var holding = told.Where(row => !(row.To < now)).ToDictionary(row => RegisterId.Of(telling.Source, row.Id));
        var changes = holding.Select(pair => Compare(before.GetValueOrDefault(pair.Key), pair.Key, pair.Value, now)).OfType<RegisterChange>();
        var gone = before.Values.Where(one => Stands(one, now) && telling.Kinds.Contains(one.Kind) && !holding.ContainsKey(one.Id));
        return [.. changes, .. gone.Select(one => new RegisterChange(Ended, one with { Status = RelationshipStatus.Ended, To = now }, false))];
    }

    private static RegisterChange? Compare(Relationship? before, string id, RegisteredRelationship row, DateTimeOffset now)
    {
        if (before is null || !Stands(before, now))
        {
            return new RegisterChange(Begun, ToRelationship(id, row, now, notBefore: before is null ? null : now), before is null);
        }

        var after = ToRelationship(id, row, before.From, notBefore: before.From);
        return after == before ? null : new RegisterChange(Changed, after, false);
    }

    /// <summary>INVARIANT: what ended and begins anew begins now, whatever beginning the register tells, and no later telling moves a beginning back: what was tied to the time before stays ended.</summary>
    private static DateTimeOffset FromOf(RegisteredRelationship row, DateTimeOffset from, DateTimeOffset? notBefore) => (row.From ?? from) is var told && told < notBefore ? notBefore.Value : told;

    private static Relationship ToRelationship(string id, RegisteredRelationship row, DateTimeOffset from, DateTimeOffset? notBefore) => new()
    {
        Id = id,
        Kind = row.Kind,
        Status = RelationshipStatus.Active,
        FromOrganisation = row.FromOrganisation,
        ToOrganisation = row.ToOrganisation,
        Professional = row.Professional,
        From = CanonicalTime.Cut(FromOf(row, from, notBefore)),
        To = row.To is { } to ? CanonicalTime.Cut(to) : null,
    };

    private static bool Stands(Relationship relationship, DateTimeOffset now) => relationship.Status == RelationshipStatus.Active && !(relationship.To < now);
}
