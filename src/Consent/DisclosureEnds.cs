// A side of the log as the client may see it.
using System.Diagnostics.CodeAnalysis;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;

namespace Sisote.Consent;

/// <summary>Leaves the person of a side out (703/2023 74 § 2 mom).</summary>
internal static class DisclosureEnds
{
    [return: NotNullIfNotNull(nameof(party))]
    public static DisclosureEnd? Of(LogParty? party) =>
        party is null ? null : new DisclosureEnd { Organisation = party.Organisation, System = party.System, Sector = party.Sector, Role = party.Role };
}
