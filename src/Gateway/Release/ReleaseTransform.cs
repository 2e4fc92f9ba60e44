// What happens to a source's answer: nothing of it passes, what may leave is written anew.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Searching;

namespace Sisote.Gateway.Release;

/// <summary>The release path, in the order in which it happens: read the whole answer, sort it by client, minimise, record, write.</summary>
internal sealed class ReleaseTransform(SourceReading source, ClientSorting sorting, Paging paging, Releasing releasing, SearchLinks links, Refusing refusing, Beat beat)
{
    /// <summary>Takes a source's answer over, with the time that is left for it.</summary>
    internal async Task ReleaseAsync(HttpContext context, HttpResponseMessage response, ReadExchange exchange, CancellationToken limit)
    {
        using var answer = await source.ReadAsync(response, exchange, limit);
        if (answer.Refusal is { } unusable)
        {
            await refusing.RefuseAsync(context, exchange, unusable);
            return;
        }

        // From here on the caller hanging up changes nothing: what is being recorded is recorded.
        if (await sorting.SortAsync(exchange, answer.Resources, CancellationToken.None) is not { } parts)
        {
            await refusing.RefuseAsync(context, exchange, Refusal.LogDown);
            return;
        }

        var (releases, next) = await ReleaseAsync(exchange, parts);
        if (releases.Length == 0 && !await refusing.TryRecordUnknownAsync(exchange))
        {
            releases = [new ClientRelease.Failed(Refusal.LogDown)];
        }

        var tag = TaskTag.Of(exchange, answer.Resources);
        answer.Forget(); // what a slow reader waits for is its own answer; the room that was taken is kept until it has it
        await WriteAsync(context, exchange, releases, (next, tag));
    }

    /// <summary>One client's page is chosen anew whenever the ground moves; a list over the own register is cut once, and then all its clients are released at once.</summary>
    private async Task<(ClientRelease[] Releases, Position? Next)> ReleaseAsync(ReadExchange exchange, IReadOnlyList<ClientPart> parts)
    {
        if (exchange.Client is { } client)
        {
            var only = await releasing.ReleaseAsync(exchange, client, judged => paging.Choose(exchange, [parts[0] with { Client = judged }]));
            return ([only], (only as ClientRelease.Recorded)?.Next);
        }

        var page = paging.Choose(exchange, parts);
        var releases = await Task.WhenAll(page.Parts.Select(part => releasing.ReleaseAsync(exchange, part.Client, judged => new ChosenPage([part with { Client = judged }], null))));
        return (releases, page.Next);
    }

    private async Task WriteAsync(HttpContext context, ReadExchange exchange, ClientRelease[] releases, (Position? Next, string? Tag) more)
    {
        if (releases.OfType<ClientRelease.Failed>().FirstOrDefault() is { } failed)
        {
            await OutcomeWriter.WriteAsync(context, failed.Refusal);
            return;
        }

        var recorded = releases.Cast<ClientRelease.Recorded>().ToArray();
        if (!recorded.Any(static release => release.Receipt is not null))
        {
            await beat.WaitAsync(exchange.Call.Arrived);
        }

        using var answer = new PooledBytes(1024 + recorded.Sum(static release => release.Draft.Output.Length + (release.Draft.Resources.Count * 256)));
        if (exchange.IsSearch)
        {
            var nextAddress = exchange.Terms is { } terms && more.Next is { } last ? links.Next(exchange, terms, last) : null;
            SearchsetWriter.Write(answer, (exchange.SelfAddress, nextAddress), links.Base(exchange.Call), exchange.Question, recorded);
        }
        else if (!SearchsetWriter.TryWriteOnly(answer, recorded))
        {
            await OutcomeWriter.WriteAsync(context, Refusal.NotFound);
            return;
        }

        Array.ForEach(recorded, static release => release.Draft.Dispose()); // all of it stands in the answer
        await PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, answer.Written, headers =>
        {
            headers.ETag = more.Tag;
            if (SearchsetWriter.ReceiptsOf(recorded) is [var only])
            {
                headers.Append(PlainAnswer.ReceiptHeader, only);
            }
        });
    }
}
