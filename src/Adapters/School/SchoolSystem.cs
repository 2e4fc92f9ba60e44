// A school's system behind the facade.
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.School;

/// <summary>Reads pupils and their enrolment from the roster, and keeps the consent service told of them; takes arrangements of teaching as messages to the pupil's responsible teacher.</summary>
internal sealed class SchoolSystem(string system, RosterReader roster, RosterSync sync, SchoolInboxHttpClient inbox, CodeMapping codes, ILogger log) : ISourceSystem, IHostedService
{
    private const string Topic = "opetusjarjestelyt";

    /// <summary>The roster.</summary>
    public RosterReader Roster => roster;

    /// <inheritdoc />
    public System.Threading.Tasks.Task StartAsync(CancellationToken cancellationToken) => sync.StartAsync(cancellationToken);

    /// <inheritdoc />
    public System.Threading.Tasks.Task StopAsync(CancellationToken cancellationToken) => sync.StopAsync(cancellationToken);

    /// <inheritdoc />
    public async Task<SearchOutcome> SearchAsync(FacadeQuery query, CancellationToken cancellation)
    {
        if (query.Type is not ("Patient" or "EpisodeOfCare"))
        {
            return new SearchOutcome.Found([]); // it has none, as metadata cannot know
        }

        try
        {
            var snapshot = await roster.SnapshotAsync(cancellation);
            var pupils = query.Client is { } client ? snapshot.Find(client) is { } pupil ? [pupil] : [] : snapshot.Pupils;
            return new SearchOutcome.Found([.. pupils.SelectMany(pupil => Resources(query.Type, snapshot, pupil)).Where(query.Accepts).Take(query.Reach)]);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return new SearchOutcome.Unavailable();
        }
    }

    /// <inheritdoc />
    public async Task<ReadOutcome> ReadAsync(string type, string id, CancellationToken cancellation)
    {
        try
        {
            var snapshot = await roster.SnapshotAsync(cancellation);
            var found = snapshot.Pupils.SelectMany(pupil => Resources(type, snapshot, pupil)).FirstOrDefault(resource => resource.Id == id);
            return found is null ? new ReadOutcome.NotThere() : new ReadOutcome.Found(found);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return new ReadOutcome.Unavailable();
        }
    }

    /// <inheritdoc />
    public async Task<CreateOutcome> CreateAsync(EntryToCreate entry, CancellationToken cancellation)
    {
        var flags = entry.Resources.OfType<Flag>().ToList();
        var arrangements = flags.Select(ReadArrangement).ToList();
        if (arrangements.Count == 0 || arrangements.Contains(null) || entry.Resources.Any(static resource => resource is not (Patient or Flag)))
        {
            return new CreateOutcome.Refused("The school takes Flags of arrangements that it knows, and nothing else.");
        }

        if (await LookUpAsync(cancellation) is not { } snapshot)
        {
            return new CreateOutcome.Unavailable(); // nothing was sent yet
        }

        try
        {
            var pupil = snapshot.Find(entry.Client);
            var teachers = pupil is null ? [] : snapshot.TeachersOf(pupil, onlyPrimary: true).Select(static teaching => teaching.Teacher.SourcedId).Distinct().Order(StringComparer.Ordinal).ToList();
            return teachers.Count == 0
                ? new CreateOutcome.Refused("The school has no responsible teacher for the pupil.")
                : await DeliverAsync(entry, pupil!, teachers, [.. arrangements!], cancellation);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return fault.MayHaveArrived ? new CreateOutcome.Unknown() : new CreateOutcome.Unavailable();
        }
    }

    private async Task<RosterSnapshot?> LookUpAsync(CancellationToken cancellation)
    {
        try
        {
            return await roster.SnapshotAsync(cancellation);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return null;
        }
    }

    private async Task<CreateOutcome> DeliverAsync(EntryToCreate entry, RosterPerson pupil, List<string> teachers, ImmutableArray<SchoolArrangement> arrangements, CancellationToken cancellation)
    {
        SchoolReceipt? first = null;
        foreach (var teacher in teachers)
        {
            try
            {
                var answer = await inbox.DeliverAsync(MakeMessage(entry, pupil, teacher, arrangements), cancellation);
                if (answer.IsGood)
                {
                    first ??= NativeJson.Read<SchoolReceipt>(answer.Body);
                    continue;
                }

                Log.EntryRefused(log, system, (int)answer.Status);
                if (first is null)
                {
                    return new CreateOutcome.Refused(answer.Status == HttpStatusCode.Conflict ? "Another message was delivered with the same key." : "The school's message box does not accept the message.");
                }
            }
            catch (NativeFaultException fault) when (first is not null)
            {
                Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            }

            return new CreateOutcome.Unknown(); // one teacher has it already, so it did arrive somewhere; each takes it once under its key
        }

        var ids = new Queue<string>(first!.Arrangements);
        return new CreateOutcome.Created([.. entry.Resources.Select(resource => resource is Patient ? pupil.Id : FacadeId.Accept(ids.TryDequeue(out var id) ? id : null))]);
    }

    private static SchoolMessage MakeMessage(EntryToCreate entry, RosterPerson pupil, string teacher, ImmutableArray<SchoolArrangement> arrangements) => new()
    {
        ExternalReference = $"{entry.IdempotencyKey}.{FacadeId.FromAny(teacher)}",
        Teacher = teacher,
        Pupil = pupil.User.SourcedId,
        Topic = Topic,
        Sender = new SchoolMessageSender(entry.Sender.OrganisationName, entry.Sender.ProfessionalName, entry.Sender.Role.Value),
        Arrangements = arrangements,
    };

    private SchoolArrangement? ReadArrangement(Flag flag) =>
        flag.Status == Flag.FlagStatus.Active && flag.Category.Has(codes["categories"].FromNative(Topic)) && codes["arrangements"].Find(flag.Code) is { } row
            ? new SchoolArrangement(row.Native, Concepts.ToDay(flag.Period?.Start), Concepts.ToDay(flag.Period?.End))
            : null;

    private IEnumerable<Resource> Resources(string type, RosterSnapshot snapshot, RosterPerson pupil) => type switch
    {
        "Patient" => [ToPatient(pupil)],
        "EpisodeOfCare" => snapshot.EnrolmentsOf(pupil).GroupBy(static enrolment => enrolment.School.SourcedId).Select(school => ToStudyRight(snapshot, pupil, school)),
        _ => [],
    };

    private static Patient ToPatient(RosterPerson pupil) => new()
    {
        Id = pupil.Id,
        Active = true,
        Identifier = [new Identifier(Policy.Ids.Hetu.System, pupil.Client.Reveal())],
        Name = [new HumanName { Family = pupil.User.FamilyName, Given = pupil.User.GivenName.Split(' ', StringSplitOptions.RemoveEmptyEntries) }],
        BirthDate = pupil.Client.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private EpisodeOfCare ToStudyRight(RosterSnapshot snapshot, RosterPerson pupil, IGrouping<string, OneRosterEnrollment> school) => new()
    {
        Id = FacadeId.FromAny($"{pupil.User.SourcedId}|{school.Key}"),
        Status = EpisodeOfCare.EpisodeOfCareStatus.Active,
        Type = [codes["categories"].FromNative("enrollment").ToConcept()],
        Patient = SubjectReader.Reference(pupil.Id, pupil.Client),
        ManagingOrganization = new ResourceReference { Display = snapshot.OrganisationName(school.Key) ?? throw new NativeFaultException(NativeFault.Unreadable, "an enrolment at an unknown school") },
        Period = Concepts.ToPeriod(school.Min(static one => one.From), school.Any(static one => one.To is null) ? null : school.Max(static one => one.To)),
    };
}
