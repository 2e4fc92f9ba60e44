// Answers the operator's questions over the whole log.
using System.Data.Common;
using System.Runtime.CompilerServices;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary>Reads the log from its newest entry backwards, a stretch at a time, so that neither memory nor one database command grows with the log.</summary>
internal sealed class LogQuestions(Database database, NoteSigner signer)
{
    private const int Batch = 500;

    /// <summary>The lines of an answer.</summary>
    public async IAsyncEnumerable<LogLine> AnswerAsync(LogQuestion question, ClientId? client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var conditions = await ConditionsAsync(session, question, client, cancellation);
        var (told, before) = (0L, long.MaxValue);
        while (true)
        {
            var wanted = question.Limit is { } limit ? Math.Min(Batch, limit - told + 1) : Batch;
            var lines = await ReadAsync(session, conditions, before, wanted, cancellation);
            foreach (var line in lines)
            {
                if (told == question.Limit)
                {
                    yield return End(told, more: true);
                    yield break;
                }

                told++;
                yield return line;
            }

            if (lines.Count < wanted)
            {
                yield return End(told, more: false);
                yield break;
            }

            before = lines[^1].Index!.Value;
            yield return new LogLine { Searched = before };
        }
    }

    private static LogLine End(long told, bool more) => new() { End = new LogAnswerEnd { Entries = told, More = more } };

    private static async Task<EntryConditions> ConditionsAsync(Session session, LogQuestion question, ClientId? client, CancellationToken cancellation)
    {
        var conditions = new EntryConditions(session.Dialect);
        await conditions.TakenInAsync(session, question.Since, question.Until, cancellation);
        if (question.Organisation is { } organisation)
        {
            conditions.Side(organisation);
        }

        if (client is { } named)
        {
            conditions.Client([named]);
        }

        conditions.System(question.System?.Value);
        conditions.Item("item", question.Item?.Value);
        conditions.Item("rule", question.Rule?.Value);
        conditions.Is("e.outcome", question.Outcome);
        conditions.Person(question.Person);
        if (!question.Ids.IsEmpty)
        {
            conditions.Holds(question.Ids);
        }

        if (question.Kind is { } kind)
        {
            conditions.Kind([kind]);
        }
        else
        {
            conditions.NoReadings();
        }

        return conditions;
    }

    private Task<List<LogLine>> ReadAsync(Session session, EntryConditions conditions, long before, long most, CancellationToken cancellation) => session.QueryAsync(
        $"SELECT e.leaf_index, e.leaf_time, e.client, e.record FROM log_entry e WHERE {conditions.Sql} AND e.leaf_index < @before ORDER BY e.leaf_index DESC LIMIT @most",
        Read,
        cancellation,
        [.. conditions.Parameters, ("before", before), ("most", most)]);

    private LogLine Read(DbDataReader row) => new()
    {
        Index = row.GetInt64(0),
        Recorded = row.Time(1),
        Client = row.TextOrNull(2),
        Log = signer.Verifier.Name,
        Entry = CanonicalForm.Read(row.GetFieldValue<byte[]>(3)) with { Client = null },
    };
}
