// The log as an audit record repository: who finds what, and by which words.
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Deciding;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Audit;

public sealed class AuditSearchTests(PostgresFixture postgres)
{
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task BothSidesOfADisclosureAndTheirAuditorsFindItsEventsAndNobodyElseDoes(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        var query = $"{AuditScene.Period}&entity={scene.Disclosures[1].Id}";

        foreach (var reader in new[] { scene.Officer, scene.Auditor, scene.OtherSide })
        {
            Assert.Equal(["source", "recipient"], (await AuditScene.FindAsync(reader, query)).Select(static audit => AuditScene.IdOf(audit).Split('-')[^1]));
        }

        Assert.Empty(await AuditScene.FindAsync(scene.Stranger, query));
        Assert.Empty(await AuditScene.FindAsync(scene.Stranger, AuditScene.Period + "&type=110106"));
        using var foreign = await scene.Stranger.GetAsync($"/fhir/AuditEvent/{scene.Disclosures[1].Id}-source");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EachParameterFindsWhatItNamesAndNothingElse(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        var expected = new (string Query, int Count)[]
        {
            ($"type={Dicom}|110106", 4), ("type=110107", 4), ("type=110106,110107", 8), ("type=http://example.org|110106", 0), ("type=110113", 5), ("type=110110", 0),
            ("subtype=disclose", 8), ("subtype=AuthZ-Consent", 5), ("action=R&type=110106", 4), ("action=C&type=110106", 0),
            ("outcome=8", 1), ("outcome=4&type=110113", 4), ("outcome=0&subtype=disclose", 8), ("outcome=http://terminology.hl7.org/CodeSystem/audit-event-outcome|8", 1),
            ("agent=kuopio-liikunta&type=110107", 4), ("agent=Device/kuopio-liikunta&type=110107", 4), ("agent=Organization/kuopio-liikunta", 0), ("agent=Practitioner/ohjaaja-salmi&type=110107", 4),
            ("agent.identifier=https://sisote.example/fhir/sid/professional/kuopio|ohjaaja-salmi&type=110106", 4), ("agent=ohjaaja-niemi", 0), ("agent=sisote-gateway", 5),
            ("agent-role=exercise-counsellor&type=110106", 4), ("agent-role=teacher", 0),
            ("entity=Goal/hgoal2", 2), ("entity=Task/hgoal2", 0), ("entity=diagnosis&type=110113", 1), ($"entity={scene.ConsentId}&type=110113", 3), ($"entity={scene.Disclosures[0].CorrelationId}", 2),
            ("entity-role=1&type=110113", 5), ("entity-type=Consent&type=110113", 3), ("source=pohjois-savo-record&subtype=disclose", 4), ("source=sisote-gateway", 5),
            ("policy=http://data.finlex.fi/eli/sd/2023/703&type=110106", 4), ("policy=http://data.finlex.fi/eli/sd/2013/1287", 0), ("address=KUOPIO&type=110107", 4),
            ($"entity={scene.Intent.Id}", 2), ("type=110106&type=110107", 0),
        };

        foreach (var (query, count) in expected)
        {
            Assert.True(count == (await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&{query}")).Length, $"{query}: {(await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&{query}")).Length} instead of {count}");
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheDateIsWhenTheLogTookItInAndItsPrefixesHold(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        var at = scene.Room.Clock.GetUtcNow();
        scene.Room.Clock.Advance(TimeSpan.FromDays(3));
        var state = (await scene.Room.StateAsync(Some.Aino)).State;
        await scene.Room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, scene.Room.Clock.GetUtcNow()), Expect = Some.Expect(state) });
        var day = $"{FinnishTime.DateOf(at.AddDays(1)):yyyy-MM-dd}"; // a day is a Finnish one
        var instant = $"{at.AddDays(1):yyyy-MM-ddTHH:mm:ss}Z";

        foreach (var (query, count) in new (string, int)[]
        {
            ($"date=ge{day}", 1), ($"date=gt{day}", 1), ($"date=sa{day}", 1), ($"date=le{day}", 4), ($"date=lt{instant}", 4), ($"date=eb{instant}", 4), ($"date={day}", 0), ($"date=ge{day}&date=lt{instant}", 0),
            ($"date=ge{instant}&date=le{at.AddDays(10):yyyy-MM-dd}", 1), ($"date=ge{at.AddYears(-1):yyyy}&date=le{at.AddYears(1):yyyy-MM}", 5), ("date=lt1990", 0),
        })
        {
            Assert.True(count == (await AuditScene.FindAsync(scene.Officer, $"{query}&type=110106")).Length, query);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task APersonIsFoundByNationalIdentifierInABodyAndByTheReadersOwnNameElsewhere(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);

        var bundle = await AuditScene.PostAsync(scene.Officer, ("date", "ge2020-01-01"), ("type", "110106"), ("patient.identifier", "urn:oid:1.2.246.21|" + Some.Aino), ("_count", "3"));
        var next = await AuditScene.BundleAsync(scene.Officer, AuditScene.LinkOf(bundle, "next")!);
        var alias = PatientOf(AuditScene.EventsIn(bundle)[0]);
        var byName = await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&type=110106&patient={alias}");
        var elsewhere = PatientOf((await AuditScene.FindAsync(scene.OtherSide, $"{AuditScene.Period}&type=110106"))[0]);

        Assert.Equal((3, 1), (AuditScene.EventsIn(bundle).Length, AuditScene.EventsIn(next).Length));
        Assert.DoesNotContain(Some.Aino, bundle.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(4, byName.Length);
        Assert.NotEqual(alias, elsewhere);
        Assert.Empty(await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&type=110106&patient={elsewhere}"));
        Assert.Empty(await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&type=110106&patient={new string('0', 32)}"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task PagesFollowOneAnotherWithoutAGapAndWithoutARepetition(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        var state = (await scene.Room.StateAsync(Some.Aino)).State;
        await scene.Room.AppendAsync([.. Enumerable.Range(0, 300).Select(_ => new AppendItem { Entry = Some.Disclosure(state.Client, scene.Room.Clock.GetUtcNow()), Expect = Some.Expect(state) })]);

        var found = new List<string>();
        var address = (string?)$"/fhir/AuditEvent?{AuditScene.Period}&subtype=disclose&_count=77";
        for (; address is not null; Assert.True(found.Count < 1000))
        {
            var page = await AuditScene.BundleAsync(scene.Officer, address);
            found.AddRange(AuditScene.EventsIn(page).Select(AuditScene.IdOf));
            address = AuditScene.LinkOf(page, "next");
        }

        Assert.Equal(608, found.Count);
        Assert.Equal(608, found.Distinct().Count());
        Assert.StartsWith(scene.Disclosures[0].Id, found[^1], StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EverySearchAndEveryReadIsItselfInTheLogBeforeItIsAnswered(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);

        await AuditScene.FindAsync(scene.Auditor, $"{AuditScene.Period}&outcome=8");
        await AuditScene.PostAsync(scene.Officer, ("date", "ge2020-01-01"), ("patient.identifier", "urn:oid:1.2.246.21|" + Some.Aino));
        var read = await AuditScene.BundleAsync(scene.Officer, $"/fhir/AuditEvent/{scene.Disclosures[0].Id}-recipient");

        var readings = await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&type=110101");
        Assert.Equal($"{scene.Disclosures[0].Id}-recipient", AuditScene.IdOf(read));
        Assert.Equal(
            [
                "AuditEvent?date=ge2020-01-01&type=110101", $"AuditEvent/{scene.Disclosures[0].Id}-recipient",
                "AuditEvent?date=ge2020-01-01&patient.identifier=*", "AuditEvent?date=ge2020-01-01&outcome=8",
            ],
            readings.Select(static audit => audit["entity"]!.AsArray().Select(static entity => (string?)entity!["description"]).OfType<string>().Single()));
        Assert.Contains("tarkastaja-1", readings[3].ToJsonString(), StringComparison.Ordinal);
        var page = await (await scene.Officer.GetAsync("/log?kind=log-read")).ReadAsync<LogPage>();
        Assert.Equal(5, page.Total);
    }

    [Fact]
    public async Task WhatIsNotUnderstoodIsRefusedWithAnOperationOutcomeAndLooksAtNothing()
    {
        await using var scene = await AuditScene.PlayAsync(DatabaseKind.Sqlite, postgres);
        var size = await scene.Room.LogSizeAsync();

        foreach (var (query, slug) in new (string, string)[]
        {
            ("type=110106", "invalid-request"), (AuditScene.Period + "&altid=x", "parameter-unknown"), (AuditScene.Period + "&agent:missing=true", "parameter-unknown"), (AuditScene.Period + "&_include=*", "parameter-unknown"),
            ("date=yesterday", "invalid-request"), ("date=ap2026-01-01", "invalid-request"), ("date=ge2026-01-01T10:00", "invalid-request"), ("date=ge2026-13-01", "invalid-request"),
            (AuditScene.Period + "&type=", "invalid-request"), (AuditScene.Period + "&_count=0", "invalid-request"), (AuditScene.Period + "&_cursor=x", "invalid-request"), (AuditScene.Period + "&_format=xml", "not-acceptable"),
            (AuditScene.Period + "&patient.identifier=urn:oid:1.2.246.21|" + Some.Aino, "invalid-request"), (AuditScene.Period + "&agent=" + Some.Aino, "invalid-request"), (AuditScene.Period + "&patient=Patient/1", "invalid-request"),
        })
        {
            using var answer = await scene.Officer.GetAsync("/fhir/AuditEvent?" + query);
            var outcome = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.True(!answer.IsSuccessStatusCode && slug == (string?)outcome["issue"]![0]!["details"]!["coding"]![0]!["code"], $"{query}: {outcome.ToJsonString()}");
            Assert.Equal("OperationOutcome", (string?)outcome["resourceType"]);
            Assert.DoesNotContain(Some.Aino, outcome.ToJsonString(), StringComparison.Ordinal);
        }

        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var other = await scene.Officer.PostAsync("/fhir/AuditEvent/_search", json);
        using var large = new FormUrlEncodedContent([KeyValuePair.Create("date", new string('x', 20_000))]);
        using var tooLarge = await scene.Officer.PostAsync("/fhir/AuditEvent/_search", large);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest), (other.StatusCode, tooLarge.StatusCode));
        Assert.Equal(size, await scene.Room.LogSizeAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NothingStatedNoKeyOfTheLogAndNoNationalIdentifierLeavesInAnyFace(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        var faces = new List<string>
        {
            (await AuditScene.BundleAsync(scene.Officer, $"/fhir/AuditEvent?{AuditScene.Period}&_count=200")).ToJsonString(),
            (await AuditScene.PostAsync(scene.OtherSide, ("date", "ge2020-01-01"), ("patient.identifier", "urn:oid:1.2.246.21|" + Some.Aino))).ToJsonString(),
            await scene.Room.Client(Some.Aino).GetStringAsync("/me/findUsage"),
        };
        using var asked = await scene.Room.Operator.PostAsJsonAsync("/log/query", new LogQuestion { Client = Some.Aino }, Sisote.Doors.Json.SisoteJson.Options);
        var lines = await asked.Content.ReadAsStringAsync();
        using var diagnostics = new StreamReader(new FileStream(Path.Combine(scene.Room.Folder, "diagnostics.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var written = await diagnostics.ReadToEndAsync();

        Assert.All(faces, face =>
        {
            Assert.Contains("exercise-restriction", face, StringComparison.Ordinal);
            Assert.DoesNotContain(AuditScene.Stated, face, StringComparison.Ordinal);
            Assert.DoesNotContain(scene.Aino.Reveal(), face, StringComparison.Ordinal);
        });
        Assert.All((string[])[.. faces, lines, written], static text => Assert.DoesNotContain(Some.Aino, text, StringComparison.Ordinal));
        Assert.Contains("hgoal1", lines, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoeverIsSearchedForByWhateverParameterTheLookIsOnRecordAsOneAtThatPersonAndNamesNobody(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        var onni = (await scene.Room.StateAsync(Some.Onni)).State.Client;
        var alias = PatientOf((await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&type=110106"))[0]);
        var (byAino, byOnni) = ("urn:oid:1.2.246.21|" + Some.Aino, "urn:oid:1.2.246.21|" + Some.Onni);

        var before = await scene.Room.LogSizeAsync();
        await AuditScene.PostAsync(scene.Officer, ("date", "ge2020-01-01"), ("patient.identifier", byAino), ("patient.identifier", byAino));
        await AuditScene.PostAsync(scene.Officer, ("date", "ge2020-01-01"), ("patient.identifier", $"{byAino},{byOnni}"));
        await AuditScene.PostAsync(scene.Officer, ("date", "ge2020-01-01"), ("patient.identifier", byAino), ("patient.identifier", byOnni));
        Assert.NotEmpty(await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&entity=Patient/{alias}"));
        Assert.NotEmpty(await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&entity={alias}"));
        await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&agent=Patient/{alias},ohjaaja-salmi");
        await AuditScene.FindAsync(scene.Officer, $"{AuditScene.Period}&entity={scene.Disclosures[0].Id}");

        var looks = await LooksAsync(scene.Room, before);
        Assert.Equal([scene.Aino, scene.Aino, onni, scene.Aino, onni, scene.Aino, scene.Aino, scene.Aino, null], looks.Select(static look => look.Client));
        Assert.All(looks, look => Assert.DoesNotContain(alias, look.Concerns, StringComparison.Ordinal));
        Assert.EndsWith("agent=*,ohjaaja-salmi", looks[7].Concerns, StringComparison.Ordinal);
        Assert.EndsWith("entity=" + scene.Disclosures[0].Id, looks[8].Concerns, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASearchForMorePersonsThanCanBePutOnRecordOneByOneIsRefused()
    {
        await using var scene = await AuditScene.PlayAsync(DatabaseKind.Sqlite, postgres);
        var fields = Enumerable.Range(0, 2).Select(static part => KeyValuePair.Create("patient.identifier", string.Join(',', Enumerable.Range(part * 15, 15).Select(static number => "urn:oid:1.2.246.21|" + Some.Person(number).Reveal()))));
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("date", "ge2020-01-01"), .. fields]);

        using var answer = await scene.Officer.PostAsync("/fhir/AuditEvent/_search", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task TheCapabilityStatementNamesTheParametersThatAreTaken()
    {
        await using var scene = await AuditScene.PlayAsync(DatabaseKind.Sqlite, postgres);

        var statement = await AuditScene.BundleAsync(scene.Auditor, "/fhir/metadata");
        var named = statement["rest"]![0]!["resource"]![0]!["searchParam"]!.AsArray().Select(static parameter => (string)parameter!["name"]!);

        Assert.Equal(Sisote.Consent.Audit.AuditQueryReader.Names.Select(static name => name.Split(':', '.')[0]).Append("date").Distinct().Order(), named.Order());
    }

    /// <summary>The looks into the log from a place on, as the log has them.</summary>
    private static async Task<List<LogEntry>> LooksAsync(OpenRoom room, long from)
    {
        await using var database = Sisote.Consent.Storage.Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        return await session.QueryAsync(
            "SELECT record FROM log_entry WHERE kind = 'log-read' AND leaf_index >= @from ORDER BY leaf_index",
            static row => CanonicalForm.Read(row.GetFieldValue<byte[]>(0)),
            CancellationToken.None,
            ("from", from));
    }

    private static string PatientOf(JsonObject audit) =>
        (string)audit["entity"]!.AsArray().Single(static entity => (string?)entity!["what"]?["type"] == "Patient")!["what"]!["identifier"]!["value"]!;
}
