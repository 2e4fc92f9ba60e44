// What two records of one person become.
using System.Collections.Immutable;
using Sisote.Consent.Consents;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Clients.Merging;

/// <summary>
/// The rules of a merge, without any database. What protects counts from both records; what opens counts only as far as nothing in the other record speaks against it. No prohibition is ever touched.
/// </summary>
internal static class MergeRules
{
    private const char Mark = '~';
    private const string GuardianForbidden = "3";

    /// <summary>The permissions of either record that end with the merge, in their last version.</summary>
    /// <param name="prior">Newest versions of the identity that goes.</param>
    /// <param name="surviving">Newest versions of the identity that stays.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<ConsentVersion> Ended(IReadOnlyCollection<ConsentVersion> prior, IReadOnlyCollection<ConsentVersion> surviving, DateTimeOffset now)
    {
        var withdrawn = Withdrawn(prior, surviving, now).Concat(Withdrawn(surviving, prior, now)).ToDictionary(static one => (one.Client, one.Record.Id));
        var (left, right) = (Opening(prior, now, withdrawn), Opening(surviving, now, withdrawn));
        foreach (var (one, other) in left.SelectMany(_ => right, static (one, other) => (one, other)).Where(static pair => IsSameScope(pair.one.Record, pair.other.Record)))
        {
            if (WiderOf(one.Record, other.Record) is { } wider)
            {
                var ends = wider == one.Record ? one : other;
                withdrawn.TryAdd((ends.Client, ends.Record.Id), ends.Next(ConsentVersion.Merged, ConsentStatus.Expired, now));
            }
        }

        return [.. withdrawn.Values];
    }

    /// <summary>The facts of both.</summary>
    public static ClientFacts Facts(ClientFacts? prior, ClientFacts? surviving)
    {
        var (gone, own) = (prior ?? new ClientFacts(), surviving ?? new ClientFacts());
        return own with
        {
            SafetyProhibition = gone.SafetyProhibition == true ? true : own.SafetyProhibition, // a `false` told of the other identity eases nothing here
            GuardianSafetyProhibition = own.GuardianSafetyProhibition || gone.GuardianSafetyProhibition,
            GuardianBar = own.GuardianBar || gone.GuardianBar,
            GuardianBars = Bars(own.GuardianBars, gone.GuardianBars),
            Deceased = own.Deceased || gone.Deceased,
            CompulsoryAge = own.CompulsoryAge ?? gone.CompulsoryAge,
            SchoolForm = own.SchoolForm ?? gone.SchoolForm,
            Capacity = Capacity(gone.Capacity, own.Capacity),
        };
    }

    /// <summary>Contexts that either names; null where neither does.</summary>
    public static ImmutableArray<string>? Bars(ImmutableArray<string>? one, ImmutableArray<string>? other) =>
        (one ?? []).Concat(other ?? []).Distinct().Order(StringComparer.Ordinal).ToImmutableArray() is { IsEmpty: false } both ? both : null;

    /// <summary>The identifier of a consent that another one of the same person has already, as two tellings of one register can.</summary>
    public static string Renamed(string id, ClientId identity) => $"{BaseOf(id)}{Mark}{identity.Reveal()[..8]}";

    /// <summary>The identifier that its register gave.</summary>
    public static string BaseOf(string id) => id.Split(Mark)[0];

    /// <summary>Permissions that the same person took back under the other identity after giving them under this one.</summary>
    private static IEnumerable<ConsentVersion> Withdrawn(IEnumerable<ConsentVersion> some, IReadOnlyCollection<ConsentVersion> others, DateTimeOffset now) =>
        from one in Opening(some, now, [])
        where others.Any(other => other is { What: ConsentVersion.Withdrawn, Record.Type: ConsentType.Permit } && other.At > one.At && IsSameScope(one.Record, other.Record) && Shares(one.Record, other.Record))
        select one.Next(ConsentVersion.Withdrawn, ConsentStatus.Withdrawn, now);

    /// <summary>What opens now or will: mirrored permissions stay with their register, which alone ends them.</summary>
    private static List<ConsentVersion> Opening(IEnumerable<ConsentVersion> some, DateTimeOffset now, Dictionary<(ClientId, string), ConsentVersion> ended) =>
        [.. some.Where(one => one is { IsMirrored: false, Record: { Type: ConsentType.Permit, Status: ConsentStatus.Active } record } && !(record.To < now) && !ended.ContainsKey((one.Client, record.Id)))];

    private static bool IsSameScope(ConsentRecord one, ConsentRecord other) => Scope(one) == Scope(other);

    private static (ConsentFormId, SectorId?, RoleId?, OrganisationId?, SystemId?, ProfessionalId?, PurposeId?) Scope(ConsentRecord record) => (
        record.Form, record.RecipientSector, record.RecipientRole, record.RecipientOrganisation, record.RecipientSystem, record.RecipientPerson, record.Purpose);

    private static bool Shares(ConsentRecord one, ConsentRecord other) => one.AllItems || other.AllItems || one.Items.Intersect(other.Items).Any();

    /// <summary>The one that names all that the other names; of two that name the same, the one that lasts longer; null where each names something that the other does not.</summary>
    private static ConsentRecord? WiderOf(ConsentRecord prior, ConsentRecord surviving) => (Covers(prior, surviving), Covers(surviving, prior)) switch
    {
        (true, true) => (surviving.To ?? DateTimeOffset.MaxValue) > (prior.To ?? DateTimeOffset.MaxValue) ? surviving : prior,
        (true, false) => prior,
        (false, true) => surviving,
        _ => null,
    };

    private static bool Covers(ConsentRecord wide, ConsentRecord narrow) =>
        (wide.SourceOrganisations is not { } sources || narrow.SourceOrganisations?.All(sources.Contains) == true)
        && (wide.AllItems || (!narrow.AllItems && narrow.Items.All(item => wide.Items.Contains(item))));

    /// <summary>By context: what one record alone says stands; where both speak, that the minor forbids the guardian wins, and what contradicts itself counts as nothing.</summary>
    private static ImmutableArray<CapacityDecision> Capacity(ImmutableArray<CapacityDecision> prior, ImmutableArray<CapacityDecision> surviving) =>
    [
        .. from decision in surviving.Concat(prior).Distinct()
           group decision by decision.Context into context
           let both = surviving.Any(one => one.Context == context.Key) && prior.Any(one => one.Context == context.Key)
           let forbidden = context.Where(static one => one.Code == GuardianForbidden)
           from kept in !both || context.Select(static one => one.Code).Distinct().Count() == 1 ? context : forbidden
           select kept,
    ];
}
