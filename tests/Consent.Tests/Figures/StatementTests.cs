// Statements: asked for with figures, answered, made public, and kept as they were.
using System.Net;
using Sisote.Doors.Consent;
using Sisote.Doors.Network;
using Sisote.Doors.Tokens;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Figures.NetworkDesk;

namespace Sisote.Tests.Consent.Figures;

public sealed class StatementTests(PostgresFixture postgres)
{
    private static readonly AskStatement Asked = new() { Title = "Liikunnan tila", Text = "Miten liikunta on muuttunut?", To = Some.Municipality, Due = new DateOnly(2027, 1, 31), Figures = [new StatementFigures("culture-participation", "2025-10")] };

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task RequestAnswerAndPublicVersionAreKeptWithTheFiguresAndTheirDigests(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = await DeskAsync(room);
        var id = Some.Id();

        var asked = await desk.SayAsync("statements/ask", County, id, Asked);
        var early = await desk.SayAsync("statements/public", County, id, new StatementText { Text = "Liian aikaisin." });
        var answered = await desk.SayAsync("statements/answer", Municipality, id, new StatementText { Text = "Vastaus." });
        var published = await desk.SayAsync("statements/public", County, id, new StatementText { Text = "Julkinen versio." });
        var again = await desk.SayAsync("statements/answer", Municipality, id, new StatementText { Text = "Toinen vastaus." });
        await room.ReopenAsync();
        var shown = (await new NetworkDesk(room).AskAsync<StatementList>($"/network/statements?system={Municipality}&id={id}")).Statements.Single();

        Assert.Equal((NetworkOutcome.Done, NetworkOutcome.Ended, NetworkOutcome.Done, NetworkOutcome.Done, NetworkOutcome.Ended), (asked.Outcome, early.Outcome, answered.Outcome, published.Outcome, again.Outcome));
        Assert.Equal(("public", new DateOnly(2027, 1, 31)), (shown.State, shown.Due));
        Assert.Equal([("request", Some.County, "Miten liikunta on muuttunut?"), ("answer", Some.Municipality, "Vastaus."), ("public", Some.County, "Julkinen versio.")], shown.Parts.Select(static part => (part.Kind, part.By, part.Text)));
        Assert.Contains(shown.Parts[0].Figures.Single().Figures, static figure => figure.Persons is null);
        var page = await (await room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-1").GetAsync("/log?kind=agreement-change")).ReadAsync<LogPage>();
        Assert.All(shown.Parts, part => Assert.Contains(page.Rows, row => row.Concerns == $"{id} sha256:{part.Digest}"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OthersThanTheTwoPartiesSeeThePublicVersionAlone(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = await DeskAsync(room);
        var id = Some.Id();
        await desk.SayAsync("statements/ask", County, id, Asked);
        await desk.SayAsync("statements/answer", Municipality, id, new StatementText { Text = "Vastaus." });
        var before = (await desk.AskAsync<StatementList>($"/network/statements?system={Club}&id={id}")).Statements;
        var list = (await desk.AskAsync<StatementList>($"/network/statements?system={Club}")).Statements;

        await desk.SayAsync("statements/public", County, id, new StatementText { Text = "Julkinen versio." });

        Assert.Empty(before);
        Assert.Empty(list);
        Assert.Equal(["public"], (await desk.AskAsync<StatementList>($"/network/statements?system={Club}&id={id}")).Statements.Single().Parts.Select(static part => part.Kind));
        Assert.Single((await desk.AskAsync<StatementList>($"/network/statements?system={Club}")).Statements);
    }

    [Fact]
    public async Task OnlyWhoWasAskedAnswersAndFiguresMustBePublished()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = await DeskAsync(room);
        var id = Some.Id();
        var unpublished = await desk.SayAsync("statements/ask", County, Some.Id(), Asked with { Figures = [new StatementFigures("culture-participation", "2025-11")] });
        var oneself = await desk.SayAsync("statements/ask", County, Some.Id(), Asked with { To = Some.County });
        var person = await desk.SayAsync("statements/ask", County, Some.Id(), Asked with { Text = "Mitä tapahtui: 010190-999W?" });
        await desk.SayAsync("statements/ask", County, id, Asked);

        Assert.Equal(("figures", "to", NetworkOutcome.NamesAPerson), (unpublished.Field, oneself.Field, person.Outcome));
        Assert.Equal(NetworkOutcome.Absent, (await desk.SayAsync("statements/answer", Club, id, new StatementText { Text = "Vastaus." })).Outcome);
        Assert.Equal(NetworkOutcome.Absent, (await desk.SayAsync("statements/answer", County, id, new StatementText { Text = "Vastaus." })).Outcome);
        Assert.Equal(NetworkOutcome.Taken, (await desk.SayAsync("statements/ask", County, id, Asked)).Outcome);
    }

    [Fact]
    public async Task APartThatWasChangedInTheDatabaseIsNotShown()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = await DeskAsync(room);
        var id = Some.Id();
        await desk.SayAsync("statements/ask", County, id, Asked);
        await desk.SayAsync("statements/answer", Municipality, id, new StatementText { Text = "Vastaus." });

        await room.SqlAsync("UPDATE statement_part SET content = REPLACE(content, 'Vastaus', 'Muutos') WHERE kind = 'answer'");

        Assert.Equal(["request"], (await desk.AskAsync<StatementList>($"/network/statements?system={County}&id={id}")).Statements.Single().Parts.Select(static part => part.Kind));
        using var unknown = await room.Gateway.GetAsync("/network/statements?system=nobody");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task AttachedFiguresGoWhenTheLawHidesMoreThanTheyWerePublishedUnder()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = await DeskAsync(room);
        var id = Some.Id();
        await desk.SayAsync("statements/ask", County, id, Asked);

        room.Catalogue = Some.Catalogue("min-cell-10");
        await room.ReopenAsync();

        var part = (await new NetworkDesk(room).AskAsync<StatementList>($"/network/statements?system={County}&id={id}")).Statements.Single().Parts.Single();
        Assert.Equal(("Miten liikunta on muuttunut?", 0), (part.Text, part.Figures.Length));
    }

    private static async Task<NetworkDesk> DeskAsync(OpenRoom room)
    {
        var desk = new NetworkDesk(room);
        await desk.DefineAsync(County, Participation() with { Sources = [Some.Municipality] });
        await desk.DeliverAsync(Municipality, "2025-10", Count(3, "kuopio", "child"), Count(40, "kuopio", "adult"), Count(20, "siilinjarvi", "child"), Count(30, "siilinjarvi", "adult"));
        await desk.PublishAsync(County, "2025-10");
        return desk;
    }
}
