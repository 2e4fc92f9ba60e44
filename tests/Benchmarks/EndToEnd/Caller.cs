// A counsellor's system that knows its handles.
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary>Makes the requests that are measured, with handles that the contender itself gave out.</summary>
internal sealed class Caller(TestIssuer issuer)
{
    private const string Base = "fhir/pohjois-savo-record/";
    private const string Context = "necessity-statement=\"planning\", relation-verified";

    private readonly string token = issuer.SystemToken("kuopio-portal", Scopes.Exchange, new BusinessContext
    {
        SubjectId = ProfessionalId.Parse("ohjaaja-salmi"),
        SubjectName = "Sari Salmi",
        SubjectRole = RoleId.Parse("exercise-counsellor"),
        OrganisationId = OrganisationId.Parse("kuopio"),
        PurposeOfUse = [PurposeId.Parse("exercise-counselling")],
    });

    /// <summary>The request for one of the three messages.</summary>
    public async Task<byte[]> MakeAsync(string message, Uri gateway)
    {
        var patient = await FirstIdAsync(gateway, new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, Base + "Patient/_search"))
        {
            Content = new StringContent($"identifier=urn:oid:1.2.246.21|{Some.Aino}", Encoding.UTF8, "application/x-www-form-urlencoded"),
        });
        var target = message switch
        {
            "2 KB Observation" => "Observation/" + await FirstIdAsync(gateway, new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, $"{Base}Observation?patient={patient}"))),
            "10 KB Patient" => "Patient/" + patient,
            _ => $"Observation?patient={patient}",
        };
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"GET /{Base}{target} HTTP/1.1\r\nHost: gateway.test\r\nAccept: application/fhir+json\r\nAuthorization: Bearer {token}\r\nSisote-Context: {Context}\r\n\r\n"));
    }

    private async Task<string> FirstIdAsync(Uri gateway, HttpRequestMessage request)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Accept.ParseAdd("application/fhir+json");
            request.Headers.Add("Sisote-Context", Context);
            using var answer = await http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            return (string?)JsonNode.Parse(body)?["entry"]?[0]?["resource"]?["id"] ?? throw new InvalidOperationException($"{gateway} answered {(int)answer.StatusCode} and named nothing: {body[..Math.Min(body.Length, 300)]}");
        }
    }
}
