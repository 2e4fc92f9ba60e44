// Each door with and without right.
using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Doors.Tokens;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent;

public sealed class AdmissionTests(PostgresFixture postgres)
{
    private static readonly Dictionary<string, string[]> Admitted = new()
    {
        ["POST /states"] = ["gateway"],
        ["POST /log/append"] = ["gateway"],
        ["GET /log/checkpoint"] = ["gateway"],
        ["GET /log/tile/{**path}"] = ["gateway"],
        ["GET /log/export"] = ["operator", "officer"],
        ["POST /log/backtests"] = ["operator"],
        ["POST /clients/facts"] = ["operator", "adapters"],
        ["POST /clients/relationships"] = ["adapters"],
        ["GET /me/disclosures"] = ["client"],
        ["GET /me/consents/"] = ["client"],
        ["POST /me/consents/"] = ["client"],
        ["POST /me/consents/{id}/withdraw"] = ["client"],
        ["GET /relationships/"] = ["professional"],
        ["POST /relationships/{id}/accept"] = ["professional"],
        ["POST /relationships/{id}/reject"] = ["professional"],
        ["POST /relationships/{id}/end"] = ["professional"],
        ["GET /agreements"] = ["operator", "administrator"],
        ["POST /agreements"] = ["operator"],
        ["POST /agreements/{id}/end"] = ["operator", "administrator"],
        ["GET /log"] = ["officer"],
        ["GET /log/{index:long:min(0)}"] = ["officer"],
        ["GET /fhir/metadata"] = ["officer", "auditor"],
        ["GET /fhir/AuditEvent"] = ["officer", "auditor"],
        ["POST /fhir/AuditEvent/_search"] = ["officer", "auditor"],
        ["GET /fhir/AuditEvent/{id}"] = ["officer", "auditor"],
        ["GET /me/findUsage"] = ["client"],
        ["GET /me/usagePeriod"] = ["client"],
        ["POST /log/query"] = ["operator"],
    };

    [Fact]
    public async Task EveryDoorOfTheRoomStandsInTheTableAndOnlyHealthIsAnonymous()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);

        var endpoints = room.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        var anonymous = endpoints.Where(static endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(static endpoint => endpoint.RoutePattern.RawText);

        Assert.Equal(["/health/live", "/health/ready"], anonymous.Order());
        Assert.Equal(Admitted.Keys.Order(), endpoints.Where(static endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(NameOf).Order());
    }

    [Fact]
    public async Task EveryDoorLetsInWhomTheTableNamesAndNobodyElse()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var callers = Callers(room);

        foreach (var (door, admitted) in Admitted)
        {
            foreach (var (name, caller) in callers)
            {
                using var request = new HttpRequestMessage(HttpMethod.Parse(door.Split(' ')[0]), Concrete(door.Split(' ')[1]));
                using var answer = await caller.SendAsync(request);
                var expected = name == "nobody" ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
                Assert.True(admitted.Contains(name) == answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{door} answered {name} with {answer.StatusCode}");
                Assert.True(admitted.Contains(name) || answer.StatusCode == expected, $"{door} answered {name} with {answer.StatusCode}");
            }
        }
    }

    private static Dictionary<string, HttpClient> Callers(OpenRoom room) => new()
    {
        ["nobody"] = room.Caller(null),
        ["gateway"] = room.Gateway,
        ["operator"] = room.Operator,
        ["adapters"] = room.SystemCaller("sisote-adapters"),
        ["portal"] = room.SystemCaller("sisote-portal"),
        ["gateway-with-exchange-scope"] = room.SystemCaller("sisote-gateway", Scopes.Exchange),
        ["connected-system"] = room.SystemCaller("kuopio-liikunta", Scopes.Exchange),
        ["client"] = room.Client(Some.Aino),
        ["client-without-identifier"] = room.PersonWithout(PersonKind.Client),
        ["professional"] = room.Person(PersonKind.Professional, "kuopio"),
        ["professional-without-organisation"] = room.PersonWithout(PersonKind.Professional),
        ["officer"] = room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-koski"),
        ["officer-without-organisation"] = room.PersonWithout(PersonKind.DataProtectionOfficer),
        ["auditor"] = room.Person(PersonKind.Auditor, "pohjois-savo", "tarkastaja-1"),
        ["auditor-without-organisation"] = room.PersonWithout(PersonKind.Auditor),
        ["administrator"] = room.Person(PersonKind.ControllerAdmin, "pohjois-savo", "hallinto-pelto"),
    };

    private static string NameOf(RouteEndpoint endpoint) =>
        $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {endpoint.RoutePattern.RawText}";

    private static string Concrete(string route) =>
        route.Replace("{**path}", "0/000", StringComparison.Ordinal).Replace("{index:long:min(0)}", "0", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal);
}
