// What is open to a guardian, and that what was decided before bars had contexts is replayed with the same bytes.
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Replaying;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class GuardianReachTests
{
    private static readonly DateTimeOffset Noon = DemoWorld.Noon;
    private static readonly ClientFacts Able = new() { BirthDate = new DateOnly(2012, 3, 1), SafetyProhibition = false, Capacity = [new CapacityDecision { Code = "2", Context = "health" }] };

    private static readonly IEnumerable<MinorsPolicy> Policies = Catalogues.Shipped.MinorsPolicies.Values;

    [Fact]
    public void ABarClosesItsContextAndAnyBarClosesWhatHasNone()
    {
        var barred = Able with { GuardianBars = ["student-welfare"] };

        Assert.True(Open(Able, "health"));
        Assert.True(Open(Able, null));
        Assert.True(Open(barred, "health"));
        Assert.False(Open(barred, null));
        Assert.False(Open(barred with { GuardianBars = ["health"] }, "health"));
        Assert.False(Open(Able with { GuardianBar = true }, "health"));
        Assert.False(Open(Able with { Capacity = Able.Capacity.Add(new CapacityDecision { Code = "3", Context = "social" }) }, "health"));
    }

    [Fact]
    public void ADoubtCloses()
    {
        Assert.False(Open(Able with { BirthDate = null }, "health"));
        Assert.False(Open(Able with { SafetyProhibition = null }, "health"));
        Assert.False(Open(Able with { SafetyProhibition = true }, "health"));
        Assert.False(Open(Able with { GuardianSafetyProhibition = true }, "health"));
        Assert.False(Open(Able with { Deceased = true }, "health"));
        Assert.False(Open(Able, "social"));
        Assert.False(Open(Able with { Capacity = Able.Capacity.Add(new CapacityDecision { Code = "1", Context = "health" }) }, "health"));
        Assert.False(Open(Able with { Capacity = [Able.Capacity[0] with { To = Noon.AddTicks(-1) }] }, "health"));
    }

    [Fact]
    public void TheEighteenthBirthdayBeginsAtMidnightInFinland()
    {
        var facts = Able with { BirthDate = new DateOnly(2009, 7, 1) };
        var midnight = new DateTimeOffset(2027, 6, 30, 21, 0, 0, TimeSpan.Zero);

        Assert.True(GuardianReach.IsOpen(Policies, facts, "health", midnight.AddTicks(-1)));
        Assert.False(GuardianReach.IsOpen(Policies, facts, "health", midnight));
    }

    [Fact]
    public void AStateWithoutABarHasTheBytesItHadBeforeBarsHadContextsAndOldBytesAreRead()
    {
        var inputs = new DecisionInputs { State = DemoWorld.Aino with { Facts = Able } };
        var text = Encoding.UTF8.GetString(inputs.ToArray());

        Assert.DoesNotContain("guardianBars", text, StringComparison.Ordinal);
        Assert.True(DecisionInputs.TryRead(inputs.ToArray(), out var read));
        Assert.Null(read.State.Facts.GuardianBars);
        Assert.Equal(text, Encoding.UTF8.GetString(read.ToArray()));

        var barred = new DecisionInputs { State = DemoWorld.Aino with { Facts = Able with { GuardianBars = ["health", "social"] } } };
        Assert.True(DecisionInputs.TryRead(barred.ToArray(), out var again));
        Assert.Equal(["health", "social"], again.State.Facts.GuardianBars!.Value);
        Assert.Equal(barred.ToArray(), again.ToArray());
    }

    private static bool Open(ClientFacts facts, string? context) => GuardianReach.IsOpen(Policies, facts, context, Noon);
}
