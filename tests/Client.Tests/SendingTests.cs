// Where an entry stands, as the package tells it.
using System.Net;
using System.Text.Json.Nodes;
using Sisote.Client;

namespace Sisote.Tests.Client;

public sealed class SendingTests
{
    private const string Place = FakeGateway.Address + "outbox/e1";
    private readonly FakeGateway gateway = new();

    public static TheoryData<HttpStatusCode, string?, string, Type> States => new()
    {
        { HttpStatusCode.Accepted, "waiting", "entry-waiting", typeof(Sending.Waiting) },
        { HttpStatusCode.Accepted, "unknown", "entry-unknown", typeof(Sending.Waiting) },
        { HttpStatusCode.OK, "delivered", "receipts", typeof(Sending.Delivered) },
        { HttpStatusCode.UnprocessableEntity, "refused", "target-refused", typeof(Sending.NotDelivered) },
        { HttpStatusCode.Forbidden, "refused", "entry-not-permitted", typeof(Sending.NotDelivered) },
        { HttpStatusCode.Gone, "expired", "entry-expired", typeof(Sending.NotDelivered) },
        { HttpStatusCode.Gone, "cancelled", "entry-cancelled", typeof(Sending.NotDelivered) },
        { HttpStatusCode.ServiceUnavailable, "unknown", "outcome-unknown", typeof(Sending.Unknown) },
        { HttpStatusCode.ServiceUnavailable, null, "log-unavailable", typeof(Sending.TryLater) },
        { HttpStatusCode.NotFound, null, "not-found", typeof(Sending.Refused) },
    };

    [Theory]
    [MemberData(nameof(States))]
    public async Task EachStateOfTheOutboxIsToldAsWhatItIs(HttpStatusCode status, string? state, string name, Type expected)
    {
        var waiting = new Sending.Waiting(new Uri(Place), "waiting", TimeSpan.FromSeconds(5));
        gateway.Answer = _ => FakeGateway.Outcome(status, name, [.. state is null ? [] : new[] { ("Sisote-Entry-State", state) }, .. name == "receipts" ? [("Sisote-Receipt", FakeGateway.Receipt)] : Array.Empty<(string, string)>()]);

        Assert.IsType(expected, await gateway.Api().LookAsync(waiting, Cancellation));
        Assert.Equal(Place, gateway.Asked[^1].Address.AbsoluteUri);
    }

    [Theory]
    [InlineData(HttpStatusCode.Created, "receipts", typeof(Sending.Delivered))]
    [InlineData(HttpStatusCode.UnprocessableEntity, "element-not-permitted", typeof(Sending.Refused))]
    [InlineData(HttpStatusCode.Forbidden, "entry-not-permitted", typeof(Sending.Refused))]
    [InlineData(HttpStatusCode.ServiceUnavailable, "outcome-unknown", typeof(Sending.TryLater))]
    [InlineData(HttpStatusCode.Accepted, "entry-waiting", typeof(Sending.TryLater))]
    public async Task ASentEntryIsDeliveredRefusedOrToBeSentAgainUnderItsKey(HttpStatusCode status, string name, Type expected)
    {
        var keys = new List<string>();
        gateway.Answer = request =>
        {
            keys.AddRange(request.Headers.GetValues("Idempotency-Key"));
            return name == "receipts" ? FakeGateway.Outcome(status, name, ("Sisote-Receipt", FakeGateway.Receipt)) : FakeGateway.Outcome(status, name);
        };

        var sent = await gateway.Api().SendAsync("target", Entry(), "visit-1", Cancellation);

        Assert.IsType(expected, sent);
        Assert.Equal(["visit-1"], keys);
        Assert.Equal(FakeGateway.Address + "fhir/target/Communication", gateway.Asked[^1].Address.AbsoluteUri);
    }

    [Fact]
    public async Task AWaitingEntryIsFollowedAsSeldomAsTheGatewayAsksUntilItHasEnded()
    {
        var looks = 0;
        gateway.Answer = request => request.Method == HttpMethod.Post || ++looks < 3
            ? FakeGateway.Outcome(HttpStatusCode.Accepted, "entry-waiting", ("Sisote-Entry-State", "waiting"), ("Content-Location", Place), ("Retry-After", "7"))
            : FakeGateway.Outcome(HttpStatusCode.OK, "receipts", ("Sisote-Entry-State", "delivered"), ("Sisote-Receipt", FakeGateway.Receipt));
        var api = gateway.Api();
        var waiting = Assert.IsType<Sending.Waiting>(await api.SendAsync("target", Entry(), "visit-1", Cancellation));

        var following = api.FollowAsync(waiting, TimeSpan.FromMinutes(1), Cancellation);
        while (!following.IsCompleted)
        {
            gateway.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.IsType<Sending.Delivered>(await following);
        Assert.Equal((3, TimeSpan.FromSeconds(7)), (looks, waiting.After));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, null)]
    [InlineData(HttpStatusCode.Created, null)]
    [InlineData(HttpStatusCode.OK, "receipt-of-somebody-else")]
    public async Task AnAnswerWithoutTheGatewaysReceiptIsNoDelivery(HttpStatusCode status, string? receipt)
    {
        gateway.Answer = _ => FakeGateway.Json(status, "<html>Welcome</html>", receipt is null ? [] : [("Sisote-Receipt", receipt)]);

        var sent = Assert.IsType<Sending.TryLater>(await gateway.Api().SendAsync("target", Entry(), "visit-1", Cancellation));

        Assert.Equal(Problem.Unreadable, sent.Problem.Name);
    }

    [Fact]
    public async Task PatienceEndsAndTheEntryGoesOnWaiting()
    {
        var waiting = new Sending.Waiting(new Uri(Place), "waiting", TimeSpan.FromSeconds(5));

        Assert.Equal(waiting, await gateway.Api().FollowAsync(waiting, TimeSpan.FromSeconds(1), Cancellation));
        Assert.Empty(gateway.Asked);
    }

    [Fact]
    public async Task AnEntryIsTakenBackOrItIsTooLate()
    {
        var waiting = new Sending.Waiting(new Uri(Place), "waiting", TimeSpan.FromSeconds(5));
        gateway.Answer = static _ => FakeGateway.Outcome(HttpStatusCode.Accepted, "entry-cancelled", ("Sisote-Entry-State", "cancelled"));
        Assert.Equal("cancelled", Assert.IsType<Sending.NotDelivered>(await gateway.Api().TakeBackAsync(waiting, Cancellation)).State);
        Assert.Equal(HttpMethod.Delete, gateway.Asked[^1].Method);

        gateway.Answer = static _ => FakeGateway.Outcome(HttpStatusCode.Conflict, "entry-not-cancellable");
        Assert.Equal("entry-not-cancellable", Assert.IsType<Sending.Refused>(await gateway.Api().TakeBackAsync(waiting, Cancellation)).Problem.Name);
    }

    [Fact]
    public async Task AnAddressThatLeadsAwayFromTheGatewayIsNeverLookedAt()
    {
        gateway.Answer = static _ => FakeGateway.Outcome(HttpStatusCode.Accepted, "entry-waiting", ("Sisote-Entry-State", "waiting"), ("Content-Location", "https://elsewhere.test/outbox/e1"));

        Assert.IsType<Sending.TryLater>(await gateway.Api().SendAsync("target", Entry(), "visit-1", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => gateway.Api().LookAsync(new Sending.Waiting(new Uri("https://elsewhere.test/outbox/e1"), "waiting", TimeSpan.Zero), Cancellation));
        Assert.Single(gateway.Asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("äiti")]
    public async Task AKeyThatNoHeaderCanCarryIsNotSent(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => gateway.Api().SendAsync("target", Entry(), key, Cancellation));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonObject Entry() => new() { ["resourceType"] = "Communication", ["status"] = "completed" };
}
