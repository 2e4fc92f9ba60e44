// Consents through the FHIR door: given, read, searched, and who sees them.
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Consent.Fhir;

public sealed class ConsentFaceTests(PostgresFixture postgres)
{
    private static ConsentFlow Secrecy => WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EachFormThatIsRecordedHereComesOnRecordInFhirAndOpensWhatItNames(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        foreach (var (flow, number) in WholeLaw.Flows.Select(static (flow, number) => (flow, number)))
        {
            var who = Some.Person(number);
            var said = flow.Consent(who) with { Case = await room.CaseAsync(flow, who), To = room.Clock.GetUtcNow().AddDays(30) };
            using var answer = await room.Giver(flow).SendAsync(FhirConsents.Of(flow, said));
            if (flow.Form.Recorded.Contains(ConsentWay.Mirrored))
            {
                Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
                Assert.Equal([("consent-form-elsewhere", "Consent.policyRule")], await answer.IssuesAsync());
                continue;
            }

            Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{flow}: {await answer.Content.ReadAsStringAsync()}");
            FhirConsents.Strictly<Hl7.Fhir.Model.Consent>(await answer.Content.ReadAsStringAsync());
            Assert.EndsWith($"/fhir/Consent/{said.Id}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
            Assert.NotEmpty(answer.Headers.GetValues("Sisote-Receipt").Single());
            Assert.All(await room.LookAsync(flow, who), look => Assert.True(look.Missing is null || flow.Rule.Consents.Length > 1, $"{flow}: {look.Missing}"));
            Assert.All(WholeLaw.Flows.Where(other => other.Form.Id != flow.Form.Id), other => Assert.All(room.LookAsync(other, who).Result, static look => Assert.NotNull(look.Missing)));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheSameConsentSentTwiceIsOneWithOneEntryAndOneRevision(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (who, giver) = (Some.Person(1), room.Giver(Secrecy));
        var consent = FhirConsents.Of(Secrecy, Secrecy.Consent(who));
        var (before, revision) = (await room.LogSizeAsync(), (await room.StateAsync(who.Reveal())).State.Revision);

        using var first = await giver.SendAsync(consent);
        using var second = await giver.SendAsync(consent);
        consent["provision"]!["class"]!.AsArray().RemoveAt(0);
        using var other = await giver.SendAsync(consent);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode, other.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal([("id-taken", null)], await other.IssuesAsync());
        Assert.Equal((before + 1, revision + 1), (await room.LogSizeAsync(), (await room.StateAsync(who.Reveal())).State.Revision));
    }

    [Fact]
    public async Task AClientGivesSignedInAndFindsItWithoutNamingAnybody()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var client = room.Client(who.Reveal());
        var consent = FhirConsents.Of(Secrecy, Secrecy.Consent(who, "signed-in"));

        using var given = await client.SendAsync(consent);
        using var forAnother = await room.Client(Some.Person(2).Reveal()).SendAsync(consent);

        Assert.True(given.StatusCode == HttpStatusCode.Created, await given.Content.ReadAsStringAsync());
        Assert.Equal(["Consent.patient.identifier"], (await forAnother.IssuesAsync()).Select(static issue => issue.Place).Distinct());
        var found = Assert.Single(await client.FindAsync().ConsentsAsync());
        Assert.Equal(found.ToJsonString(), Assert.Single(await client.GetAsync("/fhir/Consent?status=active").ConsentsAsync()).ToJsonString());
        Assert.Equal(who.Reveal(), (string?)found["patient"]!["identifier"]!["value"]);
        Assert.Equal("signed-in", (string?)found["extension"]![0]!["extension"]![0]!["valueCode"]);
    }

    [Fact]
    public async Task NobodyLearnsHereWhetherAConsentOrAProhibitionExistsThatAnotherRecorded()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var id = await room.PutOnRecordAsync(Secrecy, who);
        await room.MirrorAsync(who, new MirroredConsent { Id = "kielto", Form = ConsentFormId.Parse("KIELTO"), AllItems = true, From = room.Clock.GetUtcNow() });
        var receivers = new[]
        {
            room.Person(PersonKind.Professional, Secrecy.To.Organisation!.Value.Value, "receiver", Secrecy.To.Role.Value),
            room.SystemCaller(Secrecy.To.System!.Value.Value, Scopes.Exchange, "receiver", Secrecy.To.Role.Value, Secrecy.To.Organisation!.Value.Value),
        };

        foreach (var receiver in receivers)
        {
            Assert.Equal(await BytesAsync(receiver.FindAsync(Some.Person(2))), await BytesAsync(receiver.FindAsync(who)));
            Assert.Equal(await BytesAsync(receiver.FindAsync(("patient.identifier", Named(Some.Person(2))), ("_id", id))), await BytesAsync(receiver.FindAsync(("patient.identifier", Named(who)), ("_id", id))));
            Assert.Equal(await BytesAsync(receiver.GetAsync($"/fhir/Consent/{Some.Id()}")), await BytesAsync(receiver.GetAsync($"/fhir/Consent/{id}")));
        }

        Assert.Equal(id, (string?)Assert.Single(await room.Giver(Secrecy).FindAsync(who).ConsentsAsync())["id"]);
    }

    [Fact]
    public async Task TheRecorderKnowsTheClientByANameOfItsOwnAndTheOperatorByAnother()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (who, giver) = (Some.Person(1), room.Giver(Secrecy));
        var id = await room.PutOnRecordAsync(Secrecy, who);
        var size = await room.LogSizeAsync();

        var byRecorder = JsonNode.Parse(await giver.GetStringAsync($"/fhir/Consent/{id}"))!;
        var byOperator = JsonNode.Parse(await room.Operator.GetStringAsync($"/fhir/Consent/{id}"))!;

        Assert.DoesNotContain(who.Reveal(), byRecorder.ToJsonString() + byOperator.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEqual((string?)byRecorder["patient"]!["identifier"]!["value"], (string?)byOperator["patient"]!["identifier"]!["value"]);
        Assert.Equal(size + 2, await room.LogSizeAsync()); // both looked
        var again = await giver.FindAsync(("patient.identifier", $"{byRecorder["patient"]!["identifier"]!["system"]}|{byRecorder["patient"]!["identifier"]!["value"]}")).ConsentsAsync();
        Assert.Equal(byRecorder.ToJsonString(), Assert.Single(again).ToJsonString());
        using var otherName = await giver.FindAsync(("patient.identifier", $"{byOperator["patient"]!["identifier"]!["system"]}|{byOperator["patient"]!["identifier"]!["value"]}"));
        Assert.Equal(HttpStatusCode.BadRequest, otherName.StatusCode);
    }

    [Fact]
    public async Task WhatAnotherRegisterKeepsIsReadByItsClientAndTheOperatorAndTakenInByNobody()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        foreach (var who in new[] { Some.Person(1), Some.Person(2) })
        {
            await room.MirrorAsync(
                who,
                new MirroredConsent { Id = "lupa_1", Form = ConsentFormId.Parse("LUPA"), AllItems = true, From = room.Clock.GetUtcNow() },
                new MirroredConsent { Id = "kielto", Form = ConsentFormId.Parse("KIELTO"), Items = [WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "LUPA").Items[0]], RecipientSector = SectorId.Parse("social"), From = room.Clock.GetUtcNow() });
        }

        var mine = await room.Client(Some.Person(1).Reveal()).FindAsync().ConsentsAsync();
        var theirs = await room.Client(Some.Person(2).Reveal()).FindAsync().ConsentsAsync();

        Assert.Equal(["deny", "permit"], mine.Select(static one => (string?)one["provision"]!["type"]).Order());
        Assert.Empty(mine.Select(static one => (string?)one["id"]).Intersect(theirs.Select(static one => (string?)one["id"])));
        foreach (var one in mine)
        {
            Assert.Equal((string?)one["id"], FhirConsents.Strictly<Hl7.Fhir.Model.Consent>(await room.Operator.GetStringAsync($"/fhir/Consent/{one["id"]}")).Id);
            using var hidden = await room.Client(Some.Person(2).Reveal()).GetAsync($"/fhir/Consent/{one["id"]}");
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            using var taken = await room.Client(Some.Person(1).Reveal()).SendAsync(one);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        }
    }

    [Fact]
    public async Task TheStatusSaysWhereAConsentStandsInItsLifeAndTheEvidenceHowItEnded()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var giver = room.Giver(Secrecy);
        var lives = new List<(Hetu Who, string Status, string? End)>();
        foreach (var (life, number) in new[] { "drafted", "discarded", "given", "withdrawn", "expired", "recipient-left" }.Select(static (life, number) => (life, number)))
        {
            var who = Some.Person(number);
            var said = Secrecy.Consent(who);
            var consent = FhirConsents.Of(Secrecy, life switch { "expired" => said with { To = room.Clock.GetUtcNow().AddHours(1) }, _ => said });
            consent["status"] = life is "drafted" or "discarded" ? "draft" : "active";
            if (life == "recipient-left")
            {
                consent["contained"]![0]!["practitioner"] = new JsonObject { ["type"] = "Practitioner", ["identifier"] = new JsonObject { ["system"] = $"https://sisote.example/fhir/sid/professional/{said.RecipientOrganisation}", ["value"] = "leaver" } };
            }

            using var put = await giver.SendAsync(consent);
            Assert.True(put.StatusCode == HttpStatusCode.Created, await put.Content.ReadAsStringAsync());
            if (life is "discarded" or "withdrawn")
            {
                using var step = await giver.PostAsJsonAsync($"/consents/{said.Id}/withdraw", new RecordWithdrawal { How = "oral", GivenBy = "client" }, SisoteJson.Options);
                step.EnsureSuccessStatusCode();
            }

            lives.Add((who, life switch { "drafted" => "draft", "discarded" => "rejected", "given" => "active", _ => "inactive" }, life is "drafted" or "given" ? null : life));
        }

        using var left = await room.Person(PersonKind.ControllerAdmin, Secrecy.To.Organisation!.Value.Value, "admin").PostAsJsonAsync("/staff/left", new StaffLeft { Professional = ProfessionalId.Parse("leaver") }, SisoteJson.Options);
        left.EnsureSuccessStatusCode();
        room.Clock.Advance(TimeSpan.FromHours(2));

        foreach (var (who, status, end) in lives)
        {
            var shown = Assert.Single(await giver.FindAsync(who).ConsentsAsync());
            Assert.Equal((status, end), ((string?)shown["status"], EndOf(shown)));
            Assert.Equal(status == "active" ? 1 : 0, (await giver.FindAsync(("patient.identifier", Named(who)), ("status", "active")).ConsentsAsync()).Length);
            using var again = await giver.SendAsync(shown);
            Assert.Equal(status is "active" or "draft" ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, again.StatusCode);
        }
    }

    [Fact]
    public async Task WhoIsAskedAboutNeverStandsInAnAddress()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var giver = room.Giver(Secrecy);
        string[] addresses = [$"patient.identifier={Named(Some.Person(1))}", $"patient:identifier={Named(Some.Person(1))}", "patient=Patient/1", $"identifier=urn:oid:1.2.246.21|{Some.Person(1).Reveal()}", "status=active"];

        foreach (var address in addresses)
        {
            using var refused = await giver.GetAsync("/fhir/Consent?" + address);
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (refused.StatusCode, (await refused.IssuesAsync()).Single().Slug));
        }

        using var unknown = await giver.FindAsync(("patient.identifier", Named(Some.Person(1))), ("actor", "x"));
        using var both = await giver.PostAsync("/fhir/Consent/_search?status=active", new FormUrlEncodedContent([KeyValuePair.Create("patient.identifier", Named(Some.Person(1)))]));
        using var nobody = await giver.FindAsync(("status", "active"));
        using var xml = await giver.FindAsync(("patient.identifier", Named(Some.Person(1))), ("_format", "xml"));
        using var json = await giver.PostAsJsonAsync("/fhir/Consent/_search", new { });
        using var form = await giver.PostAsync("/fhir/Consent", new FormUrlEncodedContent([]));
        Assert.Equal(
            ["parameter-unknown", "invalid-request", "invalid-request", "not-acceptable", "media-type-unsupported", "media-type-unsupported"],
            new[] { unknown, both, nobody, xml, json, form }.Select(static answer => answer.IssuesAsync().Result.Single().Slug));
    }

    [Fact]
    public async Task TheCodesAndWhatIsServedCanBeLookedUp()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var giver = room.Giver(Secrecy);

        var statement = await ReadAsync<CapabilityStatement>(giver, "metadata");
        var systems = (await ReadAsync<Bundle>(giver, "CodeSystem"))["entry"]!.AsArray().Select(static entry => entry!["resource"]!).ToList();
        var sets = (await ReadAsync<Bundle>(giver, "ValueSet"))["entry"]!.AsArray().Select(static entry => (string?)entry!["resource"]!["url"]);
        var items = (await ReadAsync<Bundle>(giver, "CodeSystem?url=https://sisote.example/fhir/CodeSystem/data-item"))["entry"]!.AsArray();
        using var unknown = await giver.GetAsync("/fhir/CodeSystem/unheard-of");

        Assert.Equal(["AuditEvent", "CodeSystem", "Consent", "ValueSet"], statement["rest"]![0]!["resource"]!.AsArray().Select(static one => (string?)one!["type"]).Order());
        Assert.Equal(systems.Select(static system => (string?)system["valueSet"]).Order(), sets.Order());
        Assert.Equal(WholeLaw.Catalogue.Items.Keys.Select(static id => id.Value).Order(StringComparer.Ordinal), Assert.Single(items)!["resource"]!["concept"]!.AsArray().Select(static concept => (string?)concept!["code"]));
        Assert.All(systems, static system => Assert.All(system["concept"]!.AsArray(), static concept => Assert.Equal(["fi", "sv"], concept!["designation"]!.AsArray().Select(static name => (string?)name!["language"]))));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        foreach (var id in systems.Select(static system => (string?)system["id"]))
        {
            await ReadAsync<CodeSystem>(giver, "CodeSystem/" + id);
            await ReadAsync<ValueSet>(giver, "ValueSet/" + id);
        }
    }

    private static async Task<JsonNode> ReadAsync<T>(HttpClient reader, string address)
        where T : Resource
    {
        var body = await reader.GetStringAsync("/fhir/" + address);
        FhirConsents.Strictly<T>(body);
        return JsonNode.Parse(body)!;
    }

    private static string Named(Hetu who) => $"urn:oid:1.2.246.21|{who.Reveal()}";

    private static string? EndOf(JsonObject consent) =>
        (string?)consent["extension"]![0]!["extension"]!.AsArray().SingleOrDefault(static part => (string?)part!["url"] == "end")?["valueCode"];

    /// <summary>Status, headers but for those of the call, and body.</summary>
    private static async Task<string> BytesAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(static header => !header.Key.Equals("Date", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("X-Request-Id", StringComparison.OrdinalIgnoreCase)).Select(static header => $"{header.Key}: {string.Join(',', header.Value)}").Order();
        return $"{answer.StatusCode}\n{string.Join('\n', headers)}\n{await answer.Content.ReadAsStringAsync()}";
    }
}
