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
    // Whoever has a good token.
    private static readonly string[] Everybody =
    [
        "gateway", "operator", "adapters", "portal", "gateway-with-exchange-scope", "connected-system-with-professional", "connected-system", "client", "client-without-identifier", "professional",
        "professional-without-organisation", "officer", "officer-without-organisation", "auditor", "auditor-without-organisation", "administrator",
    ];

    private static readonly Dictionary<string, string[]> Admitted = new()
    {
        ["POST /states"] = ["gateway"],
        ["POST /states/refresh"] = ["gateway"],
        ["POST /log/append"] = ["gateway"],
        ["GET /log/checkpoint"] = ["gateway"],
        ["GET /log/tile/{**path}"] = ["gateway"],
        ["GET /log/cosigned"] = ["gateway"],
        ["POST /witness/add-checkpoint"] = ["gateway"],
        ["GET /witness/{origin:length(64)}/checkpoint"] = ["gateway"],
        ["GET /witness/status"] = ["operator"],
        ["GET /witness/alarms/{id}"] = ["operator"],
        ["POST /witness/alarms/{id}/settle"] = ["operator"],
        ["GET /log/export"] = ["operator", "officer"],
        ["POST /log/backtests"] = ["operator"],
        ["GET /log/retention"] = ["operator", "officer", "administrator"],
        ["GET /log/erasures"] = ["operator", "officer", "administrator"],
        ["POST /log/erasures"] = ["operator"],
        ["GET /log/erasures/{id}/export"] = ["operator"],
        ["POST /log/erasures/{id}/run"] = ["operator"],
        ["GET /log/holds"] = ["operator", "officer", "administrator"],
        ["POST /log/holds"] = ["operator", "officer", "administrator"],
        ["POST /log/holds/{id}/lift"] = ["operator", "officer", "administrator"],
        ["POST /clients/facts"] = ["operator", "adapters"],
        ["POST /clients/merge"] = ["operator", "adapters"],
        ["POST /clients/unmerge"] = ["operator"],
        ["GET /keys/"] = ["operator"],
        ["GET /changes"] = ["gateway", "portal"],
        ["POST /keys/rotate"] = ["operator"],
        ["POST /keys/{id}/retire"] = ["operator"],
        ["GET /releases/"] = ["professional", "connected-system-with-professional"],
        ["GET /releases/all"] = ["operator"],
        ["POST /releases/{id}/release"] = ["professional", "connected-system-with-professional"],
        ["POST /releases/{id}/decline"] = ["professional", "connected-system-with-professional"],
        ["GET /decisions/"] = ["professional", "connected-system-with-professional"],
        ["POST /decisions/"] = ["professional", "connected-system-with-professional"],
        ["POST /decisions/{id}/withdraw"] = ["professional", "connected-system-with-professional"],
        ["POST /clients/relationships"] = ["adapters"],
        ["POST /clients/guardians"] = ["operator", "adapters"],
        ["POST /minors/capacity"] = ["professional", "connected-system-with-professional"],
        ["POST /minors/bars"] = ["professional", "connected-system-with-professional"],
        ["POST /minors/bars/{id}/withdraw"] = ["professional", "connected-system-with-professional"],
        ["POST /minors/query"] = ["professional", "connected-system-with-professional"],
        ["GET /me/children/"] = ["client"],
        ["GET /me/children/{child}/disclosures"] = ["client"],
        ["GET /me/children/{child}/consents"] = ["client"],
        ["POST /me/children/{child}/consents"] = ["client"],
        ["POST /me/children/{child}/consents/{id}/give"] = ["client"],
        ["POST /me/children/{child}/consents/{id}/withdraw"] = ["client"],
        ["GET /me/disclosures"] = ["client"],
        ["GET /me/consents/"] = ["client"],
        ["POST /me/consents/"] = ["client"],
        ["POST /me/consents/{id}/give"] = ["client"],
        ["POST /me/consents/{id}/withdraw"] = ["client"],
        ["GET /me/consents/reminders"] = ["client"],
        ["GET /consents/"] = ["professional", "connected-system-with-professional"],
        ["POST /consents/"] = ["professional", "connected-system-with-professional"],
        ["POST /consents/{id}/give"] = ["professional", "connected-system-with-professional"],
        ["POST /consents/{id}/withdraw"] = ["professional", "connected-system-with-professional"],
        ["GET /consents/reminders"] = ["professional", "connected-system-with-professional"],
        ["POST /consents/query"] = ["operator"],
        ["POST /consents/check"] = ["operator"],
        ["POST /relationships/query"] = ["operator"],
        ["POST /clients/consents"] = ["operator", "adapters"],
        ["GET /notices"] = ["professional", "connected-system", "connected-system-with-professional", "gateway-with-exchange-scope"],
        ["POST /staff/left"] = ["administrator"],
        ["GET /relationships/"] = ["professional"],
        ["POST /relationships/{id}/accept"] = ["professional"],
        ["POST /relationships/{id}/reject"] = ["professional"],
        ["POST /relationships/{id}/end"] = ["professional"],
        ["POST /relationships"] = ["professional", "connected-system-with-professional"],
        ["POST /relationships/{id}/hand-over"] = ["professional", "connected-system-with-professional"],
        ["POST /agreements/{id}/change"] = ["operator"],
        ["GET /agreements/{id}"] = ["operator", "administrator"],
        ["GET /agreements/{id}/figures"] = ["operator", "administrator"],
        ["POST /network/find"] = ["gateway"],
        ["POST /network/indicators/define"] = ["gateway"],
        ["POST /network/indicators/deliver"] = ["gateway"],
        ["POST /network/indicators/publish"] = ["gateway"],
        ["GET /network/indicators"] = ["gateway"],
        ["GET /network/indicators/{id}/figures"] = ["gateway"],
        ["POST /network/phenomena/report"] = ["gateway"],
        ["POST /network/phenomena/escalate"] = ["gateway"],
        ["POST /network/phenomena/answer"] = ["gateway"],
        ["GET /network/phenomena"] = ["gateway"],
        ["POST /network/statements/ask"] = ["gateway"],
        ["POST /network/statements/answer"] = ["gateway"],
        ["POST /network/statements/public"] = ["gateway"],
        ["GET /network/statements"] = ["gateway"],
        ["POST /network/put"] = ["gateway"],
        ["POST /network/places"] = ["gateway"],
        ["POST /network/end"] = ["gateway"],
        ["POST /network/groups/{id}"] = ["operator"],
        ["POST /network/groups/{id}/end"] = ["operator"],
        ["GET /network/history/{id}"] = ["operator"],
        ["GET /agreements"] = ["operator", "administrator"],
        ["POST /agreements"] = ["operator"],
        ["POST /agreements/{id}/end"] = ["operator", "administrator"],
        ["GET /log"] = ["officer"],
        ["GET /log/{index:long:min(0)}"] = ["officer"],
        ["GET /fhir/metadata"] = ["operator", "officer", "auditor", "client", "professional", "connected-system-with-professional"],
        ["GET /fhir/CodeSystem"] = ["operator", "officer", "auditor", "client", "professional", "connected-system-with-professional"],
        ["GET /fhir/CodeSystem/{id}"] = ["operator", "officer", "auditor", "client", "professional", "connected-system-with-professional"],
        ["GET /fhir/ValueSet"] = ["operator", "officer", "auditor", "client", "professional", "connected-system-with-professional"],
        ["GET /fhir/ValueSet/{id}"] = ["operator", "officer", "auditor", "client", "professional", "connected-system-with-professional"],
        ["POST /fhir/Consent/"] = ["client", "professional", "connected-system-with-professional"],
        ["GET /fhir/Consent/"] = ["operator", "client", "professional", "connected-system-with-professional"],
        ["POST /fhir/Consent/_search"] = ["operator", "client", "professional", "connected-system-with-professional"],
        ["GET /fhir/Consent/{id}"] = ["operator", "client", "professional", "connected-system-with-professional"],
        ["GET /fhir/AuditEvent"] = ["officer", "auditor"],
        ["POST /fhir/AuditEvent/_search"] = ["officer", "auditor"],
        ["GET /fhir/AuditEvent/{id}"] = ["officer", "auditor"],
        ["GET /openapi/{documentName}.json"] = Everybody,
        ["GET /me/findUsage"] = ["client"],
        ["GET /me/usagePeriod"] = ["client"],
        ["POST /log/query"] = ["operator"],
        ["POST /review/search"] = ["officer"],
        ["GET /log/{index:long:min(0)}/trace"] = ["officer"],
        ["GET /log/{index:long:min(0)}/hints"] = ["officer"],
        ["GET /review/hints"] = ["officer"],
        ["POST /review/likenesses"] = ["operator", "adapters"],
        ["GET /review/overdue"] = ["operator", "officer"],
        ["GET /review/rounds"] = ["operator", "officer"],
        ["POST /review/rounds"] = ["officer"],
        ["GET /review/rounds/{id}"] = ["officer"],
        ["POST /review/rounds/{id}/draw"] = ["officer"],
        ["POST /review/rounds/{id}/items/{index:long:min(0)}"] = ["officer"],
        ["POST /review/rounds/{id}/close"] = ["officer"],
        ["GET /review/rounds/{id}/check"] = ["officer"],
        ["GET /review/questions"] = ["officer"],
        ["POST /review/questions"] = ["officer"],
        ["GET /review/questions/{id}"] = ["officer"],
        ["POST /review/questions/{id}/close"] = ["officer"],
        ["GET /me/questions"] = ["professional"],
        ["POST /me/questions/{id}/answer"] = ["professional"],
        ["GET /review/requests"] = ["operator", "officer"],
        ["POST /review/requests"] = ["officer"],
        ["GET /review/requests/{id}"] = ["officer"],
        ["GET /review/requests/{id}/entries"] = ["officer"],
        ["POST /review/requests/{id}/decisions"] = ["officer"],
        ["POST /review/requests/{id}/package"] = ["officer"],
        ["GET /review/requests/{id}/package"] = ["operator", "officer"],
        ["POST /review/requests/{id}/hand-over"] = ["officer"],
        ["POST /review/requests/{id}/refuse"] = ["officer"],
        ["GET /me/log-requests"] = ["client"],
        ["POST /me/log-requests"] = ["client"],
        ["POST /outbox/hold"] = ["gateway"],
        ["POST /outbox/arrived"] = ["gateway"],
        ["POST /outbox/ahead"] = ["gateway"],
        ["POST /outbox/lease"] = ["gateway"],
        ["POST /outbox/begin"] = ["gateway"],
        ["POST /outbox/settle"] = ["gateway"],
        ["GET /outbox/{id}"] = ["gateway"],
        ["POST /outbox/{id}/cancel"] = ["gateway", "operator"],
        ["GET /outbox"] = ["operator"],
        ["POST /subscriptions/keep"] = ["gateway"],
        ["POST /subscriptions/find"] = ["gateway"],
        ["POST /subscriptions/end"] = ["gateway"],
        ["POST /subscriptions/lease"] = ["gateway"],
        ["POST /subscriptions/settle"] = ["gateway"],
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
        ["connected-system-with-professional"] = room.SystemCaller("kuopio-liikunta", Scopes.Exchange, "ohjaaja-salmi", "exercise-counsellor", "kuopio"),
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
        route.Replace("{**path}", "0/000", StringComparison.Ordinal).Replace("{index:long:min(0)}", "0", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal).Replace("{documentName}", "consent", StringComparison.Ordinal).Replace("{child}", "y", StringComparison.Ordinal)
            .Replace("{origin:length(64)}", new string('0', 64), StringComparison.Ordinal);
}
