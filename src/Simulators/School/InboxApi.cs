// The door of the school's message box.
using System.Text.Json;
using System.Text.Json.Serialization;
using Sisote.Simulators.Keys;

namespace Sisote.Simulators.School;

/// <summary>The message box's JSON API under <c>/viestit</c>; a teacher with an account sees only the own messages.</summary>
internal static class InboxApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Maps the API.</summary>
    public static void Map(IEndpointRouteBuilder app, SchoolInbox inbox, Roster roster, NativeDoor door)
    {
        var api = door.Guard(app.MapGroup("/viestit"), static () => Fault(401, "avain_puuttuu"));
        api.MapPost("/", (HttpRequest request) => TakeAsync(request, inbox, door));
        api.MapGet("/", (HttpRequest request) => Results.Json(inbox.For(Reader(request, roster, door)), Json));
        api.MapGet("/{id}", (HttpRequest request, string id) =>
            inbox.For(Reader(request, roster, door)).FirstOrDefault(kept => kept.Id == id) is { } kept ? Results.Json(kept, Json) : Fault(404, "ei_loydy"));
    }

    private static async Task<IResult> TakeAsync(HttpRequest request, SchoolInbox inbox, NativeDoor door)
    {
        if (door.Recognise(request) != NativeDoor.Integration)
        {
            return Fault(403, "vain_jarjestelmat");
        }

        try
        {
            if (!request.HasJsonContentType() || await JsonSerializer.DeserializeAsync<IncomingMessage>(request.Body, Json, request.HttpContext.RequestAborted) is not { } message)
            {
                return Fault(400, "runko_virheellinen");
            }

            return inbox.Take(message) switch
            {
                MessageOutcome.Taken taken => Results.Json(new { viestiId = taken.Message.Id, jarjestelyt = taken.Message.ArrangementIds }, Json, statusCode: taken.IsNew ? 201 : 200),
                MessageOutcome.Refused refused => Fault(422, refused.Code),
                _ => Fault(409, "tunniste_kaytossa"),
            };
        }
        catch (JsonException)
        {
            return Fault(400, "runko_virheellinen");
        }
    }

    /// <summary>The teacher whose messages the caller may see; null for a system, which sees all.</summary>
    private static string? Reader(HttpRequest request, Roster roster, NativeDoor door) =>
        door.Recognise(request) is { } user && user != NativeDoor.Integration
            ? roster.Users("teacher").Where(teacher => (string?)teacher["username"] == user).Select(Roster.Id).FirstOrDefault() ?? string.Empty
            : null;

    private static IResult Fault(int status, string code) => Results.Json(new { koodi = code }, Json, statusCode: status);
}
