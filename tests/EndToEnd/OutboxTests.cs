// Entries to a patient record whose line breaks: none lost, none twice.
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class OutboxTests(BrokenLineHouse house) : IClassFixture<BrokenLineHouse>
{
    private const string Record = RunningSisote.Record;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task AnEntryToARecordThatIsDownOutlivesAPowerCutAndArrivesOnce()
    {
        await house.Line.StopAsync();
        var first = await SendAsync(Visit("outlives"), "key-outlives");
        var listed = await SayAsync("outbox", "list");
        var json = await SayAsync("outbox", "list", "--format", "json");
        await house.ReviveAsync();
        var still = await LookAsync(first);
        house.Line.Start();
        var ended = await EndAsync(first);
        var again = await SendAsync(Visit("outlives"), "key-outlives");

        Assert.Equal((HttpStatusCode.Accepted, "waiting"), (first.Status, StateOf(first)));
        Assert.Contains(IdIn(first), listed, StringComparison.Ordinal);
        Assert.Contains($"\"target\":\"{Record}\"", json, StringComparison.Ordinal);
        Assert.All(new[] { RunningSisote.Aino, "Aaltonen", "ohjaaja-salmi", "outlives" }, secret => Assert.DoesNotContain(secret, listed + json, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Accepted, still.Status);
        Assert.Equal((HttpStatusCode.OK, "delivered"), (ended.Status, StateOf(ended)));
        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.Equal(1, await InRecordAsync("outlives"));
    }

    [Fact]
    public async Task ManyEntriesOverALineThatBreaksInEveryWayArriveOnceEachAndInTheirOrder()
    {
        var names = Enumerable.Range(0, 30).Select(static number => $"many-{number:00}").ToArray();
        var faults = new[] { LineFault.CutBefore, LineFault.AnswerLost, LineFault.HalfAnswer, LineFault.Garbage, LineFault.Duplicate, LineFault.WrongCharacters, LineFault.OutOfOrder };
        var message = 0;
        house.Line.Next = () => SHA256.HashData(BitConverter.GetBytes(message++))[0] is var chance && chance < 110 ? faults[chance % faults.Length] : LineFault.None;
        var answers = new List<Answer>();
        foreach (var name in names)
        {
            if (name == "many-15")
            {
                await house.ReviveAsync(); // in the middle of sending
            }

            answers.Add(await SendAsync(Visit(name), "key-" + name));
        }

        foreach (var waiting in answers.Where(static answer => answer.Status == HttpStatusCode.Accepted))
        {
            Assert.Equal("delivered", StateOf(await EndAsync(waiting)));
        }

        house.Line.Next = static () => LineFault.None;
        Assert.All(answers, static answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.Accepted, answer.Body));
        Assert.Contains(answers, static answer => answer.Status == HttpStatusCode.Accepted);
        Assert.Equal(names, await TextsAsync("many-"));
    }

    [Fact]
    public async Task TheOperatorTakesBackAnEntryThatWaitsAndItNeverArrives()
    {
        var began = TimeProvider.System.GetTimestamp();
        await house.Line.StopAsync();
        var first = await SendAsync(Visit("taken-back"), "key-taken-back");
        var said = await SayAsync("outbox", "cancel", IdIn(first));
        house.Line.Start();
        var ended = await EndAsync(first);
        var late = await SisoteProcess.RunAsync(["outbox", "cancel", IdIn(first), "--data", house.Data, "--port", $"{house.Port}"]);

        Assert.Contains("Taken back.", said, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Gone, "cancelled"), (ended.Status, StateOf(ended)));
        Assert.Equal(1, late.ExitCode);
        Assert.Equal(0, await InRecordAsync("taken-back"));
        while (!(await SayAsync("log", "query", "--outcome", "cancelled")).Contains("cancelled", StringComparison.Ordinal))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "The log does not say that it was taken back.");
        }
    }

    [Fact]
    public async Task AConsentWithdrawnWhileAnEntryWaitsStopsItAndItsWriterIsNotToldWhy()
    {
        await house.Line.StopAsync();
        var feedback = await SendAsync(Feedback("stopped"), "key-stopped");
        await house.WithdrawAsync("aino");
        var ended = await EndAsync(feedback); // while the line is down: an attempt that had begun before the withdrawal finds nobody
        house.Line.Start();
        await house.ConsentAsync("aino");

        Assert.Equal(HttpStatusCode.Accepted, feedback.Status);
        ended.AssertRefused(HttpStatusCode.Forbidden, "entry-not-permitted");
        Assert.Equal(0, await InRecordAsync("stopped"));
    }

    private static JsonObject Visit(string text)
    {
        var visit = Entries.Visit("HANDLE");
        visit["date"] = "2026-11-23T10:00:00Z"; // the same under the same key, whenever it is sent
        visit["content"]![0]!["attachment"]!["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        return visit;
    }

    private static JsonObject Feedback(string text) => new()
    {
        ["resourceType"] = "Communication",
        ["status"] = "completed",
        ["category"] = new JsonArray(new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = "https://sisote.example/fhir/CodeSystem/category", ["code"] = "service-feedback" }) }),
        ["subject"] = new JsonObject { ["reference"] = "Patient/HANDLE" },
        ["payload"] = new JsonArray(new JsonObject { ["contentString"] = text }),
    };

    private static string StateOf(Answer answer) => Assert.Single(answer.Headers["Sisote-Entry-State"]);

    private static string IdIn(Answer answer) => Assert.Single(answer.Headers["Content-Location"]).Split('/')[^1];

    /// <summary>Sends as a system's software does: what was not taken is sent again under its key.</summary>
    private async Task<Answer> SendAsync(JsonObject entry, string key)
    {
        var answer = await SendOnceAsync(entry, key);
        for (var again = 0; again < 5 && answer.Status == HttpStatusCode.ServiceUnavailable; again++)
        {
            answer = await SendOnceAsync(entry, key);
        }

        return answer;
    }

    private async Task<Answer> SendOnceAsync(JsonObject entry, string key)
    {
        var body = entry.ToJsonString().Replace("HANDLE", house.Handle, StringComparison.Ordinal);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Gateway, $"fhir/{Record}/{entry["resourceType"]}")) { Content = new StringContent(body, Encoding.UTF8, "application/fhir+json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.TokenAsync());
        request.Headers.Add("Sisote-Context", RunningSisote.Necessity + ", human-release=\"ohjaaja-salmi\"");
        request.Headers.Add("Idempotency-Key", key);
        return await house.SendAsync(request);
    }

    private Task<Answer> LookAsync(Answer first) => house.GetAsync($"outbox/{IdIn(first)}");

    private async Task<Answer> EndAsync(Answer first)
    {
        var began = TimeProvider.System.GetTimestamp();
        Answer answer;
        while ((answer = await LookAsync(first)).Status == HttpStatusCode.Accepted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"It waits still: {answer.Body}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return answer;
    }

    private async Task<string> SayAsync(params string[] command)
    {
        var said = await SisoteProcess.RunAsync([.. command, "--data", house.Data, "--port", $"{house.Port}"]);
        Assert.True(said.ExitCode == 0, said.Errors);
        return said.Output + said.Errors;
    }

    private async Task<int> InRecordAsync(string text) => (await TextsAsync(text)).Count;

    /// <summary>The texts in the record that begin so, in the order in which it numbered them.</summary>
    private async Task<List<string>> TextsAsync(string beginning)
    {
        var documents = await house.NativeAsync(11, Record, "dr-harju", "view/documents", ("hetu", RunningSisote.Aino));
        return [.. documents.AsArray().OrderBy(static document => document!["id"]!.GetValue<string>(), StringComparer.Ordinal)
            .SelectMany(static document => document!["sections"]!.AsArray()).SelectMany(static section => section!["entries"]!.AsArray())
            .SelectMany(static entry => entry!["parts"]!.AsArray().Prepend(entry)).Select(static entry => entry!["text"]!.GetValue<string>())
            .Where(text => text.StartsWith(beginning, StringComparison.Ordinal))];
    }
}
