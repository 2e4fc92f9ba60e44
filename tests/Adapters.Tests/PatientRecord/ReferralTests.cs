// The record's referrals on their way to the gateway.
#pragma warning disable CS8600, CS8602 // Firely marks every element as nullable; a null here fails the test, which is right
using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Hl7v2;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.PatientRecord;

public sealed class ReferralTests
{
    [Fact]
    public async Task ADoctorsReferralReachesTheGatewayWithLimitsAndGoalsAndWithoutTheDiagnosis()
    {
        await using var world = await RecordWorld.OpenAsync();

        var referral = await ReferAsync(world);

        Assert.Equal("delivered", referral.GetProperty("status").GetString());
        var sent = Assert.Single(world.AtGateway);
        Assert.Equal("/fhir/kuopio-liikunta", sent.Path);
        Assert.Equal($"relation-verified=\"{referral.GetProperty("id").GetString()}\"", sent.Context);
        var bundle = Assert.IsType<Bundle>(FhirBody.Parse(Encoding.UTF8.GetBytes(sent.Body)));
        Assert.Equal(["Patient", "ServiceRequest", "Flag", "Flag", "Flag", "Goal"], bundle.Entry.Select(static entry => entry.Request.Url).Order(StringComparer.Ordinal).OrderBy(static url => url switch { "Patient" => 0, "ServiceRequest" => 1, "Flag" => 2, _ => 3 }));
        Assert.Contains("Ota sauvat", sent.Body, StringComparison.Ordinal);
        foreach (var secret in (string[])["I10", "M51", "Verenpainetauti", "välilevy", "Uupumus", "Harju", "ZPE", "paikallinen"])
        {
            Assert.DoesNotContain(secret, sent.Body, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task TheReferralIsSentWithTheRecordsOwnTokenAndTheDoctorBehindIt()
    {
        await using var world = await RecordWorld.OpenAsync();

        await ReferAsync(world);

        var token = Assert.Single(world.AtGateway).Authorization["Bearer ".Length..];
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
        using var claims = JsonDocument.Parse(payload);
        var business = claims.RootElement.GetProperty("extensions").GetProperty("hl7-b2b");
        Assert.Equal("pohjois-savo-record", claims.RootElement.GetProperty("client_id").GetString());
        Assert.Equal(("dr-harju", "health-professional", "pohjois-savo"), (business.GetProperty("subject_id").GetString(), business.GetProperty("subject_role").GetString(), business.GetProperty("organization_id").GetString()));
        Assert.Equal("exercise-counselling", business.GetProperty("purpose_of_use")[0].GetString());
    }

    [Fact]
    public async Task EveryReferenceInTheReferralNamesTheClientByTheSameIdentifier()
    {
        await using var world = await RecordWorld.OpenAsync();

        await ReferAsync(world);

        var bundle = Assert.IsType<Bundle>(FhirBody.Parse(Encoding.UTF8.GetBytes(world.AtGateway[0].Body)));
        var patient = bundle.Entry.Single(static entry => entry.Resource is Patient);
        foreach (var entry in bundle.Entry.Where(static entry => entry.Resource is not Patient))
        {
            Assert.True(entry.Resource!.TryGetValue("subject", out var subject));
            Assert.Equal((patient.FullUrl, RecordWorld.Aino), (((ResourceReference)subject).Reference, ((ResourceReference)subject).Identifier!.Value));
        }
    }

    [Theory]
    [InlineData(202)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task WhatTheGatewayDidNotDeliverIsNotAcknowledgedAsDelivered(int status)
    {
        await using var world = await RecordWorld.OpenAsync();
        world.GatewayAnswers = status;

        var referral = await ReferAsync(world);

        Assert.Equal("refused", referral.GetProperty("status").GetString());
        Assert.StartsWith("AE ", referral.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReferralSentAgainHasTheSameKeyAndADeliveredOneIsNotSentTwice()
    {
        await using var world = await RecordWorld.OpenAsync();
        world.GatewayAnswers = 503;
        var id = (await ReferAsync(world)).GetProperty("id").GetString();
        world.GatewayAnswers = 200;

        using var again = await world.AsDoctorAsync(HttpMethod.Post, $"referrals/{id}/send");

        Assert.Equal("delivered", JsonDocument.Parse(await again.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString());
        Assert.Equal(2, world.AtGateway.Count);
        Assert.Equal(world.AtGateway[0].Key, world.AtGateway[1].Key);
    }

    [Fact]
    public async Task AUnitThatHasNoSystemIsRefusedPlainly()
    {
        await using var world = await RecordWorld.OpenAsync();

        var referral = await ReferAsync(world, unit: "LIIKUNTA-MUUALLA");

        Assert.Contains("PRD-7", referral.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Empty(world.AtGateway);
    }

    [Theory]
    [InlineData("MSH|^~\\&|PEGASIMU|PSHVA|||20261122||ADT^A01|9|P|2.5.1\r", "AR")]
    [InlineData("MSH|^~\\&|SOMEBODY|ELSE|||20261122||REF^I12|9|P|2.5.1\r", "AR")]
    [InlineData("MSH|^~\\&|PEGASIMU|PSHVA|||20261122||REF^I12|9|P|2.5.1\r", "AE")]
    [InlineData("MSH|^~\\&|PEGASIMU|PSHVA|||20261122||REF^I12|9|P|2.5.1\rRF1|A|R|LIIK^^1.2.246.10.99999999.9|||L1\rPRD|RP|H^H|||||dr-harju\rPRD|RT||||||LIIKUNTA-KUOPIO\rPID|1||120385-911A^^^&1.2.246.21&ISO\r", "AE")]
    [InlineData("MSH|^~\\&|PEGASIMU|PSHVA|||20261122||REF^I12|9|P|2.5.1\rRF1|A|R|LIIK^^1.2.246.10.99999999.9|||L1\rPRD|RP|H^H|||||dr-harju\rPRD|RT||||||LIIKUNTA-KUOPIO\rPID|1||120385-911F^^^&1.2.246.21&ISO\rOBX|1|ST|R99^^1.2.246.10.99999999.3||x||||||F\r", "AE")]
    [InlineData("garbage", "AR")]
    public async Task AFaultyMessageIsAnsweredAndPassedToNobody(string message, string expected)
    {
        await using var world = await RecordWorld.OpenAsync();
        using var peer = new System.Net.Sockets.TcpClient();
        await peer.ConnectAsync("127.0.0.1", world.ReferralPort);
        var frames = new MllpStream(peer.GetStream(), 10_000);

        await frames.WriteAsync(Encoding.UTF8.GetBytes(message), default);

        var answer = Assert.IsType<MllpFraming.Message>(await frames.ReadAsync(default));
        Assert.Contains($"\rMSA|{expected}|", Encoding.UTF8.GetString(answer.Bytes), StringComparison.Ordinal);
        Assert.Empty(world.AtGateway);
    }

    private static async Task<JsonElement> ReferAsync(RecordWorld world, string unit = "LIIKUNTA-KUOPIO")
    {
        using var answer = await world.AsDoctorAsync(HttpMethod.Post, "referrals", new() { ["hetu"] = RecordWorld.Aino, ["unit"] = unit, ["instruction"] = "Ota sauvat mukaan & hyvät kengät." });
        Assert.Equal(200, (int)answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
