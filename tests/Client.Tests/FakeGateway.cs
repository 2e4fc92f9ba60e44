// A gateway that answers what a test wants.
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Sisote.Client;

namespace Sisote.Tests.Client;

/// <summary>Hands out tokens, keeps what was asked, and answers the rest as the test says.</summary>
internal sealed class FakeGateway : HttpMessageHandler
{
    internal const string Address = "https://sisote.test/";
    private const string Issuer = "https://issuer.test/";

    /// <summary>A key made for these tests alone.</summary>
    internal const string Jwk = """{"kty":"EC","crv":"P-256","kid":"test-key","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}""";

    /// <summary>A receipt by its form; nobody signed it.</summary>
    internal static readonly string Receipt = $"origin=\"log.test\", index=7, leaf=:{new string('A', 43)}=:, time=\"2026-11-23T08:00:00.000Z\", entry=\"e1\", sig=:{Convert.ToBase64String(new byte[68])}:";

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    /// <summary>What answers the calls that carry a token.</summary>
    internal Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = static _ => Json(HttpStatusCode.OK, """{"resourceType":"Bundle","type":"searchset"}""");

    /// <summary>What answers the question for a token; null = a token of five minutes.</summary>
    internal Func<HttpResponseMessage>? TokenAnswer { get; set; }

    internal List<(HttpMethod Method, Uri Address, string? Token, string Body, string? Context)> Asked { get; } = [];

    internal List<string> Assertions { get; } = [];

    internal ProfessionalApi Api(Statement? statement = null, Func<SisoteOptions, SisoteOptions>? change = null)
    {
        var options = new SisoteOptions { Gateway = new Uri(Address), System = "our-system", Key = static () => PrivateKey.Parse(Jwk) };
        return new SisoteApi(new HttpClient(this, disposeHandler: false), change?.Invoke(options) ?? options, Clock).As(new Professional("worker-1", "some-role", "some-organisation", "some-purpose"), statement);
    }

    internal static HttpResponseMessage Json(HttpStatusCode status, string body, params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/fhir+json") };
        foreach (var (name, value) in headers)
        {
            Assert.True(answer.Headers.TryAddWithoutValidation(name, value) || answer.Content.Headers.TryAddWithoutValidation(name, value));
        }

        return answer;
    }

    internal static HttpResponseMessage Outcome(HttpStatusCode status, string name, params (string Name, string Value)[] headers) =>
        Json(status, $$"""{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing","details":{"coding":[{"system":"https://sisote.fi/problems","code":"{{name}}"}],"text":"A sentence."},"expression":["Bundle.entry[0]"]}]}""", headers);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var answer = request.RequestUri!.AbsoluteUri switch
        {
            Address + ".well-known/smart-configuration" => Json(HttpStatusCode.OK, new JsonObject { ["issuer"] = Issuer, ["token_endpoint"] = Issuer + "token" }.ToJsonString()),
            Issuer + "token" => Token(body),
            _ => Other(request, body),
        };
        answer.RequestMessage ??= request;
        return answer;
    }

    private HttpResponseMessage Token(string body)
    {
        Assertions.Add(body.Split('&').Single(static field => field.StartsWith("client_assertion=", StringComparison.Ordinal))["client_assertion=".Length..]);
        return TokenAnswer?.Invoke() ?? Json(HttpStatusCode.OK, $$"""{"access_token":"token-{{Assertions.Count}}","expires_in":300}""");
    }

    private HttpResponseMessage Other(HttpRequestMessage request, string body)
    {
        Asked.Add((request.Method, request.RequestUri!, request.Headers.Authorization?.Parameter, body, request.Headers.TryGetValues("Sisote-Context", out var context) ? context.Single() : null));
        return Answer(request);
    }
}
