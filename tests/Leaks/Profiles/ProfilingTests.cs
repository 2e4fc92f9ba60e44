// That the profiles are all there, and that what they permit is worth probing.
using Sisote.Policy.Requests;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Leaks.Profiles;

public sealed class ProfilingTests
{
    [Fact]
    public void EveryRuleForReadingWithAPurposeIsInSomeProfile()
    {
        var probed = Profiling.All.SelectMany(static profile => profile.Rules).Select(static rule => rule.Id).ToHashSet();

        Assert.Empty(GatewayWorld.Catalogue.Rules.Values.Where(rule => rule is { Enabled: true, Direction: Direction.Read } && rule.Pairs.Any(pair => (pair.Purpose ?? rule.Purpose) is not null) && !probed.Contains(rule.Id)));
    }

    [Fact]
    public void EveryProfileGetsSomethingSoThatThereIsSomethingToLeakBeside()
    {
        var empty = Profiling.All.Where(static profile => profile.Scenes.All(static scene => scene.Permitted.IsEmpty)).Select(static profile => $"{profile}: {string.Join(' ', profile.Rules.Select(static rule => rule.Id))}");

        Assert.Equal([], empty);
    }
}
