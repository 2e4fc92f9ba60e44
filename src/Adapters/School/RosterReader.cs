// Who is a pupil of the school, and who teaches whom.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Adapters.Native;
using Sisote.Doors.Consent;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.School;

/// <summary>A pupil with what the roster proves of the pupil, as the consent service records it.</summary>
internal sealed record RosterPupil
{
    /// <summary>The pupil.</summary>
    public required Hetu Client { get; init; }

    /// <summary>Form of school, where the system's settings state it: basic, upper-secondary, vocational or tuva.</summary>
    public string? SchoolForm { get; init; }

    /// <summary>Enrolment at the school, and one for each teacher.</summary>
    public required ImmutableArray<RegisteredRelationship> Relationships { get; init; }
}

/// <summary>Reads the school's register: keeps a snapshot for a short while, since OneRoster cannot be asked for one pupil without naming the pupil in an address.</summary>
internal sealed class RosterReader(IRosterSource source, CodeMapping codes, SchoolSettings settings, TimeProvider clock) : IDisposable
{
    private const string Student = "student";
    private const string Teacher = "teacher";
    private readonly SemaphoreSlim gate = new(1, 1);
    private RosterSnapshot? snapshot;

    /// <summary>The register, not older than the settings allow and of this day in Finland.</summary>
    /// <exception cref="NativeFaultException">The provider does not answer properly.</exception>
    public async Task<RosterSnapshot> SnapshotAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            var now = clock.GetUtcNow();
            if (snapshot is null || snapshot.ReadAt + settings.Refresh <= now || FinnishTime.DateOf(snapshot.ReadAt) != FinnishTime.DateOf(now)) // who is a pupil and who teaches is told by the day
            {
                var content = await source.ReadAsync(cancellation);
                snapshot = new RosterSnapshot(content.Organisations, content.Users, content.Enrollments, settings.HetuType, clock.GetUtcNow()) { Until = content.Until };
            }

            return snapshot;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The kinds of relationships that the register proves.</summary>
    public ImmutableArray<string> Kinds { get; } = [codes["relationships"].FromNative(Student).Code, codes["relationships"].FromNative(Teacher).Code];

    /// <summary>Every pupil with the relationships that hold today; two pupils with one code are nobody.</summary>
    public async Task<ImmutableArray<RosterPupil>> ReadAsync(CancellationToken cancellation)
    {
        var roster = await SnapshotAsync(cancellation);
        return [.. roster.Pupils.GroupBy(static pupil => pupil.Client).Where(static same => same.Count() == 1).SelectMany(static same => same).Select(pupil => new RosterPupil
        {
            Client = pupil.Client,
            SchoolForm = settings.SchoolForm,
            Relationships = [.. Enrolments(roster, pupil), .. Teachings(roster, pupil)],
        })];
    }

    /// <inheritdoc />
    public void Dispose() => gate.Dispose();

    private IEnumerable<RegisteredRelationship> Enrolments(RosterSnapshot roster, RosterPerson pupil) =>
        roster.EnrolmentsOf(pupil).GroupBy(static enrolment => enrolment.School.SourcedId).Select(school =>
            Relationship(Student, pupil, school.Key, null, Earlier(roster.Until, school.Any(static one => one.To is null) ? null : school.Max(static one => one.To))));

    private IEnumerable<RegisteredRelationship> Teachings(RosterSnapshot roster, RosterPerson pupil) =>
        roster.TeachersOf(pupil, onlyPrimary: false)
            .Where(static teaching => ProfessionalId.TryParse(teaching.Teacher.Username, out _))
            .GroupBy(static teaching => teaching.Teacher.SourcedId)
            .Select(teacher => Relationship(
                Teacher,
                pupil,
                teacher.Key,
                ProfessionalId.Parse(teacher.First().Teacher.Username!),
                Earlier(roster.Until, teacher.Any(static one => one.Until is null) ? null : teacher.Max(static one => one.Until))));

    private RegisteredRelationship Relationship(string role, RosterPerson pupil, string towards, ProfessionalId? professional, DateOnly? until) => new()
    {
        Identifier = pupil.Client.Reveal(),
        Id = FacadeId.FromAny($"{settings.System.Value}|{role}|{pupil.User.SourcedId}|{towards}"),
        Kind = codes["relationships"].FromNative(role).Code,
        FromOrganisation = settings.Organisation,
        ToOrganisation = settings.Organisation,
        Professional = professional,
        To = until is null ? null : EndOfDay(until.Value),
    };

    /// <summary>What the register proves ends with the register, also where nobody comes any more to tell that it ended.</summary>
    private static DateOnly? Earlier(DateOnly? register, DateOnly? said) => said is null || register < said ? register ?? said : said;

    /// <summary>The end of a day in Finland; in winter an hour early rather than in summer an hour late.</summary>
    private static DateTimeOffset EndOfDay(DateOnly day) =>
        DateTimeOffset.ParseExact(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T23:59:59+03:00", "yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
