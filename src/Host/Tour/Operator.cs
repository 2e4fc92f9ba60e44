// The installation's operator, who records what the controllers agreed.
using System.Net.Http.Headers;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Host.House;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Host.Tour;

/// <summary>Records and ends agreements through the consent service's door.</summary>
internal sealed class Operator(RunningHouse house)
{
    /// <summary>Makes sure that the municipality acts on behalf of the county: records the contract where none is in force.</summary>
    internal async Task EnsureContractAsync(string kind, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        if ((await ListAsync(cancellation)).Agreements.Any(agreement => agreement.Kind == kind && agreement.From <= now && (agreement.To is null || agreement.To > now)))
        {
            return;
        }

        await SendAsync(HttpMethod.Post, "agreements", new Agreement
        {
            Id = $"tour-{kind}-{now.ToUnixTimeSeconds()}",
            Kind = kind,
            Parties = [OrganisationId.Parse("pohjois-savo"), OrganisationId.Parse("kuopio")],
            Flows = [RuleId.Parse("EX-03")],
            From = now,
        }, cancellation);
    }

    /// <summary>Ends every agreement of a kind that is in force.</summary>
    internal async Task EndAsync(string kind, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var agreement in (await ListAsync(cancellation)).Agreements.Where(agreement => agreement.Kind == kind && (agreement.To is null || agreement.To > now)))
        {
            await SendAsync<object>(HttpMethod.Post, $"agreements/{agreement.Id}/end", null, cancellation);
        }
    }

    private async Task<AgreementList> ListAsync(CancellationToken cancellation)
    {
        using var answer = await SendAsync<object>(HttpMethod.Get, "agreements", null, cancellation);
        return await answer.Content.ReadFromJsonAsync<AgreementList>(SisoteJson.Options, cancellation) ?? throw new TourBrokenException("The agreements could not be read.");
    }

    private async Task<HttpResponseMessage> SendAsync<T>(HttpMethod method, string path, T? body, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        using var request = new HttpRequestMessage(method, new Uri(house.Settings.Consent, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.GetOperatorTokenAsync(cancellation));
        request.Content = body is null ? null : JsonContent.Create(body, options: SisoteJson.Options);
        var answer = await client.SendAsync(request, cancellation);
        return answer.IsSuccessStatusCode ? answer : throw new TourBrokenException($"The consent service answered {(int)answer.StatusCode} to {method} {path}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }
}
