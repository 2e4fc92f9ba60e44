// The witness's public door, which anybody may call.
using System.Net.Sockets;
using System.Text;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Statements;

public sealed class WitnessDoorTests
{
    [Fact]
    public async Task CallersWhoSayNothingKeepNobodyElseFromAskingForACosignature()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var silent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => BeginAsync(world.Address)));

        var asked = await world.PostAsync("witness/add-checkpoint", "old 0\n");

        Assert.NotEqual(429, asked.Status);
        Assert.All(await Task.WhenAll(silent.Select(EndAsync)), static answer => Assert.StartsWith("HTTP/1.1 429 ", answer, StringComparison.Ordinal));
    }

    /// <summary>Announces a body and does not send it.</summary>
    private static async Task<TcpClient> BeginAsync(Uri address)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /witness/add-checkpoint HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: 1000\r\n\r\nold"));
        return connection;
    }

    /// <summary>What it is told at last.</summary>
    private static async Task<string> EndAsync(TcpClient connection)
    {
        using (connection)
        using (var reader = new StreamReader(connection.GetStream(), Encoding.ASCII))
        {
            return await reader.ReadLineAsync() ?? string.Empty;
        }
    }
}
