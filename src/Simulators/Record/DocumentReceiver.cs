// Takes documents in that come as messages.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sisote.Simulators.Record;

/// <summary>Answers MDM^T02: checks the message, files the document or lets it wait for acceptance, and acknowledges only after it is on disk.</summary>
internal sealed class DocumentReceiver(RecordStore store, TimeProvider clock)
{
    /// <summary>The acknowledgement of a message.</summary>
    public byte[] Answer(byte[] bytes)
    {
        var message = Er7Message.Parse(bytes);
        var (code, text) = message is null ? ("AR", "Sanomaa ei voi lukea.") : Take(message);
        var at = clock.GetUtcNow();
        var answer = $"MSH|^~\\&|PEGASIMU|PSHVA|{Echo(message, 3)}|{Echo(message, 4)}|{at:yyyyMMddHHmmss}+0000||ACK^{Echo(message, 9, 2)}^ACK|{Guid.CreateVersion7():N}|P|2.5.1||||||UNICODE UTF-8\r"
            + $"MSA|{code}|{Echo(message, 10)}|{Er7Message.Escape(text)}\r";
        return Encoding.UTF8.GetBytes(answer);
    }

    private (string Code, string Text) Take(Er7Message message)
    {
        if (message.Get("MSH", 9, 1) != "MDM" || message.Get("MSH", 9, 2) != "T02" || message.Get("MSH", 10).Length == 0)
        {
            return ("AR", "Vain MDM^T02 otetaan vastaan.");
        }

        if (message.Get("PID", 3, 4, 2) != RecordCodes.PersonId || store.FindByPerson(message.Get("PID", 3)) is not { } patient)
        {
            return ("AE", "Potilasta ei ole tässä rekisterissä.");
        }

        if (Refuse(message) is { } reason)
        {
            return ("AE", reason);
        }

        if (ReadSections(message) is not { Count: > 0 } sections)
        {
            return ("AE", "Asiakirjan sisällössä on tuntematon koodi.");
        }

        var sender = message.Get("MSH", 3) + "|" + message.Get("MSH", 4);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Content())));
        return store.Receive(sender, message.Get("MSH", 10), hash, Make(message, patient, sections)) is { } document
            ? ("AA", document.Id)
            : ("AE", "Samalla sanomatunnuksella on jo tullut toinen asiakirja.");
    }

    private static string? Refuse(Er7Message message) => message switch
    {
        _ when !message.Has("TXA") => "TXA puuttuu.",
        _ when message.Get("TXA", 2) is not (RecordCodes.OnBehalfType or RecordCodes.ReceivedType) => "Asiakirjatyyppiä ei oteta vastaan.",
        _ when message.Get("TXA", 9, 2).Length == 0 || message.Get("TXA", 9, 14).Length == 0 => "Kirjaajan nimi tai organisaatio puuttuu.",
        _ when message.Get("TXA", 2) == RecordCodes.OnBehalfType && message.Get("TXA", 10).Length == 0 => "Lukuun tehdyn kirjauksen vahvistaja puuttuu.",
        _ => null,
    };

    private NativeDocument Make(Er7Message message, NativePatient patient, List<NativeSection> sections)
    {
        var onBehalf = message.Get("TXA", 2) == RecordCodes.OnBehalfType;
        return new NativeDocument
        {
            Patient = patient.Number,
            Type = message.Get("TXA", 2),
            Title = onBehalf ? "Liikuntaneuvonnan kirjaus" : "Muualta saatu palaute",
            Time = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            Author = new NativeAuthor
            {
                Id = message.Get("TXA", 9),
                Name = $"{message.Get("TXA", 9, 3)} {message.Get("TXA", 9, 2)}".Trim(),
                Role = message.Get("TXA", 9, 6),
                Organisation = message.Get("TXA", 9, 14),
            },
            Authenticator = message.Get("TXA", 10),
            Mode = onBehalf ? "on-behalf" : "received",
            Status = onBehalf ? "filed" : "waiting",
            Sections = sections,
        };
    }

    private static List<NativeSection>? ReadSections(Er7Message message)
    {
        var sections = new List<NativeSection>();
        foreach (var obx in message.All("OBX"))
        {
            if (RecordCodes.SectionOf(Er7Message.Get(obx, 3, 3)) is not { } heading || Er7Message.Get(obx, 11) != "F")
            {
                return null;
            }

            Place(sections, heading, obx);
        }

        return [.. sections.Select(static section => section with { Narrative = Narrate(section) })];
    }

    /// <summary>A line numbered 3.1 belongs to the entry numbered 3, wherever that stands.</summary>
    private static void Place(List<NativeSection> sections, (string Code, string Title) heading, string[] obx)
    {
        var number = Er7Message.Get(obx, 4).Split('.');
        var entry = ReadEntry(obx, number.Length == 1 ? number[0] : "");
        var home = number.Length == 2 ? sections.Find(section => section.Entries.Exists(whole => whole.Number == number[0])) : null;
        if (home is not null)
        {
            var place = home.Entries.FindIndex(whole => whole.Number == number[0]);
            home.Entries[place] = Complete(home.Entries[place], entry);
            return;
        }

        var section = sections.Find(found => found.Code == heading.Code);
        if (section is null)
        {
            sections.Add(section = new NativeSection { Code = heading.Code, Title = heading.Title });
        }

        section.Entries.Add(entry);
    }

    /// <summary>Status and end belong to the entry itself; everything else is a part of it.</summary>
    private static NativeEntry Complete(NativeEntry whole, NativeEntry part) => (part.System, part.Code) switch
    {
        (RecordCodes.Fields, "TILA") => whole with { Status = part.Text == "Active" ? "active" : "completed" },
        (RecordCodes.Fields, "LOPPU") => whole with { To = NativeTime(part.Text) },
        _ => whole with { Parts = [.. whole.Parts, part] },
    };

    private static NativeEntry ReadEntry(string[] obx, string number)
    {
        var numeric = Er7Message.Get(obx, 2) == "NM";
        var system = Er7Message.Get(obx, 3, 3);
        var time = NativeTime(Er7Message.Get(obx, 14));
        var isTarget = system == RecordCodes.Measures && number.Length == 0;
        return new NativeEntry
        {
            Number = number,
            System = system,
            Code = Er7Message.Get(obx, 3, 1),
            Display = Er7Message.Get(obx, 3, 2),
            Quantity = numeric ? Er7Message.Get(obx, 5) : "",
            Unit = numeric ? Er7Message.Get(obx, 6) : "",
            Text = numeric ? "" : Er7Message.Get(obx, 5),
            From = isTarget ? "" : time,
            To = isTarget ? time : "",
        };
    }

    private static string Narrate(NativeSection section) =>
        string.Join("; ", section.Entries.SelectMany(static entry => entry.Parts.Prepend(entry)).Select(static entry => $"{entry.Display}: {entry.Text}{entry.Quantity} {entry.Unit}".Trim()));

    private static string NativeTime(string time) => time.Length == 8
        ? $"{time[..4]}-{time[4..6]}-{time[6..]}"
        : DateTimeOffset.TryParseExact(time, "yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture) : "";

    private static string Echo(Er7Message? message, int field, int component = 1) => Er7Message.Escape(message?.Get("MSH", field, component) ?? "");
}
