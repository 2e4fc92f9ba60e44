// The product's memory.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Sisote.Simulators.Storage;

namespace Sisote.Simulators.Exercise;

/// <summary>Everything the product knows, folded from its events; every change is an event on disk before it is answered.</summary>
internal sealed class CrmBook : IDisposable
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, Customer> customers = [];
    private readonly OrderedDictionary<string, Referral> referrals = [];
    private readonly OrderedDictionary<string, Limit> limits = [];
    private readonly OrderedDictionary<string, Goal> goals = [];
    private readonly OrderedDictionary<string, Plan> plans = [];
    private readonly OrderedDictionary<string, Visit> visits = [];
    private readonly OrderedDictionary<string, Measurement> measurements = [];
    private readonly Dictionary<string, CrmEvent> intakes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CrmEvent> handlings = new(StringComparer.Ordinal);
    private readonly List<CrmEvent> events = [];
    private readonly FileJournal<CrmEvent> journal;
    private readonly TimeProvider clock;

    /// <summary>Opens the book kept in a file.</summary>
    public CrmBook(string path, TimeProvider clock)
    {
        this.clock = clock;
        journal = new FileJournal<CrmEvent>(path, Apply);
    }

    /// <summary>Takes in a referral from outside; the same external reference with the same content is the same referral.</summary>
    public CrmOutcome<ReferralReceipt> TakeReferral(IncomingReferral incoming)
    {
        if (CrmChecks.Fault(incoming) is { } fault)
        {
            return new CrmOutcome<ReferralReceipt>.Refused(fault.Code, fault.Message);
        }

        var fingerprint = Fingerprint(incoming);
        lock (gate)
        {
            if (intakes.TryGetValue(incoming.ExternalReference, out var earlier))
            {
                return earlier.Fingerprint == fingerprint
                    ? new CrmOutcome<ReferralReceipt>.Done(Receipt(earlier), IsNew: false)
                    : new CrmOutcome<ReferralReceipt>.Conflict("tunniste_kaytossa", "Samalla ulkoisella tunnisteella on jo toinen lähete.");
            }

            var customer = CrmIntake.Customer(FindByNationalId(incoming.Person.NationalId), incoming.Person);
            var taken = CrmIntake.Event(incoming, customer, clock.GetUtcNow()) with { Number = events.Count + 1, Fingerprint = fingerprint };
            Write(taken);
            return new CrmOutcome<ReferralReceipt>.Done(Receipt(taken), IsNew: true);
        }
    }

    /// <summary>Moves a referral on.</summary>
    public CrmOutcome<Referral> Handle(string referralId, ReferralHandling handling)
    {
        if (CrmChecks.Fault(handling) is { } fault)
        {
            return new CrmOutcome<Referral>.Refused(fault.Code, fault.Message);
        }

        lock (gate)
        {
            if (!referrals.TryGetValue(referralId, out var referral))
            {
                return new CrmOutcome<Referral>.Absent();
            }

            if (FindEarlier(referralId, handling) is { } done)
            {
                return done;
            }

            if (handling.Version is { } version && version != referral.Version)
            {
                return new CrmOutcome<Referral>.Conflict("versio_vanhentunut", "Lähete on muuttunut.");
            }

            if (!CrmCodes.MayGo(referral.State, handling.State))
            {
                return new CrmOutcome<Referral>.Conflict("tila_ei_sallittu", "Lähete ei voi siirtyä tähän tilaan.");
            }

            var moved = Moved(referral, handling);
            Write(Next("lahete." + handling.State, referralId) with { Referral = moved, Key = handling.Key, Fingerprint = handling.Key is null ? null : Fingerprint(handling) });
            return new CrmOutcome<Referral>.Done(moved, IsNew: true);
        }
    }

    /// <summary>Records a visit with its measurements.</summary>
    public CrmOutcome<Visit> Record(VisitRecording recording)
    {
        if (recording.Measurements.FirstOrDefault(static row => !CrmChecks.IsKnown(row)) is { } unknown)
        {
            return new CrmOutcome<Visit>.Refused("mittaus_tuntematon", $"Mittaus tai sen yksikkö on tuntematon: {unknown.Code}.");
        }

        lock (gate)
        {
            if (!customers.ContainsKey(recording.Visit.CustomerId))
            {
                return new CrmOutcome<Visit>.Absent();
            }

            var visit = recording.Visit with { Id = OpaqueId.Create('k') };
            var rows = recording.Measurements.Select(row => row with { Id = OpaqueId.Create('m'), CustomerId = visit.CustomerId, VisitId = visit.Id, At = visit.At });
            Write(Next("kaynti.kirjattu", visit.Id) with { Visit = visit, Measurements = [.. rows] });
            return new CrmOutcome<Visit>.Done(visit, IsNew: true);
        }
    }

    /// <summary>Records a plan.</summary>
    public CrmOutcome<Plan> Record(Plan plan)
    {
        if (CrmChecks.Fault(plan) is { } fault)
        {
            return new CrmOutcome<Plan>.Refused(fault.Code, fault.Message);
        }

        lock (gate)
        {
            if (!customers.ContainsKey(plan.CustomerId))
            {
                return new CrmOutcome<Plan>.Absent();
            }

            var kept = plan with { Id = OpaqueId.Create('s') };
            Write(Next("suunnitelma.kirjattu", kept.Id) with { Plans = [kept] });
            return new CrmOutcome<Plan>.Done(kept, IsNew: true);
        }
    }

    /// <summary>Adds a customer who came on their own, unless the person is there already.</summary>
    public Customer Register(IncomingPerson person)
    {
        lock (gate)
        {
            if (FindByNationalId(person.NationalId) is { } known)
            {
                return known;
            }

            var customer = CrmIntake.Customer(null, person);
            Write(Next("asiakas.lisatty", customer.Id) with { Customer = customer });
            return customer;
        }
    }

    /// <summary>Rows of one kind, in the order in which they came.</summary>
    public ImmutableArray<TRow> Rows<TRow>(Func<TRow, bool> wanted)
        where TRow : class
    {
        lock (gate)
        {
            return [.. Table<TRow>().Values.Where(wanted)];
        }
    }

    /// <summary>One row, or null.</summary>
    public TRow? Row<TRow>(string id)
        where TRow : class
    {
        lock (gate)
        {
            return Table<TRow>().GetValueOrDefault(id);
        }
    }

    /// <summary>What happened after an event, without the records themselves.</summary>
    public ImmutableArray<CrmEvent> EventsAfter(long number)
    {
        lock (gate)
        {
            return [.. events.Where(row => row.Number > number).Select(static row => new CrmEvent { Number = row.Number, At = row.At, Kind = row.Kind, Target = row.Target })];
        }
    }

    /// <inheritdoc />
    public void Dispose() => journal.Dispose();

    /// <summary>The same handling came before, or another one under its identifier; null = it is new.</summary>
    private CrmOutcome<Referral>? FindEarlier(string referralId, ReferralHandling handling) =>
        handling.Key is not { } key || !handlings.TryGetValue(key, out var earlier) ? null
        : earlier.Target == referralId && earlier.Fingerprint == Fingerprint(handling) ? new CrmOutcome<Referral>.Done(earlier.Referral!, IsNew: false)
        : new CrmOutcome<Referral>.Conflict("tunniste_kaytossa", "Samalla tunnisteella on jo toinen käsittely.");

    private Referral Moved(Referral referral, ReferralHandling handling) => referral with
    {
        State = handling.State,
        Counsellor = handling.Counsellor ?? referral.Counsellor,
        Reason = handling.Reason,
        ReasonCode = handling.ReasonCode,
        Feedback = handling.Feedback ?? referral.Feedback,
        Changed = clock.GetUtcNow(),
        Version = referral.Version + 1,
    };

    private static string Fingerprint<TContent>(TContent content) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content)));

    private Customer? FindByNationalId(string nationalId) => customers.Values.FirstOrDefault(customer => customer.NationalId == nationalId);

    private CrmEvent Next(string kind, string target) => new() { Number = events.Count + 1, At = clock.GetUtcNow(), Kind = kind, Target = target };

    private static ReferralReceipt Receipt(CrmEvent taken) => new()
    {
        ReferralId = taken.Target,
        CustomerId = taken.Customer!.Id,
        State = taken.Referral!.State,
        Limits = [.. taken.Limits.Select(static row => row.Id)],
        Goals = [.. taken.Goals.Select(static row => row.Id)],
        Plans = [.. taken.Plans.Select(static row => row.Id)],
    };

    private OrderedDictionary<string, TRow> Table<TRow>()
        where TRow : class => new object[] { customers, referrals, limits, goals, plans, visits, measurements }.OfType<OrderedDictionary<string, TRow>>().Single();

    private void Write(CrmEvent happened)
    {
        journal.Append(happened);
        Apply(happened);
    }

    private void Apply(CrmEvent happened)
    {
        events.Add(happened);
        Put(customers, happened.Customer, static row => row.Id);
        Put(referrals, happened.Referral, static row => row.Id);
        Put(visits, happened.Visit, static row => row.Id);
        foreach (var row in happened.Limits)
        {
            limits[row.Id] = row;
        }

        foreach (var row in happened.Goals)
        {
            goals[row.Id] = row;
        }

        foreach (var row in happened.Plans)
        {
            plans[row.Id] = row;
        }

        foreach (var row in happened.Measurements)
        {
            measurements[row.Id] = row;
        }

        if (happened.Key is not null)
        {
            handlings[happened.Key] = happened;
        }
        else if (happened.Fingerprint is not null)
        {
            intakes[happened.Referral!.ExternalReference] = happened;
        }
    }

    private static void Put<TRow>(OrderedDictionary<string, TRow> table, TRow? row, Func<TRow, string> id)
        where TRow : class
    {
        if (row is not null)
        {
            table[id(row)] = row;
        }
    }
}
