// An empty answer leaves at the end of its beat.
using CsCheck;
using Sisote.Gateway;
using Sisote.Gateway.Release;

namespace Sisote.Tests.Gateway.Release;

public sealed class BeatTests
{
    [Fact]
    public void WhateverTheWorkTookWithinABeatTheAnswerLeavesAtTheSameTime() =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[0, 100], Gen.Long[1, 50], Gen.Long[0, 49], Gen.Long[0, 49]).Sample((arrived, whole, length, one, other) =>
        {
            var begun = arrived + (whole * length);
            var ends = (One: Beat.EndOf(arrived, begun + (one % length), length), Other: Beat.EndOf(arrived, begun + (other % length), length));
            Assert.Equal(begun + length, ends.One);
            Assert.Equal(ends.One, ends.Other);
        });

    [Fact]
    public async Task NobodyWaitsWhereThereIsNoBeat()
    {
        Assert.True(new Beat(new GatewayOptions { QuietBeat = TimeSpan.Zero }).WaitAsync(Environment.TickCount64).IsCompletedSuccessfully);

        var arrived = Environment.TickCount64;
        await new Beat(new GatewayOptions { QuietBeat = TimeSpan.FromMilliseconds(20) }).WaitAsync(arrived);
        Assert.True(Environment.TickCount64 >= arrived + 20);
    }
}
