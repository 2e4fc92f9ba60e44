// The record's HTTP door.
using System.Xml.Linq;

namespace Sisote.Simulators.Record;

/// <summary>Documents for integrations (XML), and what a doctor sees and does (JSON and a page). Every call needs a user and a password.</summary>
internal static class RecordDoor
{
    private const string Integration = "integration";

    /// <summary>Maps the door.</summary>
    public static void Map(WebApplication app, SimulatorPlace place, RecordStore store, ReferralSender sender)
    {
        app.Use(async (call, next) =>
        {
            if (place.Accounts.Recognise(call.Request) is not { } user)
            {
                call.Response.StatusCode = StatusCodes.Status401Unauthorized;
                call.Response.Headers.WWWAuthenticate = "Basic realm=\"record\", charset=\"UTF-8\"";
                return;
            }

            call.Items[nameof(RecordDoor)] = user;
            await next();
        });
        app.MapPost("/documents/query", Task<IResult> (HttpContext call, CancellationToken _) => QueryAsync(call, store));
        app.MapGet("/documents/{id}", (string id, HttpContext call) => ReadDocument(id, call, store));
        app.MapPost("/view/documents", Task<IResult> (HttpContext call, CancellationToken _) => ViewAsync(call, store));
        app.MapPost("/view/documents/{id}/accept", (string id, HttpContext call) =>
            IsDoctor(call) ? store.Accept(id, User(call), place.Clock.GetUtcNow()) ? Results.NoContent() : Results.NotFound() : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapPost("/referrals", Task<IResult> (HttpContext call, CancellationToken _) => ReferAsync(call, store, sender, place.Clock));
        app.MapPost("/referrals/{id}/send", (string id, HttpContext call) => ResendAsync(id, call, store, sender));
        app.MapGet("/referrals", (HttpContext call) => IsDoctor(call) ? Results.Json(store.ReferralsBy(User(call))) : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapGet("/", static () => Results.Content(RecordPage.Search, "text/html; charset=utf-8"));
    }

    private static async Task<IResult> QueryAsync(HttpContext call, RecordStore store)
    {
        if (User(call) != Integration || await ReadFormAsync(call) is not { } form)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var patient = form["hetu"] is [{ } hetu] ? store.FindByPerson(hetu) : form["patientNumber"] is [{ } number] ? store.FindByNumber(number) : null;
        var list = new XElement("documents", patient is null ? null : store.DocumentsOf(patient.Number).Where(static document => document.Status == "filed").Select(static document =>
            new XElement("document", new XAttribute("id", document.Id), new XAttribute("type", document.Type), new XAttribute("time", document.Time))));
        return Results.Content(list.ToString(), "application/xml; charset=utf-8");
    }

    private static IResult ReadDocument(string id, HttpContext call, RecordStore store)
    {
        if (User(call) != Integration)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (store.Document(id) is not { Status: "filed" } document || store.FindByNumber(document.Patient) is not { } patient)
        {
            return Results.NotFound();
        }

        return Results.Bytes(ClinicalDocumentWriter.Write(document, patient, RecordStore.PersonOf(patient)), "text/xml; charset=utf-8");
    }

    private static async Task<IResult> ViewAsync(HttpContext call, RecordStore store)
    {
        if (!IsDoctor(call) || await ReadFormAsync(call) is not { } form)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (form["hetu"] is not [{ } hetu] || store.FindByPerson(hetu) is not { } patient)
        {
            return Results.NotFound();
        }

        var documents = store.DocumentsOf(patient.Number);
        return call.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? Results.Content(RecordPage.Documents(RecordStore.PersonOf(patient), documents), "text/html; charset=utf-8")
            : Results.Json(documents);
    }

    private static async Task<IResult> ReferAsync(HttpContext call, RecordStore store, ReferralSender sender, TimeProvider clock)
    {
        if (!IsDoctor(call) || await ReadFormAsync(call) is not { } form)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (form["hetu"] is not [{ } hetu] || store.FindByPerson(hetu) is not { } patient || form["unit"] is not [{ Length: > 0 and <= 40 } unit])
        {
            return Results.UnprocessableEntity();
        }

        var referral = new NativeReferral
        {
            Id = store.NextReferralId(),
            Patient = patient.Number,
            Unit = unit,
            By = User(call),
            At = clock.GetUtcNow(),
            Instruction = form["instruction"].ToString(),
            Status = "not-sent",
        };
        store.Keep(referral);
        return Results.Json(await sender.SendAsync(referral, CancellationToken.None));
    }

    private static async Task<IResult> ResendAsync(string id, HttpContext call, RecordStore store, ReferralSender sender)
    {
        if (!IsDoctor(call) || store.Referral(id) is not { } referral || referral.By != User(call))
        {
            return Results.NotFound();
        }

        return Results.Json(referral.Status == "delivered" ? referral : await sender.SendAsync(referral, CancellationToken.None));
    }

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext call) =>
        call.Request.HasFormContentType ? await call.Request.ReadFormAsync(call.RequestAborted) : null;

    private static string User(HttpContext call) => (string)call.Items[nameof(RecordDoor)]!;

    private static bool IsDoctor(HttpContext call) => User(call) != Integration;
}
