// A consent that a professional recorded, from the door into the very next read of the gateway.
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class ConsentFormTests(RunningSisote house) : IClassFixture<RunningSisote>
{
    private const string Record = RunningSisote.Record;

    private static readonly RecordConsent Spoken = new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Identifier = RunningSisote.Aino,
        Form = ConsentFormId.Parse("SECRECY"),
        Items = Items("person-identity person-contact service-language-access exercise-referral exercise-restriction exercise-goal-plan exercise-measures"),
        RecipientSector = SectorId.Parse("municipal-sports"),
        RecipientOrganisation = OrganisationId.Parse("kuopio"),
        Purpose = PurposeId.Parse("exercise-counselling"),
        TextLanguage = "fi",
        TextVersion = "suostumus-3",
        How = "oral",
        GivenBy = "client",
    };

    [Fact]
    public async Task AConsentThatWasSpokenOpensTheNextReadAndEachChangeOfItIsSeenInTheOneAfter()
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SayAsync("consents", Spoken with { Form = ConsentFormId.Parse("GDPR") })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SayAsync("consents", Spoken, RunningSisote.Register, RunningSisote.Context())).Status);
        Assert.NotEqual("delivered", await house.ReferAsync(RunningSisote.Aino));

        Assert.Equal(HttpStatusCode.Created, (await SayAsync("consents", Spoken)).Status);
        Assert.Equal("delivered", await house.ReferAsync(RunningSisote.Aino));
        await house.AcceptAsync("Aaltonen");
        var handle = await house.HandleAsync(RunningSisote.Aino);
        Assert.NotEmpty((await ReadAsync("Flag", handle)).Resources);
        Assert.NotEmpty((await ReadAsync("Goal", handle)).Resources);
        await AssertCommandsAsync();

        await ChangeAsync(Spoken with { Items = Items("person-identity exercise-goal-plan") });
        (await ReadAsync("Flag", handle)).AssertNothing();
        Assert.NotEmpty((await ReadAsync("Goal", handle)).Resources);

        await ChangeAsync(Spoken with { RecipientPerson = ProfessionalId.Parse("ohjaaja-niemi") });
        (await ReadAsync("Goal", handle)).AssertNothing();
        await ChangeAsync(Spoken with { RecipientSystem = SystemId.Parse("kuopio-portal") });
        (await ReadAsync("Goal", handle)).AssertNothing();
        await ChangeAsync(Spoken with { RecipientPerson = ProfessionalId.Parse("ohjaaja-salmi") });
        Assert.NotEmpty((await ReadAsync("Goal", handle)).Resources);

        var withdrawn = await SayAsync($"consents/{Spoken.Id}/withdraw", new RecordWithdrawal { How = "oral", GivenBy = "client" });
        Assert.Equal("kuopio", withdrawn.Json["holders"]![0]!["recipient"]!["organisation"]!.GetValue<string>());
        (await ReadAsync("Goal", handle)).AssertNothing();
        (await house.FindAsync(RunningSisote.Aino)).AssertNothing();
        await AssertNoticeAsync(handle);
    }

    /// <summary>The register that received is told at each narrowing what to stop using, by the handles that it knows, and not why.</summary>
    private async Task AssertNoticeAsync(string handle)
    {
        var token = await house.TokenAsync(RunningSisote.Register);
        var notices = (await SendAsync(HttpMethod.Get, "notices", token, null)).Json["notices"]!.AsArray();
        var told = notices.Where(static notice => notice!["system"]?.GetValue<string>() == RunningSisote.Register).ToArray();
        Assert.Equal(5, told.Length); // fewer items, another person, another system, the first person again, the end
        Assert.Contains($"Patient/{handle}", told[^1]!["resources"]!.AsArray().Select(static resource => resource!.GetValue<string>()));
        Assert.All(told, static notice => Assert.DoesNotContain("withdr", notice!.ToJsonString(), StringComparison.OrdinalIgnoreCase));
        Assert.All(told, static notice => Assert.DoesNotContain(Spoken.Id, notice!.ToJsonString(), StringComparison.Ordinal));
    }

    private async Task AssertCommandsAsync()
    {
        var list = await RunAsync(0, "consent", "list", "--format", "json");
        Assert.Equal(Spoken.Id, JsonNode.Parse(list.Output)!["consents"]![0]!["consent"]!["consent"]!["id"]!.GetValue<string>());
        var table = await RunAsync(0, "consent", "list");
        Assert.Contains("oral (pohjois-savo)", table.Output, StringComparison.Ordinal);

        string[] flow = ["--from", "health/health-professional", "--from-organisation", "pohjois-savo", "--to", "municipal-sports/exercise-counsellor", "--purpose", "exercise-counselling"];
        var stands = await RunAsync(0, ["consent", "check", .. flow, "--to-organisation", "kuopio", "--item", "exercise-goal-plan"]);
        Assert.Contains($"{Spoken.Id} v1", stands.Output, StringComparison.Ordinal);
        var missing = await RunAsync(4, ["consent", "check", .. flow, "--to-organisation", "siilinjarvi", "--item", "exercise-goal-plan"]);
        Assert.Contains("wrong-recipient", missing.Output, StringComparison.Ordinal);

        var relationships = await RunAsync(0, "relationship", "list");
        Assert.Contains("referral", relationships.Output, StringComparison.Ordinal);
        Assert.Contains("\"kind\": \"referral\"", (await RunAsync(0, "relationship", "list", "--format", "json")).Output, StringComparison.Ordinal);
        var agreements = await RunAsync(0, "agreement", "list");
        Assert.Contains("kuopio-on-behalf", agreements.Output, StringComparison.Ordinal);
        Assert.NotEmpty(JsonNode.Parse((await RunAsync(0, "agreement", "list", "--format", "json")).Output)!["agreements"]!.AsArray());
        Assert.All((SisoteProcess[])[list, table, stands, missing, relationships, agreements], static run => Assert.DoesNotContain(RunningSisote.Aino, run.Output + run.Errors, StringComparison.Ordinal));
    }

    private async Task<SisoteProcess> RunAsync(int exitCode, params string[] arguments)
    {
        var run = await SisoteProcess.RunAsync([.. arguments, "--data", house.Data, "--port", $"{house.Port}"], input: RunningSisote.Aino);
        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode} {run.Output}{run.Errors}");
        return run;
    }

    private Task<Answer> ReadAsync(string type, string handle) => house.GetAsync($"fhir/{Record}/{type}?patient={handle}");

    private async Task ChangeAsync(RecordConsent consent)
    {
        var answer = await SayAsync("consents", consent with { Changes = true });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Body);
    }

    /// <summary>Says something at the consent room's door as the doctor behind the patient record, or as somebody else.</summary>
    private async Task<Answer> SayAsync<T>(string path, T command, string system = Record, Doors.Tokens.BusinessContext? who = null) => await SendAsync(
        HttpMethod.Post, path, await house.TokenAsync(system, who ?? RunningSisote.Context("dr-harju", "health-professional", "pohjois-savo")), JsonSerializer.Serialize(command, SisoteJson.Options));

    private Task<Answer> SendAsync(HttpMethod method, string path, string token, string? body)
    {
        var request = new HttpRequestMessage(method, new Uri(house.Address(3), path)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return house.SendAsync(request);
    }

    private static System.Collections.Immutable.ImmutableArray<DataItemId> Items(string items) => [.. items.Split(' ').Select(DataItemId.Parse)];
}
