// A FHIR server that lies, breaks off or sends elsewhere: nothing of it passes as data.
using System.Text;
using Microsoft.AspNetCore.Http;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class FhirHostileTests
{
    private const string Aino = SectorHouse.Aino;
    private const string Good = """{"resourceType":"Flag","id":"f1","status":"active","category":[{"coding":[{"system":"https://sisote.example/fhir/CodeSystem/category","code":"exercise-restriction"}]}],"code":{"coding":[{"system":"https://sisote.example/fhir/CodeSystem/category","code":"avoid-heavy-lifting"}]},"subject":{"reference":"Patient/p1"}}""";

    /// <summary>What the server answers to a search of Flags, where a good answer would have one.</summary>
    public static TheoryData<string, string> Answers => new()
    {
        { "another client's resource", Bundle(Good.Replace("Patient/p1", "Patient/p2", StringComparison.Ordinal)) },
        { "a resource about nobody", Bundle(Good.Replace("\"reference\":\"Patient/p1\"", "\"display\":\"Aino\"", StringComparison.Ordinal)) },
        { "a client of another server", Bundle(Good.Replace("Patient/p1", "https://elsewhere.example/fhir/Patient/p1", StringComparison.Ordinal)) },
        { "a client inside the resource", Bundle(Good.Replace("Patient/p1", "#p1", StringComparison.Ordinal)) },
        { "a resource of another type", Bundle(Good.Replace("\"Flag\"", "\"Condition\"", StringComparison.Ordinal)) },
        { "the same id twice", Bundle(Good, Good) },
        { "an id that is none", Bundle(Good.Replace("f1", "../Patient/p2", StringComparison.Ordinal)) },
        { "an id that is an identity code", Bundle(Good.Replace("f1", Aino, StringComparison.Ordinal)) },
        { "an id with an identity code in it", Bundle(Good.Replace("f1", "f1." + Aino.ToLowerInvariant() + ".x", StringComparison.Ordinal)) },
        { "a client whose id is an identity code", Bundle(Good.Replace("Patient/p1", "Patient/" + Aino, StringComparison.Ordinal)) },
        { "no id", Bundle(Good.Replace("\"id\":\"f1\",", "", StringComparison.Ordinal)) },
        { "a code that nobody knows", Bundle(Good.Replace("https://sisote.example/fhir/CodeSystem/category\",\"code\":\"avoid", "http://new.example\",\"code\":\"avoid", StringComparison.Ordinal)) },
        { "words without a code", Bundle(Good.Replace("\"coding\":[{\"system\":\"https://sisote.example/fhir/CodeSystem/category\",\"code\":\"avoid-heavy-lifting\"}]", "\"text\":\"Varo nostoja\"", StringComparison.Ordinal)) },
        { "a status that FHIR has not", Bundle(Good.Replace("\"active\"", "\"perhaps\"", StringComparison.Ordinal)) },
        { "a status of another kind", Bundle(Good.Replace("\"active\"", "{\"a\":1}", StringComparison.Ordinal)) },
        { "rules that change the meaning", Bundle(Good.Replace("\"status\"", "\"implicitRules\":\"http://rules.example\",\"status\"", StringComparison.Ordinal)) },
        { "a modifier that nobody knows", Bundle(Good.Replace("\"status\"", "\"modifierExtension\":[{\"url\":\"http://not.example\",\"valueBoolean\":true}],\"status\"", StringComparison.Ordinal)) },
        { "the same member twice", Bundle(Good.Replace("\"status\":\"active\"", "\"status\":\"active\",\"status\":\"inactive\"", StringComparison.Ordinal)) },
        { "half a surrogate", Bundle(Good.Replace("\"f1\"", "\"f\\ud800\"", StringComparison.Ordinal)) },
        { "fewer than it counted", Bundle(Good).Replace("\"entry\"", "\"total\":2,\"entry\"", StringComparison.Ordinal) },
        { "a search that failed in part", Bundle(Good).Replace("[{\"resource\"", "[{\"search\":{\"mode\":\"outcome\"},\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"processing\"}]}},{\"resource\"", StringComparison.Ordinal) },
        { "a page elsewhere", WithNext("https://elsewhere.example/fhir?page=2") },
        { "a page of another port", WithNext("http://127.0.0.1:1/fhir?page=2") },
        { "a page above the base", WithNext("/admin?page=2") },
        { "a page that names the client", WithNext("/fhir?subject=" + Uri.EscapeDataString(Aino)) },
        { "a page that leads to itself", WithNext("/fhir?page=again") },
        { "a page that is named outside a list", Bundle(Good).Replace("\"entry\"", "\"link\":{\"relation\":\"next\",\"url\":\"/fhir?page=2\"},\"entry\"", StringComparison.Ordinal) },
        { "a label outside a list", Bundle(WithMeta("""{"security":{"system":"https://sisote.example/fhir/CodeSystem/category","code":"exercise-restriction"}}""")) },
        { "a label that is a word", Bundle(WithMeta("""{"security":["PSY"]}""")) },
        { "a label that is nothing", Bundle(WithMeta("""{"security":null}""")) },
        { "labels in a list too many", Bundle(WithMeta("""[{"security":[{"system":"https://sisote.example/fhir/CodeSystem/category","code":"exercise-restriction"}]}]""")) },
        { "no Bundle", Good },
        { "another Bundle", Bundle(Good).Replace("searchset", "collection", StringComparison.Ordinal) },
        { "half an answer", Bundle(Good)[..^40] },
        { "two answers", Bundle(Good) + Bundle(Good) },
        { "an entry without a resource", """{"resourceType":"Bundle","type":"searchset","entry":[{"fullUrl":"urn:x"}]}""" },
        { "very deep nesting", string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500) },
        { "a list", "[]" },
        { "nothing", "" },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task AnAnswerThatCannotBeTrustedIsNone(string what, string body)
    {
        Assert.NotEmpty(what);
        await using var server = await StartAsync(call => AnswerAsync(call, body));

        var answer = await AskAsync(server);

        Assert.Equal((503, 0), (answer.Status, answer.Found));
        Assert.DoesNotContain("f1", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameServerWithAGoodAnswerIsRead()
    {
        await using var server = await StartAsync(static call => AnswerAsync(call, Bundle(Good)));

        Assert.Equal((200, 1), ((await AskAsync(server)).Status, (await AskAsync(server)).Found));
        Assert.All(server.Asked, static asked => Assert.DoesNotContain(Aino, Uri.UnescapeDataString(asked.Address), StringComparison.Ordinal));
        Assert.Contains(server.Asked, static asked => Uri.UnescapeDataString(asked.Body).Contains(Aino, StringComparison.Ordinal));
    }

    /// <summary>Ways of answering by status, headers and bytes.</summary>
    public static TheoryData<string, int, string?, bool> Manners => new()
    {
        { "no type", 200, null, false },
        { "a page for people", 200, "text/html", false },
        { "XML", 200, "application/fhir+xml", false },
        { "other characters", 200, "application/fhir+json; charset=iso-8859-1", false },
        { "compressed", 200, "application/fhir+json", true },
        { "created", 201, "application/fhir+json", false },
        { "elsewhere", 302, "application/fhir+json", false },
        { "not found", 404, "application/fhir+json", false },
        { "not understood", 400, "application/fhir+json", false },
        { "not let in", 401, "application/fhir+json", false },
        { "broken", 500, "application/fhir+json", false },
        { "not now", 503, "application/fhir+json", false },
    };

    [Theory, MemberData(nameof(Manners))]
    public async Task AnAnswerInAnotherMannerIsNone(string what, int status, string? type, bool isEncoded)
    {
        Assert.NotEmpty(what);
        await using var server = await StartAsync(async call =>
        {
            (call.Response.StatusCode, call.Response.ContentType) = (status, type);
            call.Response.Headers.Location = "https://elsewhere.example/fhir/Flag";
            if (isEncoded)
            {
                call.Response.Headers.ContentEncoding = "identity";
            }

            await call.Response.WriteAsync(Bundle(Good));
        });

        Assert.Equal((503, 0), ((await AskAsync(server)).Status, (await AskAsync(server)).Found));
    }

    [Fact]
    public async Task ALengthThatPromisesMoreThanComesAndBytesThatAreNoUtf8AreNone()
    {
        await using var shorter = await StartAsync(async call =>
        {
            call.Response.ContentType = "application/fhir+json";
            call.Response.ContentLength = Bundle(Good).Length + 100;
            await call.Response.WriteAsync(Bundle(Good));
            await call.Response.Body.FlushAsync();
            call.Abort();
        });
        await using var latin = await StartAsync(async call =>
        {
            call.Response.ContentType = "application/fhir+json";
            await call.Response.Body.WriteAsync(Encoding.Latin1.GetBytes(Bundle(Good.Replace("\"status\"", "\"language\":\"ä\",\"status\"", StringComparison.Ordinal))));
        });

        Assert.Equal(503, (await AskAsync(shorter)).Status);
        Assert.Equal(503, (await AskAsync(latin)).Status);
    }

    [Fact]
    public async Task AServerThatNamesItsClientsByTheirIdentityCodesIsAskedNothingMore()
    {
        await using var server = await HostileSystem.StartAsync(static call => AnswerAsync(call, Bundle($$"""{"resourceType":"Patient","id":"{{Aino}}","identifier":[{"system":"urn:oid:1.2.246.21","value":"{{Aino}}"}]}""")));

        Assert.Equal(503, (await AskAsync(server)).Status);
        Assert.EndsWith("/Patient/_search", Assert.Single(server.Asked).Address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12038591-911f-4222-8333-444455556666", true)]
    [InlineData("ab120385-911f-4222-8333-444455556666", true)]
    [InlineData("120385-911F", false)]
    [InlineData("x120385-911fx", false)]
    public void AnIdThatTellsAnIdentityIsNoneButTheDigitsOfAUuidTellNone(string id, bool isOne) => Assert.Equal(isOne, Sisote.Adapters.Fhir.FhirIds.IsUpstream(id));

    [Fact]
    public async Task AServerThatGivesAnotherPersonThanTheOneAskedForGivesNobody()
    {
        await using var other = await StartAsync(static call => AnswerAsync(call, Bundle(Good)), person: SectorHouse.Eino);
        await using var both = await StartAsync(static call => AnswerAsync(call, Bundle(Good)), person: Aino + "\"},{\"system\":\"urn:oid:1.2.246.21\",\"value\":\"" + SectorHouse.Eino);

        Assert.Equal(503, (await AskAsync(other)).Status);
        Assert.Equal((503, 0), ((await AskAsync(both)).Status, (await AskAsync(both)).Found));
    }

    [Fact]
    public async Task AServerWhosePagesNeverEndIsStoppedAt()
    {
        var page = 0;
        await using var server = await StartAsync(call => AnswerAsync(call, WithNext($"/fhir?page={++page}", Good.Replace("f1", $"f{page}", StringComparison.Ordinal))));

        Assert.Equal(503, (await AskAsync(server)).Status);
        Assert.InRange(page, 10, 60);
    }

    private static Task<HostileSystem> StartAsync(Func<HttpContext, Task> answer, string person = Aino) => HostileSystem.StartAsync(call =>
        call.Request.Path.Value!.Contains("/Patient", StringComparison.Ordinal)
            ? AnswerAsync(call, Bundle($$"""{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:oid:1.2.246.21","value":"{{person}}"}]}"""))
            : answer(call));

    private static async Task<(int Status, int Found, string Body)> AskAsync(HostileSystem server)
    {
        var key = Path.Combine(Path.GetTempPath(), $"sisote-key-{Guid.CreateVersion7():N}");
        await File.WriteAllTextAsync(key, "a-key-for-this-test-only");
        await using var house = await SectorHouse.StartAsync((systems, _) => systems.Add(SectorHouse.Entry(FhirRecord.Id, "fhir", "kuopio", ("address", server.Address + "fhir"), ("reads", "Flag"), ("apiKeyFile", key))));
        var (status, found, body) = await house.SearchClientAsync(FhirRecord.Id, "Flag", Aino);
        File.Delete(key);
        return (status, found.Count, body);
    }

    private static Task AnswerAsync(HttpContext call, string body)
    {
        call.Response.ContentType = "application/fhir+json; charset=utf-8";
        return call.Response.WriteAsync(body);
    }

    private static string Bundle(params string[] resources) =>
        $$"""{"resourceType":"Bundle","type":"searchset","entry":[{{string.Join(',', resources.Select(static resource => $"{{\"resource\":{resource}}}"))}}]}""";

    private static string WithMeta(string meta) => Good.Replace("\"status\"", $"\"meta\":{meta},\"status\"", StringComparison.Ordinal);

    private static string WithNext(string next, string resource = Good) =>
        Bundle(resource).Replace("\"entry\"", $"\"link\":[{{\"relation\":\"next\",\"url\":\"{next}\"}}],\"entry\"", StringComparison.Ordinal);
}
