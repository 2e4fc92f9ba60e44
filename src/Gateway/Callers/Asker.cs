// Who is asking, of whom, for what.
using System.Collections.Immutable;
using Sisote.Doors.Tokens;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Callers;

/// <summary>A caller that is registered for what its token says, and the system it wants to reach.</summary>
internal sealed record Asker
{
    /// <summary>The calling system.</summary>
    internal required SystemEntry System { get; init; }

    /// <summary>The professional, role and organisation behind the call.</summary>
    internal required BusinessContext Business { get; init; }

    internal required PurposeId Purpose { get; init; }

    /// <summary>The system whose data is asked for or into which an entry goes.</summary>
    internal required SystemEntry Other { get; init; }

    /// <summary>What the caller states about this call.</summary>
    internal required ImmutableArray<Attestation> Attestations { get; init; }

    /// <summary>Whether both systems belong to one controller: then reading is use of the own register, not disclosure.</summary>
    internal bool IsOwnRegister => System.Organisation == Other.Organisation;

    /// <summary>The caller as a party.</summary>
    internal Party Self => new()
    {
        Sector = System.Sector,
        Role = Business.SubjectRole,
        Organisation = System.Organisation,
        System = System.Id,
        Professional = Business.SubjectId,
    };

    /// <summary>The other system as a party: no person of its side acts.</summary>
    internal Party Counterpart => new() { Sector = Other.Sector, Role = Other.ActsAs, Organisation = Other.Organisation, System = Other.Id };

    internal (Party From, Party To) Ends(Direction direction) => direction == Direction.Read ? (Counterpart, Self) : (Self, Counterpart);

    internal static LogParty ForLog(Party party) => new()
    {
        Organisation = party.Organisation,
        System = party.System,
        Sector = party.Sector,
        Role = party.Role,
        Professional = party.Professional,
    };
}
