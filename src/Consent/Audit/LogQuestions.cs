// Answers the operator's questions over the whole log.
using System.Runtime.CompilerServices;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary>Reads the log from its newest entry backwards, a stretch at a time, so that neither memory nor one database command grows with the log.</summary>
internal sealed class LogQuestions(Database database, NoteSigner signer, ILogger<LogQuestions> log)
{
    private const int Batch = 500;
    private const string Columns = "e.leaf_index, e.entry_id, e.leaf_time, e.commitment, e.leaf_hash, e.salt, e.record";

    /// <summary>The lines of an answer.</summary>
    public async IAsyncEnumerable<LogLine> AnswerAsync(LogQuestion question, ClientId? client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (conditions, before) = await BeginAsync(question, client, cancellation);
        var (told, changed) = (0L, 0L);
        while (before > conditions.First)
        {
            var wanted = question.Limit is { } limit ? Math.Min(Batch, limit - told + 1) : Batch;
            var floor = conditions.FloorBelow(before - 1);
            var lines = await ReadAsync(conditions, before, floor, wanted, cancellation);
            foreach (var line in lines)
            {
                if (line.Entry is null)
                {
                    changed++;
                    continue;
                }

                if (told == question.Limit)
                {
                    yield return End(told, changed, more: true);
                    yield break;
                }

                told++;
                yield return line;
            }

            before = lines.Count < wanted ? floor : lines[^1].Index!.Value;
            yield return new LogLine { Searched = before };
        }

        yield return End(told, changed, more: false);
    }

    private static LogLine End(long told, long changed, bool more) => new() { End = new LogAnswerEnd { Entries = told, More = more, Changed = changed } };

    /// <summary>The conditions, and the end of the log as it is when the answer begins.</summary>
    private async Task<(EntryConditions Conditions, long Before)> BeginAsync(LogQuestion question, ClientId? client, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var conditions = await ConditionsAsync(session, question, client, cancellation);
        return (conditions, Math.Min(conditions.End, await LeafTimes.SizeAsync(session, cancellation)));
    }

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
            conditions.Client(await Clients.Identities.AllOfAsync(session, named, cancellation));
        }

        conditions.System(question.System?.Value);
        conditions.Item(question.Item?.Value);
        conditions.Rule(question.Rule?.Value);
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

    /// <summary>Lines in a short view of the database: an answer that is read slowly keeps nothing in its files.</summary>
    private async Task<List<LogLine>> ReadAsync(EntryConditions conditions, long before, long floor, long most, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var found = await session.QueryAsync(
            $"SELECT {Columns} FROM log_entry e WHERE {conditions.Sql} AND e.leaf_index < @before AND e.leaf_index >= @floor ORDER BY e.leaf_index DESC LIMIT @most",
            LogTable.Read,
            cancellation,
            [.. conditions.Parameters, ("before", before), ("floor", floor), ("most", most)]);
        return found.ConvertAll(logged => new LogLine { Index = logged.Index, Recorded = logged.Leaf.Time, Log = signer.Verifier.Name, Entry = logged.Entry(log) })
            .ConvertAll(static line => line with { Client = line.Entry?.Client?.Reveal(), Entry = line.Entry is null ? null : line.Entry with { Client = null } });
    }
}
