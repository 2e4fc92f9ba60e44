// The school's system by itself.
using System.Text.Json;

namespace Sisote.Tests.Simulators.School;

public sealed class SchoolSimulatorTests
{
    private const string Base = "ims/oneroster/rostering/v1p2/";
    private const string CoreScope = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly";
    private const string Message = """
        {"ulkoinenTunniste":"m-1","vastaanottaja":"ope-40011","oppilas":"opp-70021","aihe":"opetusjarjestelyt","lahettaja":{"organisaatio":"Pohjois-Savo","tehtava":"kuraattori"},"jarjestelyt":[{"koodi":"tauot"}]}
        """;

    [Fact]
    public async Task TheRosterOpensOnlyWithATokenOfTheRightScope()
    {
        await using var house = await NativeHouse.StartAsync("school");
        var secret = await File.ReadAllTextAsync(Path.Combine(house.Folder, "school", "client-secret"), TestContext.Current.CancellationToken);

        Assert.Equal(401, (await house.AskAsync(HttpMethod.Get, Base + "users", user: "")).Status);
        Assert.Equal(401, (await house.AskAsync(HttpMethod.Get, Base + "users")).Status);
        Assert.Equal(401, (await house.AskAsync(HttpMethod.Get, Base + "users", token: "invented")).Status);
        Assert.Equal(401, (await house.AskTokenAsync("integration", "wrong", ("grant_type", "client_credentials"), ("scope", CoreScope))).Status);
        Assert.Equal(400, (await house.AskTokenAsync("integration", secret, ("grant_type", "password"), ("scope", CoreScope))).Status);
        Assert.Equal(400, (await house.AskTokenAsync("integration", secret, ("grant_type", "client_credentials"), ("scope", "everything"))).Status);
        var demographics = await TokenAsync(house, CoreScope.Replace("core", "demographics", StringComparison.Ordinal));
        var forbidden = await house.AskAsync(HttpMethod.Get, Base + "users", token: demographics);
        Assert.Equal(403, forbidden.Status);
        Assert.Contains("imsx_codeMajor", forbidden.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await house.AskAsync(HttpMethod.Get, Base + "users", token: await TokenAsync(house))).Status);
    }

    [Theory]
    [InlineData("users", "users", 6)]
    [InlineData("students", "users", 3)]
    [InlineData("teachers", "users", 3)]
    [InlineData("orgs", "orgs", 2)]
    [InlineData("schools", "orgs", 1)]
    [InlineData("classes", "classes", 3)]
    [InlineData("enrollments", "enrollments", 7)]
    [InlineData("academicSessions", "academicSessions", 1)]
    [InlineData("courses", "courses", 2)]
    [InlineData("schools/org-puijonrinne/students", "users", 3)]
    [InlineData("classes/luokka-6b/students", "users", 2)]
    [InlineData("classes/luokka-6b/teachers", "users", 1)]
    [InlineData("classes/luokka-6b/enrollments", "enrollments", 3)]
    [InlineData("users?filter=familyName='Lumio'", "users", 1)]
    [InlineData("users?filter=familyName='Lumio' OR familyName='Laine'", "users", 2)]
    [InlineData("users?filter=familyName='Lumio' AND givenName='Lauri'", "users", 0)]
    [InlineData("users?filter=userIds.type='HETU'", "users", 3)]
    [InlineData("users?filter=familyName~'LUM'", "users", 1)]
    [InlineData("enrollments?filter=role='teacher'", "enrollments", 3)]
    public async Task EveryCollectionAnswersWithItsCount(string path, string name, int count)
    {
        await using var house = await NativeHouse.StartAsync("school");

        var (status, body, headers) = await house.AskAsync(HttpMethod.Get, Base + path, token: await TokenAsync(house));

        Assert.Equal(200, status);
        using var answer = JsonDocument.Parse(body);
        Assert.Equal(count, answer.RootElement.GetProperty(name).GetArrayLength());
        Assert.Equal([count.ToString()], headers.GetValues("X-Total-Count"));
    }

    [Fact]
    public async Task PagesOrderAndFieldsAreFollowed()
    {
        await using var house = await NativeHouse.StartAsync("school");
        var token = await TokenAsync(house);

        var (_, body, headers) = await house.AskAsync(HttpMethod.Get, Base + "users?limit=2&offset=1&sort=familyName&orderBy=desc&fields=familyName", token: token);
        var one = await house.AskAsync(HttpMethod.Get, Base + "users/opp-70021", token: token);

        Assert.Equal("""{"users":[{"familyName":"Lumio"},{"familyName":"Laine"}]}""", body);
        Assert.Contains("offset=3", Assert.Single(headers.GetValues("Link")), StringComparison.Ordinal);
        Assert.Contains("150914A934N", one.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("users/nobody", 404, "unknownobject")]
    [InlineData("demographics", 404, "unknownobject")]
    [InlineData("classes/none/students", 404, "unknownobject")]
    [InlineData("users?limit=0", 400, "invaliddata")]
    [InlineData("users?filter=familyName=Lumio", 400, "invalid_filter_field")]
    public async Task AFailureSaysSoInOneRostersWords(string path, int status, string minor)
    {
        await using var house = await NativeHouse.StartAsync("school");

        var answer = await house.AskAsync(HttpMethod.Get, Base + path, token: await TokenAsync(house));

        Assert.Equal(status, answer.Status);
        Assert.Contains($"\"imsx_codeMinorFieldValue\":\"{minor}\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMessageIsTakenOnceSurvivesARestartAndIsSeenByItsTeacherAlone()
    {
        await using var house = await NativeHouse.StartAsync("school");

        var first = await house.AskAsync(HttpMethod.Post, "viestit", Message);
        await house.StopAsync();
        await house.StartAgainAsync();
        var again = await house.AskAsync(HttpMethod.Post, "viestit", Message);
        var other = await house.AskAsync(HttpMethod.Post, "viestit", Message.Replace("tauot", "pienryhma", StringComparison.Ordinal));
        var elsewhere = await house.AskAsync(HttpMethod.Post, "viestit", Message.Replace("m-1", "m-2", StringComparison.Ordinal).Replace("ope-40011", "ope-40012", StringComparison.Ordinal));

        Assert.Equal((201, 200, 409, 201), (first.Status, again.Status, other.Status, elsewhere.Status));
        Assert.Equal(first.Body, again.Body);
        using var seen = JsonDocument.Parse((await house.AskAsync(HttpMethod.Get, "viestit", user: "ope-laine")).Body);
        using var all = JsonDocument.Parse((await house.AskAsync(HttpMethod.Get, "viestit")).Body);
        Assert.Equal((1, 2), (seen.RootElement.GetArrayLength(), all.RootElement.GetArrayLength()));
        Assert.Equal(403, (await house.AskAsync(HttpMethod.Post, "viestit", Message, user: "ope-laine")).Status);
        Assert.Equal(401, (await house.AskAsync(HttpMethod.Get, "viestit", user: "")).Status);
    }

    [Theory]
    [InlineData("tauot", "adhd", 422)]
    [InlineData("opp-70021", "ope-40011", 422)]
    [InlineData("ope-40011", "opp-70021", 422)]
    [InlineData("opetusjarjestelyt", "kurinpito", 422)]
    [InlineData("\"aihe\"", "\"diagnoosi\":\"F32\",\"aihe\"", 400)]
    public async Task TheBoxTakesOnlyWhatItKnows(string part, string instead, int status)
    {
        await using var house = await NativeHouse.StartAsync("school");

        Assert.Equal(status, (await house.AskAsync(HttpMethod.Post, "viestit", Message.Replace(part, instead, StringComparison.Ordinal))).Status);
    }

    private static async Task<string> TokenAsync(NativeHouse house, string scope = CoreScope)
    {
        var secret = await File.ReadAllTextAsync(Path.Combine(house.Folder, "school", "client-secret"));
        var (status, body) = await house.AskTokenAsync("integration", secret, ("grant_type", "client_credentials"), ("scope", scope));
        Assert.Equal(200, status);
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement.GetProperty("access_token").GetString()!;
    }
}
