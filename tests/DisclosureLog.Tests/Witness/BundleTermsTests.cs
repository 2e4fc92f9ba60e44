// An exported log against what somebody else kept: each attack, and who finds it.
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Tests.DisclosureLog;

public sealed class BundleTermsTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private readonly NoteSigner signer = NoteSigner.Generate("sisote.example/log");
    private readonly WitnessSigner one = WitnessSigner.Generate("witness.example/one");
    private readonly WitnessSigner two = WitnessSigner.Generate("witness.example/two");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What the keeper of a log of ten entries does before signing and exporting it anew; each agrees with itself.</summary>
    private static Dictionary<string, (Func<LogEntry[], IEnumerable<LogEntry>> Change, BundleFault Finding)> Attacks { get; } = new()
    {
        ["edit"] = (static entries => entries.Select(static (entry, place) => place == 3 ? entry with { Outcome = "refused" } : entry), BundleFault.ContradictsKept),
        ["reorder"] = (static entries => [entries[1], entries[0], .. entries[2..]], BundleFault.ContradictsKept),
        ["fork"] = (static entries => [.. entries[..6], .. entries[6..].Select(static entry => entry with { Outcome = "refused" })], BundleFault.ContradictsKept),
        ["truncate"] = (static entries => entries[..6], BundleFault.ShorterThanKept),
        ["replay"] = (static entries => entries[..7], BundleFault.ShorterThanKept),
        ["split view"] = (static entries => entries.Select(static (entry, place) => place == 9 ? entry with { Outcome = "refused" } : entry), BundleFault.ContradictsKept),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    public void Dispose()
    {
        signer.Dispose();
        one.Dispose();
        two.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ALogThatItsOwnKeeperChangedAndSignedAnewContradictsTheKeptCheckpoint(string attack)
    {
        var entries = Enumerable.Range(0, 10).Select(static i => SomeEntries.Full with { Id = $"entry-{i}", Time = At.AddSeconds(i) }).ToArray();
        var kept = new SmallLog(signer, entries).Checkpoints[^1];
        var (change, finding) = Attacks[attack];
        var changed = await new SmallLog(signer, change(entries)).ExportAsync(Cancel);

        Assert.IsType<BundleOutcome.Intact>(await VerifyAsync(changed, new BundleTerms { Log = signer.Verifier }));
        Assert.Equal(finding, Assert.IsType<BundleOutcome.Broken>(await VerifyAsync(changed, new BundleTerms { Log = signer.Verifier, Kept = [kept] })).Fault);
    }

    [Fact]
    public async Task ALogThatGrewContinuesEveryKeptCheckpoint()
    {
        var log = SmallLog.Of(signer, 10);

        var outcome = await VerifyAsync(await log.ExportAsync(Cancel), new BundleTerms { Log = signer.Verifier, Kept = [.. log.Checkpoints] });

        Assert.IsType<BundleOutcome.Intact>(outcome);
    }

    [Fact]
    public async Task AQuorumIsMetByTheBundlesOwnCheckpointOrByAKeptOneBelowIt()
    {
        var log = SmallLog.Of(signer, 10);
        var quorum = new WitnessQuorum { Witnesses = [one.Verifier, two.Verifier], Needed = 2 };
        var kept = Cosign(log.Checkpoints[6], one, two);
        var plain = await log.ExportAsync(Cancel);
        log.Checkpoints[^1] = Cosign(log.Checkpoints[^1], one);
        var half = await log.ExportAsync(Cancel);
        log.Checkpoints[^1] = Cosign(log.Checkpoints[^1], two);

        Assert.Equal(BundleFault.TooFewWitnesses, Assert.IsType<BundleOutcome.Broken>(await VerifyAsync(plain, new BundleTerms { Quorum = quorum })).Fault);
        Assert.Equal(BundleFault.TooFewWitnesses, Assert.IsType<BundleOutcome.Broken>(await VerifyAsync(half, new BundleTerms { Quorum = quorum })).Fault);
        Assert.Equal(1, Assert.IsType<BundleOutcome.Intact>(await VerifyAsync(half, new BundleTerms { Quorum = quorum with { Needed = 1 } })).Cosigners);
        Assert.Equal(2, Assert.IsType<BundleOutcome.Intact>(await VerifyAsync(plain, new BundleTerms { Quorum = quorum, Kept = [kept] })).Cosigners);
        Assert.Equal(2, Assert.IsType<BundleOutcome.Intact>(await VerifyAsync(await log.ExportAsync(Cancel), new BundleTerms { Quorum = quorum })).Cosigners);
    }

    [Fact]
    public async Task AKeptCheckpointOfAnotherKeyIsNoneOfThisLog()
    {
        using var stranger = NoteSigner.Generate(signer.Verifier.Name);
        var log = SmallLog.Of(signer, 3);

        var outcome = await VerifyAsync(await log.ExportAsync(Cancel), new BundleTerms { Kept = [SmallLog.Of(stranger, 2).Checkpoints[^1]] });

        Assert.Equal(BundleFault.KeptSignature, Assert.IsType<BundleOutcome.Broken>(outcome).Fault);
    }

    private static Note Cosign(Note note, params WitnessSigner[] witnesses)
    {
        Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint));
        return note with { Signatures = [.. note.Signatures, .. witnesses.Select(witness => witness.Cosign(checkpoint, At))] };
    }

    private static async Task<BundleOutcome> VerifyAsync(byte[] bundle, BundleTerms terms)
    {
        using var stream = new MemoryStream(bundle);
        return await LogVerifier.VerifyAsync(stream, terms, Cancel);
    }
}
