// Opens a link.
using Sisote.Portal.Backends;

namespace Sisote.Portal.Links;

/// <summary>What became of an attempt to open a link.</summary>
internal abstract record Opening
{
    private Opening()
    {
    }

    /// <summary>Nothing to show. One answer for an unknown, ended, revoked, used up or locked link, a wrong code, and a link behind which nothing may be shown now.</summary>
    internal sealed record Closed : Opening;

    /// <summary>The link and the code are right, and a system did not answer.</summary>
    internal sealed record Unreachable : Opening;

    /// <summary>The data.</summary>
    /// <param name="Link">The link.</param>
    /// <param name="Data">What may be seen.</param>
    internal sealed record Shown(HandOverLink Link, HandedOver Data) : Opening;
}

/// <summary>Checks link and code, fetches, and writes down that the link was opened. The steps are not cancelled by the reader's hanging up: what is on record was decided to be shown.</summary>
internal sealed class LinkOpening(LinkDesk desk, HandOver handOver, TimeProvider clock, ILogger<LinkOpening> log)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Opens a link.</summary>
    /// <param name="token">What the address carried; null where the reader came without one.</param>
    /// <param name="code">A code in the form of one (<see cref="LinkSecrets.ReadCode"/>).</param>
    public async Task<Opening> OpenAsync(string? token, string code)
    {
        var began = clock.GetTimestamp();
        var opening = await TryAsync(token, code);
        if (opening is Opening.Closed)
        {
            // Else a reader with both secrets could tell by the time that there is a client behind a page that shows nothing.
            await Task.Delay(Beat - TimeSpan.FromTicks(clock.GetElapsedTime(began).Ticks % Beat.Ticks), clock);
        }

        return opening;
    }

    private async Task<Opening> TryAsync(string? token, string code)
    {
        var kept = await desk.FindAsync(token, CancellationToken.None);
        if (!await desk.IsRightAsync(kept, token, code, CancellationToken.None) || kept is null || await desk.BeginOpeningAsync(kept, CancellationToken.None) is not { } opening)
        {
            Log.LinkNotOpened(log);
            return new Opening.Closed();
        }

        var answer = await handOver.FetchAsync(kept.Id, kept.Link, CancellationToken.None);
        if (answer is not (Answer<HandedOver>.Ok or Answer<HandedOver>.Missing))
        {
            desk.Undo(kept, opening);
            return new Opening.Unreachable();
        }

        if (desk.IsOver(kept) || answer is not Answer<HandedOver>.Ok { Value: var data })
        {
            Log.LinkNotOpened(log);
            return new Opening.Closed();
        }

        await desk.ShownAsync(kept, opening, CancellationToken.None);
        Log.LinkOpened(log, kept.Link.System.Value, data.Items.Length);
        return new Opening.Shown(kept.Link, data);
    }
}
