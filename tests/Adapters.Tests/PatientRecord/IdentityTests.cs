// The record's ADT^A40 on its way to the consent service.
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sisote.Adapters.Hl7v2;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Adapters.PatientRecord;

public sealed class IdentityTests
{
    private const string Root = "1.2.246.21";
    private const string Other = "230790-9456";

    /// <summary>A message of another vendor, as it was published.</summary>
    private static readonly string Published = File.ReadAllText(SharedData.Require("hl7v2-messages", "messages", "ADT-A40-01.hl7")).ReplaceLineEndings("\r");

    /// <summary>The same message as the record of this world sends it: its own name, and national identifiers in PID-3 and MRG-1.</summary>
    private static readonly string Sent = Published
        .Replace("Ntierprise|Ntierprise Clinic", "PEGASIMU|PSHVA", StringComparison.Ordinal)
        .Replace("12345^^^BCBS^MR", $"{RecordWorld.Aino}^^^&{Root}&ISO", StringComparison.Ordinal)
        .Replace("56789^^^BCBS^MR", $"{Other}^^^&{Root}&ISO", StringComparison.Ordinal);

    [Fact]
    public async Task AMergeOfTheRecordReachesTheConsentServiceWithTheRecordAsItsSource()
    {
        await using var world = await RecordWorld.OpenAsync();

        Assert.Equal("AA", await SendAsync(world, Sent));

        var (path, body, authorization, _, _) = Assert.Single(world.AtGateway);
        var told = JsonSerializer.Deserialize<MergeClients>(body, SisoteJson.Options)!;
        Assert.Equal(("/clients/merge", Other, RecordWorld.Aino, "merged", "pohjois-savo-record"), (path, told.Prior, told.Surviving, told.Kind, told.Source!.Value.Value));
        Assert.StartsWith("Bearer ", authorization, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(409, "merged-already", "AA")]
    [InlineData(409, "merged-elsewhere", "AE")]
    [InlineData(403, "merge-of-strangers", "AE")]
    [InlineData(409, "merge-in-circle", "AE")]
    [InlineData(422, "merge-with-itself", "AE")]
    [InlineData(503, "log-unavailable", "AE")]
    [InlineData(400, "invalid-request", "AE")]
    public async Task TheRecordHearsAcceptedOnlyWhereTheMergeStands(int status, string slug, string expected)
    {
        await using var world = await RecordWorld.OpenAsync();
        (world.GatewayAnswers, world.GatewaySays) = (status, $"{{\"type\":\"https://sisote.fi/problems/{slug}\"}}");

        Assert.Equal(expected, await SendAsync(world, Sent));
        Assert.Equal(
            slug is "merged-elsewhere" or "merge-of-strangers" ? [$"A merge that pohjois-savo-record told was refused ({slug}); the operator has to look into it."] : [],
            world.Told.All.Where(static line => line.Id == 3011).Select(static line => line.Text));
    }

    [Fact]
    public async Task WhatCannotBeReadWholeIsNotToldAtAll()
    {
        await using var world = await RecordWorld.OpenAsync();
        var second = $"\rPID|1||{RecordWorld.Eino}^^^&{Root}&ISO\rMRG|12345^^^BCBS^MR";
        (string Message, string Expected)[] messages =
        [
            (Published, "AR"),
            (Sent.Replace(Other, "230790-9457", StringComparison.Ordinal), "AE"),
            (Sent.Replace("MRG|", "ZMG|", StringComparison.Ordinal), "AE"),
            (Sent.Replace("PID|", "ZID|", StringComparison.Ordinal), "AE"),
            (Sent.Replace($"^^^&{Root}&ISO", "^^^&1.2.3&ISO", StringComparison.Ordinal), "AE"),
            (Sent + second, "AE"),
            (Sent.Replace("ADT^A40^ADT_A40", "ADT^A08^ADT_A01", StringComparison.Ordinal), "AR"),
        ];

        foreach (var (message, expected) in messages)
        {
            Assert.Equal((message, expected), (message, await SendAsync(world, message)));
        }

        Assert.Empty(world.AtGateway);
    }

    [Fact]
    public async Task SeveralMergesOfOneMessageAreToldInTheirOrder()
    {
        await using var world = await RecordWorld.OpenAsync();

        Assert.Equal("AA", await SendAsync(world, $"{Sent.TrimEnd('\r')}\rPID|1||{RecordWorld.Eino}^^^&{Root}&ISO\rMRG|{RecordWorld.Aino}^^^&{Root}&ISO\r"));

        Assert.Equal([(Other, RecordWorld.Aino), (RecordWorld.Aino, RecordWorld.Eino)], world.AtGateway.Select(static told => JsonSerializer.Deserialize<MergeClients>(told.Body, SisoteJson.Options)!).Select(static told => (told.Prior, told.Surviving)));
    }

    private static async Task<string> SendAsync(RecordWorld world, string message)
    {
        using var peer = new TcpClient();
        await peer.ConnectAsync("127.0.0.1", world.ReferralPort);
        var frames = new MllpStream(peer.GetStream(), 10_000);
        await frames.WriteAsync(Encoding.UTF8.GetBytes(message), default);
        var answer = Assert.IsType<MllpFraming.Message>(await frames.ReadAsync(default));
        return Encoding.UTF8.GetString(answer.Bytes).Split("\rMSA|")[1][..2];
    }
}
