// The register at one moment.
using System.Collections.Immutable;
using Sisote.Adapters.Native;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.School;

/// <summary>A pupil of the register.</summary>
internal sealed record RosterPerson(string Id, Hetu Client, OneRosterUser User);

/// <summary>A teacher of a pupil, and until when.</summary>
internal sealed record RosterTeaching(OneRosterUser Teacher, DateOnly? Until);

/// <summary>Pupils, teachers and enrolments that hold on the day of reading. Pupils without a proper personal identity code are not visible.</summary>
internal sealed class RosterSnapshot
{
    private readonly ImmutableDictionary<string, OneRosterOrg> organisations;
    private readonly ImmutableDictionary<string, OneRosterUser> users;
    private readonly DateOnly day;
    private readonly ILookup<string, OneRosterEnrollment> byUser;
    private readonly ILookup<string, OneRosterEnrollment> byClass;

    /// <summary>Orders what was read.</summary>
    public RosterSnapshot(IEnumerable<OneRosterOrg> orgs, IEnumerable<OneRosterUser> people, IEnumerable<OneRosterEnrollment> enrolments, string hetuType, DateTimeOffset readAt)
    {
        ReadAt = readAt;
        day = FinnishTime.DateOf(readAt);
        organisations = Index(orgs);
        users = Index(people.Where(static person => person.Status == "active"));
        var holding = enrolments.Where(enrolment => enrolment.HoldsOn(day)).ToList();
        byUser = holding.ToLookup(static enrolment => enrolment.User.SourcedId);
        byClass = holding.ToLookup(static enrolment => enrolment.Class.SourcedId);
        Pupils = [.. users.Values.Where(user => user.Is("student", day)).OrderBy(static user => user.SourcedId, StringComparer.Ordinal).Select(user => ToPupil(user, hetuType)).OfType<RosterPerson>()];
    }

    /// <summary>When it was read.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>The last day on which it proves anything; null = as long as it is read again.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Pupils.</summary>
    public ImmutableArray<RosterPerson> Pupils { get; }

    /// <summary>The pupil with this code, or null; two pupils with one code are nobody.</summary>
    public RosterPerson? Find(Hetu client) => Pupils.Where(pupil => pupil.Client == client).ToList() is [var only] ? only : null;

    /// <summary>The pupil's own enrolments.</summary>
    public IEnumerable<OneRosterEnrollment> EnrolmentsOf(RosterPerson pupil) => byUser[pupil.User.SourcedId].Where(static enrolment => enrolment.Role == "student");

    /// <summary>The pupil's teachers: all, or the responsible ones of the pupil's classes.</summary>
    public IEnumerable<RosterTeaching> TeachersOf(RosterPerson pupil, bool onlyPrimary) =>
        from own in EnrolmentsOf(pupil)
        from teaching in byClass[own.Class.SourcedId]
        where teaching.Role == "teacher" && (teaching.IsPrimary || !onlyPrimary) && users.TryGetValue(teaching.User.SourcedId, out var teacher) && teacher.Is("teacher", day) // INVARIANT: a place in a class makes nobody a teacher whose role is gone
        select new RosterTeaching(users[teaching.User.SourcedId], own.To is null || teaching.To < own.To ? teaching.To : own.To);

    /// <summary>Name of an organisation, or null.</summary>
    public string? OrganisationName(string sourcedId) => organisations.GetValueOrDefault(sourcedId)?.Name;

    private static ImmutableDictionary<string, TRecord> Index<TRecord>(IEnumerable<TRecord> records)
        where TRecord : OneRosterRecord
    {
        var index = ImmutableDictionary.CreateBuilder<string, TRecord>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (!index.TryAdd(record.SourcedId, record))
            {
                throw new NativeFaultException(NativeFault.Unreadable, "two records with one id");
            }
        }

        return index.ToImmutable();
    }

    private static RosterPerson? ToPupil(OneRosterUser user, string hetuType) =>
        user.UserIds.Where(id => id.Type == hetuType).ToList() is [var only] && Hetu.TryParse(only.Identifier, out var hetu)
            ? new RosterPerson(FacadeId.FromAny(user.SourcedId), hetu, user)
            : null;
}
