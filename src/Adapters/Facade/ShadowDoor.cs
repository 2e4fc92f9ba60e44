// Where the operator asks what a mapping in the shadow would do otherwise.
using Sisote.Adapters.Rest;
using Sisote.Adapters.Sources;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;

namespace Sisote.Adapters.Facade;

/// <summary><c>GET /$shadow/{system}</c>, for the operator only: counts of this instance.</summary>
internal static class ShadowDoor
{
    /// <summary>Maps the endpoint; no system's id begins with a dollar sign.</summary>
    public static void MapShadow(this WebApplication app) => app.MapGet("/$shadow/{system}", Report)
        .RequireAuthorization(TokenDoor.Inner)
        .RequireAuthorization(static policy => policy.RequireAssertion(static context => Caller.From(context.User) is Caller.System { Id: var id } && id == InnerSystems.Operator));

    private static IResult Report(string system, SourceSystems systems) =>
        systems.Find(system) is RestSystem { Shadow: { } shadow } ? Results.Json(shadow.Report(), SisoteJson.Options) : FacadeProblems.NothingThere();
}
