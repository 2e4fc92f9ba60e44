// The FHIR door shows an organisation what its own side recorded, as the other door does, and nothing beside it.
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Fhir;

public sealed class RecordedSideTests(PostgresFixture postgres)
{
    private static readonly ConsentFlow Flow = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");
    private static readonly OrganisationId House = Flow.From.Organisation!.Value;

    /// <summary>One organisation runs every sector, as a municipality or a wellbeing county may.</summary>
    private static (LegalCatalogue, Deployment)? OneHouse => (WholeLaw.Catalogue, WholeLaw.Deployment with { Systems = [.. WholeLaw.Deployment.Systems.Select(static system => system with { Organisation = House })] });

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARoleOfAnotherRegisterOfTheSameHouseSeesNothingThroughEitherDoor(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, OneHouse);
        var (who, nobody) = (Some.Person(1), Some.Person(2));
        var said = Flow.Consent(who) with { RecipientOrganisation = House };
        using var sent = await room.Giver(Flow).SendAsync(FhirConsents.Of(Flow, said));
        Assert.True(sent.StatusCode == HttpStatusCode.Created, await sent.Content.ReadAsStringAsync());
        HttpClient[] strangers =
        [
            room.Person(PersonKind.Professional, House.Value, "receiver", Flow.To.Role.Value),
            room.Person(PersonKind.Professional, House.Value, "colleague", "cleaner"),
            room.SystemCaller(Flow.To.System!.Value.Value, Scopes.Exchange, "receiver", Flow.To.Role.Value, House.Value),
        ];
        var size = await room.LogSizeAsync();

        foreach (var stranger in strangers)
        {
            Assert.Equal(await BytesAsync(stranger.FindAsync(nobody)), await BytesAsync(stranger.FindAsync(who)));
            Assert.Equal(await BytesAsync(stranger.FindAsync(Named(nobody), ("_id", said.Id))), await BytesAsync(stranger.FindAsync(Named(who), ("_id", said.Id))));
            Assert.Equal(await BytesAsync(stranger.GetAsync("/fhir/Consent/" + Some.Id())), await BytesAsync(stranger.GetAsync("/fhir/Consent/" + said.Id)));
            Assert.Empty((await (await stranger.GetAsync("/consents")).ReadAsync<RecordedConsents>()).Consents);
        }

        Assert.Equal(size, await room.LogSizeAsync()); // nobody was shown anything
        foreach (var colleague in new[]
        {
            room.Person(PersonKind.Professional, House.Value, "successor", Flow.From.Role.Value),
            room.SystemCaller(Flow.From.System!.Value.Value, Scopes.Exchange, "successor", Flow.From.Role.Value, House.Value),
        })
        {
            Assert.Equal(said.Id, (string?)Assert.Single(await colleague.FindAsync(who).ConsentsAsync())["id"]);
            Assert.StartsWith("200", await BytesAsync(colleague.GetAsync("/fhir/Consent/" + said.Id)), StringComparison.Ordinal);
        }

        Assert.Equal(size + 4, await room.LogSizeAsync());
        var traces = await (await room.Person(PersonKind.DataProtectionOfficer, House.Value, "dpo").GetAsync("/log?kind=log-read")).ReadAsync<LogPage>();
        Assert.Equal(4, traces.Rows.Count(static row => row is { Concerns: "consents", To.Professional.Value: "successor" }));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatTheClientChangedLaterIsToldToTheRecorderAsItsEndOnlyThroughBothDoors(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (who, giver) = (Some.Person(1), room.Giver(Flow));
        var id = await room.PutOnRecordAsync(Flow, who);
        var change = NarrowingTests.SignedIn(Flow.Consent(who)) with { Id = id, Changes = true, Items = [Flow.Items[0]], TextVersion = "later-text" };
        await room.GiveAsync(who.Reveal(), change);

        var shown = await ReadAsync(giver, id);
        Assert.Equal(("inactive", "superseded", "W/\"1\""), ((string?)shown.Resource["status"], EndOf(shown.Resource), shown.Version));
        Assert.Equal(Flow.Items.Select(static item => item.Value).Order(), Classes(shown.Resource).Order());
        Assert.DoesNotContain("later-text", shown.Resource.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await giver.FindAsync(Named(who), ("status", "active")).ConsentsAsync());
        Assert.Equal(shown.Resource.ToJsonString(), Assert.Single(await giver.FindAsync(Named(who), ("status", "inactive")).ConsentsAsync()).ToJsonString());
        var other = (await (await giver.GetAsync("/consents")).ReadAsync<RecordedConsents>()).Consents.Single().Consent;
        Assert.Equal((ConsentStatus.Superseded, 1, Flow.Items.Length), (other.Consent.Status, other.Consent.Version, other.Consent.Items.Length));
        var mine = await ReadAsync(room.Client(who.Reveal()), id);
        Assert.Equal(("active", null, "W/\"2\""), ((string?)mine.Resource["status"], EndOf(mine.Resource), mine.Version));
        Assert.Equal([Flow.Items[0].Value], Classes(mine.Resource));

        (await room.Client(who.Reveal()).PostAsync($"/me/consents/{id}/withdraw", null)).Dispose();

        var ended = await ReadAsync(giver, id);
        Assert.Equal(("inactive", "withdrawn", "W/\"1\""), ((string?)ended.Resource["status"], EndOf(ended.Resource), ended.Version));
        Assert.Equal(Flow.Items.Select(static item => item.Value).Order(), Classes(ended.Resource).Order());
        Assert.Equal("withdrawn", EndOf((await ReadAsync(room.Client(who.Reveal()), id)).Resource));
        Assert.Equal("withdrawn", EndOf((await ReadAsync(room.Operator, id)).Resource));
    }

    [Fact]
    public async Task WhatTheRecorderWithdrewItselfOrDraftedIsToldAsItWas()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (who, giver) = (Some.Person(1), room.Giver(Flow));
        var id = await room.PutOnRecordAsync(Flow, who);
        using var withdrawn = await giver.PostAsJsonAsync($"/consents/{id}/withdraw", new RecordWithdrawal { How = "oral", GivenBy = "client" }, SisoteJson.Options);
        var draft = Flow.Consent(who) with { Draft = true, Reference = null };
        using var drafted = await room.RecordAsync(Flow, draft);
        Assert.Equal("draft", (string?)(await ReadAsync(giver, draft.Id)).Resource["status"]);
        using var discarded = await giver.PostAsJsonAsync($"/consents/{draft.Id}/withdraw", new RecordWithdrawal { How = "oral", GivenBy = "client" }, SisoteJson.Options);

        Assert.Equal(("inactive", "withdrawn"), await StandsAsync(giver, id));
        Assert.Equal(("rejected", "discarded"), await StandsAsync(giver, draft.Id));
    }

    private static async Task<(string?, string?)> StandsAsync(HttpClient caller, string id)
    {
        var (resource, _) = await ReadAsync(caller, id);
        return ((string?)resource["status"], EndOf(resource));
    }

    private static async Task<(JsonNode Resource, string? Version)> ReadAsync(HttpClient caller, string id)
    {
        using var answer = await caller.GetAsync("/fhir/Consent/" + id);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return (JsonNode.Parse(body)!, answer.Headers.ETag?.ToString());
    }

    private static string? EndOf(JsonNode consent) =>
        (string?)consent["extension"]![0]!["extension"]!.AsArray().SingleOrDefault(static part => (string?)part!["url"] == "end")?["valueCode"];

    private static IEnumerable<string> Classes(JsonNode consent) => consent["provision"]!["class"]!.AsArray().Select(static coding => (string)coding!["code"]!);

    private static (string, string) Named(Hetu who) => ("patient.identifier", $"{Hetu.System}|{who.Reveal()}");

    private static async Task<string> BytesAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }
}
