// The network's face: directory, offers and groups for connected systems.
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Network;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Access;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Network;

/// <summary><c>/network</c>: JSON about units, contacts, offers and groups, never about a client. docs/network.md has the addresses.</summary>
internal static partial class NetworkEndpoints
{
    internal const string Path = "/network";

    /// <summary>What some address of the face takes.</summary>
    internal const string Methods = "GET, POST, PUT";


    internal static bool IsAt(HttpContext context) => context.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal);

    internal static void MapNetwork(this WebApplication app)
    {
        var face = app.MapGroup(Path).RequireAuthorization(TokenDoor.Exchange).AddEndpointFilter(EnterAsync);
        foreach (var (place, kind) in new[] { ("/units", NetworkKind.Unit), ("/contacts", NetworkKind.Contact), ("/offers", NetworkKind.Offer) })
        {
            face.MapGet(place, (HttpContext context, [FromServices] NetworkDoor door, [FromServices] NetworkApi api) => ListAsync(context, door, api, kind));
            face.MapGet(place + "/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] NetworkApi api) => ShowAsync(id, context, door, api, kind));
            face.MapPost(place + "/{id}/end", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] NetworkApi api) => door.WriteAsync(context, by => api.EndAsync(new NetworkEnd(by, kind, id))));
        }

        face.MapPut("/units/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] NetworkApi api) =>
            door.WriteAsync<UnitSaid>(context, (by, said) => api.PutAsync(new NetworkPut { By = by, Id = id, Unit = said })));
        face.MapPut("/contacts/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] NetworkApi api) =>
            door.WriteAsync<ContactSaid>(context, (by, said) => api.PutAsync(new NetworkPut { By = by, Id = id, Contact = said })));
        face.MapPut("/offers/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] NetworkApi api) =>
            door.WriteAsync<OfferSaid>(context, (by, said) => api.PutAsync(new NetworkPut { By = by, Id = id, Offer = said })));
        face.MapPost("/offers/{id}/places", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] NetworkApi api) =>
            door.WriteAsync<PlacesSaid>(context, (by, said) => api.SetPlacesAsync(new NetworkPlaces(by, id, said.Free))));
        face.MapGet("/groups", (HttpContext context, [FromServices] NetworkDoor door, [FromServices] NetworkApi api) => ListAsync(context, door, api, NetworkKind.Group));
        face.MapGet("/groups/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] NetworkApi api) => ShowAsync(id, context, door, api, NetworkKind.Group));
        face.MapGet("/groups/{id}/coverage", CoverAsync);
        face.MapFigures();
        app.Map(Path + "/{**rest}", static (HttpContext context) => AccessAnswers.RefuseAsync(context, Registers().IsMatch(context.Request.Path.Value!) ? Refusal.MethodNotAllowed(Methods) : Refusal.NotServed)).RequireAuthorization(TokenDoor.Exchange).WithOrder(2);
    }

    /// <summary>Whoever asks takes a place like everybody who asks for anything.</summary>
    private static async ValueTask<object?> EnterAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        using var place = call.HttpContext.RequestServices.GetRequiredService<Turnstile>().Enter(call.HttpContext);
        if (place.IsAcquired)
        {
            return await next(call);
        }

        await AccessAnswers.RefuseAsync(call.HttpContext, Refusal.TooMany);
        return Results.Empty;
    }

    private static async Task ListAsync(HttpContext context, NetworkDoor door, NetworkApi api, NetworkKind kind)
    {
        if (QuestionOf(context.Request.Query, kind) is not { } question)
        {
            await AccessAnswers.RefuseAsync(context, Refusal.UnknownParameter);
            return;
        }

        await door.ReadAsync(context, stop => api.FindAsync(question, stop), GivingOf(kind), static (rows, isMore) => new NetworkFound(rows, isMore));
    }

    private static Task ShowAsync(string id, HttpContext context, NetworkDoor door, NetworkApi api, NetworkKind kind) =>
        door.ReadAsync(context, stop => api.FindAsync(new NetworkQuestion { Kind = kind, Id = id }, stop), GivingOf(kind), static (rows, _) => rows.FirstOrDefault());

    private static Task CoverAsync(string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] NetworkApi api, [FromServices] TimeProvider clock) => door.ReadAsync(
        context,
        stop => api.FindAsync(new NetworkQuestion { Kind = NetworkKind.Group, Id = id }, stop),
        GivingOf(NetworkKind.Group),
        (rows, _) => rows is [{ Group: { } group }] ? GroupCoverage.Of(id, group, FinnishTime.DateOf(clock.GetUtcNow())) : null);

    private static Giving<NetworkRow, NetworkRow> GivingOf(NetworkKind kind) => Giving.Whole<NetworkRow>(kind == NetworkKind.Group ? NetworkItems.Agreement : NetworkItems.Offer, static row => row.Organisation);

    /// <summary>What a list of a kind is narrowed by: what its rows have.</summary>
    internal static string[] ParametersOf(NetworkKind kind) => kind switch
    {
        NetworkKind.Unit => ["sector", "organisation", "municipality"],
        NetworkKind.Contact => ["sector", "organisation", "unit"],
        NetworkKind.Offer => ["sector", "organisation", "municipality", "category", "unit", "free"],
        _ => ["organisation"],
    };

    /// <summary>Every parameter once, each a code; null where one is not. Nothing is ignored.</summary>
    private static NetworkQuestion? QuestionOf(IQueryCollection query, NetworkKind kind)
    {
        if (query.Any(pair => !ParametersOf(kind).Contains(pair.Key) || pair.Value is not [{ } value] || !Code().IsMatch(value)) || query["free"].FirstOrDefault() is not (null or "true" or "false"))
        {
            return null;
        }

        OrganisationId? organisation = OrganisationId.TryParse(query["organisation"], out var one) ? one : null;
        SectorId? sector = SectorId.TryParse(query["sector"], out var other) ? other : null;
        return (organisation is null && query.ContainsKey("organisation")) || (sector is null && query.ContainsKey("sector")) ? null : new NetworkQuestion
        {
            Kind = kind,
            Organisation = organisation,
            Sector = sector,
            Municipality = query["municipality"].FirstOrDefault(),
            Category = query["category"].FirstOrDefault(),
            Unit = query["unit"].FirstOrDefault(),
            Free = query["free"] == "true",
        };
    }

    /// <summary>Addresses that are there, whatever the method.</summary>
    [GeneratedRegex(@"\A/network/(units|contacts|offers|groups|indicators|phenomena|statements)(/[^/]+(/(end|places|coverage|figures|counts|publications|escalations|answers|answer|public))?)?\z")]
    private static partial Regex Registers();

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z")]
    private static partial Regex Code();
}
