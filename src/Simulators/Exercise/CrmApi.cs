// The product's door.
using System.Text.Json;
using System.Text.Json.Serialization;
using Sisote.Simulators.Keys;

namespace Sisote.Simulators.Exercise;

/// <summary>The product's JSON API under <c>/api/v1</c>; every call needs the API key or an account.</summary>
internal static class CrmApi
{
    private const int LargestBody = 256 * 1024;
    private const int LargestPage = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Maps the API.</summary>
    public static void Map(IEndpointRouteBuilder app, CrmBook book, NativeDoor door)
    {
        var api = door.Guard(app.MapGroup("/api/v1"), static () => Fault(401, "avain_puuttuu", "API-avain puuttuu tai on väärä."));
        MapRows<Customer>(api, "asiakkaat", book, static row => row.Id, static _ => null);
        MapRows<Referral>(api, "lahetteet", book, static row => row.CustomerId, static row => row.State);
        MapRows<Limit>(api, "rajoitteet", book, static row => row.CustomerId, static _ => null);
        MapRows<Goal>(api, "tavoitteet", book, static row => row.CustomerId, static row => row.State);
        MapRows<Plan>(api, "suunnitelmat", book, static row => row.CustomerId, static row => row.State);
        MapRows<Visit>(api, "kaynnit", book, static row => row.CustomerId, static _ => null);
        MapRows<Measurement>(api, "mittaukset", book, static row => row.CustomerId, static _ => null);
        api.MapGet("/tapahtumat", (long jalkeen) => Answer(200, book.EventsAfter(jalkeen)));
        api.MapGet("/tyojono", () => Answer(200, CrmViews.WorkList(book)));
        api.MapGet("/lahetteet/{id}/kortti", (string id) => CrmViews.Card(book, id) is { } card ? Answer(200, card) : Absent());
        MapWriting(api, book);
    }

    private static void MapWriting(RouteGroupBuilder api, CrmBook book)
    {
        api.MapPost("/asiakkaat/haku", (HttpRequest request) => WithBody<CustomerSearch>(request, search =>
            Answer(200, Page(book.Rows<Customer>(row => row.NationalId == search.NationalId), 1, LargestPage))));
        api.MapPost("/asiakkaat", (HttpRequest request) => WithBody<IncomingPerson>(request, person => Answer(201, book.Register(person))));
        api.MapPost("/lahetteet/saapuvat", (HttpRequest request) => WithBody<IncomingReferral>(request, referral => Answer(book.TakeReferral(referral))));
        api.MapPost("/lahetteet/{id}/kasittely", (HttpRequest request, string id) => WithBody<ReferralHandling>(request, handling => Answer(book.Handle(id, handling))));
        api.MapPost("/kaynnit", (HttpRequest request) => WithBody<VisitRecording>(request, visit => Answer(book.Record(visit))));
        api.MapPost("/suunnitelmat", (HttpRequest request) => WithBody<Plan>(request, plan => Answer(book.Record(plan))));
    }

    private static void MapRows<TRow>(RouteGroupBuilder api, string name, CrmBook book, Func<TRow, string> customer, Func<TRow, string?> state)
        where TRow : class
    {
        api.MapGet($"/{name}", (string? asiakas, string? tila, int sivu = 1, int koko = 50) =>
            sivu < 1 || koko is < 1 or > LargestPage
                ? Fault(400, "sivutus_virheellinen", $"sivu on vähintään 1 ja koko 1–{LargestPage}.")
                : Answer(200, Page(book.Rows<TRow>(row => (asiakas is null || customer(row) == asiakas) && (tila is null || state(row) == tila)), sivu, koko)));
        api.MapGet($"/{name}/{{id}}", (string id) => book.Row<TRow>(id) is { } row ? Answer(200, row) : Absent());
    }

    private static CrmPage<TRow> Page<TRow>(IReadOnlyCollection<TRow> rows, int page, int size) =>
        new() { Rows = [.. rows.Skip((page - 1) * size).Take(size)], Page = page, Size = size, Total = rows.Count };

    private static async Task<IResult> WithBody<TBody>(HttpRequest request, Func<TBody, IResult> act)
        where TBody : class
    {
        if (!request.HasJsonContentType() || request.ContentLength is null or > LargestBody)
        {
            return Fault(400, "runko_virheellinen", "Runko ei ole JSONia, sen pituutta ei kerrota tai se on liian suuri.");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<TBody>(request.Body, Json, request.HttpContext.RequestAborted) is { } body
                ? act(body)
                : Fault(400, "runko_virheellinen", "Runko on tyhjä.");
        }
        catch (JsonException)
        {
            return Fault(400, "runko_virheellinen", "Runko ei ole kelvollista JSONia tai siinä on tuntematon kenttä.");
        }
    }

    private static IResult Answer<TResult>(CrmOutcome<TResult> outcome) => outcome switch
    {
        CrmOutcome<TResult>.Done done => Answer(done.IsNew ? 201 : 200, done.Result),
        CrmOutcome<TResult>.Refused refused => Fault(422, refused.Code, refused.Message),
        CrmOutcome<TResult>.Conflict conflict => Fault(409, conflict.Code, conflict.Message),
        _ => Absent(),
    };

    private static IResult Answer<TBody>(int status, TBody body) => Results.Json(body, Json, statusCode: status);

    private static IResult Absent() => Fault(404, "ei_loydy", "Tietoa ei löydy.");

    private static IResult Fault(int status, string code, string message) => Answer(status, new CrmFault { Code = code, Message = message });
}
