// Questions are asked, answered and closed.
using Sisote.Consent.Review.Cases;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Questions;

/// <summary>Keeps the life of questions.</summary>
internal sealed class QuestionLife(CaseLife life)
{
    /// <summary>Asks.</summary>
    public async Task<KeptCase<ReviewQuestion>> AskAsync(AskQuestion asked, AskedEntry about, Reviewer by, CaseActor who) => (await life.OpenAsync<ReviewQuestion>((transaction, id) =>
    {
        var question = new ReviewQuestion
        {
            Id = id, Organisation = by.Organisation, State = "open", OpenedAt = transaction.Now, OpenedBy = by.Person, Due = asked.Due,
            Person = asked.Professional, Text = asked.Text, Round = asked.Round, About = about,
        };
        return Task.FromResult<(CaseFile<ReviewQuestion>, CaseStep<ReviewQuestion>)?>((CaseFile<ReviewQuestion>.Of(question), new CaseStep<ReviewQuestion>(question, "asked") { Said = SaidOf(question) }));
    }, who))!;

    /// <summary>The one who is asked answers, once.</summary>
    public Task<CaseChange<ReviewQuestion>> AnswerAsync(string id, string text, Reviewer by, CaseActor who) => life.ChangeAsync<ReviewQuestion>(
        id,
        file => by.Admits(file) && file.Case.Person == by.Person,
        (kept, now) => kept.State != "open" ? (null, "It is answered already; the officer asks again where something is unclear.")
            : (new CaseStep<ReviewQuestion>(kept with { State = "answered", Answer = text, AnsweredAt = now }, "answered") { Said = SaidOf(kept) }, null),
        who);

    /// <summary>The officer closes it, answered or not.</summary>
    public Task<CaseChange<ReviewQuestion>> CloseAsync(string id, string conclusion, Reviewer by, CaseActor who) => life.ChangeAsync<ReviewQuestion>(
        id,
        by.Admits,
        (kept, now) => (new CaseStep<ReviewQuestion>(kept with { State = "closed", Conclusion = conclusion, ClosedAt = now, ClosedBy = by.Person }, "closed") { Said = SaidOf(kept) }, null),
        who);

    /// <summary>An entry as it is put to a professional; null where that person does not stand on the organisation's side of it.</summary>
    public static AskedEntry? About(long index, LogEntry entry, OrganisationId organisation, ProfessionalId person)
    {
        var (own, other) = IsSide(entry.To, organisation, person) ? (entry.To, entry.From) : (entry.From, entry.To);
        return !IsSide(own, organisation, person) ? null : new AskedEntry
        {
            Index = index,
            Time = entry.Time,
            CorrelationId = entry.CorrelationId,
            System = own!.System,
            OtherSide = other?.Organisation,
            Purpose = entry.Purpose,
            Items = [.. entry.Items.Where(static item => item.Released).Select(static item => item.Item)],
        };
    }

    private static bool IsSide(LogParty? party, OrganisationId organisation, ProfessionalId person) => party?.Organisation == organisation && party.Professional == person;

    private static LogReview SaidOf(ReviewQuestion question) => CaseLife.Say(CaseStore.Question) with { Place = question.About.Index, Person = question.Person };
}
