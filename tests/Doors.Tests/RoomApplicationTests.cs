// Rooms of one process keep to themselves.
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Sisote.Doors;

namespace Sisote.Tests.Doors;

public sealed class RoomApplicationTests
{
    [Fact]
    public async Task TwoRoomsOfOneProcessListenAtTwoAddressesAndLeaveTheConfigurationAlone()
    {
        using var folder = new TemporaryFolder();
        var settings = SomeSettings.With(new Uri("http://127.0.0.1:8082/"), folder.Path);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Sisote:LogLevel", "Error")]).Build();
        await using var one = Open("one");
        await using var two = Open("two");

        await one.StartAsync(TestContext.Current.CancellationToken);
        await two.StartAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(Assert.Single(one.Urls), Assert.Single(two.Urls));
        Assert.Null(configuration["urls"]);
        Assert.Equal("Error", one.Configuration["Sisote:LogLevel"]);

        WebApplication Open(string room)
        {
            var app = RoomApplication.CreateBuilder(room, settings, configuration, room == "one" ? "http://127.0.0.1:0" : "http://[::1]:0").Build();
            app.UseRoomDefaults();
            return app;
        }
    }
}
