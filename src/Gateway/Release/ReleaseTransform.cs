// What happens to a source's answer: nothing of it passes, what may leave is written anew.
using Sisote.Doors;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Release;

/// <summary>The release path, in the order in which it happens: read the whole answer, sort it by client, minimise, record, write.</summary>
internal sealed class ReleaseTransform(SourceReading source, ClientSorting sorting, Releasing releasing, Refusing refusing, RoomSettings settings)
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

        var releases = await ReleaseAsync(exchange, parts);
        if (parts.Count == 0 && !await refusing.TryRecordUnknownAsync(exchange))
        {
            releases = [new ClientRelease.Failed(Refusal.LogDown)];
        }

        await WriteAsync(context, exchange, releases);
    }

    /// <summary>All clients at once; one after another where the caller has room for so many resources only.</summary>
    private async Task<ClientRelease[]> ReleaseAsync(ReadExchange exchange, List<(Judged Client, List<ResourceIndex> Resources)> parts)
    {
        if (parts is [(var only, var all)])
        {
            return [await releasing.ReleaseAsync(exchange, only, all, exchange.Most ?? int.MaxValue)];
        }

        if (exchange.Most is not { } room)
        {
            return await Task.WhenAll(parts.Select(part => releasing.ReleaseAsync(exchange, part.Client, part.Resources, int.MaxValue)));
        }

        var releases = new List<ClientRelease>();
        foreach (var (client, resources) in parts.TakeWhile(_ => room > 0))
        {
            releases.Add(await releasing.ReleaseAsync(exchange, client, resources, room));
            room -= (releases[^1] as ClientRelease.Recorded)?.Draft.Resources.Count ?? 0;
        }

        return [.. releases];
    }

    private async Task WriteAsync(HttpContext context, ReadExchange exchange, ClientRelease[] releases)
    {
        if (releases.OfType<ClientRelease.Failed>().FirstOrDefault() is { } failed)
        {
            await OutcomeWriter.WriteAsync(context, failed.Refusal);
            return;
        }

        var recorded = releases.Cast<ClientRelease.Recorded>().ToArray();
        using var answer = new PooledBytes(1024 + recorded.Sum(static release => release.Draft.Output.Length + (release.Draft.Resources.Count * 256)));
        if (exchange.IsSearch)
        {
            SearchsetWriter.Write(answer, exchange.SelfAddress, new Uri(settings.Gateway, $"fhir/{exchange.Call.Asker.Other.Id}/").AbsoluteUri, recorded);
        }
        else if (!SearchsetWriter.TryWriteOnly(answer, recorded))
        {
            await OutcomeWriter.WriteAsync(context, Refusal.NotFound);
            return;
        }

        await PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, answer.Written, headers =>
        {
            foreach (var receipt in recorded.Select(static release => release.Receipt).OfType<string>())
            {
                headers.Append(PlainAnswer.ReceiptHeader, receipt);
            }
        });
        Array.ForEach(recorded, static release => release.Draft.Dispose());
    }
}
