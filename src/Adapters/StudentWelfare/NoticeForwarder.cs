// From the record's notice to an entry at the gateway.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Doors;
using Sisote.Doors.Contexts;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.StudentWelfare;

/// <summary>What became of a notice.</summary>
internal abstract record NoticeOutcome
{
    private NoticeOutcome()
    {
    }

    /// <summary>The school has it; the gateway's receipt.</summary>
    public sealed record Delivered(string Receipt) : NoticeOutcome;

    /// <summary>It will not be delivered; sending it again changes nothing.</summary>
    public sealed record Refused(string Reason) : NoticeOutcome;

    /// <summary>Not now; the same notice may be sent again.</summary>
    public sealed record Later : NoticeOutcome;
}

/// <summary>Sends a notice to the school through the gateway, as the student-welfare system and in the name of the professional who wrote it.</summary>
internal sealed partial class NoticeForwarder(SystemEntry system, SystemId school, RoomSettings rooms, CodeMapping codes, WelfareToFhir toFhir, AccessTokenSource tokens, NativeHttpClient http, ILogger log)
{
    private const string NecessityKey = "necessity-statement";

    /// <summary>Sends one notice. The notice's id is the delivery's key: sent again, it arrives once.</summary>
    public async Task<NoticeOutcome> SendAsync(WelfareNotice notice, CancellationToken cancellation)
    {
        if (notice.Need.Necessity.Length > SisoteContext.MaximumLength || notice.Need.Necessity.Any(char.IsControl) || IdentityCode().IsMatch(notice.Need.Necessity) || !ProfessionalId.TryParse(notice.Author, out var author))
        {
            return new NoticeOutcome.Refused("ilmoitus-virheellinen");
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(rooms.Gateway, $"fhir/{school}/Flag"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(system.Id, Scopes.Exchange, Business(notice, author), cancellation));
            request.Headers.Add("Idempotency-Key", notice.Id);
            request.Headers.Add(SisoteContext.Header, new SisoteContext { Entries = [KeyValuePair.Create<string, ContextValue>(NecessityKey, new ContextValue.String(notice.Need.Necessity))] }.ToHeader());
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes<Resource>(ToEntry(notice), FhirBody.Options));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
            return Read(await http.SendForAnyAsync(request, cancellation));
        }
        catch (TokenRefusedException)
        {
            return new NoticeOutcome.Later();
        }
    }

    /// <summary>What leaves: code, period and the pupil's identifier; no author, no record id, no text.</summary>
    private Flag ToEntry(WelfareNotice notice)
    {
        var flag = toFhir.ToFlag("pupil", notice.Person, notice.Need);
        flag.Id = null;
        flag.Author = null;
        flag.Subject.Reference = null;
        return flag;
    }

    private BusinessContext Business(WelfareNotice notice, ProfessionalId author) => new()
    {
        SubjectId = author,
        SubjectName = notice.AuthorName,
        SubjectRole = RoleId.Parse(codes["roles"].FromNative(notice.AuthorRole).Code),
        OrganisationId = system.Organisation,
        PurposeOfUse = [PurposeId.Parse(codes["purposes"].FromNative("ilmoitus").Code)],
    };

    private NoticeOutcome Read((HttpStatusCode Status, string? Receipt) answer)
    {
        Log.NoticeAnswered(log, system.Id.Value, (int)answer.Status);
        return answer switch
        {
            { Status: HttpStatusCode.Created, Receipt: { Length: > 0 } receipt } => new NoticeOutcome.Delivered(receipt),
            { Status: HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict } => new NoticeOutcome.Refused("ei-toimiteta"),
            _ => new NoticeOutcome.Later(),
        };
    }

    [GeneratedRegex(@"\d{6}[-+A-FU-Ya-fu-y]\d{3}", RegexOptions.None, 100)]
    private static partial Regex IdentityCode();
}
