// Writes an entry into the record.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Hl7.Fhir.Model;
using Sisote.Adapters.Hl7v2;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.PatientRecord;

/// <summary>
/// Makes one native document (MDM^T02) of an entry and sends it. The rule under which the entry comes decides, by the mapping, whether it is an entry on the record's behalf or a
/// document received from elsewhere. What the document cannot carry makes the whole entry refused; nothing is left out silently.
/// </summary>
internal sealed class EntryWriter(RecordMapping mapping, RecordSettings settings, TimeProvider clock)
{
    private readonly MllpSender sender = new(settings.SendTo, settings.Timeout);

    /// <summary>Sends the entry; the same key gives the same control id, by which the record knows a retry.</summary>
    public async Task<CreateOutcome> WriteAsync(EntryToCreate entry, CancellationToken cancellation)
    {
        if (!mapping.Outgoing.DocumentTypesByRule.TryGetValue(entry.Sender.Rule.Value, out var kind))
        {
            return new CreateOutcome.Refused("The record takes no entry under this rule.");
        }

        var content = new EntryContent(mapping);
        foreach (var resource in entry.Resources)
        {
            if (content.Add(resource) is { } fault)
            {
                return new CreateOutcome.Refused(fault);
            }
        }

        if (content.Texts != 1)
        {
            return new CreateOutcome.Refused("An entry of the record needs exactly one DocumentReference or Communication with its text.");
        }

        var controlId = ControlId(entry.IdempotencyKey);
        return await sender.SendAsync(Write(entry, kind, content, controlId), controlId, cancellation) switch
        {
            MllpOutcome.Acknowledged(Hl7AckCode.Accepted, var text) => new CreateOutcome.Created(Ids(content, text, controlId)),
            MllpOutcome.Acknowledged => new CreateOutcome.Refused("The patient record did not accept the document."),
            MllpOutcome.NoConnection => new CreateOutcome.Unavailable(),
            _ => new CreateOutcome.Unknown(),
        };
    }

    /// <summary>The control id of a delivery: 20 characters, as MSH-10 allows.</summary>
    public static string ControlId(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("mdm|" + key)))[..20];

    /// <summary>Facade ids: the record's number of the document and the place in it; where the record tells no number, a stable one made of the control id.</summary>
    private static ImmutableArray<string> Ids(EntryContent content, string text, string controlId)
    {
        var document = RecordDocuments.IsNumber(text) ? text : controlId[..10];
        return [.. content.Numbers.Select(number => $"{document}-{number}")];
    }

    private byte[] Write(EntryToCreate entry, OutgoingDocument kind, EntryContent content, string controlId)
    {
        var (names, now) = (mapping.Outgoing, clock.GetUtcNow());
        var author = entry.Sender;
        var message = new Hl7Writer(Address(names.Sender), Address(names.Receiver), "MDM^T02^MDM_T02", controlId, now);
        message.Segment("EVN").Put(1, "T02").Put(2, Hl7Writer.Time(now)).End();
        WritePatient(message, entry, content.Patient);
        message.Segment("PV1").Put(1, "1").Put(2, "O").End();
        var header = message.Segment("TXA")
            .Put(1, "1").Put(2, kind.Type).Put(3, "TX").Put(4, content.Time)
            .Put(9, author.Professional.Value, Family(author.ProfessionalName, author.Professional.Value), Given(author.ProfessionalName), null, null, Title(author.Role.Value), null, null, null, null, null, null, null, author.OrganisationName)
            .Put(12, controlId).Put(14, content.BasedOn).Put(17, kind.Completion).Put(19, "AV");
        if (kind.Mode == "on-behalf")
        {
            header.Put(10, names.Authenticator);
        }

        header.End();
        WriteLines(message, content.Lines);
        return message.ToBytes();
    }

    private void WritePatient(Hl7Writer message, EntryToCreate entry, Patient? patient)
    {
        var name = patient?.Name.FirstOrDefault();
        var segment = message.Segment("PID").Put(1, "1").Put(3, new Hl7Writer.Value(Literal: $"{entry.Client.Reveal()}^^^&{mapping.PersonIdRoot}&ISO^NNFIN"));
        if (name is not null)
        {
            segment.Put(5, name.Family ?? (name.Given.Any() ? null : name.Text), name.Given.FirstOrDefault(), string.Join(' ', name.Given.Skip(1)));
        }

        segment.Put(7, patient?.BirthDate?.Replace("-", string.Empty, StringComparison.Ordinal)).End();
    }

    private static void WriteLines(Hl7Writer message, IReadOnlyList<ObxLine> lines)
    {
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index];
            message.Segment("OBX").Put(1, (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)).Put(2, line.Type)
                .Put(3, line.Code, line.Label, line.System).Put(4, line.Number).Put(5, line.Value).Put(6, line.Unit).Put(11, "F").Put(14, line.Time)
                .End();
        }
    }

    private string Title(string role) => mapping.Outgoing.RoleTitles.GetValueOrDefault(role, role);

    private static Hl7Address Address(ApplicationName name) => new(name.Application, name.Facility);

    private static string Family(string? name, string standIn) => name?.Trim() is { Length: > 0 } full ? full.Split(' ')[^1] : standIn;

    private static string? Given(string? name) => name?.Trim() is { } full && full.Contains(' ', StringComparison.Ordinal) ? full[..full.LastIndexOf(' ')] : null;
}
