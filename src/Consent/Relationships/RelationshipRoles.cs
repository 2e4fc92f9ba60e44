// Whose business a relationship is within an organisation.
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Relationships;

/// <summary>
/// INVARIANT: what one register of an organisation holds with a client is not shown to the roles of another, nor ended or handed over by them. A relationship is the business of the professional
/// whom it names; of the sector of who recorded it, within that organisation; and else of the roles for which the law rests something on such a relationship.
/// </summary>
internal sealed class RelationshipRoles(LegalCatalogue catalogue, Deployment deployment)
{
    private const string SystemCheck = "system-check";

    /// <summary>Whether a relationship is this professional's business.</summary>
    /// <param name="kept">The relationship.</param>
    /// <param name="recordedAs">The role in which a professional recorded it; null where none did, or it is not known any more.</param>
    /// <param name="who">The professional.</param>
    public bool AreOf(KeptRelationship kept, RoleId? recordedAs, RelationshipActor who)
    {
        var one = kept.Relationship;
        return who.Organisation is { } organisation
            && ((one.ToOrganisation == organisation && one.Professional is { } named && named == who.Professional)
                || (who.Role is { } role && (recordedAs is { } recorder && kept.Origin.Organisation == organisation ? IsSameSector(recorder, role) : Rests(kept, organisation, role))));
    }

    /// <summary>By relationship, the role in which a professional recorded it, as the log tells.</summary>
    public static async Task<Dictionary<string, RoleId>> RecordersAsync(Session session, IReadOnlyCollection<KeptRelationship> kept, CancellationToken cancellation)
    {
        var roles = new Dictionary<string, RoleId>();
        var recorded = kept.Where(static one => one.Origin.Source == RecordingLife.Source).ToList();
        var ids = recorded.Select(static one => one.Relationship.Id).ToHashSet();
        foreach (var clients in recorded.Select(static one => one.Client.Reveal()).Distinct().Chunk(200))
        {
            await foreach (var logged in session.StreamAsync(
                $"SELECT {LogTable.Columns} FROM log_entry WHERE kind = 'relationship-change' AND outcome IN ('{RecordingLife.Recorded}', '{RecordingLife.Handed}') "
                + $"AND ({session.Dialect.IsAmong("client", "clients")} OR client IN (SELECT client FROM client WHERE {session.Dialect.IsAmong("merged_into", "clients")}))",
                LogTable.Read,
                cancellation,
                ("clients", session.Dialect.Values(clients))))
            {
                if (logged.Entry() is { Concerns: { } id, From.Role: { } role } && ids.Contains(id))
                {
                    roles[id] = role;
                }
            }
        }

        return roles;
    }

    private bool IsSameSector(RoleId one, RoleId other) => one == other || (catalogue.Roles.TryGetValue(one, out var first) && catalogue.Roles.TryGetValue(other, out var second) && first.Sector == second.Sector);

    /// <summary>Whether a rule between the two organisations, with this role at this end, asks for such a relationship. Where no condition but a system's own check names the kind, any rule between them will do.</summary>
    private bool Rests(KeptRelationship kept, OrganisationId organisation, RoleId role)
    {
        var conditions = catalogue.Conditions.Values.Where(condition => condition.Type != SystemCheck && condition.EvaluatedFrom.Any(source => source is EvidenceSource.RecordedRelationship told && told.Kinds.Contains(kept.Relationship.Kind)))
            .Select(static condition => condition.Id).ToHashSet();
        var other = kept.Relationship.ToOrganisation == organisation ? kept.Relationship.FromOrganisation : kept.Relationship.ToOrganisation;
        var (own, theirs) = (SectorsOf(organisation), other is { } named ? SectorsOf(named) : null);
        return IsToldBy(kept.Relationship.Kind, role, own)
            || (from rule in catalogue.Rules.Values
                where rule.Enabled
                from pair in rule.Pairs
                where conditions.Count > 0 ? rule.Conditions.Concat(pair.Conditions).Any(conditions.Contains) : theirs is not null
                select pair).Any(pair => (IsEnd(pair.From, own, role) && theirs?.Contains(pair.To.Sector) != false) || (IsEnd(pair.To, own, role) && theirs?.Contains(pair.From.Sector) != false));
    }

    private bool IsToldBy(string kind, RoleId role, HashSet<SectorId> own) =>
        catalogue.Relationships.TryGetValue(kind, out var known) && known.RecordedBy.Any(teller => teller.Roles.Contains(role)) && catalogue.Roles.TryGetValue(role, out var entry) && own.Contains(entry.Sector);

    private static bool IsEnd(RuleParty end, HashSet<SectorId> own, RoleId role) => own.Contains(end.Sector) && end.Roles.Contains(role);

    private HashSet<SectorId> SectorsOf(OrganisationId organisation) => [.. deployment.Systems.Where(system => system.Organisation == organisation).Select(static system => system.Sector)];
}

/// <summary>Looks up roles.</summary>
internal static class RecorderRoles
{
    /// <summary>The role; null where none is known.</summary>
    public static RoleId? GetValueOrNull(this Dictionary<string, RoleId> roles, string id) => roles.TryGetValue(id, out var role) ? role : null;
}
