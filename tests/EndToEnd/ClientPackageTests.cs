// Sisote.Client against a house, and docs/client.md as it is written there.
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Client;
using Sisote.Tests.EndToEnd.House;

namespace Sisote.Tests.EndToEnd;

public sealed class ClientPackageTests(BrokenLineHouse house) : IClassFixture<BrokenLineHouse>, IAsyncDisposable
{
    private readonly ServiceCollection services = [];
    private ServiceProvider? provider;

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, Documents.Blocks("docs/client.md", "csharp").Count)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void TheCSharpOfTheDocumentIsWhatTheTestsRun(int number)
    {
        var written = Lines(Documents.Blocks("docs/client.md", "csharp")[number]);

        Assert.Contains(written, Lines(Documents.Text("tests/EndToEnd/House/ClientExample.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheExampleReadsWhatTheLawAndTheClientPermitAndNothingOfAStranger()
    {
        Assert.Matches("^2 limits, receipt .+", await ClientExample.LimitsAsync(Api(), RunningSisote.Aino, Cancellation));
        Assert.Equal("nothing, or not now", await ClientExample.LimitsAsync(Api(), RunningSisote.Onni, Cancellation));
        Assert.Equal("nothing, or not now", await ClientExample.LimitsAsync(Api(), RunningSisote.Nobody, Cancellation));
    }

    [Fact]
    public async Task AReceiptIsCheckedOfflineAndOneChangedLetterIsFound()
    {
        var given = Assert.IsType<Outcome<Item>.Given>(await Calls().FindAsync(RunningSisote.Record, RunningSisote.Aino, Cancellation));
        var (receipt, key) = (Assert.Single(given.Receipts), Path.Combine(house.Data, "keys", "consent.log.vkey"));

        Assert.True(ClientExample.IsKept(receipt.Text, key));
        Assert.False(ClientExample.IsKept(receipt.Text.Replace($"index={receipt.Index}", $"index={receipt.Index + 1}", StringComparison.Ordinal), key));
        Assert.False(ClientExample.IsKept(receipt.Text.Replace(receipt.EntryId, "0" + receipt.EntryId[1..^1] + "x", StringComparison.Ordinal), key));
        Assert.False(LogKey.TryParse((await File.ReadAllTextAsync(key, Cancellation)).Trim()[..^2] + "==", out _));
    }

    [Fact]
    public async Task AnItemIsReadByItsHandleAndAnotherTypeOrHandleIsNothing()
    {
        var flags = Assert.IsType<Outcome<System.Collections.Immutable.ImmutableArray<Item>>.Given>(await Calls().SearchAsync(RunningSisote.Record, "Flag", house.Handle, cancellation: Cancellation));
        var flag = flags.Value[0];

        var read = Assert.IsType<Outcome<Item>.Given>(await Calls().ReadAsync(RunningSisote.Record, "Flag", flag.Id, Cancellation));

        Assert.Equal(flag.Resource.GetProperty("code").GetRawText(), read.Value.Resource.GetProperty("code").GetRawText());
        Assert.IsType<Outcome<Item>.Nothing>(await Calls().ReadAsync(RunningSisote.Record, "Flag", new string([.. flag.Id.Reverse()]), Cancellation));
        Assert.IsType<Outcome<System.Collections.Immutable.ImmutableArray<Item>>.Nothing>(await Calls().SearchAsync(RunningSisote.Record, "Condition", house.Handle, cancellation: Cancellation));
    }

    [Fact]
    public async Task AnEntryToARecordThatIsDownIsFollowedUntilItHasArrivedAndTheSameKeyArrivesOnce()
    {
        await house.Line.StopAsync();
        var waiting = await Calls().SendAsync(RunningSisote.Record, Visit(), "visit-4711", Cancellation);
        house.Line.Start();
        var ended = await Calls().FollowAsync(waiting, TimeSpan.FromMinutes(4), Cancellation);
        var again = await ClientExample.SendAsync(Calls(), Visit(), Cancellation);

        Assert.Equal("waiting", Assert.IsType<Sending.Waiting>(waiting).State);
        Assert.Equal(2, Assert.IsType<Sending.Delivered>(ended).Receipts.Length);
        Assert.Equal("delivered", again);
    }

    [Fact]
    public async Task AnEntryThatWaitsIsTakenBackAndAnElementThatMayNotGoIsNamed()
    {
        await house.Line.StopAsync();
        var waiting = Assert.IsType<Sending.Waiting>(await Calls().SendAsync(RunningSisote.Record, Visit(), "visit-back", Cancellation));
        var back = await Calls().TakeBackAsync(waiting, Cancellation);
        for (var began = TimeProvider.System.GetTimestamp(); back is Sending.Refused { Problem.Name: "entry-not-cancellable" } && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(1);)
        {
            back = await Calls().TakeBackAsync(waiting, Cancellation); // it was just being tried
        }

        house.Line.Start();
        var visit = Visit();
        visit["description"] = "more than the law lets go";

        Assert.Equal("cancelled", Assert.IsType<Sending.NotDelivered>(back).State);
        var refused = Assert.IsType<Sending.Refused>(await Calls().SendAsync(RunningSisote.Record, visit, "visit-more", Cancellation));
        Assert.Equal(("element-not-permitted", "DocumentReference.description"), (refused.Problem.Name, refused.Problem.At));
    }

    [Fact]
    public async Task OnlyWhatTheLawAndTheClientPermitIsPermitted()
    {
        Assert.True(await ClientExample.MayAsync(Calls(), RunningSisote.Aino, Cancellation));
        Assert.IsType<Decision.Denied>(await Calls().AskAsync(new AccessQuestion("read", "exercise-restriction", RunningSisote.Nobody) { System = RunningSisote.Record }, Cancellation));
        Assert.IsType<Decision.Denied>(await Calls().AskAsync(new AccessQuestion("read", "diagnosis", RunningSisote.Aino) { System = RunningSisote.Record }, Cancellation));
    }

    [Fact]
    public async Task ASystemOrPurposeThatIsNotRegisteredIsRefusedByName()
    {
        var unknown = Assert.IsType<Outcome<Item>.Refused>(await Calls().FindAsync("no-such-system", RunningSisote.Aino, Cancellation));
        var purpose = Assert.IsType<Outcome<Item>.Refused>(await Api().As(new Professional("ohjaaja-salmi", "exercise-counsellor", "kuopio", "student-welfare-group")).FindAsync(RunningSisote.Record, RunningSisote.Aino, Cancellation));

        Assert.Equal((403, "not-connected"), (unknown.Problem.Status, unknown.Problem.Name));
        Assert.Equal(400, purpose.Problem.Status);
    }

    [Fact]
    public async Task TheCurlOfTheDocumentDoesWhatItSays()
    {
        var lines = Documents.Blocks("docs/client.md", "sh").Single().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var token = await DocumentCurl.PrintTokenAsync(house, lines[0]);
        var found = Assert.Single((await DocumentCurl.SendAsync(house, lines[1], token)).Resources)["id"]!.GetValue<string>();

        Assert.Equal(2, (await DocumentCurl.SendAsync(house, lines[2].Replace("$HANDLE", found, StringComparison.Ordinal), token)).Resources.Count);
        var sent = await DocumentCurl.SendAsync(house, lines[3].Replace("$HANDLE", found, StringComparison.Ordinal), token);
        Assert.True(sent.Status is HttpStatusCode.Created or HttpStatusCode.Accepted, sent.Body);
        Assert.True((await DocumentCurl.SendAsync(house, lines[4], token)).Json["decision"]!.GetValue<bool>());
        Assert.Equal(5, lines.Length);
    }

    public async ValueTask DisposeAsync()
    {
        if (provider is not null)
        {
            await provider.DisposeAsync();
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Made as the document makes it.</summary>
    private SisoteApi Api()
    {
        if (provider is null)
        {
            ClientExample.Register(services, house.Gateway, Path.Combine(house.Data, "keys", "kuopio-liikunta.private.jwk.json"));
            provider = services.BuildServiceProvider();
        }

        return provider.GetRequiredService<SisoteApi>();
    }

    private ProfessionalApi Calls() => Api().As(
        new Professional("ohjaaja-salmi", "exercise-counsellor", "kuopio", "exercise-counselling") { Name = "Sami Salmi" },
        Statement.Necessity("planning the first visit").With("human-release", "ohjaaja-salmi"));

    private JsonObject Visit()
    {
        var visit = Entries.Visit(house.Handle);
        visit["date"] = "2026-11-23T10:00:00Z"; // the same under the same key
        visit["content"]![0]!["attachment"]!["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("package"));
        return visit;
    }

    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0));
}
