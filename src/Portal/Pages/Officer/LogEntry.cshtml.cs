// One entry of the log: what was decided and why, and whether it stands in the log unchanged. Finnish: Luovutus.
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Portal.Backends;
using Sisote.Portal.LogViews;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.DataProtectionOfficer))]
internal sealed class LogEntryModel(ConsentApi consent, ProofCheck proof, TimeProvider clock) : PortalPage
{
    private static readonly JsonSerializerOptions Readable = new(SisoteJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public LogDetail? Detail { get; private set; }

    public ProofResult? Proof { get; private set; }

    public DateTimeOffset CheckedAt { get; private set; }

    /// <summary>The record as text; null where it is not shown to this organisation.</summary>
    public string? Record
    {
        get
        {
            try
            {
                if (Detail!.Record is not { } shown)
                {
                    return null;
                }

                using var record = JsonDocument.Parse(Convert.FromBase64String(shown));
                return JsonSerializer.Serialize(record, Readable);
            }
            catch (Exception fault) when (fault is FormatException or JsonException)
            {
                return Detail!.Record; // not readable as a record: shown as it came, the check above says that it is broken
            }
        }
    }

    public async Task<IActionResult> OnGetAsync(long index, CancellationToken cancellation)
    {
        var answer = await consent.GetLogEntryAsync(index, cancellation);
        Detail = answer.ValueOrDefault;
        if (Detail is null)
        {
            return Ended(answer);
        }

        Proof = proof.Check(Detail);
        CheckedAt = clock.GetUtcNow();
        return Page();
    }
}
