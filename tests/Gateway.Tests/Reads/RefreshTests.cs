// What the gateway asks of the consent service before it says no.
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Reads;

public sealed class RefreshTests
{
    private const string Search = "fhir/pohjois-savo-record/Flag?patient=";

    [Fact]
    public async Task ADenialAndAnAbsenceEachAskOnceAndHearNoMoreThanThatNothingChanged()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Source.Resources.RemoveAll(static resource => (string?)resource["resourceType"] == "Flag");
        Assert.Equal(200, (await world.GetAsync(Search + handle)).Status);
        var (asked, unchanged) = (world.Consent.Questions, world.Consent.Unchanged);

        var absent = await world.GetAsync(Search + handle);
        Assert.Equal((1, 1), (world.Consent.Questions - asked, world.Consent.Unchanged - unchanged));

        world.Consent.Set(Some.Aino, static state => state with { Consents = [] });
        var first = await world.GetAsync(Search + handle); // hears of the change
        (asked, unchanged) = (world.Consent.Questions, world.Consent.Unchanged);
        var denied = await world.GetAsync(Search + handle);

        Assert.Equal((1, 1), (world.Consent.Questions - asked, world.Consent.Unchanged - unchanged));
        Assert.Equal([absent.Comparable, absent.Comparable], [first.Comparable, denied.Comparable]);
    }

    [Fact]
    public async Task WhatIsGrantedAfterADenialIsHeardWithTheNextQuestion()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Consent.Set(Some.Aino, static state => state with { Consents = [] });

        Assert.DoesNotContain("\"Flag\"", (await world.GetAsync(Search + handle)).Body, StringComparison.Ordinal);
        world.Consent.Set(Some.Aino, Some.Counselled);
        Assert.Contains("\"Flag\"", (await world.GetAsync(Search + handle)).Body, StringComparison.Ordinal);
    }
}
