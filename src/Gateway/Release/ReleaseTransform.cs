// What happens to a source's answer: nothing of it passes, what may leave is written anew.
using Sisote.Doors;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Minimising;
using Yarp.ReverseProxy.Transforms;

namespace Sisote.Gateway.Release;

/// <summary>The release path, in the order in which it happens: read the whole answer, sort it by client, minimise, record, write.</summary>
internal sealed class ReleaseTransform(SourceReading source, ClientSorting sorting, Releasing releasing, Refusing refusing, RoomSettings settings)
{
    /// <summary>Takes the answer over from the forwarder.</summary>
    internal async Task ReleaseAsync(ResponseTransformContext transform, ReadExchange exchange)
    {
        var context = transform.HttpContext;
        using var answer = await source.ReadAsync(transform.ProxyResponse!, exchange, context.RequestAborted);
        if (answer.Refusal is { } unusable)
        {
            await refusing.RefuseAsync(context, exchange, unusable);
            return;
        }

        if (await sorting.SortAsync(exchange, answer.Resources, context.RequestAborted) is not { } parts)
        {
            await refusing.RefuseAsync(context, exchange, Refusal.LogDown);
            return;
        }

        // From here on the caller hanging up changes nothing: what is being recorded is recorded.
        var releases = await ReleaseAsync(exchange, parts);
        if (parts.Count == 0 && !await refusing.TryRecordUnknownAsync(exchange))
        {
            releases = [new ClientRelease.Failed(Refusal.LogDown)];
        }

        exchange.Settle();
        await WriteAsync(context, exchange, releases, TaskTag.Of(exchange, answer.Resources));
    }

    /// <summary>All clients at once; one after another where the caller has room for so many resources only.</summary>
    private async Task<ClientRelease[]> ReleaseAsync(ReadExchange exchange, List<(Judged Client, List<ResourceIndex> Resources)> parts)
    {
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

    private async Task WriteAsync(HttpContext context, ReadExchange exchange, ClientRelease[] releases, string? tag)
    {
        if (releases.OfType<ClientRelease.Failed>().FirstOrDefault() is { } failed)
        {
            await OutcomeWriter.WriteAsync(context, failed.Refusal);
            return;
        }

        var recorded = releases.Cast<ClientRelease.Recorded>().ToArray();
        using var answer = new PooledBytes();
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
            headers.ETag = tag;
            foreach (var receipt in recorded.Select(static release => release.Receipt).OfType<string>())
            {
                headers.Append(PlainAnswer.ReceiptHeader, receipt);
            }
        });
        Array.ForEach(recorded, static release => release.Draft.Dispose());
    }
}
