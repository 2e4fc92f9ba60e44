// Hints: each with its sentence and its facts, for the own officers only.
using System.Net;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class HintTests(PostgresFixture postgres)
{
    private static readonly ProfessionalId Salmi = ProfessionalId.Parse("ohjaaja-salmi");

    // A Wednesday noon and a Wednesday night in Finland.
    private static readonly DateTimeOffset Noon = new(2026, 11, 18, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Night = new(2026, 11, 18, 0, 30, 0, TimeSpan.Zero);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FamilyNamesakesNeighboursAndWatchedClientsAreSeenWithoutAnyNameBeingKept(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        await TellAsync(room, new RecordLikeness { ClientIdentifier = Some.Aino, Surnames = ["Aaltonen"], Addresses = ["Rantakatu 1 A 2, 70100"], Watched = true });
        await TellAsync(room, new RecordLikeness { Organisation = Some.Municipality, Professional = Salmi, Surnames = ["Salmi", "AALTONEN "], Addresses = ["rantakatu 1 a 2 70100"], OwnIdentifier = Some.Onni, Family = [Some.Aino] });
        var places = await desk.WriteAsync(await WorkAsync(desk, Some.Aino, Noon), await WorkAsync(desk, Some.Onni, Noon));

        var hints = (await HintsAsync(desk)).Hints;
        var kept = (await new Retention.KeepingDesk(room).CountAsync("SELECT COUNT(*) FROM likeness"), await new Retention.KeepingDesk(room).CountAsync("SELECT COUNT(*) FROM likeness WHERE UPPER(mark) LIKE '%AALTONEN%' OR UPPER(mark) LIKE '%RANTAKATU%' OR mark LIKE '%010190%'"));

        Assert.Equal(["own-family", "same-address", "same-surname", "watched-client"], hints.Where(hint => hint.Index == places[0]).Select(static hint => hint.Code).Order(StringComparer.Ordinal));
        Assert.Equal("own-data", hints.Single(hint => hint.Index == places[1]).Code);
        Assert.Equal("Asiakkaalla ja työntekijällä ohjaaja-salmi on sama sukunimi.", hints.Single(static hint => hint.Code == "same-surname").Sentence.Fi);
        Assert.Equal((8L, 0L), kept);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WorkAtNightIsSeenWithTheTimeAndTheHoursItIsComparedWith(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, ("Hints:WorkFromHour", "8"));
        var desk = new ReviewDesk(room);
        await desk.WriteAsync(await WorkAsync(desk, Some.Aino, Noon), await WorkAsync(desk, Some.Aino, Night), await WorkAsync(desk, Some.Aino, Noon.AddDays(3)));

        var hints = (await HintsAsync(desk)).Hints;

        Assert.Equal(["The professional ohjaaja-salmi handled data at the weekend, 21.11.2026 12.00.", "The professional ohjaaja-salmi handled data 18.11.2026 02.30, outside working hours 8 to 20."], hints.Select(static hint => hint.Sentence.En));
        Assert.Contains(new HintFact("local-time", "18.11.2026 02.30"), hints[1].Facts);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ManyClientsOfOneProfessionalAreOneHintForTheDayAndThoseOfSeveralAreNone(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, ("Hints:ManyClients", "5"));
        var desk = new ReviewDesk(room);
        var entries = await Task.WhenAll(Enumerable.Range(0, 7).Select(number => WorkAsync(desk, Some.Person(number).Reveal(), Noon.AddMinutes(number))));
        var others = await Task.WhenAll(Enumerable.Range(10, 7).Select(number => WorkAsync(desk, Some.Person(number).Reveal(), Noon.AddMinutes(number), "ohjaaja-" + number)));
        var slow = await Task.WhenAll(Enumerable.Range(20, 7).Select(number => WorkAsync(desk, Some.Person(number).Reveal(), Noon.AddDays(1).AddMinutes((number - 20) * 20), "ohjaaja-niemi")));
        var places = await desk.WriteAsync([.. entries, .. others, .. slow]);

        var hint = (await HintsAsync(desk)).Hints.Single();
        var ofTheFifth = (await ReviewDesk.GetAsync<ReviewHints>(desk.Officer, $"/log/{places[4]}/hints")).Hints.Single();
        var ofTheFourth = (await ReviewDesk.GetAsync<ReviewHints>(desk.Officer, $"/log/{places[3]}/hints")).Hints;

        Assert.Equal(("many-clients", places[6], Salmi), (hint.Code, hint.Index, hint.Professional));
        Assert.Equal([new HintFact("professional", "ohjaaja-salmi"), new HintFact("clients", "7"), new HintFact("minutes", "60"), new HintFact("threshold", "5")], hint.Facts);
        Assert.Contains(new HintFact("clients", "5"), ofTheFifth.Facts);
        Assert.Empty(ofTheFourth);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task DataThatWentWithoutARelationIsSeenUnlessOneIsOnRecordForThatTime(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var state = (await room.StateAsync(Some.Onni)).State;
        var referral = Some.Referral(state, room.Clock.GetUtcNow(), "ref-1");
        await room.AppendAsync(referral with { ClientIdentifier = Some.Onni, Begins = referral.Begins! with { Status = RelationshipStatus.Active } });
        var without = await WorkAsync(desk, Some.Aino, Noon) with { Items = [new LogItem { Item = Some.Limits, Released = true, Rule = Some.Reading }] };
        var related = Some.Disclosure(await desk.ClientAsync(Some.Onni), room.Clock.GetUtcNow());
        var places = await desk.WriteAsync(without, related, without with { Id = Some.Id(), Kind = LogEntryKind.Refusal });

        var hints = (await HintsAsync(desk)).Hints.Where(static hint => hint.Code == "no-relation").ToArray();

        Assert.Equal(places[0], hints.Single().Index);
        await room.SqlAsync("UPDATE relationship SET scope_items = 'person-identity'"); // what a professional decided once is no relation of the receiver
        Assert.Contains((await HintsAsync(desk)).Hints, hint => hint.Code == "no-relation" && hint.Index == places[1]);
    }

    [Fact]
    public async Task HintsAreForTheOwnOfficersOnlyAndLookingForThemIsOnRecord()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new ReviewDesk(room);
        var place = (await desk.WriteAsync(await WorkAsync(desk, Some.Aino, Night)))[0];

        var own = await HintsAsync(desk);
        using var stranger = await desk.Stranger.GetAsync($"/log/{place}/hints");
        using var malformed = await ReviewDesk.SendAsync(room.Operator, "/review/likenesses", new RecordLikeness { ClientIdentifier = Some.Aino, Family = [Some.Onni] });

        Assert.Equal(("outside-hours", 1, true), (own.Hints.Single().Code, own.Entries, own.Complete));
        Assert.Empty((await ReviewDesk.GetAsync<ReviewHints>(desk.OtherOfficer, "/review/hints")).Hints);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (stranger.StatusCode, malformed.StatusCode));
        Assert.StartsWith("hints since=", (await desk.ToldAsync(LogEntryKind.LogRead))[0].Concerns, StringComparison.Ordinal);
        foreach (var nobody in desk.Others)
        {
            using var answer = await nobody.GetAsync("/review/hints");
            using var told = await ReviewDesk.SendAsync(nobody, "/review/likenesses", new RecordLikeness { ClientIdentifier = Some.Aino });
            Assert.All(new[] { answer.StatusCode, told.StatusCode }, static status => Assert.Contains(status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden }));
        }
    }

    /// <summary>A reading in order: at some time, by some professional, with a relation that was verified.</summary>
    private static async Task<LogEntry> WorkAsync(ReviewDesk desk, string hetu, DateTimeOffset at, string person = "ohjaaja-salmi")
    {
        var entry = Some.Disclosure(await desk.ClientAsync(hetu), at);
        return entry with
        {
            To = entry.To! with { Professional = ProfessionalId.Parse(person) },
            Items = [new LogItem { Item = Some.Limits, Released = true, Rule = Some.Reading, Conditions = [new ConditionEvidence { Condition = ConditionId.Parse("relation-verified"), Source = "attestation" }] }],
        };
    }

    private static Task<ReviewHints> HintsAsync(ReviewDesk desk) => ReviewDesk.GetAsync<ReviewHints>(desk.Officer, "/review/hints");

    private static async Task TellAsync(OpenRoom room, RecordLikeness told)
    {
        using var answer = await ReviewDesk.SendAsync(room.Operator, "/review/likenesses", told);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
