// The operator's door to the whole log.
using System.Text;
using System.Text.Json;
using Sisote.Consent.Clients;
using Sisote.Consent.Review;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary><c>POST /log/query</c></summary>
internal static class LogQuestionEndpoints
{
    private static readonly byte[] NewLine = [(byte)'\n'];

    public static void MapLogQuestions(this IEndpointRouteBuilder app) => app.MapPost("/log/query", AskAsync).RequireAuthorization(Admission.Operator);

    private static async Task<IResult> AskAsync(LogQuestion question, HttpContext context, LogQuestions questions, ClientKeys keys, LogReads reads)
    {
        if (FaultIn(question) is { } field)
        {
            return Problems.InvalidRequest(field, "Mend the field or leave it out.");
        }

        ClientId? client = null;
        if (question.Client is { } named)
        {
            client = Hetu.TryParse(named, out var hetu) ? keys.KeyOf(hetu) : ClientId.TryParse(named, out var key) ? key : null;
            if (client is null)
            {
                return Problems.InvalidRequest("client", "Name the client by key, 32 hexadecimal digits, or by national identifier.");
            }
        }

        await reads.RecordAsync(context.GetCaller(), RecordOf(question), client, context.TraceIdentifier, question.Organisation);
        return TypedResults.Stream(output => WriteAsync(output, questions.AnswerAsync(question, client, context.RequestAborted), context.RequestAborted), "application/jsonl");
    }

    private static string? FaultIn(LogQuestion question) => question switch
    {
        { Outcome: { } outcome } when !LogFilter.IsOutcome(outcome) => "outcome",
        { Organisation: { } organisation } when Hetu.IsIn(organisation.Value) => "organisation",
        { Person: { } person } when Hetu.IsIn(person.Value) => "person",
        { System: { } system } when Hetu.IsIn(system.Value) => "system",
        { Item: { } item } when Hetu.IsIn(item.Value) => "item",
        { Rule: { } rule } when Hetu.IsIn(rule.Value) => "rule",
        { Limit: < 1 } => "limit",
        { Ids.IsDefault: true } => "ids",
        { Ids.Length: > 16 } => "ids",
        _ when question.Ids.Any(static id => id is not { Length: >= 1 and <= 128 } || PersonalCodes.AreIn(id) || !id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':')) => "ids",
        _ => null,
    };

    /// <summary>The question as the log keeps it: codes, and of the client only that one was named.</summary>
    private static string RecordOf(LogQuestion question)
    {
        var filter = new LogFilter { Since = question.Since, Until = question.Until, System = question.System, Item = question.Item, Rule = question.Rule, Outcome = question.Outcome, Kind = question.Kind };
        var record = new StringBuilder("query").Append(filter.ToQuery());
        foreach (var (name, value) in new (string, string?)[]
        {
            ("organisation", question.Organisation?.Value), ("person", question.Person?.Value), ("client", question.Client is null ? null : "*"), ("ids", question.Ids.IsEmpty ? null : string.Join(',', question.Ids)),
        })
        {
            if (value is not null)
            {
                record.Append(' ').Append(name).Append('=').Append(value);
            }
        }

        return record.ToString();
    }

    private static async Task WriteAsync(Stream output, IAsyncEnumerable<LogLine> lines, CancellationToken cancellation)
    {
        await foreach (var line in lines)
        {
            await JsonSerializer.SerializeAsync(output, line, SisoteJson.Options, cancellation);
            await output.WriteAsync(NewLine, cancellation);
            if (line.Entry is null)
            {
                await output.FlushAsync(cancellation);
            }
        }
    }
}
