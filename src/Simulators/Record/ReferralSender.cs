// Sends referrals.
using System.Globalization;
using System.Text;
using Sisote.Simulators.People;

namespace Sisote.Simulators.Record;

/// <summary>Makes a REF^I12 of a doctor's referral, as rich as a real record's (with the diagnosis and a local segment), sends it and keeps the answer.</summary>
internal sealed class ReferralSender(RecordStore store, TimeProvider clock)
{
    /// <summary>Where referrals go; null = nowhere yet.</summary>
    public Uri? Address { get; set; }

    /// <summary>Sends a referral that was kept before, and keeps what came of it. The number is the control id, so that sending again is a retry.</summary>
    public async Task<NativeReferral> SendAsync(NativeReferral referral, CancellationToken cancellation)
    {
        var answer = Address is null ? null : await RecordMllp.SendAsync(Address, Write(referral), clock, cancellation);
        var message = answer is null ? null : Er7Message.Parse(answer);
        var known = message is not null && message.Get("MSA", 2) == referral.Id ? message.Get("MSA", 1) : "";
        var sent = referral with
        {
            Status = known switch
            {
                "AA" => "delivered",
                "AE" or "AR" => "refused",
                _ => "not-sent",
            },
            Answer = known.Length == 0 ? "Vastaanottajaan ei saatu yhteyttä." : $"{known} {message!.Get("MSA", 3)}".Trim(),
        };
        store.Keep(sent);
        return sent;
    }

    private byte[] Write(NativeReferral referral)
    {
        var patient = store.FindByNumber(referral.Patient)!;
        var doctor = InventedPeople.Shared.Professionals.First(professional => professional.Id == referral.By);
        var documents = store.DocumentsOf(patient.Number);
        var lines = new List<string[]>
        {
            new[] { "MSH", @"^~\&", "PEGASIMU", "PSHVA", "SISOTE", referral.Unit, Time(clock.GetUtcNow()), "", "REF^I12^REF_I12", referral.Id, "P", "2.5.1", "", "", "", "", "FIN", "UNICODE UTF-8" },
            new[] { "RF1", "A^Accepted^HL70283", "R^Routine^HL70280", $"LIIK^Liikuntaneuvonta^{RecordCodes.Fields}", "", "", referral.Id, Time(referral.At) },
            new[] { "PRD", "RP^Referring Provider^HL70286", $"{Er7Message.Escape(doctor.Family)}^{Er7Message.Escape(doctor.Given)}", "", "", "", "", doctor.Id },
            new[] { "PRD", "RT^Referred to Provider^HL70286", "", "", "", "", "", Er7Message.Escape(referral.Unit) },
            Pid(RecordStore.PersonOf(patient)),
            new[] { "PD1", "", "", "", "", "", "", "", "", "", "", "", RecordStore.PersonOf(patient).Protected ? "Y" : "N" },
        };
        AddDiagnosis(lines, documents);
        AddContent(lines, documents);
        if (referral.Instruction.Length > 0)
        {
            lines.Add(["NTE", "1", "P", Er7Message.Escape(referral.Instruction), "PI"]);
        }

        lines.Add(["ZPE", "paikallinen", "ei muille"]);
        return Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => string.Join('|', line).TrimEnd('|') + "\r")));
    }

    private static string[] Pid(InventedPerson person) =>
    [
        "PID", "1", "", $"{person.Hetu}^^^&{RecordCodes.PersonId}&ISO^NNFIN", "",
        $"{Er7Message.Escape(person.Family)}^{Er7Message.Escape(person.Given.Replace(' ', '^'))}".Replace(@"\S\", "^", StringComparison.Ordinal), "",
        person.BirthDate.Replace("-", string.Empty, StringComparison.Ordinal), person.Gender, "", "",
        $"{Er7Message.Escape(person.Street)}^^{Er7Message.Escape(person.City)}^^{person.PostalCode}^FIN", "",
        $"^PRN^CP^{Er7Message.Escape(person.Email)}^^^^^^^^{Er7Message.Escape(person.Phone)}", "", person.Language,
    ];

    private static void AddDiagnosis(List<string[]> lines, List<NativeDocument> documents)
    {
        var diagnosis = documents.SelectMany(static document => document.Sections).SelectMany(static section => section.Entries).FirstOrDefault(static entry => entry.System == RecordCodes.Diagnoses);
        if (diagnosis is not null)
        {
            lines.Add(["DG1", "1", "", $"{diagnosis.Code}^{Er7Message.Escape(diagnosis.Display)}^ICD-10"]);
        }
    }

    private static void AddContent(List<string[]> lines, List<NativeDocument> documents)
    {
        var entries = documents.Where(static document => document.Status == "filed" && document.Mode == "own")
            .SelectMany(static document => document.Sections).SelectMany(static section => section.Entries)
            .Where(static entry => entry.Status == "active" && entry.System is RecordCodes.Limits or RecordCodes.Goals or RecordCodes.Access);
        var number = 0;
        foreach (var entry in entries)
        {
            var code = $"{entry.Code}^{Er7Message.Escape(entry.Display)}^{entry.System}";
            var text = Er7Message.Escape(entry.Text.Length > 0 ? entry.Text : entry.Display);
            lines.Add(["OBX", (++number).ToString(CultureInfo.InvariantCulture), "ST", code, number.ToString(CultureInfo.InvariantCulture), text, "", "", "", "", "", "F", "", "", entry.From.Replace("-", string.Empty, StringComparison.Ordinal)]);
        }
    }

    private static string Time(DateTimeOffset at) => at.ToString("yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture).Replace(":", string.Empty, StringComparison.Ordinal);
}
