// The officer asks, the professional answers, and what nobody answers is seen.
using System.Net;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class QuestionTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheProfessionalSeesTheQuestionWithoutTheClientAndAnswersOnce(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var asked = await AskAsync(room, desk);

        using var list = await desk.Counsellor.GetAsync("/me/questions");
        var body = await list.Content.ReadAsStringAsync();
        var mine = (await list.ReadAsync<MyQuestions>()).Questions.Single();
        var answered = await ReviewDesk.PostAsync<MyQuestion>(desk.Counsellor, $"/me/questions/{mine.Id}/answer", new AnswerQuestion { Text = "I planned the first visit." });
        using var twice = await ReviewDesk.SendAsync(desk.Counsellor, $"/me/questions/{mine.Id}/answer", new AnswerQuestion { Text = "No, the second." });
        var closed = await ReviewDesk.PostAsync<ShownCase<ReviewQuestion>>(desk.Officer, $"/review/questions/{mine.Id}/close", new CloseCase { Conclusion = "In order." });

        Assert.Equal(("Why was this read?", SystemId.Parse("kuopio-liikunta"), Some.Limits), (mine.Text, mine.About.System!.Value, mine.About.Items.Single()));
        Assert.DoesNotContain((await desk.ClientAsync()).Reveal(), body, StringComparison.Ordinal);
        Assert.Equal(("answered", HttpStatusCode.Conflict), (answered.State, twice.StatusCode));
        Assert.Equal(("closed", "I planned the first visit.", "unchanged"), (closed.Case.State, closed.Case.Answer, closed.Proof.Outcome));
        var told = await desk.ToldAsync(LogEntryKind.Review);
        Assert.Equal(["asked", "answered", "closed"], told.Select(static entry => entry.Outcome));
        Assert.Equal((ProfessionalId.Parse("ohjaaja-salmi"), asked.Case.About.Index), (told[0].Review!.Person!.Value, told[0].Review!.Place!.Value));
        Assert.Equal(ProfessionalId.Parse("ohjaaja-salmi"), told[1].To!.Professional!.Value);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatNobodyAnswersInTimeIsOverdueAndThenEscalated(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var desk = new ReviewDesk(room);
        var id = (await AskAsync(room, desk)).Case.Id;
        var inTime = await ReviewDesk.GetAsync<OverdueCases>(desk.Officer, "/review/overdue");

        room.Clock.Advance(TimeSpan.FromDays(10));
        var late = (await ReviewDesk.GetAsync<OverdueCases>(desk.Officer, "/review/overdue")).Cases.Single();
        var mine = (await ReviewDesk.GetAsync<MyQuestions>(desk.Counsellor, "/me/questions")).Questions.Single();
        room.Clock.Advance(TimeSpan.FromDays(5));
        var escalated = (await ReviewDesk.GetAsync<QuestionList>(desk.Officer, "/review/questions")).Questions.Single();
        await ReviewDesk.PostAsync<MyQuestion>(desk.Counsellor, $"/me/questions/{id}/answer", new AnswerQuestion { Text = "Late, but here." });

        Assert.Empty(inTime.Cases);
        Assert.Equal((id, "question", 3, false, ProfessionalId.Parse("ohjaaja-salmi")), (late.Id, late.Kind, late.DaysOverdue, late.Escalated, late.Person!.Value));
        Assert.True(mine.Overdue);
        Assert.Equal((8, true), (escalated.DaysOverdue!.Value, escalated.Escalated));
        Assert.Empty((await ReviewDesk.GetAsync<OverdueCases>(room.Operator, "/review/overdue")).Cases);
    }

    [Fact]
    public async Task OnlyThoseOfTheOwnOrganisationWhoStandInTheEntryAreAskedAndOnlyTheyAnswer()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var desk = new ReviewDesk(room);
        var asked = await AskAsync(room, desk);
        var question = Question(room, asked.Case.About.Index);

        using var other = await ReviewDesk.SendAsync(desk.Officer, "/review/questions", question with { Professional = ProfessionalId.Parse("ohjaaja-niemi") });
        using var notOwn = await ReviewDesk.SendAsync(desk.OtherOfficer, "/review/questions", question);
        using var stranger = await ReviewDesk.SendAsync(desk.Stranger, "/review/questions", question);
        using var named = await ReviewDesk.SendAsync(desk.Officer, "/review/questions", question with { Text = $"Was it {Some.Aino}?" });
        using var soon = await ReviewDesk.SendAsync(desk.Officer, "/review/questions", question with { Due = question.Due.AddDays(-30) });
        using var colleague = await ReviewDesk.SendAsync(room.Person(PersonKind.Professional, "kuopio", "ohjaaja-niemi"), $"/me/questions/{asked.Case.Id}/answer", new AnswerQuestion { Text = "I was not there." });
        using var namesake = await ReviewDesk.SendAsync(room.Person(PersonKind.Professional, "pohjois-savo", "ohjaaja-salmi"), $"/me/questions/{asked.Case.Id}/answer", new AnswerQuestion { Text = "Not me." });

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
            new[] { other, notOwn, stranger, named, soon, colleague, namesake }.Select(static answer => answer.StatusCode));
        Assert.Empty((await ReviewDesk.GetAsync<QuestionList>(desk.OtherOfficer, "/review/questions")).Questions);
        using var officer = await desk.Officer.GetAsync("/me/questions");
        Assert.Equal(HttpStatusCode.Forbidden, officer.StatusCode);
    }

    private static AskQuestion Question(OpenRoom room, long index) =>
        new() { Index = index, Professional = ProfessionalId.Parse("ohjaaja-salmi"), Text = "Why was this read?", Due = FinnishTime.DateOf(room.Clock.GetUtcNow()).AddDays(7) };

    private static async Task<ShownCase<ReviewQuestion>> AskAsync(OpenRoom room, ReviewDesk desk) =>
        await ReviewDesk.PostAsync<ShownCase<ReviewQuestion>>(desk.Officer, "/review/questions", Question(room, (await desk.DiscloseAsync(1))[0]));
}
