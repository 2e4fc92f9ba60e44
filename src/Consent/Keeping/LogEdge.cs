// The right edge of the log as the database keeps it.
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Consent.Keeping;

/// <summary>Size, compact range and newest checkpoint of the log: one row.</summary>
internal sealed record LogEdge(CompactRange Range, string Checkpoint)
{
    /// <summary>Writes the edge of the empty log where there is none yet; whether it did.</summary>
    public static async Task<bool> EnsureAsync(Session session, NoteSigner signer, CancellationToken cancellation)
    {
        var empty = new CompactRange();
        return await session.ExecuteAsync(
            "INSERT INTO log_edge (id, size, edge, checkpoint) VALUES (1, 0, @edge, @checkpoint) ON CONFLICT (id) DO NOTHING",
            cancellation,
            ("edge", empty.ToArray()),
            ("checkpoint", Sign(empty, signer))) == 1;
    }

    /// <summary>Makes every other writer wait until this transaction ends, on both databases; then reads the edge.</summary>
    public static async Task<CompactRange> LockAsync(Session session, CancellationToken cancellation)
    {
        var edges = await session.QueryAsync(
            "SELECT edge FROM log_edge WHERE id = 1" + session.Dialect.ForUpdate, static row => CompactRange.FromArray(row.GetFieldValue<byte[]>(0)), cancellation);
        return edges is [var edge] ? edge : throw new InvalidDataException("The log has no edge.");
    }

    public static async Task<LogEdge> ReadAsync(Session session, CancellationToken cancellation)
    {
        var edge = await session.QueryAsync(
            "SELECT edge, checkpoint FROM log_edge WHERE id = 1",
            static row => new LogEdge(CompactRange.FromArray(row.GetFieldValue<byte[]>(0)), row.GetString(1)),
            cancellation);
        return edge.Single();
    }

    /// <summary>Writes the edge after appending, with a fresh signed checkpoint.</summary>
    public static Statement Write(CompactRange range, NoteSigner signer) => new(
        "UPDATE log_edge SET size = @size, edge = @edge, checkpoint = @checkpoint WHERE id = 1",
        ("size", range.Size),
        ("edge", range.ToArray()),
        ("checkpoint", Sign(range, signer)));

    private static string Sign(CompactRange range, NoteSigner signer) =>
        new Checkpoint { Origin = signer.Verifier.Name, Size = range.Size, Root = range.Root() }.Sign(signer).ToString();
}
