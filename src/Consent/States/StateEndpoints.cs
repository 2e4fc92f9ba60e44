// The gateway's question: what is on record about these people?
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.States;

/// <summary><c>POST /states</c> and <c>POST /states/refresh</c></summary>
internal static class StateEndpoints
{
    private const int Most = 1000;

    public static void MapStates(this IEndpointRouteBuilder app)
    {
        app.MapPost("/states", ReadAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/states/refresh", RefreshAsync).RequireAuthorization(Admission.Gateway);
    }

    private static async Task<Ok<ClientStateRefreshed>> RefreshAsync(ClientStateRefresh held, StateReader states, CancellationToken cancellation) =>
        TypedResults.Ok(await states.RefreshAsync(held, cancellation));

    private static async Task<Results<Ok<ClientStateAnswer>, ProblemHttpResult>> ReadAsync(ClientStateQuery query, StateReader states, CancellationToken cancellation)
    {
        if (query.Identifiers.Length + query.Clients.Length is 0 or > Most)
        {
            return Problems.InvalidRequest("identifiers", $"Ask for 1 to {Most} clients.");
        }

        var identifiers = ImmutableArray.CreateBuilder<Hetu>(query.Identifiers.Length);
        foreach (var text in query.Identifiers)
        {
            if (!Hetu.TryParse(text, out var identifier))
            {
                return Problems.InvalidRequest("identifiers", "Each is a national identifier of 11 characters.");
            }

            identifiers.Add(identifier);
        }

        return TypedResults.Ok(await states.ReadAsync(identifiers.MoveToImmutable(), query.Clients, cancellation));
    }
}
