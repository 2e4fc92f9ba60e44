// How many different clients a professional has met within a while.
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Hints;

/// <summary>Counts over a window that moves along the log.</summary>
internal sealed class ClientCounter(TimeSpan within)
{
    private readonly Dictionary<ProfessionalId, Window> windows = [];

    /// <summary>Adds an entry; how many different clients its professional has met within the window that ends with it.</summary>
    public int Add(HintedEntry entry)
    {
        if (!windows.TryGetValue(entry.Person, out var window))
        {
            windows[entry.Person] = window = new Window();
        }

        return window.Add(entry.Entry.Time, entry.Client, within);
    }

    private sealed class Window
    {
        private readonly Queue<(DateTimeOffset Time, ClientId Client)> meetings = new();
        private readonly Dictionary<ClientId, int> counts = [];

        public int Add(DateTimeOffset time, ClientId client, TimeSpan within)
        {
            meetings.Enqueue((time, client));
            counts[client] = counts.GetValueOrDefault(client) + 1;
            while (meetings.TryPeek(out var oldest) && oldest.Time <= time - within)
            {
                meetings.Dequeue();
                if (--counts[oldest.Client] == 0)
                {
                    counts.Remove(oldest.Client);
                }
            }

            return counts.Count;
        }
    }
}
