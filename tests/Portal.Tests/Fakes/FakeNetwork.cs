// The network's face as the portal meets it.
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Portal;

/// <summary>One unit with its contact, and offers; what is published is found from then on.</summary>
internal sealed class FakeNetwork(FakeAuthority authority)
{
    private const string UnitId = "0197a1b2c3d470008000000000000001";

    /// <summary>Queries of the searches for offers.</summary>
    internal ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What was published, under which id.</summary>
    internal ConcurrentQueue<(string Id, OfferSaid Offer)> Published { get; } = new();

    /// <summary>The problem with which the next publications are refused; null = they stand.</summary>
    internal (int Status, string Slug)? Refuses { get; set; }

    internal void Map(WebApplication app)
    {
        app.MapGet("/network/units", (HttpRequest request) => Found(request, Row("health") with { Kind = NetworkKind.Unit, Id = UnitId, Unit = new UnitSaid { Name = Fi("Kulttuurihyvinvoinnin yhteystiimi"), Task = Fi("Vie taiteen osastoille"), Referral = Fi("Jokainen ammattilainen"), Basis = "612/2021 6 §" } }));
        app.MapGet("/network/contacts", (HttpRequest request) => Found(request, Row("health") with { Kind = NetworkKind.Contact, Contact = new ContactSaid { Unit = UnitId, Name = "Ritva Rantanen", Office = Fi("Yhteyshenkilö"), Phone = "+358 17 000 111" } }));
        app.MapGet("/network/offers", (HttpRequest request) =>
        {
            Asked.Enqueue(request.QueryString.Value ?? string.Empty);
            return Found(request, [Row("municipal-culture") with { Offer = Singing(2) }, Row("health") with { Offer = Singing(0) with { Soteri = "2026/17", Municipality = null } }, .. Published.Select(static one => Row("municipal-sports") with { Offer = one.Offer })]);
        });
        app.MapPut("/network/offers/{id}", async (HttpRequest request, string id) =>
        {
            Authorised(request);
            var offer = (await request.ReadFromJsonAsync<OfferSaid>(SisoteJson.Options))!;
            if (Refuses is { } problem)
            {
                return Results.Json(new { type = "https://sisote.fi/problems/" + problem.Slug, title = "No.", status = problem.Status }, statusCode: problem.Status);
            }

            Published.Enqueue((id, offer));
            return Results.Json(new { id, version = 1 });
        });
    }

    private static OfferSaid Singing(int places) => new()
    {
        Name = new Wording { Fi = "Laulupiiri", Sv = "Sångkrets" },
        Category = "culture-wellbeing",
        Level = "open",
        Eligibility = Fi("Kaikille aikuisille"),
        FreePlaces = places,
        Municipality = "kuopio",
        Place = Fi("Kirjasto"),
        Times = Fi("Torstaisin klo 13"),
        Channel = "in-person",
        Languages = ["fi", "sv"],
    };

    private static Wording Fi(string text) => new() { Fi = text };

    private static NetworkRow Row(string sector) => new()
    {
        Kind = NetworkKind.Offer,
        Id = Guid.CreateVersion7().ToString("N"),
        Version = 1,
        Organisation = OrganisationId.Parse(sector == "health" ? "pohjois-savo" : "kuopio"),
        Sector = SectorId.Parse(sector),
        From = DateTimeOffset.UnixEpoch,
        RecordedAt = DateTimeOffset.UnixEpoch,
    };

    private IResult Found(HttpRequest request, params NetworkRow[] rows)
    {
        Authorised(request);
        return Results.Json(new NetworkFound([.. rows]), SisoteJson.Options);
    }

    private void Authorised(HttpRequest request) => Assert.Equal("kuopio-portal", authority.Validate(request.Headers.Authorization).Subject);
}
