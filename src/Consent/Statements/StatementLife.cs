// Statements are asked for, answered and made public; what was written stays.
using System.Collections.Immutable;
using Sisote.Consent.Figures;
using Sisote.Consent.Keeping;
using Sisote.Consent.Phenomena;
using Sisote.Consent.Storage;
using Sisote.Doors.Network;
using Sisote.Policy.Deployments;

namespace Sisote.Consent.Statements;

/// <summary>
/// Keeps the life of statements. INVARIANT: a part is written once and its digest stands in the log's entry of it. Officials sign by name, so names are not stopped here; identity codes, phone numbers,
/// addresses and mail are.
/// </summary>
internal sealed class StatementLife(LogWriter writer, NetworkLog log, IndicatorReading indicators, Deployment deployment)
{
    public const string Asked = "asked";
    public const string Answered = "answered";
    public const string Public = "public";
    public const string Request = "request";
    public const string Answer = "answer";

    private const int LongestTitle = 200;
    private const int LongestQuestion = 5000;
    private const int LongestText = 20_000;

    private static readonly NetworkAnswer Absent = new() { Outcome = NetworkOutcome.Absent };

    /// <summary>Asks for a statement; the figures are taken as they are published.</summary>
    public async Task<NetworkAnswer> AskAsync(NetworkWriter by, string id, AskStatement said)
    {
        if (log.SystemOf(by) is not { Organisation: var own })
        {
            return Absent;
        }

        var field = !FreshId.Is(id) ? "id" : !SaidText.IsSound(said.Title, LongestTitle, hasLines: false) ? "title" : !SaidText.IsSound(said.Text, LongestQuestion) ? "text"
            : deployment.FindOrganisation(said.To) is null || said.To == own ? "to" : said.Figures.IsDefault || said.Figures.Length > AskStatement.MostFigures ? "figures" : null;
        return (field is null ? null : Malformed(field)) ?? PersonIn("title", said.Title) ?? PersonIn("text", said.Text) ?? await writer.WriteAsync(async transaction =>
        {
            if (await AttachAsync(transaction.Session, said.Figures) is not { } figures)
            {
                return Malformed("figures");
            }

            if (await StatementStore.FindAsync(transaction.Session, id, CancellationToken.None) is not null)
            {
                return new NetworkAnswer { Outcome = NetworkOutcome.Taken };
            }

            await StatementStore.AddAsync(transaction.Session, new StatementShown { Id = id, From = own, To = said.To, Title = said.Title, State = Asked, Due = said.Due, Parts = [] }, CancellationToken.None);
            var digest = await StatementStore.AddPartAsync(transaction.Session, id, Request, own, new PartContent(said.Title, said.Text, figures), transaction.Now, CancellationToken.None);
            return log.Done(id, log.Record(transaction, by, "statement-asked", Concerns(id, digest), said.To));
        });
    }

    /// <summary>Puts the answer on record; by whom was asked, once.</summary>
    public Task<NetworkAnswer> AnswerAsync(NetworkWriter by, string id, StatementText said) => WriteAsync(by, id, said, Answer);

    /// <summary>Puts the public version on record; by whom asked, once, after the answer.</summary>
    public Task<NetworkAnswer> PublishAsync(NetworkWriter by, string id, StatementText said) => WriteAsync(by, id, said, Public);

    private async Task<NetworkAnswer> WriteAsync(NetworkWriter by, string id, StatementText said, string kind) =>
        (SaidText.IsSound(said.Text, LongestText) ? PersonIn("text", said.Text) : Malformed("text")) ?? await writer.WriteAsync(async transaction =>
        {
            if (log.SystemOf(by) is not { Organisation: var own } || await StatementStore.FindAsync(transaction.Session, id, CancellationToken.None) is not { } one || (kind == Answer ? one.To : one.From) != own)
            {
                return Absent;
            }

            if (one.State != (kind == Answer ? Asked : Answered))
            {
                return new NetworkAnswer { Outcome = NetworkOutcome.Ended };
            }

            var digest = await StatementStore.AddPartAsync(transaction.Session, id, kind, own, new PartContent(one.Title, said.Text, []), transaction.Now, CancellationToken.None);
            await StatementStore.MoveAsync(transaction.Session, id, kind == Answer ? Answered : Public, CancellationToken.None);
            return log.Done(id, log.Record(transaction, by, kind == Answer ? "statement-answered" : "statement-published", Concerns(id, digest), kind == Answer ? one.From : one.To));
        });

    private static NetworkAnswer Malformed(string field) => new() { Outcome = NetworkOutcome.Malformed, Field = field };

    private static NetworkAnswer? PersonIn(string field, string text) =>
        PersonMarks.Patterns(text).ToImmutableArray() is { IsEmpty: false } marks ? new NetworkAnswer { Outcome = NetworkOutcome.NamesAPerson, Field = field, Marks = marks } : null;

    /// <summary>What the log's entry concerns: the statement, and the digest of the part.</summary>
    private static string Concerns(string id, string digest) => $"{id} sha256:{digest}";

    /// <summary>The figures as they are published; null where one is not.</summary>
    private async Task<ImmutableArray<IndicatorFigures>?> AttachAsync(Session session, ImmutableArray<StatementFigures> asked)
    {
        var figures = ImmutableArray.CreateBuilder<IndicatorFigures>();
        foreach (var one in asked)
        {
            if (await indicators.FiguresAsync(session, one.Indicator, one.Period, null, CancellationToken.None) is not { } found)
            {
                return null;
            }

            figures.Add(found);
        }

        return figures.ToImmutable();
    }
}
