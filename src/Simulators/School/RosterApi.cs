// The school's OneRoster 1.2 rostering provider.
using System.Text.Json.Nodes;

namespace Sisote.Simulators.School;

/// <summary>Rostering endpoints (read only) under <c>/ims/oneroster/rostering/v1p2</c>; every call needs a bearer token with a roster scope.</summary>
internal static class RosterApi
{
    /// <summary>Where the service stands.</summary>
    public const string Base = "/ims/oneroster/rostering/v1p2";

    /// <summary>Collections: plural in addresses and answers, singular for one record.</summary>
    private static readonly (string Plural, string Singular)[] Collections =
    [
        ("academicSessions", "academicSession"), ("classes", "class"), ("courses", "course"), ("enrollments", "enrollment"), ("orgs", "org"), ("users", "user"),
    ];

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder app, Roster roster, SchoolTokens tokens)
    {
        var api = app.MapGroup(Base).AddEndpointFilter((call, next) => tokens.Check(call.HttpContext.Request) switch
        {
            TokenCheck.Good => next(call),
            TokenCheck.WrongScope => ValueTask.FromResult<object?>(RosterStatus.Failure(403, "forbidden", "The token has no roster scope.")),
            _ => ValueTask.FromResult<object?>(RosterStatus.Failure(401, "unauthorisedrequest", "A bearer token is needed.")),
        });
        foreach (var (plural, singular) in Collections)
        {
            MapCollection(api, plural, singular, () => roster.Rows(plural), plural);
        }

        MapCollection(api, "schools", "org", () => roster.Schools, "orgs");
        MapCollection(api, "students", "user", () => roster.Users("student"), "users");
        MapCollection(api, "teachers", "user", () => roster.Users("teacher"), "users");
        MapNested(api, roster, "schools");
        MapNested(api, roster, "classes");
        api.MapFallback("{**rest}", static () => RosterStatus.Failure(404, "unknownobject", "There is no such service here."));
    }

    private static void MapCollection(RouteGroupBuilder api, string name, string singular, Func<IEnumerable<JsonObject>> rows, string answerName)
    {
        api.MapGet($"/{name}", (HttpContext call) => Many(call, rows(), answerName));
        api.MapGet($"/{name}/{{sourcedId}}", (string sourcedId) => rows().FirstOrDefault(row => Roster.Id(row) == sourcedId) is { } row
            ? Results.Json(new JsonObject { [singular] = row.DeepClone() })
            : RosterStatus.Failure(404, "unknownobject", "There is no such object."));
    }

    private static void MapNested(RouteGroupBuilder api, Roster roster, string parent)
    {
        foreach (var role in new[] { "student", "teacher" })
        {
            api.MapGet($"/{parent}/{{sourcedId}}/{role}s", (HttpContext call, string sourcedId) => roster.Exists(parent, sourcedId)
                ? Many(call, roster.Members(parent, sourcedId, role), "users")
                : RosterStatus.Failure(404, "unknownobject", "There is no such object."));
        }

        api.MapGet($"/{parent}/{{sourcedId}}/enrollments", (HttpContext call, string sourcedId) => roster.Exists(parent, sourcedId)
            ? Many(call, roster.Enrollments(parent, sourcedId), "enrollments")
            : RosterStatus.Failure(404, "unknownobject", "There is no such object."));
    }

    private static IResult Many(HttpContext call, IEnumerable<JsonObject> rows, string name)
    {
        if (RosterQuery.Read(call.Request.Query, out var minor) is not { } query)
        {
            return RosterStatus.Failure(400, minor, "A query parameter is not understood.");
        }

        var selected = query.Select(rows);
        call.Response.Headers["X-Total-Count"] = selected.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (query.Offset + query.Limit < selected.Count)
        {
            call.Response.Headers.Link = $"<{call.Request.Scheme}://{call.Request.Host}{call.Request.Path}?limit={query.Limit}&offset={query.Offset + query.Limit}>; rel=\"next\"";
        }

        return Results.Json(new JsonObject { [name] = query.Page(selected) });
    }
}
