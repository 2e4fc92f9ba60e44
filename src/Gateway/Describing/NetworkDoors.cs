// The outer doors below /network with what is said of them.
using System.Collections.Immutable;
using Sisote.Doors.Network;
using Sisote.Gateway.Network;
using static Sisote.Gateway.Describing.OuterDoor;

namespace Sisote.Gateway.Describing;

/// <summary>Directory, offers, groups, indicators, phenomena and statements: data about nobody. docs/network.md and docs/indicators.md explain them.</summary>
internal static class NetworkDoors
{
    private const string Name = """{"fi": "Laulupiiri", "sv": "Sångkrets"}""";
    private const string Label = """{"fi": "Kunta", "sv": "Kommun", "en": "Municipality"}""";
    private static readonly OuterParameter Fresh = new("id", "path", "0197a1b2c3d47000800000000000c001", "Identifier, 32 hexadecimal digits; a fresh one makes something new.", IsRequired: true);
    private static readonly OuterParameter Indicator = new("id", "path", "culture-participation", "The indicator's code.", IsRequired: true);
    private static readonly OuterParameter[] Narrowing =
    [
        new("sector", "query", "culture", "Of this sector."), new("organisation", "query", "kuopio", "Of this organisation."), new("municipality", "query", "kuopio", "In this municipality, or in all."),
        new("category", "query", "culture-wellbeing", "Of this category."), new("unit", "query", "0197a1b2c3d47000800000000000c002", "Of this unit."), new("free", "query", "true", "true: with room."),
    ];

    private static readonly string[] OfReading = ["not-connected", "parameter-unknown", "not-served", "method-not-allowed", "too-many-requests", "internal-fault", "log-unavailable", "state-changing"];
    private static readonly string[] OfWriting = ["request-malformed", "not-connected", "not-found", "not-served", "method-not-allowed", "id-taken", "wrong-state", "request-too-large", "media-type-unsupported", "too-many-requests", "internal-fault", "log-unavailable"];

    /// <summary>All of them.</summary>
    internal static ImmutableArray<OuterDoor> All { get; } =
    [
        .. Register(NetworkKind.Unit, "units", "unit", "UnitSaid", $$"""{"name": {{Name}}, "task": {{Name}}, "referral": {{Name}}, "basis": "1287/2013"}"""),
        .. Register(NetworkKind.Contact, "contacts", "contact", "ContactSaid", $$"""{"unit": "0197a1b2c3d47000800000000000c002", "name": "Some Official", "office": {{Name}}, "phone": "017 000 000"}"""),
        .. Register(NetworkKind.Offer, "offers", "offer", "OfferSaid", $$"""{"name": {{Name}}, "category": "culture-wellbeing", "level": "open", "eligibility": {{Name}}, "freePlaces": 2, "place": {{Name}}, "times": {{Name}}, "channel": "in-person", "languages": ["fi", "sv"]}""", "soteri-missing"),
        Writes("POST", "/network/offers/{id}/places", "Change an offer's free places", "PlacesSaid", """{"free": 3}"""),
        Reads("/network/groups", "Co-operation groups valid today", "NetworkRows") with { Parameters = NarrowingOf(NetworkKind.Group) },
        Reads("/network/groups/{id}", "One group", "NetworkRow", "not-found") with { Parameters = [Fresh] },
        Reads("/network/groups/{id}/coverage", "Each municipality of a group's area with who speaks for it today, or a gap", "GroupCoverage", "not-found") with { Parameters = [Fresh] },
        Reads("/network/indicators", "Indicators with every version of their definitions", "IndicatorList") with { Parameters = NarrowingOf(NetworkKind.Group) },
        Reads("/network/indicators/{id}", "One indicator", "IndicatorShown", "not-found") with { Parameters = [Indicator] },
        Reads("/network/indicators/{id}/figures", "Figures of a published period; small ones are hidden", "IndicatorFigures", "not-found")
            with { Parameters = [Indicator, new OuterParameter("period", "query", "2026-10", "A published month or year.", IsRequired: true), new OuterParameter("by", "query", "municipality", "Dimensions, by commas; none sums over all.")] },
        Writes("PUT", "/network/indicators/{id}", "Define an indicator, or its next version", "DefineIndicator",
            $$"""{"id": "culture-participation", "name": {{Label}}, "meaning": {{Label}}, "dimensions": [{"id": "municipality", "name": {{Label}}, "codes": ["kuopio", "siilinjarvi"]}], "validFrom": "2026-10", "sources": ["kuopio"]}""") with { Parameters = [Indicator] },
        Writes("POST", "/network/indicators/{id}/counts", "Deliver the counts of a month", "DeliverCounts", """{"month": "2026-10", "counts": [{"codes": ["kuopio"], "persons": 37}]}""") with { Parameters = [Indicator] },
        Writes("POST", "/network/indicators/{id}/publications", "Publish a month or year that is over, once and for good", "PublishFigures", """{"period": "2026-10"}""") with { Parameters = [Indicator] },
        Reads("/network/phenomena", "What people of the field see, in words about nobody", "PhenomenonList") with { Parameters = [new OuterParameter("own", "query", "true", "true: those that the own organisation reported."), .. NarrowingOf(NetworkKind.Group)] },
        Writes("PUT", "/network/phenomena/{id}", "Report a phenomenon", "ReportPhenomenon", """{"category": "sleep", "group": "grade-9", "area": "kuopio", "text": "Unettomuus on lisääntynyt."}""", "person-in-text"),
        Writes("POST", "/network/phenomena/{id}/escalations", "Take a phenomenon to a group", "EscalatePhenomenon", """{"group": "0197a1b2c3d47000800000000000c003"}"""),
        Writes("POST", "/network/phenomena/{id}/answers", "The group's answer", "SaidText", """{"text": "Otetaan ohjelmaan."}""", "person-in-text"),
        Reads("/network/statements", "Statements: the parties see all parts, others the public version", "StatementList") with { Parameters = NarrowingOf(NetworkKind.Group) },
        Reads("/network/statements/{id}", "One statement", "StatementShown", "not-found") with { Parameters = [Fresh] },
        Writes("PUT", "/network/statements/{id}", "Ask an organisation for a statement", "AskStatement", """{"title": "Nuorisotyö", "text": "Mitä tarvitaan?", "to": "pohjois-savo", "figures": [{"indicator": "culture-participation", "period": "2026-10"}]}""", "person-in-text", "state-changing")
            with { Answers = [(200, Json, "NetworkStands", "It stands as written; Sisote-Receipt is the log's, with one more for each organisation whose figures it takes along.")] },
        Writes("POST", "/network/statements/{id}/answer", "Answer it, once", "SaidText", """{"text": "Tiloja."}""", "person-in-text"),
        Writes("POST", "/network/statements/{id}/public", "Publish it, once", "SaidText", """{"text": "Tiloja."}""", "person-in-text"),
    ];

    private static ImmutableArray<OuterParameter> NarrowingOf(NetworkKind kind) => [.. Narrowing.Where(parameter => NetworkEndpoints.ParametersOf(kind).Contains(parameter.Name))];

    private static OuterDoor[] Register(NetworkKind kind, string place, string what, string schema, string example, params ReadOnlySpan<string> problems) =>
    [
        Reads($"/network/{place}", $"Every {what} valid today", "NetworkRows") with { Parameters = NarrowingOf(kind) },
        Reads($"/network/{place}/{{id}}", $"One {what}", "NetworkRow", "not-found") with { Parameters = [Fresh] },
        Writes("PUT", $"/network/{place}/{{id}}", $"Write the own {what}, or its next version", schema, example, ["person-in-text", .. problems]),
        Writes("POST", $"/network/{place}/{{id}}/end", $"End the own {what} as of now", null, null),
    ];

    private static OuterDoor Reads(string path, string summary, string schema, params ReadOnlySpan<string> problems) => new("GET", path, summary)
    {
        Answers = [(200, Json, schema, "What may be given, with Sisote-Receipt for each organisation; above eight, Sisote-Receipts-More says how many there are besides.")],
        Problems = [.. OfReading, .. problems],
    };

    private static OuterDoor Writes(string method, string path, string summary, string? schema, string? example, params ReadOnlySpan<string> problems) => new(method, path, summary)
    {
        Parameters = [Fresh],
        Body = schema is null ? null : (Json, schema, example!),
        Answers = [(200, Json, "NetworkStands", "It stands as written; Sisote-Receipt is the log's.")],
        Problems = [.. OfWriting, .. problems],
    };
}
