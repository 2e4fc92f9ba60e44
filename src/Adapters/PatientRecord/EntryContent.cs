// What an entry says, in the record's own lines.
using Hl7.Fhir.Model;
using Sisote.Adapters.Hl7v2;

namespace Sisote.Adapters.PatientRecord;

/// <summary>One OBX: a value with the record's own code.</summary>
internal sealed record ObxLine(string Number, string Type, string System, string Code, string Label, string Value, string? Unit = null, string? Time = null);

/// <summary>Collects the lines of a document from the resources of an entry. A resource with an element that no line carries is refused by name.</summary>
internal sealed partial class EntryContent(RecordMapping mapping)
{
    private readonly List<ObxLine> lines = [];
    private readonly List<string> numbers = [];

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<ObxLine> Lines => lines;

    /// <summary>Number of each resource inside the document, in the order they were added; 0 for one that is not content.</summary>
    public IReadOnlyList<string> Numbers => numbers;

    /// <summary>How many of them carry the entry's text.</summary>
    public int Texts { get; private set; }

    /// <summary>Time of the activity, HL7.</summary>
    public string? Time { get; private set; }

    /// <summary>The referral it answers to.</summary>
    public string? BasedOn { get; private set; }

    /// <summary>The client's identity, where the entry carries it.</summary>
    public Patient? Patient { get; private set; }

    /// <summary>Adds a resource; gives a plain reason, without any value, where it cannot be carried.</summary>
    public string? Add(Resource resource)
    {
        if (resource.Meta?.Security.Count > 0)
        {
            return $"The record cannot keep the security label of a {resource.TypeName} from elsewhere.";
        }

        var number = resource is Patient ? "0" : (numbers.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var fault = resource switch
        {
            Patient patient => AddPatient(patient),
            DocumentReference document => AddDocument(document, number),
            Communication feedback => AddFeedback(feedback, number),
            Observation measure => AddMeasure(measure, number),
            Goal goal => AddGoal(goal, number),
            CarePlan plan => AddPlan(plan, number),
            _ => $"The record takes no {resource.TypeName}.",
        };
        numbers.Add(number);
        return fault;
    }

    private string? AddPatient(Patient patient)
    {
        Patient = patient;
        return Uncarried(patient, "identifier", "name", "birthDate", "gender", "active");
    }

    private string? AddDocument(DocumentReference document, string number)
    {
        Texts++;
        Time = document.Context?.Period?.Start is { } start ? Moment(start) : document.Date is { } date ? Hl7Writer.Time(date) : null;
        if (Uncarried(document, "status", "type", "category", "subject", "date", "author", "content", "context") is { } uncarried)
        {
            return uncarried;
        }

        if (document.Context is { } context && Uncarried(context, "DocumentReference.context", "period") is { } inContext)
        {
            return inContext;
        }

        if (document.Status != DocumentReferenceStatus.Current
            || document.Content is not [{ Format: null, Attachment: { Url: null, Data: { Length: > 0 } data, ContentType: { } type } attachment }]
            || !type.StartsWith("text/plain", StringComparison.Ordinal) || Decode(data) is not { } text)
        {
            return "The record takes one current plain text (text/plain in UTF-8) as DocumentReference.content.";
        }

        AddText(number, text, Time);
        AddField(number, mapping.Outgoing.Fields.Title, attachment.Title);
        AddField(number, mapping.Outgoing.Fields.End, Moment(document.Context?.Period?.End));
        return null;
    }

    private string? AddFeedback(Communication feedback, string number)
    {
        Texts++;
        Time = Moment(feedback.Sent);
        BasedOn = feedback.BasedOn is [var only] ? only.Identifier?.Value ?? only.Reference?.Split('/')[^1] : null;
        if (Uncarried(feedback, "status", "category", "basedOn", "subject", "sent", "sender", "recipient", "statusReason", "payload") is { } uncarried)
        {
            return uncarried;
        }

        var texts = feedback.Payload.Select(static payload => (payload.Content as FhirString)?.Value).ToList();
        if (feedback.BasedOn.Count > 1 || texts.Count == 0 || texts.Any(string.IsNullOrWhiteSpace))
        {
            return "The record takes a Communication with text payloads, about one referral.";
        }

        AddText(number, string.Join('\n', texts), Time);
        if (feedback.StatusReason is null)
        {
            return null;
        }

        if (!mapping.Map(mapping.Outgoing.Outcomes).TryReverse(feedback.StatusReason, out var outcome))
        {
            return "The record does not know the code of Communication.statusReason.";
        }

        lines.Add(new ObxLine($"{number}.9", "ST", outcome.System, outcome.Code, outcome.Mapped.Label, outcome.Mapped.Label));
        return null;
    }

    private void AddText(string number, string text, string? time) =>
        lines.Add(new ObxLine(number, "TX", mapping.Outgoing.Fields.System, mapping.Outgoing.Fields.Text, "Teksti", text, null, time));

    private void AddField(string number, string code, string? value)
    {
        if (value is { Length: > 0 })
        {
            var part = lines.Count(line => line.Number.StartsWith(number + ".", StringComparison.Ordinal)) + 1;
            lines.Add(new ObxLine($"{number}.{part}", "ST", mapping.Outgoing.Fields.System, code, code, value));
        }
    }

    private static string? Decode(byte[] data)
    {
        try
        {
            return new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString(data);
        }
        catch (System.Text.DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? Uncarried(Resource resource, params string[] carried) => Uncarried(resource, resource.TypeName, [.. carried, "id", "meta"]);

    private static string? Uncarried(Base element, string name, params string[] carried) =>
        element.EnumerateElements().Select(static pair => pair.Key).FirstOrDefault(key => !carried.Contains(key)) is { } other
            ? $"The record cannot carry {name}.{other}."
            : null;

    /// <summary>A FHIR date or time as HL7 version 2 writes it: a day, or an instant with offset.</summary>
    private static string? Moment(string? fhir) => fhir switch
    {
        null => null,
        { Length: 10 } => fhir.Replace("-", string.Empty, StringComparison.Ordinal),
        _ => DateTimeOffset.TryParse(fhir, System.Globalization.CultureInfo.InvariantCulture, out var at) ? Hl7Writer.Time(at) : null,
    };
}
