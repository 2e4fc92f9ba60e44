// What the operator's command line is answered.
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Keeping;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Audit;

public sealed class LogQuestionTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EachFilterFindsWhatItNames(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        var expected = new (LogQuestion Question, int Count)[]
        {
            (new(), 8),
            (new() { Kind = LogEntryKind.Disclosure }, 3), (new() { Outcome = "delivered" }, 1), (new() { Client = Some.Onni }, 1), (new() { Client = scene.Aino.Reveal() }, 6),
            (new() { Organisation = Some.Club }, 0), (new() { Organisation = Some.Municipality }, 7), (new() { System = SystemId.Parse("kuopio-liikunta") }, 6), (new() { System = SystemId.Parse("kuopio-portal") }, 0),
            (new() { Item = Some.Diagnosis }, 5), (new() { Rule = Some.Reading, Kind = LogEntryKind.Disclosure }, 3), (new() { Person = ProfessionalId.Parse("ohjaaja-salmi") }, 6), (new() { Person = ProfessionalId.Parse("ohjaaja") }, 0),
            (new() { Ids = [scene.Disclosures[0].Id] }, 1), (new() { Ids = [scene.Disclosures[0].CorrelationId, "hgoal2"] }, 2), (new() { Ids = [scene.ConsentId] }, 4), (new() { Ids = [scene.Intent.Id] }, 2), (new() { Ids = ["goal"] }, 0),
            (new() { Since = scene.Room.Clock.GetUtcNow().AddHours(1) }, 0), (new() { Until = scene.Room.Clock.GetUtcNow().AddHours(1) }, 8), (new() { Until = scene.Room.Clock.GetUtcNow().AddHours(-1) }, 0),
        };

        foreach (var (question, count) in expected)
        {
            var (entries, end) = await AskAsync(scene.Room, question);
            Assert.True(count == entries.Length, $"{JsonSerializer.Serialize(question, SisoteJson.Options)}: {entries.Length} instead of {count}");
            Assert.Equal((count, false), ((int)end.Entries, end.More));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ALimitSaysWhetherThereIsMoreAndALongLogComesWhole(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        var state = (await scene.Room.StateAsync(Some.Aino)).State;
        await scene.Room.AppendAsync([.. Enumerable.Range(0, 996).Select(_ => new AppendItem { Entry = Some.Disclosure(state.Client, scene.Room.Clock.GetUtcNow()), Expect = Some.Expect(state) })]);
        var question = new LogQuestion { Kind = LogEntryKind.Disclosure };

        foreach (var (limit, count, more) in new (int?, int, bool)[] { (null, 999, false), (1, 1, true), (500, 500, true), (998, 998, true), (999, 999, false), (2000, 999, false) })
        {
            var (entries, end) = await AskAsync(scene.Room, question with { Limit = limit });
            Assert.Equal((count, count, more), (entries.Length, (int)end.Entries, end.More));
            Assert.Equal(entries.Select(static line => line.Index).OrderDescending(), entries.Select(static line => line.Index));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheQuestionIsInTheLogWithoutWhomItWasFor(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);

        await AskAsync(scene.Room, new LogQuestion { Client = Some.Aino, Item = Some.Diagnosis, Ids = ["hgoal1"], Limit = 5 });
        var (looks, _) = await AskAsync(scene.Room, new LogQuestion { Kind = LogEntryKind.LogRead });

        Assert.Equal(["query?kind=log-read", "query?item=diagnosis client=* ids=hgoal1"], looks.Select(static look => look.Entry!.Concerns));
        Assert.Equal(scene.Aino.Reveal(), looks[1].Client);
        Assert.All(looks, static look => Assert.Equal("sisote-operator", look.Entry!.To!.System!.Value.Value));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ASearchThroughALongLogGoesOnWindowByWindowAndFindsTheOldestToo(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        var writer = scene.Room.Services.GetRequiredService<LogWriter>();
        var at = scene.Room.Clock.GetUtcNow();
        for (var written = 0; written < 12_000; written += 500)
        {
            await writer.WriteAsync(transaction => Task.FromResult(Enumerable.Range(0, 500).Select(_ => transaction.Append(Some.Refusal(scene.Aino, at))).Last()));
        }

        var (byId, _) = await AskAsync(scene.Room, new LogQuestion { Ids = ["hgoal1"] });
        var (byPerson, end) = await AskAsync(scene.Room, new LogQuestion { Person = ProfessionalId.Parse("ohjaaja-salmi"), Outcome = "released", Limit = 2 });
        var events = new List<string>();
        for (var address = $"/fhir/AuditEvent?{AuditScene.Period}&entity=Goal/hgoal1"; address is not null;)
        {
            var page = await AuditScene.BundleAsync(scene.Officer, address);
            events.AddRange(AuditScene.EventsIn(page).Select(AuditScene.IdOf));
            address = AuditScene.LinkOf(page, "next");
        }

        Assert.Equal(scene.Disclosures[1].Id, byId.Single().Entry!.Id);
        Assert.Equal((2, true), (byPerson.Length, end.More));
        Assert.Equal([scene.Disclosures[1].Id + "-source", scene.Disclosures[1].Id + "-recipient"], events);
        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await scene.Room.VerifyExportAsync(scene.Room.Operator));
    }

    [Fact]
    public async Task MoreConditionsThanSixteenAreRefused()
    {
        await using var scene = await AuditScene.PlayAsync(DatabaseKind.Sqlite, postgres);

        using var most = await scene.Officer.GetAsync($"/fhir/AuditEvent?{AuditScene.Period}{string.Concat(Enumerable.Repeat("&outcome=0", 16))}");
        using var more = await scene.Officer.GetAsync($"/fhir/AuditEvent?{AuditScene.Period}{string.Concat(Enumerable.Repeat("&outcome=0", 17))}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (most.StatusCode, more.StatusCode));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatTheOperatorLooksAtStandsInTheViewOfThoseWhoseEntriesItMayShowAndOfNobodyElse(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);

        await AskAsync(scene.Room, new LogQuestion { Outcome = "released" });
        await AskAsync(scene.Room, new LogQuestion { Organisation = Some.Municipality });
        await AskAsync(scene.Room, new LogQuestion { Client = Some.Aino });
        await scene.Room.VerifyExportAsync(scene.Room.Operator);

        Assert.Equal(["export", "query client=*", "query?outcome=released"], await LooksAsync(scene.Officer));
        Assert.Equal(["export", "query client=*", "query organisation=kuopio", "query?outcome=released"], await LooksAsync(scene.OtherSide));
        Assert.Equal(["export", "query?outcome=released"], await LooksAsync(scene.Stranger));
    }

    [Fact]
    public async Task AMalformedQuestionIsRefusedAndLooksAtNothing()
    {
        await using var scene = await AuditScene.PlayAsync(DatabaseKind.Sqlite, postgres);
        var size = await scene.Room.LogSizeAsync();

        foreach (var question in new LogQuestion[] { new() { Client = "Aino" }, new() { Limit = 0 }, new() { Ids = ["a\"b"] }, new() { Ids = [Some.Aino] }, new() { Outcome = string.Empty }, new() { Ids = [.. Enumerable.Repeat("x", 17)] },
            new() { Outcome = Some.Aino }, new() { Outcome = "Released now" }, new() { Person = ProfessionalId.Parse(Some.Aino) }, new() { System = SystemId.Parse(Some.Aino) }, new() { Organisation = OrganisationId.Parse(Some.Aino) }, new() { Item = DataItemId.Parse(Some.Aino) }, new() { Rule = RuleId.Parse(Some.Aino) } })
        {
            using var answer = await scene.Room.Operator.PostAsJsonAsync("/log/query", question, SisoteJson.Options);
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (answer.StatusCode, await answer.SlugAsync()));
        }

        Assert.Equal(size, await scene.Room.LogSizeAsync());
    }

    /// <summary>The operator's looks that an officer sees.</summary>
    private static async Task<IEnumerable<string?>> LooksAsync(HttpClient officer) =>
        (await (await officer.GetAsync("/log?kind=log-read&system=sisote-operator")).ReadAsync<LogPage>()).Rows.Select(static row => row.Concerns);

    private static async Task<(ImmutableArray<LogLine> Entries, LogAnswerEnd End)> AskAsync(OpenRoom room, LogQuestion question)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/log/query", question, SisoteJson.Options);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonSerializer.Deserialize<LogLine>(line, SisoteJson.Options)!).ToList();
        return ([.. lines.Where(static line => line.Entry is not null)], lines[^1].End!);
    }
}
