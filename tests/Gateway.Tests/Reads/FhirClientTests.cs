// An ordinary FHIR client searches and pages without knowing anything of the gateway.
using System.Net.Http.Headers;
using Hl7.Fhir.Model;
using Hl7.Fhir.Rest;
using Sisote.Tests.Gateway.World;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Gateway.Reads;

public sealed class FhirClientTests
{
    [Fact]
    public async Task TheFirelyClientSearchesSortsAndFollowsThePages()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        SearchTests.SetMeasures(world);
        using var way = new Way(world.Address, world.Token());
        using var client = new FhirClient(new Uri("http://gateway.test/fhir/pohjois-savo-record"), new FhirClientSettings { VerifyFhirVersion = false, PreferredFormat = ResourceFormat.Json }, way);

        var statement = await client.CapabilityStatementAsync();
        var page = await client.SearchAsync<Observation>(new SearchParams("patient", handle).Where("date:missing=false").OrderBy("date", SortOrder.Descending).LimitTo(2));
        var dates = new List<string?>();
        while (page is not null)
        {
            dates.AddRange(page.Entry.Select(static entry => (((Observation)entry.Resource!).Effective as FhirDateTime)?.Value));
            page = await client.ContinueAsync(page);
        }

        var posted = await client.SearchUsingPostAsync<Observation>(new SearchParams("patient", handle).Where("code=http://loinc.org|29463-7"));
        var read = await client.ReadAsync<Observation>($"Observation/{posted!.Entry[0].Resource!.Id}");

        Assert.NotNull(statement);
        Assert.Equal(["2026-03-01", "2026-02-10", "2026-02-03"], dates);
        Assert.Equal(2, posted.Entry.Count);
        Assert.Equal(posted.Entry[0].Resource!.Id, read!.Id);
    }

    /// <summary>The way from the name under which the gateway is known to where it listens here.</summary>
    private sealed class Way(Uri address, string token) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override System.Threading.Tasks.Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(address, request.RequestUri!.PathAndQuery);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Sisote-Context", "necessity-statement=\"planning\", relation-verified");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
