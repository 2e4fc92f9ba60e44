// Each room writes to its own log.
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Sisote.Doors;

namespace Sisote.Tests.Doors;

public sealed partial class RoomLogTests
{
    [Fact]
    public async Task WhatOneRoomReportsStandsInItsLogUnderItsName()
    {
        using var folder = new TemporaryFolder();
        await using (var one = Open(folder, "one"))
        await using (var two = Open(folder, "two"))
        {
            Report(one.Logger, "first");
            Report(two.Logger, "second");
        }

        Assert.Contains("\"Room\":\"one\"", Line("one", "first"), StringComparison.Ordinal);
        Assert.Contains("\"Room\":\"two\"", Line("two", "second"), StringComparison.Ordinal);

        string Line(string room, string what) => File.ReadAllLines(Path.Combine(folder.Path, room + ".json")).Single(line => line.Contains(what, StringComparison.Ordinal));
    }

    private static WebApplication Open(TemporaryFolder folder, string room)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Sisote:LogFile", Path.Combine(folder.Path, room + ".json"))]).Build();
        return RoomApplication.CreateBuilder(room, SomeSettings.With(new Uri("http://127.0.0.1:8082/"), folder.Path), configuration, "http://127.0.0.1:0").Build();
    }

    [LoggerMessage(1, LogLevel.Warning, "It was the {Which}")]
    private static partial void Report(ILogger log, string which);
}
