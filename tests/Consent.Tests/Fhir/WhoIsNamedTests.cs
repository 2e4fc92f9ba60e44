// Whom a FHIR Consent names, whose data it opens, and who was shown it.
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Audit;
using Sisote.DisclosureLog.Audit;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Consent.Review;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Fhir;

public sealed class WhoIsNamedTests(PostgresFixture postgres)
{
    private static readonly OrganisationId Another = OrganisationId.Parse("org-another");

    private static ConsentFlow Secrecy => WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");

    private static OrganisationId Own => Secrecy.From.Organisation!.Value;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoeverIsShownARecordedConsentStandsInTheLogAndWhoIsShownNothingDoesNot(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (who, giver) = (Some.Person(1), room.Giver(Secrecy));
        var id = await room.PutOnRecordAsync(Secrecy, who);
        var client = (await room.StateAsync(who.Reveal())).State.Client;

        await giver.FindAsync(Some.Person(2)).ConsentsAsync();
        await giver.FindAsync(("patient.identifier", $"urn:oid:1.2.246.21|{who.Reveal()}"), ("status", "draft")).ConsentsAsync();
        using var absent = await giver.GetAsync($"/fhir/Consent/{Some.Id()}");
        Assert.Empty(await LooksAsync(room));

        Assert.Single(await giver.FindAsync(who).ConsentsAsync());
        using var read = await giver.GetAsync($"/fhir/Consent/{id}");

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        var looks = await LooksAsync(room);
        Assert.Equal(2, looks.Length);
        Assert.All(looks, look => Assert.Equal((client, "consents", Own, ProfessionalId.Parse("giver")), (look.Client!.Value, look.Concerns, look.To!.Organisation!.Value, look.To.Professional!.Value)));
        await room.Client(who.Reveal()).FindAsync().ConsentsAsync();
        Assert.Equal(2, (await LooksAsync(room)).Length);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ANameTellsNobodyWhoIsOnRecordElsewhere(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var aliases = room.Services.GetRequiredService<ClientAliases>();
        var (ofOthers, ownOne) = (Some.Person(1), Some.Person(2));
        var elsewhere = WholeLaw.Flows.First(static flow => flow.From.Organisation != Own && flow.Form.Recorded[0] != Sisote.Policy.Catalogues.ConsentWay.Mirrored);
        await room.PutOnRecordAsync(elsewhere, ofOthers);
        await room.PutOnRecordAsync(Secrecy, ownOne);
        var known = aliases.Of((await room.StateAsync(ofOthers.Reveal())).State.Client, Own);
        var unknown = aliases.Of(ClientId.Parse(Some.Id()), Own);
        var own = aliases.Of((await room.StateAsync(ownOne.Reveal())).State.Client, Own);

        foreach (var spoil in new Action<JsonObject>[]
        {
            static _ => { },
            static consent => consent["provision"]!["class"]![0]!["code"] = "unheard-of",
            static consent => consent["policyRule"]!["coding"]![0]!["code"] = "unheard-of",
            static consent => consent["contained"]![0]!["organization"]!["identifier"]!["value"] = "org-third-sector",
            static consent => consent["extension"]![0]!["extension"]![1]!["valueCode"] = "representative",
        })
        {
            Assert.Equal(await SentAsync(room, unknown, spoil), await SentAsync(room, known, spoil));
        }

        Assert.StartsWith("UnprocessableEntity", await SentAsync(room, known, static _ => { }), StringComparison.Ordinal);
        Assert.StartsWith("Created", await SentAsync(room, own, static _ => { }), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatAClientGivesOpensTheDataOfThoseWhomTheResourceNamesAndOfNobodyElse(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, (WholeLaw.Catalogue, WithAnother(WholeLaw.Deployment)));
        var (named, silent) = (Some.Person(1), Some.Person(2));
        var consent = FhirConsents.Of(Secrecy, Secrecy.Consent(named, "signed-in"));
        consent["organization"] = new JsonArray(Organisation(Own));
        using var given = await room.Client(named.Reveal()).SendAsync(consent);
        using var whole = await room.Client(silent.Reveal()).SendAsync(FhirConsents.Of(Secrecy, Secrecy.Consent(silent, "signed-in")));
        var wrong = FhirConsents.Of(Secrecy, Secrecy.Consent(named, "signed-in"));
        wrong["organization"] = new JsonArray(Organisation(Secrecy.To.Organisation!.Value));
        using var refused = await room.Client(named.Reveal()).SendAsync(wrong);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity), (given.StatusCode, whole.StatusCode, refused.StatusCode));
        Assert.Equal([("consent-not-in-law", "Consent.organization")], await refused.IssuesAsync());
        foreach (var (who, sources) in new (Hetu, OrganisationId[])[] { (named, [Own]), (silent, [Another, Own, WholeLaw.OrganisationOf(SectorId.Parse("social"))]) })
        {
            var shown = Assert.Single(await room.Client(who.Reveal()).FindAsync().ConsentsAsync());
            Assert.Equal(sources, (await room.StateAsync(who.Reveal())).State.Consents.Single().SourceOrganisations!.Value);
            Assert.Equal(sources.Select(static one => one.Value), shown["organization"]!.AsArray().Select(static one => (string?)one!["identifier"]!["value"]));
            using var again = await room.Client(who.Reveal()).SendAsync(shown);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }
    }

    private static Task<LogEntry[]> LooksAsync(OpenRoom room) => new ReviewDesk(room).ToldAsync(LogEntryKind.LogRead);

    /// <summary>Status and body of a Consent that names the client so; the same consent each time but for its number.</summary>
    private static async Task<string> SentAsync(OpenRoom room, AuditReference name, Action<JsonObject> spoil)
    {
        var consent = FhirConsents.Of(Secrecy, Secrecy.Consent(Some.Person(3)));
        foreach (var place in new[] { consent["patient"]!, consent["performer"]![0]! })
        {
            place["identifier"] = new JsonObject { ["system"] = name.System, ["value"] = name.Value };
        }

        spoil(consent);
        using var answer = await room.Giver(Secrecy).SendAsync(consent);
        return $"{answer.StatusCode}\n{await answer.Content.ReadAsStringAsync()}";
    }

    private static JsonObject Organisation(OrganisationId id) =>
        new() { ["type"] = "Organization", ["identifier"] = new JsonObject { ["system"] = "https://sisote.example/fhir/sid/organisation", ["value"] = id.Value } };

    /// <summary>A second organisation whose data consents of this kind open; it has no adapter.</summary>
    private static Deployment WithAnother(Deployment deployment) => deployment with
    {
        Organisations = deployment.Organisations.Add(deployment.Organisations[0] with { Id = Another }),
        Systems = deployment.Systems.Add(deployment.FindSystem(Secrecy.From.System!.Value)! with { Id = SystemId.Parse("sys-another"), Organisation = Another, Adapter = null }),
    };
}
