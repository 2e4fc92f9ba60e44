// Whatever an honest log does is cosigned; whatever a dishonest one does is not, and is proven where it can be.
using CsCheck;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Tests.DisclosureLog;

public sealed class WitnessJudgeTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private readonly NoteSigner signer = NoteSigner.Generate("sisote.example/log");

    /// <summary>The six ways, each with what becomes of leaves 0 to 39, of which a witness had seen <c>seen</c>.</summary>
    private static readonly (string Name, Func<List<int>, int, int, List<int>> Change)[] Tamperings =
    [
        ("edit", static (leaves, seen, at) => [.. leaves.Select((leaf, place) => place == at % seen ? leaf + 1000 : leaf)]),
        ("reorder", static (leaves, seen, at) => Swap(leaves, at % seen, (at + 1) % seen)),
        ("fork", static (leaves, seen, at) => [.. leaves.Select((leaf, place) => place >= at % seen ? leaf + 5000 : leaf)]),
        ("truncate and go on", static (leaves, seen, at) => [.. leaves.Take(at % seen), .. Enumerable.Range(9000, 60)]),
    ];

    public void Dispose() => signer.Dispose();

    [Fact]
    public void AnyHonestGrowthIsCosigned() => Gen.Int[0, 9].Array[1, 12].Sample(
        steps =>
        {
            var log = new HistoryOfALog(signer, Enumerable.Range(0, steps.Sum()));
            Note? seen = null;
            var size = 0;
            foreach (var step in steps)
            {
                var request = log.RequestAsync(size, size + step).GetAwaiter().GetResult();
                Assert.IsType<WitnessVerdict.Continues>(WitnessJudge.Judge(request, signer.Verifier, seen, Now));
                (seen, size) = (request.Note, size + step);
            }
        },
        iter: 300);

    [Fact]
    public void AnyTamperingWithWhatWasSeenIsRefusedWhateverProofComesWithIt() => Gen.Select(Gen.Int[2, 40], Gen.Int[0, 20], Gen.Int[0, 1000], Gen.Int[0, 3]).Sample(
        (seenSize, growth, at, way) =>
        {
            var honest = new HistoryOfALog(signer, Enumerable.Range(0, 60));
            var changed = new HistoryOfALog(signer, Tamperings[way].Change(honest.Leaves, seenSize, at));
            if (honest.IsBeginningOf(changed, seenSize))
            {
                return;
            }

            var seen = honest.Note(seenSize);
            foreach (var request in new[] { changed.RequestAsync(seenSize, seenSize + growth), Mixed(honest, changed, seenSize, growth) })
            {
                var verdict = WitnessJudge.Judge(request.GetAwaiter().GetResult(), signer.Verifier, seen, Now);
                Assert.IsType<WitnessVerdict.DoesNotContinue>(verdict);
            }

            var told = (WitnessVerdict.DoesNotContinue)WitnessJudge.Judge(changed.RequestAsync(seenSize, seenSize + growth).GetAwaiter().GetResult(), signer.Verifier, seen, Now);
            if (growth == 0 || !System.Numerics.BitOperations.IsPow2(seenSize))
            {
                Assert.NotNull(told.Evidence);
                Assert.IsType<EvidenceOutcome.Proven>(EvidenceVerifier.Verify(told.Evidence.ToArray(), signer.Verifier));
            }
        },
        iter: 400);

    [Fact]
    public async Task AnOlderCheckpointIsToldTheSizeAndIsNoEvidence()
    {
        var log = new HistoryOfALog(signer, Enumerable.Range(0, 40));
        for (var old = 0; old < 20; old++)
        {
            var verdict = Assert.IsType<WitnessVerdict.AnotherSize>(WitnessJudge.Judge(await log.RequestAsync(old, Math.Max(old, 7)), signer.Verifier, log.Note(20), Now));
            Assert.Equal((20L, null), (verdict.KnownSize, verdict.Evidence));
        }
    }

    [Fact]
    public async Task ASecondTreeOfASizeIsProvenWhateverOldSizeItComesWith()
    {
        var log = new HistoryOfALog(signer, Enumerable.Range(0, 40));
        var other = new HistoryOfALog(signer, Enumerable.Range(1, 40));

        var verdict = Assert.IsType<WitnessVerdict.AnotherSize>(WitnessJudge.Judge(await other.RequestAsync(0, 20), signer.Verifier, log.Note(20), Now));

        Assert.Equal(EvidenceKind.SplitView, verdict.Evidence!.Kind);
        Assert.IsType<EvidenceOutcome.Proven>(EvidenceVerifier.Verify(verdict.Evidence));
    }

    [Fact]
    public async Task OnlyTheKnownKeySignsAndTheOldSizeIsNeverLarger()
    {
        using var stranger = NoteSigner.Generate("sisote.example/log");
        using var elsewhere = NoteSigner.Generate("sisote.example/other");
        var log = new HistoryOfALog(signer, Enumerable.Range(0, 10));
        var request = await log.RequestAsync(0, 5);

        Assert.IsType<WitnessVerdict.NotSigned>(WitnessJudge.Judge(request, stranger.Verifier, null, Now));
        Assert.IsType<WitnessVerdict.NotSigned>(WitnessJudge.Judge(request, elsewhere.Verifier, null, Now));
        Assert.IsType<WitnessVerdict.Backwards>(WitnessJudge.Judge(request with { OldSize = 6 }, signer.Verifier, log.Note(6), Now));
    }

    [Fact]
    public async Task TheEmptyTreeGoesBeforeEveryTreeAndNeedsNoProof()
    {
        var log = new HistoryOfALog(signer, Enumerable.Range(0, 10));
        var empty = await log.RequestAsync(0, 0);
        var wrong = log.At(0) with { Root = log.At(1).Root };
        var first = await log.RequestAsync(0, 3);

        Assert.IsType<WitnessVerdict.Continues>(WitnessJudge.Judge(empty, signer.Verifier, null, Now));
        Assert.IsType<WitnessVerdict.Continues>(WitnessJudge.Judge(empty, signer.Verifier, empty.Note, Now));
        Assert.IsType<WitnessVerdict.Continues>(WitnessJudge.Judge(first, signer.Verifier, empty.Note, Now));
        Assert.IsType<WitnessVerdict.DoesNotContinue>(WitnessJudge.Judge(empty with { Checkpoint = wrong, Note = wrong.Sign(signer) }, signer.Verifier, null, Now));
        Assert.IsType<WitnessVerdict.DoesNotContinue>(WitnessJudge.Judge(first with { Path = [log.At(1).Root] }, signer.Verifier, null, Now));
    }

    /// <summary>The changed log's checkpoint with the honest log's proof.</summary>
    private static async Task<AddCheckpoint> Mixed(HistoryOfALog honest, HistoryOfALog changed, int seen, int growth) =>
        await changed.RequestAsync(seen, seen + growth) with { Path = (await honest.RequestAsync(seen, seen + growth)).Path };

    private static List<int> Swap(List<int> leaves, int one, int other)
    {
        var swapped = leaves.ToList();
        (swapped[one], swapped[other]) = (swapped[other], swapped[one]);
        return swapped;
    }
}
