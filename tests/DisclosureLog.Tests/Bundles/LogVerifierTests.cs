// An exported log, whole and broken.
using System.Text;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;

namespace Sisote.Tests.DisclosureLog;

public sealed class LogVerifierTests : IDisposable
{
    private readonly NoteSigner signer = NoteSigner.Generate("sisote.example/log");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => signer.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(600)]
    public async Task AnUntouchedExportIsIntact(int size)
    {
        var log = SmallLog.Of(signer, size);

        var outcome = Assert.IsType<BundleOutcome.Intact>(await VerifyAsync(await log.ExportAsync(Cancel)));

        Assert.Equal(size, outcome.Size);
        Assert.Equal(log.Tree.Root(), outcome.Root);
        Assert.Equal(size == 0 ? null : log.Leaves[^1].Time, outcome.LastTime);
        Assert.Equal((0, true, "sisote.example/log"), (outcome.Erased, outcome.KeyWasGiven, outcome.Origin));
    }

    [Fact]
    public async Task ALogOfAnyEntriesIsIntact()
    {
        var entries = new List<LogEntry>();
        CsCheck.Check.Sample(SomeEntries.Any, entry => { lock (entries) { entries.Add(entry); } }, iter: 300, threads: 1);

        Assert.IsType<BundleOutcome.Intact>(await VerifyAsync(await new SmallLog(signer, entries).ExportAsync(Cancel)));
        Assert.True(entries.Count >= 300);
    }

    [Fact]
    public async Task ErasedEntriesKeepTheirPlaceAndTheLogStaysIntact()
    {
        var log = SmallLog.Of(signer, 10);
        log.Erase(0);
        log.Erase(4);
        var bundle = await log.ExportAsync(Cancel);

        var outcome = Assert.IsType<BundleOutcome.Intact>(await VerifyAsync(bundle));

        Assert.Equal((10, 2), (outcome.Size, outcome.Erased));
        Assert.DoesNotContain("entry-4\"", Encoding.UTF8.GetString(bundle), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "3,5,6,9", 4)]
    [InlineData("3-3,5-6,9-9", "3,5,6,9", 0)]
    [InlineData("5-6,2-3", "3,5,6,9", 1)]
    [InlineData("0-4,3-9", "3,5,6,9", 0)]
    [InlineData("4-4,6-5,100-200", "3,5,6,9", 4)]
    [InlineData("6-8", "5,6,7,8,9", 2)]
    public async Task ARecordThatIsGoneWithoutAnEntryThatTellsOfItIsCounted(string told, string gone, long untold)
    {
        var entries = Enumerable.Range(0, 10).Select(static _ => SomeEntries.Full).Concat(told.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static range => SomeEntries.OfAnErasure with
        {
            Erasure = SomeEntries.OfAnErasure.Erasure! with { Ranges = [new LogRange { First = long.Parse(range.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture), Last = long.Parse(range.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture) }] },
        }));
        var log = new SmallLog(signer, entries);
        foreach (var index in gone.Split(','))
        {
            log.Erase(int.Parse(index, System.Globalization.CultureInfo.InvariantCulture));
        }

        var outcome = Assert.IsType<BundleOutcome.Intact>(await VerifyAsync(await log.ExportAsync(Cancel)));

        Assert.Equal((gone.Split(',').Length, untold), (outcome.Erased, outcome.Untold));
    }

    [Fact]
    public async Task EveryFlippedBitOfASmallExportIsFoundAndTheBrokenEntryIsNamed()
    {
        var log = SmallLog.Of(signer, 3);
        log.Erase(1);
        var bundle = await log.ExportAsync(Cancel);
        var line = 0;
        for (var at = 0; at < bundle.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = bundle.ToArray();
                changed[at] ^= (byte)(1 << bit);
                var outcome = await VerifyAsync(changed);

                Assert.True(outcome is BundleOutcome.Broken, $"Bit {bit} of byte {at} may change.");
                Assert.Equal(line < 2 ? null : line - 2, ((BundleOutcome.Broken)outcome).Index);
            }

            line += bundle[at] == '\n' ? 1 : 0;
        }

        Assert.Equal(5, line);
    }

    [Fact]
    public async Task AnExportThatEndsAnywhereTooEarlyIsFound()
    {
        var bundle = await SmallLog.Of(signer, 4).ExportAsync(Cancel);
        for (var length = 0; length < bundle.Length; length++)
        {
            var outcome = Assert.IsType<BundleOutcome.Broken>(await VerifyAsync(bundle[..length]));
            var lines = bundle[..length].Count(static b => b == '\n');

            Assert.Equal(lines < 2 ? null : lines - 2, outcome.Index);
            Assert.Equal(lines switch { 0 => BundleFault.Header, 1 => BundleFault.Checkpoint, _ => BundleFault.Truncated }, outcome.Fault);
        }
    }

    [Fact]
    public async Task RemovedSwappedRepeatedAndAddedEntriesAreFoundAtTheirPlace()
    {
        var lines = await LinesAsync(6);

        await AssertBrokenAsync([.. lines[..5], .. lines[6..]], 3, BundleFault.OutOfOrder);
        await AssertBrokenAsync([.. lines[..3], lines[4], lines[3], .. lines[5..]], 1, BundleFault.OutOfOrder);
        await AssertBrokenAsync([.. lines[..4], lines[3], .. lines[4..]], 2, BundleFault.OutOfOrder);
        await AssertBrokenAsync([.. lines, lines[7]], 6, BundleFault.Surplus);
        await AssertBrokenAsync([.. lines, "\n"], 6, BundleFault.Surplus);
        await AssertBrokenAsync(lines[..7], 5, BundleFault.Truncated);
        await AssertBrokenAsync(lines[1..], null, BundleFault.Header);
        await AssertBrokenAsync([lines[0], .. lines[2..]], null, BundleFault.Checkpoint);
    }

    [Fact]
    public async Task ARecordOrSaltOfAnotherEntryIsFoundAtItsPlace()
    {
        var log = SmallLog.Of(signer, 4);
        (log.Entries[1], var whole) = (log.Entries[1] with { Record = log.Entries[2].Record }, log.Entries[1]);
        await AssertBrokenAsync(await log.ExportAsync(Cancel), 1, BundleFault.RecordDoesNotMatchCommitment);

        log.Entries[1] = whole with { Salt = log.Entries[2].Salt };
        await AssertBrokenAsync(await log.ExportAsync(Cancel), 1, BundleFault.RecordDoesNotMatchCommitment);
    }

    [Fact]
    public async Task AnEntryRewrittenWithEverythingThatBelongsToItBreaksTheRoot()
    {
        var (log, forged) = (SmallLog.Of(signer, 6), SmallLog.Of(signer, 6));
        var record = CanonicalForm.Write(SomeEntries.Full with { Outcome = "refused" });
        var salt = Commitment.NewSalt();
        var leaf = log.Leaves[3] with { Commitment = Commitment.Of(salt, record) };
        forged.Entries[3] = new BundleEntry { Leaf = leaf.ToArray(), Salt = salt, Record = record };

        await AssertBrokenAsync(await forged.ExportAsync(Cancel), null, BundleFault.RootMismatch);
        Assert.IsType<BundleOutcome.Intact>(await VerifyAsync(await log.ExportAsync(Cancel)));
    }

    [Fact]
    public async Task ALogForgedWithAnotherKeyIsFoundWhenTheTrueKeyIsGiven()
    {
        using var forger = NoteSigner.Generate("sisote.example/log");
        var bundle = await SmallLog.Of(forger, 3).ExportAsync(Cancel);

        await AssertBrokenAsync(bundle, null, BundleFault.AnotherKey);
        var outcome = await LogVerifier.VerifyAsync(new MemoryStream(bundle), log: null, Cancel);
        Assert.False(Assert.IsType<BundleOutcome.Intact>(outcome).KeyWasGiven);
    }

    [Fact]
    public async Task ACheckpointOfAnotherKeyOrAnotherLogIsFound()
    {
        using var forger = NoteSigner.Generate("sisote.example/log");
        using var other = NoteSigner.Generate("sisote.example/other");
        var lines = await LinesAsync(3);
        var forged = Encoding.UTF8.GetString(await SmallLog.Of(forger, 3).ExportAsync(Cancel)).Split('\n');
        var foreign = Encoding.UTF8.GetString(await SmallLog.Of(other, 3).ExportAsync(Cancel)).Split('\n');

        await AssertBrokenAsync([lines[0], forged[1] + "\n", .. lines[2..]], null, BundleFault.Signature);
        await AssertBrokenAsync([lines[0], foreign[1] + "\n", .. lines[2..]], null, BundleFault.Checkpoint);
    }

    [Fact]
    public async Task AnExportIsCheckedFromAStreamThatGivesOneByteAtATime()
    {
        var bundle = await SmallLog.Of(signer, 3).ExportAsync(Cancel);

        Assert.IsType<BundleOutcome.Intact>(await LogVerifier.VerifyAsync(new DripStream(bundle), signer.Verifier, Cancel));
    }

    [Fact]
    public async Task ALineLongerThanAnyEntryEndsTheCheckInsteadOfFillingTheMemory()
    {
        var lines = await LinesAsync(1);

        await AssertBrokenAsync([.. lines[..2], new string('x', (16 * 1024 * 1024) + 5)], 0, BundleFault.Malformed);
    }

    [Fact]
    public async Task TheWriterRefusesWhatWouldNotBeALog()
    {
        using var other = NoteSigner.Generate("sisote.example/log");
        var log = SmallLog.Of(signer, 2);
        var writer = BundleWriter.Start(Stream.Null, signer.Verifier, log.Checkpoints[0]);

        Assert.Throws<FormatException>(() => BundleWriter.Start(Stream.Null, other.Verifier, log.Checkpoints[0]));
        await Assert.ThrowsAsync<FormatException>(async () => await writer.AddAsync(log.Entries[1], Cancel));
        await Assert.ThrowsAsync<FormatException>(async () => await writer.AddAsync(log.Entries[0] with { Salt = null }, Cancel));
        await Assert.ThrowsAsync<FormatException>(async () => await writer.AddAsync(log.Entries[0] with { Salt = new byte[31] }, Cancel));
        await Assert.ThrowsAsync<FormatException>(async () => await writer.AddAsync(log.Entries[0] with { Record = ReadOnlyMemory<byte>.Empty }, Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.FinishAsync(Cancel));
        await writer.AddAsync(log.Entries[0], Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.AddAsync(log.Entries[1], Cancel));
    }

    private async Task<string[]> LinesAsync(int size) =>
        [.. Encoding.UTF8.GetString(await SmallLog.Of(signer, size).ExportAsync(Cancel)).Split('\n')[..^1].Select(static line => line + "\n")];

    private Task AssertBrokenAsync(string[] lines, long? index, BundleFault fault) => AssertBrokenAsync(Encoding.UTF8.GetBytes(string.Concat(lines)), index, fault);

    private async Task AssertBrokenAsync(byte[] bundle, long? index, BundleFault fault) =>
        Assert.Equal(new BundleOutcome.Broken { Index = index, Fault = fault }, await VerifyAsync(bundle));

    private Task<BundleOutcome> VerifyAsync(byte[] bundle) => LogVerifier.VerifyAsync(new MemoryStream(bundle), signer.Verifier, Cancel);

    private sealed class DripStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
