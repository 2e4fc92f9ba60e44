// The record's door.
using System.Xml.Linq;
using Sisote.Simulators.Keys;

namespace Sisote.Simulators.StudentWelfare;

/// <summary>XML over HTTP under <c>/palvelu</c>; every call needs the API key or an account.</summary>
internal static class WelfareApi
{
    private static readonly XNamespace Ns = WelfareXml.Ns;

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder app, WelfareRecord record, NativeDoor door, NoticeSender sender)
    {
        var api = door.Guard(app.MapGroup("/palvelu"), static () => Fault(401, "avain-puuttuu"));
        api.MapPost("/haku", (HttpRequest request) => SearchAsync(request, record));
        api.MapGet("/oppilaat", () => Xml(200, new XElement(Ns + "oppilaat", record.Pupils.Select(WelfareXml.Pupil))));
        api.MapGet("/tarpeet/{id}", (string id) => record.FindNeed(id) is var (pupil, need) ? Xml(200, WelfareXml.NeedOf(pupil, need)) : Fault(404, "ei-loydy"));
        api.MapPost("/oppilaat/{id}/tarpeet", (HttpRequest request, string id) => RecordAsync(request, id, record, door));
        api.MapPost("/tarpeet/{id}/kerro-opettajalle", (HttpRequest request, string id) => TellAsync(request, id, record, door, sender));
        api.MapGet("/ilmoitukset", () => Xml(200, new XElement(Ns + "ilmoitukset", record.Notices.Select(WelfareXml.State))));
    }

    private static async Task<IResult> SearchAsync(HttpRequest request, WelfareRecord record)
    {
        var search = await WelfareXml.ReadAsync(request.Body, request.HttpContext.RequestAborted);
        if (search?.Name != Ns + "haku" || search.Element(Ns + "henkilotunnus")?.Value is not { Length: 11 } nationalId)
        {
            return Fault(400, "haku-virheellinen");
        }

        return Xml(200, new XElement(Ns + "oppilaat", record.FindByNationalId(nationalId) is { } pupil ? WelfareXml.Pupil(pupil) : null));
    }

    private static async Task<IResult> RecordAsync(HttpRequest request, string pupilId, WelfareRecord record, NativeDoor door)
    {
        var element = await WelfareXml.ReadAsync(request.Body, request.HttpContext.RequestAborted);
        if (element?.Name != Ns + "tarve" || element.Element(Ns + "valttamattomyys")?.Value is not { Length: > 0 } necessity)
        {
            return Fault(400, "tarve-virheellinen");
        }

        var need = record.Record(pupilId, new ArrangementNeed
        {
            Code = element.Attribute("koodi")?.Value ?? string.Empty,
            From = element.Attribute("alkaa")?.Value ?? string.Empty,
            To = element.Attribute("paattyy")?.Value,
            Author = door.Recognise(request)!,
            Necessity = necessity,
        });
        return need is null ? Fault(422, "tarve-tuntematon") : Xml(201, new XElement(Ns + "kirjattu", new XAttribute("id", need.Id)));
    }

    private static async Task<IResult> TellAsync(HttpRequest request, string needId, WelfareRecord record, NativeDoor door, NoticeSender sender)
    {
        if (door.Recognise(request) is not { } user || user == NativeDoor.Integration)
        {
            return Fault(403, "vain-ammattilainen");
        }

        if (record.FindNeed(needId) is not var (pupil, need))
        {
            return Fault(404, "ei-loydy");
        }

        var notice = await sender.SendAsync(record.Notice(needId, user), pupil, need, request.HttpContext.RequestAborted);
        return Xml(notice.State == "odottaa" ? 202 : 200, WelfareXml.State(notice));
    }

    private static IResult Fault(int status, string code) => Xml(status, new XElement(Ns + "virhe", new XAttribute("koodi", code)));

    private static IResult Xml(int status, XElement body) => Results.Text(body.ToString(SaveOptions.DisableFormatting), "application/xml", statusCode: status);
}
