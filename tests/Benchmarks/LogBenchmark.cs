// Proofs and verification on a large log.
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Tests.Benchmarks;

/// <summary><c>dotnet run -c Release --project tests/Benchmarks -- log [ENTRIES]</c>: inclusion proofs from tiles in files, and verification of an exported bundle.</summary>
internal static class LogBenchmark
{
    private const int Proofs = 2000;

    public static async Task RunAsync(string[] arguments)
    {
        var entries = arguments is [var first, ..] ? long.Parse(first, CultureInfo.InvariantCulture) : 10_000_000;
        var folder = Directory.CreateTempSubdirectory("sisote-benchmark-log-").FullName;
        await ProveAsync(folder, entries);
        foreach (var size in new[] { 20_000, 200_000 })
        {
            await VerifyAsync(folder, size);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task ProveAsync(string folder, long size)
    {
        var range = new CompactRange();
        var levels = Enumerable.Range(0, 4).Select(level => new FileStream(Path.Combine(folder, $"tiles-{level}"), FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16)).ToArray();
        var hash = new byte[Digest.Length];
        for (var i = 0L; i < size; i++)
        {
            range.Append(Leaf(i), (node, digest) =>
            {
                if (node.Level % TileAddress.Height == 0)
                {
                    digest.CopyTo(hash);
                    levels[node.Level / TileAddress.Height].Write(hash);
                }
            });
        }

        foreach (var level in levels)
        {
            level.Flush();
        }

        var tiles = Tiles(levels.Select(static level => level.SafeFileHandle).ToArray());
        var root = range.Root();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size:n0} entries, tiles in files; {Proofs} proofs, each verified:"));
        var cache = new TileCache();
        await MeasureAsync("no tile kept", size, root, tiles, null, static size => RandomNumberGenerator.GetInt32((int)size));
        await MeasureAsync("upper tiles kept, any entry (its tile is hashed through)", size, root, tiles, cache, static size => RandomNumberGenerator.GetInt32((int)size));
        await MeasureAsync("among 60,000 neighbours (their tiles become known)", size, root, tiles, cache, static size => (size / 2) + RandomNumberGenerator.GetInt32(60_000));
        foreach (var level in levels)
        {
            await level.DisposeAsync();
        }
    }

    private static async Task MeasureAsync(string name, long size, Digest root, TileSource tiles, TileCache? cache, Func<long, long> choose)
    {
        var times = new List<double>();
        for (var i = 0; i < Proofs; i++)
        {
            var index = choose(size);
            var start = Stopwatch.GetTimestamp();
            var proof = await InclusionProof.MakeAsync(index, size, new TileHashes(size, tiles, cache).ReadAsync, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            if (!proof.Verify(Leaf(index), root))
            {
                throw new InvalidOperationException("A proof does not verify.");
            }
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: median {times[times.Count / 2]:0} us, 99th percentile {times[times.Count * 99 / 100]:0} us"));
    }

    private static TileSource Tiles(SafeFileHandle[] levels) => (tile, cancellation) =>
    {
        var bytes = new byte[tile.Width * Digest.Length];
        _ = RandomAccess.Read(levels[tile.Level], bytes, tile.Index * TileAddress.FullWidth * Digest.Length);
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(bytes);
    };

    private static async Task VerifyAsync(string folder, int size)
    {
        using var signer = NoteSigner.Generate("benchmark.example/log");
        var file = Path.Combine(folder, "bundle");
        await WriteBundleAsync(file, size, signer);
        GC.Collect();
        var (before, rates, peak) = (GC.GetTotalMemory(true), new List<double>(), 0L);
        for (var round = 0; round < 5; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await using var bundle = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            var outcome = await LogVerifier.VerifyAsync(bundle, signer.Verifier, CancellationToken.None);
            rates.Add(size / Stopwatch.GetElapsedTime(start).TotalSeconds);
            peak = Math.Max(peak, GC.GetTotalMemory(true) - before);
            if (outcome is not BundleOutcome.Intact)
            {
                throw new InvalidOperationException("The bundle does not verify.");
            }
        }

        rates.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"verifying {size:n0} entries ({new FileInfo(file).Length / size} bytes each): {rates[rates.Count / 2]:n0} entries/s, {peak / 1024:n0} KB held"));
    }

    private static async Task WriteBundleAsync(string file, int size, NoteSigner signer)
    {
        var record = CanonicalForm.Write(AppendRoom.Item(new ConsentState { Client = ClientId.Parse(new string('a', 32)), Revision = 1, AgreementsRevision = 1 }, 0).Entry);
        var time = TimeProvider.System.GetUtcNow();
        var (salt, range) = (Commitment.NewSalt(), new CompactRange());
        var commitment = Commitment.Of(salt, record);
        LeafEntry At(long place) => new() { Seq = place, Time = time, Commitment = commitment };
        for (var i = 0; i < size; i++)
        {
            range.Append(At(i).Hash());
        }

        await using var output = new FileStream(file, FileMode.Create);
        var bundle = BundleWriter.Start(output, signer.Verifier, new Checkpoint { Origin = signer.Verifier.Name, Size = size, Root = range.Root() }.Sign(signer));
        for (var i = 0; i < size; i++)
        {
            await bundle.AddAsync(new BundleEntry { Leaf = At(i).ToArray(), Salt = salt, Record = record }, CancellationToken.None);
        }

        await bundle.FinishAsync(CancellationToken.None);
    }

    private static Digest Leaf(long index) => MerkleHash.OfLeaf(BitConverter.GetBytes(index));
}
