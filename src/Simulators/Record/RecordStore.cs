// What the record holds.
using Sisote.Simulators.People;

namespace Sisote.Simulators.Record;

/// <summary>Patients and documents of the installation together with everything that arrived since; one lock, for a small system.</summary>
internal sealed class RecordStore : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, NativePatient> patients;
    private readonly Dictionary<string, NativeDocument> documents;
    private readonly Dictionary<(string Sender, string ControlId), ReceivedDocument> received = [];
    private readonly Dictionary<string, NativeReferral> referrals = [];
    private readonly NativeJournal journal;

    /// <summary>Opens the record in its folder. An installation with content of its own has a file by its name.</summary>
    public RecordStore(string folder, string name = RecordSimulator.KindName)
    {
        var installed = InventedPeople.Read<NativePatients>(InventedPeople.Has($"patient-record.{name}.yaml") ? $"patient-record.{name}.yaml" : "patient-record.yaml");
        patients = installed.Patients.ToDictionary(static patient => patient.Number);
        documents = installed.Patients.SelectMany(static patient => patient.Documents.Select(document => document with { Patient = patient.Number })).ToDictionary(static document => document.Id);
        journal = NativeJournal.Open(Path.Combine(folder, "journal.ndjson"), Apply);
    }

    /// <summary>The patient with this personal identity code, or null.</summary>
    public NativePatient? FindByPerson(string hetu) => patients.Values.FirstOrDefault(patient => PersonOf(patient).Hetu == hetu);

    /// <summary>The patient with this number, or null.</summary>
    public NativePatient? FindByNumber(string number) => patients.GetValueOrDefault(number);

    /// <summary>The invented person behind a patient.</summary>
    public static InventedPerson PersonOf(NativePatient patient) => InventedPeople.Shared.Person(patient.Person);

    /// <summary>The documents of a patient, oldest first.</summary>
    public List<NativeDocument> DocumentsOf(string patient)
    {
        lock (gate)
        {
            return [.. documents.Values.Where(document => document.Patient == patient).OrderBy(static document => document.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>A document, or null.</summary>
    public NativeDocument? Document(string id)
    {
        lock (gate)
        {
            return documents.GetValueOrDefault(id);
        }
    }

    /// <summary>Takes a document in. The same message again gives the document it brought; the same control id with another content gives null.</summary>
    public NativeDocument? Receive(string sender, string controlId, string contentHash, NativeDocument document)
    {
        lock (gate)
        {
            if (received.TryGetValue((sender, controlId), out var known))
            {
                return known.ContentHash == contentHash ? documents[known.Document.Id] : null;
            }

            var numbered = document with { Id = (200001 + received.Count).ToString(System.Globalization.CultureInfo.InvariantCulture) };
            Write(new JournalLine { Received = new ReceivedDocument(sender, controlId, contentHash, numbered) });
            return numbered;
        }
    }

    /// <summary>Files a waiting document; false where there is none of this number that waits.</summary>
    public bool Accept(string id, string by, DateTimeOffset at)
    {
        lock (gate)
        {
            if (documents.GetValueOrDefault(id) is not { Status: "waiting" })
            {
                return false;
            }

            Write(new JournalLine { Accepted = new Acceptance(id, by, at) });
            return true;
        }
    }

    /// <summary>Number for a new referral.</summary>
    public string NextReferralId()
    {
        lock (gate)
        {
            return $"L{300001 + referrals.Count}";
        }
    }

    /// <summary>Keeps a referral or its new state.</summary>
    public void Keep(NativeReferral referral)
    {
        lock (gate)
        {
            Write(new JournalLine { Referral = referral });
        }
    }

    /// <summary>A referral, or null.</summary>
    public NativeReferral? Referral(string id)
    {
        lock (gate)
        {
            return referrals.GetValueOrDefault(id);
        }
    }

    /// <summary>All referrals of a doctor.</summary>
    public List<NativeReferral> ReferralsBy(string doctor)
    {
        lock (gate)
        {
            return [.. referrals.Values.Where(referral => referral.By == doctor)];
        }
    }

    /// <inheritdoc />
    public void Dispose() => journal.Dispose();

    private void Write(JournalLine line)
    {
        journal.Append(line);
        Apply(line);
    }

    private void Apply(JournalLine line)
    {
        switch (line)
        {
            case { Received: { } arrival }:
                received[(arrival.Sender, arrival.ControlId)] = arrival;
                documents[arrival.Document.Id] = arrival.Document;
                break;
            case { Accepted: { } acceptance }:
                documents[acceptance.Document] = documents[acceptance.Document] with { Status = "filed", AcceptedBy = acceptance.By };
                break;
            case { Referral: { } referral }:
                referrals[referral.Id] = referral;
                break;
            default:
                throw new InvalidDataException("A line of the journal says nothing.");
        }
    }
}
