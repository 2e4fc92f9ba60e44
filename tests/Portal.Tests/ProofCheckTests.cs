// The officer's check of one entry: every single change is found.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Portal.LogViews;

namespace Sisote.Tests.Portal;

public sealed class ProofCheckTests
{
    private readonly FakeLog log = new();

    private NoteVerifier Key => NoteVerifier.Parse(log.PublicKey);

    [Fact]
    public async Task AnUnchangedEntryIsIntact()
    {
        for (var index = 0; index < log.Rows.Length; index++)
        {
            Assert.True(ProofCheck.Check((await log.DetailAsync(index))!, Key).Intact);
        }
    }

    [Theory]
    [InlineData("record")]
    [InlineData("leaf")]
    [InlineData("tree")]
    [InlineData("receipt")]
    [InlineData("checkpoint")]
    public async Task AChangeIsFoundInItsStep(string step)
    {
        var detail = (await log.DetailAsync(0))!;
        var other = (await new FakeLog().DetailAsync(1))!;
        LogDetail changed = step switch
        {
            "record" => detail with { Entry = detail.Entry with { Outcome = "refused" } },
            "leaf" => detail with { Salt = other.Salt },
            "tree" => detail with { Proof = [.. detail.Proof.Reverse()] },
            "receipt" => detail with { Receipt = other.Receipt },
            _ => detail with { Checkpoint = other.Checkpoint },
        };

        var result = ProofCheck.Check(changed, Key);

        Assert.False(result.Intact);
        Assert.Contains(result.Steps, each => each.Step == step && !each.Holds);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("tree")]
    [InlineData("receipt")]
    [InlineData("checkpoint")]
    public async Task WithoutTheRecordItIsCheckedThatTheReceiptsLeafStandsInTheLog(string step)
    {
        var detail = (await log.DetailAsync(0))! with { Record = null, Salt = null };
        var other = (await new FakeLog().DetailAsync(1))!;
        LogDetail changed = step switch
        {
            "nothing" => detail,
            "tree" => detail with { Proof = [.. detail.Proof.Reverse()] },
            "receipt" => detail with { Receipt = other.Receipt },
            _ => detail with { Checkpoint = other.Checkpoint },
        };

        var result = ProofCheck.Check(changed, Key);

        Assert.Equal(step == "nothing", result.Intact);
        Assert.DoesNotContain(result.Steps, static each => each.Step is "record" or "leaf");
        Assert.True(step == "nothing" || result.Steps.Any(each => each.Step == step && !each.Holds));
    }

    [Fact]
    public async Task NonsenseIsBrokenAndNoFault()
    {
        var nonsense = (await log.DetailAsync(0))! with { Record = "%%%", Salt = "x", Proof = ["y"], Checkpoint = "z", Receipt = "w" };

        Assert.All(ProofCheck.Check(nonsense, Key).Steps, static step => Assert.False(step.Holds));
    }
}
