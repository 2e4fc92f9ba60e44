// What decisions used, kept beside the log and as long as it.
using System.Text;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Replaying;

/// <summary>Keeps inputs of decisions, sealed, each once per client. Records commit to them; they never leave this room.</summary>
internal sealed class InputStore(ClientKeys keys)
{
    private const int Remembered = 100_000;

    private readonly RecentDigests recent = new(Remembered);
    private DateTimeOffset rememberedSince; // looked at by the log's one writer alone

    /// <summary>Keeps inputs, or finds that they are kept; false where they are neither kept nor given.</summary>
    public async ValueTask<bool> EnsureAsync(Session session, CheckedAppend append, DateTimeOffset now)
    {
        ForgetDaily(now);
        var (entry, bytes) = (append.Item.Entry, append.Item.Inputs);
        if (entry is not { Inputs: { } commitment, Client: { } client } || recent.Contains(commitment))
        {
            return true;
        }

        if (bytes is null)
        {
            return (await FindAsync(session, [(client, commitment)], CancellationToken.None)).Count > 0;
        }

        await session.ExecuteAsync(
            "INSERT INTO decision_input (client, commitment, content, kept_at) VALUES (@client, @commitment, @content, @kept_at) ON CONFLICT (client, commitment) DO NOTHING",
            CancellationToken.None,
            ("client", client.Reveal()),
            ("commitment", commitment.ToString()),
            ("content", keys.SealInputs(client, commitment, bytes)),
            ("kept_at", now.Column()));
        return true;
    }

    /// <summary>INVARIANT: what is remembered was used within a day or so. Another replica erases only what nothing has used for years, so nothing is remembered here that was erased there.</summary>
    private void ForgetDaily(DateTimeOffset now)
    {
        if (now - rememberedSince > TimeSpan.FromDays(1))
        {
            recent.Clear();
            rememberedSince = now;
        }
    }

    /// <summary>Remembers, once it is durable, that these inputs are kept.</summary>
    public void Remember(Digest commitment) => recent.Add(commitment);

    /// <summary>Sealed inputs of those that are kept.</summary>
    public static async Task<Dictionary<(ClientId Client, Digest Commitment), byte[]>> FindAsync(
        Session session, IReadOnlyCollection<(ClientId Client, Digest Commitment)> wanted, CancellationToken cancellation)
    {
        var found = new Dictionary<(ClientId, Digest), byte[]>();
        foreach (var part in wanted.Chunk(100))
        {
            var names = part.SelectMany(static (pair, i) => new[] { ("c" + i, (object?)pair.Client.Reveal()), ("d" + i, pair.Commitment.ToString()) }).ToArray();
            var rows = await session.QueryAsync(
                $"SELECT client, commitment, content FROM decision_input WHERE {string.Join(" OR ", part.Select(static (_, i) => $"(client = @c{i} AND commitment = @d{i})"))}",
                static row => (ClientId.Parse(row.GetString(0)), Digest.Parse(row.GetString(1)), row.GetFieldValue<byte[]>(2)),
                cancellation,
                names);
            rows.ForEach(row => found[(row.Item1, row.Item2)] = row.Item3);
        }

        return found;
    }

    /// <summary>Erases a client's inputs to which no record commits that is still whole; how many. To be called in the transaction that erases records.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="client">Whose.</param>
    /// <param name="justUsed">Commitments of entries that this transaction appends, and that nobody can read yet.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<int> EraseUnusedAsync(Session session, ClientId client, IReadOnlySet<Digest> justUsed, CancellationToken cancellation)
    {
        var unused = (await session.QueryAsync("SELECT commitment FROM decision_input WHERE client = @client", static row => Digest.Parse(row.GetString(0)), cancellation, ("client", client.Reveal())))
            .Where(commitment => !justUsed.Contains(commitment))
            .ToDictionary(static commitment => commitment, static commitment => Encoding.ASCII.GetBytes(commitment.ToString()));
        if (unused.Count > 0)
        {
            await foreach (var record in session.StreamAsync("SELECT record FROM log_entry WHERE client = @client AND record IS NOT NULL", static row => row.GetFieldValue<byte[]>(0), cancellation, ("client", client.Reveal())))
            {
                foreach (var used in unused.Where(pair => record.AsSpan().IndexOf(pair.Value) >= 0).Select(static pair => pair.Key).ToArray())
                {
                    unused.Remove(used);
                }
            }
        }

        var erased = 0;
        foreach (var commitment in unused.Keys)
        {
            recent.Remove(commitment);
            erased += await session.ExecuteAsync(
                "DELETE FROM decision_input WHERE client = @client AND commitment = @commitment", cancellation, ("client", client.Reveal()), ("commitment", commitment.ToString()));
        }

        return erased;
    }
}
