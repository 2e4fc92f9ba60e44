// Which doors open to whom: every known address of every port, without a token and with the wrong one.
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sisote.Doors.Tokens;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

[Collection(Referred.Name)]
public sealed class DoorTests(ReferredHouse house)
{
    private const int Consent = 3;
    private const int Adapters = 4;

    /// <summary>Port offset, method, path of every inner address.</summary>
    public static TheoryData<int, string, string> Inner => new()
    {
        { Consent, "POST", "states" },
        { Consent, "POST", "log/append" },
        { Consent, "GET", "log/checkpoint" },
        { Consent, "GET", "log/tile/0/000" },
        { Consent, "GET", "log/tile/entries/000" },
        { Consent, "GET", "log/export" },
        { Consent, "GET", "log/cosigned" },
        { Consent, "POST", "witness/add-checkpoint" },
        { Consent, "GET", "witness/" + new string('0', 64) + "/checkpoint" },
        { Consent, "GET", "witness/status" },
        { Consent, "GET", "witness/alarms/x" },
        { Consent, "POST", "witness/alarms/x/settle" },
        { Consent, "GET", "log" },
        { Consent, "GET", "log/0" },
        { Consent, "GET", "log/retention" },
        { Consent, "GET", "log/erasures" },
        { Consent, "POST", "log/erasures" },
        { Consent, "GET", "log/erasures/x/export" },
        { Consent, "POST", "log/erasures/x/run" },
        { Consent, "GET", "log/holds" },
        { Consent, "POST", "log/holds" },
        { Consent, "POST", "log/holds/x/lift" },
        { Consent, "GET", "me/disclosures" },
        { Consent, "GET", "me/consents" },
        { Consent, "POST", "me/consents" },
        { Consent, "POST", "me/consents/x/withdraw" },
        { Consent, "GET", "relationships" },
        { Consent, "POST", "relationships/x/accept" },
        { Consent, "POST", "relationships/x/reject" },
        { Consent, "POST", "relationships/x/end" },
        { Consent, "POST", "clients/facts" },
        { Consent, "GET", "agreements" },
        { Consent, "POST", "agreements" },
        { Consent, "POST", "agreements/kuopio-on-behalf/end" },
        { Adapters, "POST", "pohjois-savo-record/Patient/_search" },
        { Adapters, "GET", "pohjois-savo-record/Flag/x" },
        { Adapters, "POST", "pohjois-savo-record/DocumentReference" },
        { Adapters, "POST", "pohjois-savo-record" },
        { Adapters, "POST", "kuopio-koulu/Patient/_search" },
    };

    [Theory]
    [MemberData(nameof(Inner))]
    public async Task AnInnerDoorOpensNeitherWithoutATokenNorToAnOutsidersTokenWhateverHostIsClaimed(int door, string method, string path)
    {
        await using var stranger = await TestIssuer.StartAsync();
        var tokens = new[] { null, await house.TokenAsync(), stranger.SystemToken("sisote-gateway", Scopes.Inner), "not-a-token" };
        var hosts = new[] { null, $"localhost:{house.Port}", $"127.0.0.1:{house.Port + door}", "sisote.example", "localhost" };

        foreach (var token in tokens)
        {
            foreach (var host in hosts)
            {
                var answer = await SendAsync(door, method, path, token, host);
                Assert.True(
                    answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden,
                    $"{method} {path} with token {token?[..8]} and host {host}: {(int)answer.Status} {answer.Body}");
                Assert.DoesNotContain("Aaltonen", answer.Body, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("log/export")]
    [InlineData("states")]
    public async Task ARoomsTokenOpensOnlyTheDoorsOfThatRoom(string path)
    {
        var answer = await SendAsync(Consent, path == "states" ? "POST" : "GET", path, await house.TokenAsync("sisote-adapters", scope: Scopes.Inner), null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    [Theory]
    [InlineData(0, "GET", "fhir/pohjois-savo-record/metadata")]
    [InlineData(0, "GET", "fhir/pohjois-savo-record/Flag")]
    [InlineData(0, "GET", "fhir/pohjois-savo-record/Flag/x")]
    [InlineData(0, "POST", "fhir/pohjois-savo-record/Patient/_search")]
    [InlineData(0, "POST", "fhir/pohjois-savo-record")]
    [InlineData(0, "POST", "fhir/pohjois-savo-record/DocumentReference")]
    [InlineData(0, "GET", "fhir/nobody-knows-it/Patient")]
    [InlineData(0, "GET", "fhir/")]
    [InlineData(6, "POST", "ilmoitukset")]
    [InlineData(11, "POST", "view/documents")]
    [InlineData(11, "POST", "documents/query")]
    [InlineData(11, "GET", "referrals")]
    [InlineData(13, "GET", "api/v1/asiakkaat")]
    [InlineData(13, "GET", "api/v1/tyojono")]
    [InlineData(14, "GET", "ims/oneroster/rostering/v1p2/users")]
    [InlineData(14, "GET", "viestit")]
    [InlineData(15, "GET", "palvelu/oppilaat")]
    public async Task TheGatewaysFhirDoorAndTheSectorSystemsOpenToNobodyWithoutCredentials(int door, string method, string path)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(door, method, path, null, null)).Status);
    }

    [Theory]
    [InlineData("worklist")]
    [InlineData("disclosures")]
    [InlineData("consents")]
    [InlineData("consents/new")]
    [InlineData("log")]
    [InlineData("log/0")]
    [InlineData("client")]
    public async Task ThePortalSendsAVisitorWhoIsNotSignedInToTheAuthority(string page)
    {
        var answer = await SendAsync(1, "GET", page, null, null);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.StartsWith(house.Identity.AbsoluteUri, Assert.Single(answer.Headers["Location"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "health/live")]
    [InlineData(1, "health/live")]
    [InlineData(2, "health/live")]
    [InlineData(3, "health/live")]
    [InlineData(4, "health/live")]
    [InlineData(3, "health/ready")]
    [InlineData(0, ".well-known/smart-configuration")]
    [InlineData(0, "log/checkpoint")]
    [InlineData(1, "")]
    [InlineData(2, ".well-known/openid-configuration")]
    public async Task TheseDoorsAreOpenToAllAndNameNoClient(int door, string path)
    {
        var answer = await SendAsync(door, "GET", path, null, null);

        Assert.True(answer.Status == HttpStatusCode.OK, $"{(int)answer.Status} {answer.Body}");
        Assert.DoesNotContain("Aaltonen", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningSisote.Aino, answer.Body, StringComparison.Ordinal);
    }

    private Task<Answer> SendAsync(int door, string method, string path, string? token, string? host)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(house.Address(door), path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Host = host;
        request.Content = method == "POST" ? new StringContent("{}", Encoding.UTF8, path.EndsWith("_search", StringComparison.Ordinal) ? "application/x-www-form-urlencoded" : "application/json") : null;
        return house.SendAsync(request);
    }
}
