// Reads the client of a referral.
using Hl7.Fhir.Model;
using Sisote.Adapters.Cda;
using Sisote.Adapters.Hl7v2;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.PatientRecord;

/// <summary>Makes a Patient of PID. Protection (PD1-12) that is set or not stated marks the Patient as protected and leaves the contact data in the record.</summary>
internal static class ReferralPatient
{
    /// <summary>The Patient.</summary>
    public static Patient Read(Hl7Segment pid, Hl7Segment? additional, Hetu client)
    {
        var mayTell = additional?.Get(12) == "N"; // 661/2009 36 §: what is protected, or not known to be free, never leaves the record
        return PatientMapper.Map(
            new CdaPatient
            {
                Ids = [],
                Family = Text(pid.Get(5)),
                Given = [.. new[] { pid.Get(5, 2) }.Concat(pid.Get(5, 3).Split(' ')).Where(static name => name.Length > 0)],
                Gender = Text(pid.Get(8)),
                BirthDate = CdaTime.Read(pid.Get(7)) is { } birth ? DateOnly.FromDateTime(birth.DateTime) : null,
                Address = !mayTell || Text(pid.Get(11, 3)) is null ? null : new CdaAddress([.. new[] { pid.Get(11) }.Where(static line => line.Length > 0)], Text(pid.Get(11, 5)), Text(pid.Get(11, 3))),
                Telecom = mayTell ? [.. Telecom("tel:", pid.Get(13, 12)), .. Telecom("mailto:", pid.Get(13, 4))] : [],
                Language = Text(pid.Get(15)),
                Protected = additional?.Get(12) switch
                {
                    "Y" => true,
                    "N" => false,
                    _ => null,
                },
            },
            client,
            id: null);
    }

    private static IEnumerable<string> Telecom(string scheme, string value) => value.Length > 0 ? [scheme + value] : [];

    private static string? Text(string value) => value.Trim() is { Length: > 0 } text ? text : null;
}
