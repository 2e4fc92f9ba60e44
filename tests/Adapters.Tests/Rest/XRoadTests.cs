// A product that is reached through X-Road.

namespace Sisote.Tests.Adapters.Rest;

public sealed class XRoadTests
{
    private const string System = RestHouse.System;
    private static readonly (string, string)[] Settings = [("apiKeyFile", "key"), ("xroadClient", "FI-TEST/MUN/0171450-7/sisote åäö")];

    [Fact]
    public async Task EveryCallNamesTheOwnSubsystem()
    {
        await using var paja = await RestHouse.StartAsync(settings: [("apiKeyFile", "key"), ("xroadClient", "FI-TEST/MUN/0171450-7/liikuntä")]);

        await paja.House.CreateAsync(System, "key-1", RestWritingTests.Plan());

        Assert.NotEmpty(paja.Product.Callers);
        Assert.All(paja.Product.Callers, static caller => Assert.Equal("FI-TEST/MUN/0171450-7/liikunt%C3%A4", caller));
    }

    [Fact]
    public async Task WithoutTheSettingNobodyIsNamed()
    {
        await using var paja = await RestHouse.StartAsync();

        await paja.House.CreateAsync(System, "key-1", RestWritingTests.Plan());

        Assert.All(paja.Product.Callers, static caller => Assert.Equal(string.Empty, caller));
    }

    [Fact]
    public async Task AClientThatIsNoSubsystemIsAFaultOfTheSettings() =>
        Assert.Contains("`xroadClient` is no X-Road subsystem", (await Assert.ThrowsAnyAsync<Exception>(() => RestHouse.StartAsync(settings: Settings))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(400, "Client.UnknownMember")]
    [InlineData(500, "Server.ServerProxy.AccessDenied")]
    public async Task WhatXRoadDoesNotLetThroughIsNoRefusalOfTheProduct(int status, string error)
    {
        await using var paja = await RestHouse.StartAsync(settings: [("apiKeyFile", "key"), ("xroadClient", "FI-TEST/MUN/0171450-7/sisote")]);
        paja.Product.OnTheWay = (status, error, false);

        var (said, _, _) = await paja.House.CreateAsync(System, "key-1", RestWritingTests.Plan());

        Assert.Equal((503, 0), (said, paja.Product.Plans.Count));
    }

    [Theory]
    [InlineData("Server.ServerProxy.ServiceFailed.HttpError")]
    [InlineData("Server.ClientProxy.NetworkError")]
    public async Task WhatMayHaveArrivedIsNotKnownAndArrivesOnceUnderItsKey(string error)
    {
        await using var paja = await RestHouse.StartAsync(settings: [("apiKeyFile", "key"), ("xroadClient", "FI-TEST/MUN/0171450-7/sisote")]);
        var first = await paja.House.CreateAsync(System, "key-1", RestWritingTests.Plan());
        paja.Product.OnTheWay = (500, error, true);

        var (said, _, _) = await paja.House.CreateAsync(System, "key-2", RestWritingTests.Plan());
        paja.Product.OnTheWay = null;
        var again = await paja.House.CreateAsync(System, "key-2", RestWritingTests.Plan());

        Assert.Equal((201, 504, 201), (first.Status, said, again.Status));
        Assert.Equal(2, paja.Product.Plans.Count);
    }
}
