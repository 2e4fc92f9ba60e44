// Phenomena: reported without persons, taken together, taken up, and answered.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Figures.NetworkDesk;

namespace Sisote.Tests.Consent.Figures;

public sealed class PhenomenonTests(PostgresFixture postgres)
{
    private static readonly ReportPhenomenon Insomnia = new() { Category = "sleep", Group = "grade-9", Area = "kuopio", Text = "Unettomuus on lisääntynyt." };

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ReportsOfTheSameMatterAreTakenTogetherWithTheirCountAndSources(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new NetworkDesk(room);
        var first = await desk.SayAsync("phenomena/report", County, Some.Id(), Insomnia);
        var second = await desk.SayAsync("phenomena/report", County, Some.Id(), Insomnia with { Text = "Valvominen näkyy maanantaisin." });
        var third = await desk.SayAsync("phenomena/report", Municipality, Some.Id(), Insomnia with { Text = "Nuokkuminen tunnilla yleistyy." });
        await desk.SayAsync("phenomena/report", Municipality, Some.Id(), Insomnia with { Group = "grade-8" });

        var list = (await desk.AskAsync<PhenomenonRows>("/network/phenomena")).Phenomena;
        var own = (await desk.AskAsync<PhenomenonRows>($"/network/phenomena?reportedBy={County}")).Phenomena;

        Assert.Equal((first.Id, first.Id), (second.Id, third.Id));
        Assert.Equal(2, list.Length);
        var together = Assert.Single(own);
        Assert.Equal(
            [(Some.County, "Unettomuus on lisääntynyt."), (Some.County, "Valvominen näkyy maanantaisin."), (Some.Municipality, "Nuokkuminen tunnilla yleistyy.")],
            together.Reports.Select(static report => (report.By, report.Text)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ATextWithAPersonIsReturnedWithThePlaceMarkedAndNothingOfItIsKept(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new NetworkDesk(room);
        var size = await room.LogSizeAsync();

        var answer = await desk.SayAsync("phenomena/report", County, Some.Id(), Insomnia with { Text = "Matti Virtanen valvoo, 010190-999W." });

        Assert.Equal((NetworkOutcome.NamesAPerson, "text"), (answer.Outcome, answer.Field));
        Assert.Equal([new TextMark(0, 5, "name"), new TextMark(6, 8, "name"), new TextMark(23, 11, "identity-code")], answer.Marks);
        Assert.Empty((await desk.AskAsync<PhenomenonRows>("/network/phenomena")).Phenomena);
        Assert.Equal(size, await room.LogSizeAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task APhenomenonGoesUpFromGroupToGroupAndTheAnswerComesBackToWhoReported(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new NetworkDesk(room);
        await GroupAsync(room, "kuopion-ryhma", "kuopio", "municipal");
        await GroupAsync(room, "alueellinen-ryhma", "pohjois-savo", "county");
        var id = Some.Id();
        await desk.SayAsync("phenomena/report", Club, id, Insomnia);

        var stranger = await desk.SayAsync("phenomena/escalate", Municipality, id, new EscalatePhenomenon { Group = "kuopion-ryhma" });
        var unknown = await desk.SayAsync("phenomena/escalate", Club, id, new EscalatePhenomenon { Group = "ei-ole" });
        var first = await desk.SayAsync("phenomena/escalate", Club, id, new EscalatePhenomenon { Group = "kuopion-ryhma" });
        var notTheirs = await desk.SayAsync("phenomena/answer", Club, id, new AnswerPhenomenon { Text = "Itse vastattu." });
        var sideways = await desk.SayAsync("phenomena/escalate", Municipality, id, new EscalatePhenomenon { Group = "kuopion-ryhma" });
        var second = await desk.SayAsync("phenomena/escalate", Municipality, id, new EscalatePhenomenon { Group = "alueellinen-ryhma" });
        var named = await desk.SayAsync("phenomena/answer", County, id, new AnswerPhenomenon { Text = "Kysykää Matilta." });
        var answered = await desk.SayAsync("phenomena/answer", County, id, new AnswerPhenomenon { Text = "Unikoulu alkaa kaikissa yläkouluissa." });
        var late = await desk.SayAsync("phenomena/answer", County, id, new AnswerPhenomenon { Text = "Toinen vastaus." });
        var again = await desk.SayAsync("phenomena/report", Club, Some.Id(), Insomnia);

        Assert.Equal((NetworkOutcome.Absent, NetworkOutcome.Malformed, NetworkOutcome.Done), (stranger.Outcome, unknown.Outcome, first.Outcome));
        Assert.Equal((NetworkOutcome.Absent, NetworkOutcome.Malformed, NetworkOutcome.Done), (notTheirs.Outcome, sideways.Outcome, second.Outcome));
        Assert.Equal((NetworkOutcome.NamesAPerson, NetworkOutcome.Done, NetworkOutcome.Ended), (named.Outcome, answered.Outcome, late.Outcome));
        Assert.NotEqual(first.Id, again.Id);
        var reported = (await desk.AskAsync<PhenomenonRows>($"/network/phenomena?reportedBy={Club}")).Phenomena.Single(one => one.Id == first.Id);
        Assert.Equal([("escalated", "kuopion-ryhma", null), ("escalated", "alueellinen-ryhma", null), ("answered", "alueellinen-ryhma", "Unikoulu alkaa kaikissa yläkouluissa.")], reported.Steps.Select(static step => (step.Kind, step.Group, step.Text)));
    }

    [Fact]
    public async Task UnknownCodesAndTooLongTextsAreNamedByTheirField()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new NetworkDesk(room);
        var id = Some.Id();

        var answers = new List<string?>();
        foreach (var said in new[] { Insomnia with { Category = "x" }, Insomnia with { Group = "x" }, Insomnia with { Area = "a b" }, Insomnia with { Area = "010190-999W" }, Insomnia with { Text = " " }, Insomnia with { Text = new string('a', 501) } })
        {
            answers.Add((await desk.SayAsync("phenomena/report", County, id, said)).Field);
        }

        Assert.Equal(["category", "group", "area", "area", "text", "text"], answers);
        Assert.Equal("id", (await desk.SayAsync("phenomena/report", County, "1", Insomnia)).Field);
        Assert.Equal(NetworkOutcome.Done, (await desk.SayAsync("phenomena/report", County, id, Insomnia with { Text = new string('a', 500) })).Outcome);
        Assert.Equal(NetworkOutcome.Taken, (await desk.SayAsync("phenomena/report", County, id, Insomnia)).Outcome);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AControlCharacterInATextIsRefusedBeforeTheLogIsWritten(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new NetworkDesk(room);
        var asked = new AskStatement { Title = "Otsikko", Text = "Kysymys", To = Some.Municipality };

        var reported = await desk.SayAsync("phenomena/report", County, Some.Id(), Insomnia with { Text = "Uni\0ttomuus" });
        var answered = await desk.SayAsync("phenomena/answer", County, Some.Id(), new AnswerPhenomenon { Text = "\u001b[2J" });
        var titled = await desk.SayAsync("statements/ask", County, Some.Id(), asked with { Title = "Otsi\0kko" });
        var lines = await desk.SayAsync("statements/ask", County, Some.Id(), asked with { Title = "Kaksi\nriviä" });
        var sound = await desk.SayAsync("statements/ask", County, Some.Id(), asked with { Text = "Kaksi\nriviä" });

        Assert.Equal(["text", "text", "title", "title", null], new[] { reported, answered, titled, lines, sound }.Select(static one => one.Field));
        Assert.Equal(NetworkOutcome.Done, sound.Outcome);
    }

    [Fact]
    public async Task EveryStepOfAPhenomenonStandsInTheLog()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new NetworkDesk(room);
        await GroupAsync(room, "alueellinen-ryhma", "pohjois-savo", "county");
        var id = (await desk.SayAsync("phenomena/report", County, Some.Id(), Insomnia)).Id!;
        await desk.SayAsync("phenomena/escalate", County, id, new EscalatePhenomenon { Group = "alueellinen-ryhma" });
        await desk.SayAsync("phenomena/answer", County, id, new AnswerPhenomenon { Text = "Asia on työn alla." });

        var page = await (await room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-1").GetAsync("/log?kind=agreement-change")).ReadAsync<LogPage>();

        Assert.Equal(["phenomenon-answered", "phenomenon-escalated", "phenomenon-reported"], page.Rows.Where(row => row.Concerns == id).Select(static row => row.Outcome).Order(StringComparer.Ordinal));
    }

    private static async Task GroupAsync(OpenRoom room, string id, string convener, string level)
    {
        using var answer = await room.Operator.PostAsJsonAsync($"/network/groups/{id}", new GroupSaid
        {
            Name = new Wording { Fi = "Ryhmä" }, Convener = OrganisationId.Parse(convener), Level = level, IsStatutory = true, Mandate = "1287/2013 14 a §", Tasks = [new Wording { Fi = "Seuraa ilmiöitä" }],
        }, SisoteJson.Options);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
