// What the package makes of a gateway's answers.
using System.Net;
using System.Text.Json.Nodes;
using Sisote.Client;

namespace Sisote.Tests.Client;

public sealed class OutcomeTests
{
    private const string Patient = """{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Patient","id":"H1"}}]}""";
    private readonly FakeGateway gateway = new();

    [Fact]
    public async Task AnIdentityCodeStandsInTheBodyAloneAndTheReasonInItsHeader()
    {
        gateway.Answer = static _ => FakeGateway.Json(HttpStatusCode.OK, Patient);

        var found = Assert.IsType<Outcome<Item>.Given>(await gateway.Api(Statement.Necessity("ensikäynti \"nyt\"")).FindAsync("source", "010190-999W", Cancellation));

        var call = Assert.Single(gateway.Asked);
        Assert.Equal("H1", found.Value.Id);
        Assert.Equal((HttpMethod.Post, FakeGateway.Address + "fhir/source/Patient/_search"), (call.Method, call.Address.AbsoluteUri));
        Assert.Equal("identifier=urn%3Aoid%3A1.2.246.21%7C010190-999W", call.Body);
        Assert.Equal("necessity-statement=%\"ensik%c3%a4ynti %22nyt%22\"", call.Context);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "source-unavailable", "30", 30)]
    [InlineData(HttpStatusCode.TooManyRequests, "too-many-requests", "1", 1)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "log-unavailable", "Mon, 23 Nov 2026 08:02:00 GMT", 120)]
    [InlineData(HttpStatusCode.BadGateway, "source-answer-unusable", null, 5)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "source-unavailable", "9999999", 3600)]
    public async Task WhatMaySucceedLaterSaysHowLongToWait(HttpStatusCode status, string name, string? retryAfter, int seconds)
    {
        gateway.Answer = _ => FakeGateway.Outcome(status, name, retryAfter is null ? [] : [("Retry-After", retryAfter)]);

        var later = Assert.IsType<Outcome<Item>.TryLater>(await gateway.Api().FindAsync("source", "010190-999W", Cancellation));

        Assert.Equal((name, TimeSpan.FromSeconds(seconds)), (later.Problem.Name, later.After));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "not-connected")]
    [InlineData(HttpStatusCode.NotFound, "not-served")]
    [InlineData(HttpStatusCode.InternalServerError, "internal-fault")]
    public async Task ARefusalHasItsNameAndItsPlace(HttpStatusCode status, string name)
    {
        gateway.Answer = _ => FakeGateway.Outcome(status, name, ("X-Request-Id", "abc"));

        var refused = Assert.IsType<Outcome<Item>.Refused>(await gateway.Api().ReadAsync("source", "Flag", "H2", Cancellation));

        Assert.Equal(new Problem((int)status, name, "A sentence.", "Bundle.entry[0]", "abc"), refused.Problem);
    }

    [Fact]
    public async Task AbsentAndForbiddenAreTheSameNothing()
    {
        gateway.Answer = static _ => FakeGateway.Outcome(HttpStatusCode.NotFound, "not-found");
        Assert.IsType<Outcome<Item>.Nothing>(await gateway.Api().ReadAsync("source", "Flag", "H2", Cancellation));

        gateway.Answer = static _ => FakeGateway.Json(HttpStatusCode.OK, """{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"OperationOutcome","issue":[]}}]}""");
        Assert.IsType<Outcome<Item>.Nothing>(await gateway.Api().FindAsync("source", "010190-999W", Cancellation));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("""{"resourceType":"Bundle","resourceType":"Bundle","type":"searchset"}""")]
    [InlineData("""{"resourceType":"Patient","id":"H1"}""")]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Patient"}}]}""")]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Patient","id":"A"}},{"resource":{"resourceType":"Patient","id":"B"}}]}""")]
    public async Task AnAnswerThatCannotBeReadInOneWayGivesNothing(string body)
    {
        gateway.Answer = _ => FakeGateway.Json(HttpStatusCode.OK, body);

        var refused = Assert.IsType<Outcome<Item>.Refused>(await gateway.Api().FindAsync("source", "010190-999W", Cancellation));

        Assert.Equal(Problem.Unreadable, refused.Problem.Name);
    }

    [Fact]
    public async Task AnAnswerFromAnotherAddressIsNotBelieved()
    {
        gateway.Answer = static _ =>
        {
            var answer = FakeGateway.Json(HttpStatusCode.OK, Patient);
            answer.RequestMessage = new HttpRequestMessage(HttpMethod.Get, "https://elsewhere.test/");
            return answer;
        };

        Assert.IsType<Outcome<Item>.Refused>(await gateway.Api().FindAsync("source", "010190-999W", Cancellation));
    }

    [Fact]
    public async Task AnAnswerLargerThanAgreedIsRefused()
    {
        gateway.Answer = static _ => FakeGateway.Json(HttpStatusCode.OK, Patient);

        Assert.IsType<Outcome<Item>.Refused>(await gateway.Api(change: static options => options with { LargestAnswer = 90 }).FindAsync("source", "010190-999W", Cancellation));
    }

    [Fact]
    public async Task ALineThatBreaksIsForLaterAndTheCallersOwnCancellationIsItsOwn()
    {
        gateway.Answer = static _ => throw new HttpRequestException("broken");
        var later = Assert.IsType<Outcome<Item>.TryLater>(await gateway.Api().FindAsync("source", "010190-999W", Cancellation));
        Assert.Equal((0, Problem.Unreachable), (later.Problem.Status, later.Problem.Name));

        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gateway.Api().FindAsync("source", "010190-999W", stop.Token));
    }

    [Fact]
    public async Task EveryPageIsReadAndAPageElsewhereMakesAllOfItUnreadable()
    {
        gateway.Answer = static request => FakeGateway.Json(HttpStatusCode.OK, request.RequestUri!.Query.Contains("page", StringComparison.Ordinal) ? Page("B", null) : Page("A", FakeGateway.Address + "fhir/source/Flag?_page=2"));
        var given = Assert.IsType<Outcome<System.Collections.Immutable.ImmutableArray<Item>>.Given>(await gateway.Api().SearchAsync("source", "Flag", "H 1", [KeyValuePair.Create("status", "active")], Cancellation));
        Assert.Equal(["A", "B"], given.Value.Select(static item => item.Id));
        Assert.Equal("?patient=H%201&status=active", gateway.Asked[0].Address.Query);

        gateway.Answer = static _ => FakeGateway.Json(HttpStatusCode.OK, Page("A", "https://elsewhere.test/fhir/source/Flag?_page=2"));
        Assert.IsType<Outcome<System.Collections.Immutable.ImmutableArray<Item>>.Refused>(await gateway.Api().SearchAsync("source", "Flag", "H1", cancellation: Cancellation));

        gateway.Answer = static _ => FakeGateway.Json(HttpStatusCode.OK, Page("A", FakeGateway.Address + "fhir/source/Flag?_page=2"));
        Assert.IsType<Outcome<System.Collections.Immutable.ImmutableArray<Item>>.Refused>(await gateway.Api(change: static options => options with { MostPages = 3 }).SearchAsync("source", "Flag", "H1", cancellation: Cancellation));
    }

    [Theory]
    [InlineData("""{"decision":true,"context":{"id":"x","obligations":["LOG"]}}""", typeof(Decision.Permitted))]
    [InlineData("""{"decision":false,"context":{"id":"x"}}""", typeof(Decision.Denied))]
    [InlineData("""{"decision":"true","context":{"id":"x"}}""", typeof(Decision.Refused))]
    [InlineData("""{"decision":true}""", typeof(Decision.Refused))]
    [InlineData("""{"context":{"id":"x"}}""", typeof(Decision.Refused))]
    public async Task OnlyADecisionThatSaysSoPermits(string body, Type expected)
    {
        gateway.Answer = _ => FakeGateway.Json(HttpStatusCode.OK, body);

        var decision = await gateway.Api(Statement.Necessity("visit").With("some-condition")).AskAsync(new AccessQuestion("read", "some-item", "H1") { System = "source" }, Cancellation);

        Assert.IsType(expected, decision);
        Assert.Equal("""{"subject":{"type":"user","id":"worker-1"},"action":{"name":"read"},"resource":{"type":"some-item","id":"H1","properties":{"system":"source"}},"context":{"attestations":{"necessity-statement":"visit","some-condition":true}}}""", JsonNode.Parse(gateway.Asked[^1].Body)!.ToJsonString());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Page(string id, string? next) =>
        $$"""{"resourceType":"Bundle","type":"searchset","link":[{{(next is null ? string.Empty : Link(next))}}],"entry":[{"resource":{"resourceType":"Flag","id":"{{id}}"} }] }""";

    private static string Link(string next) => "{\"relation\":\"next\",\"url\":\"" + next + "\"}";
}
