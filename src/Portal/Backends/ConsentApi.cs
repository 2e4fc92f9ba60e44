// The consent service as the portal's pages use it, always with the signed-in person's own token.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;

namespace Sisote.Portal.Backends;

/// <summary>Calls the person doors of the consent service. The portal has no right of its own there: what a person may not see, no page can show.</summary>
internal sealed class ConsentApi(IHttpClientFactory http, RoomSettings settings, IHttpContextAccessor accessor, ILogger<ConsentApi> log)
{
    /// <summary>The client's disclosures, newest first.</summary>
    public Task<Answer<MyDisclosures>> GetDisclosuresAsync(string? cursor, CancellationToken cancellation) =>
        SendAsync<MyDisclosures>(HttpMethod.Get, "me/disclosures" + (cursor is null ? QueryString.Empty : QueryString.Create("cursor", cursor)), null, cancellation);

    /// <summary>The client's consents.</summary>
    public Task<Answer<MyConsents>> GetConsentsAsync(CancellationToken cancellation) => SendAsync<MyConsents>(HttpMethod.Get, "me/consents", null, cancellation);

    /// <summary>Gives or changes a consent.</summary>
    public Task<Answer<ConsentGiven>> GiveAsync(GiveConsent consent, CancellationToken cancellation) =>
        SendAsync<ConsentGiven>(HttpMethod.Post, "me/consents", JsonContent.Create(consent, options: SisoteJson.Options), cancellation);

    /// <summary>Withdraws a consent.</summary>
    public Task<Answer<WithdrawalAnswer>> WithdrawAsync(string id, CancellationToken cancellation) =>
        SendAsync<WithdrawalAnswer>(HttpMethod.Post, $"me/consents/{Uri.EscapeDataString(id)}/withdraw", null, cancellation);

    /// <summary>The children whose guardian the person is now.</summary>
    public Task<Answer<MyChildren>> GetChildrenAsync(CancellationToken cancellation) => SendAsync<MyChildren>(HttpMethod.Get, "me/children", null, cancellation);

    /// <summary>What a guardian sees of a child's disclosures; missing where there is nothing, whatever the reason.</summary>
    public Task<Answer<ChildDisclosures>> GetDisclosuresOfAsync(MyChild child, CancellationToken cancellation) =>
        SendAsync<ChildDisclosures>(HttpMethod.Get, $"me/children/{child.Id}/disclosures", null, cancellation);

    /// <summary>Consents that guardians gave for a child; missing where there is nothing, whatever the reason.</summary>
    public Task<Answer<ChildConsents>> GetConsentsOfAsync(MyChild child, CancellationToken cancellation) =>
        SendAsync<ChildConsents>(HttpMethod.Get, $"me/children/{child.Id}/consents", null, cancellation);

    /// <summary>Gives a consent for a child.</summary>
    public Task<Answer<ChildConsentAnswer>> GiveForAsync(MyChild child, GiveConsent consent, CancellationToken cancellation) =>
        SendAsync<ChildConsentAnswer>(HttpMethod.Post, $"me/children/{child.Id}/consents", JsonContent.Create(consent, options: SisoteJson.Options), cancellation);

    /// <summary>Adds the guardian's word to a draft, or withdraws a consent or draft.</summary>
    public Task<Answer<ChildConsentAnswer>> StepForAsync(MyChild child, string id, bool withdraws, CancellationToken cancellation) =>
        SendAsync<ChildConsentAnswer>(HttpMethod.Post, $"me/children/{child.Id}/consents/{Uri.EscapeDataString(id)}/{(withdraws ? "withdraw" : "give")}", null, cancellation);

    /// <summary>Referrals of the professional's own organisation.</summary>
    public Task<Answer<RelationshipList>> GetReferralsAsync(CancellationToken cancellation) =>
        SendAsync<RelationshipList>(HttpMethod.Get, "relationships?kind=referral", null, cancellation);

    /// <summary>Accepts, rejects or ends a relationship.</summary>
    public Task<Answer<RelationshipChanged>> ChangeAsync(string id, RelationshipStep step, CancellationToken cancellation) =>
        SendAsync<RelationshipChanged>(HttpMethod.Post, $"relationships/{Uri.EscapeDataString(id)}/{step switch
        {
            RelationshipStep.Accept => "accept",
            RelationshipStep.Reject => "reject",
            RelationshipStep.End => "end",
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        }}", null, cancellation);

    /// <summary>What waits for a decision of the professional.</summary>
    public Task<Answer<WaitingReleases>> GetReleasesAsync(CancellationToken cancellation) => SendAsync<WaitingReleases>(HttpMethod.Get, "releases", null, cancellation);

    /// <summary>Releases items that wait.</summary>
    public Task<Answer<DecisionStands>> ReleaseAsync(string id, ReleaseItems items, CancellationToken cancellation) =>
        SendAsync<DecisionStands>(HttpMethod.Post, $"releases/{Uri.EscapeDataString(id)}/release", JsonContent.Create(items, options: SisoteJson.Options), cancellation);

    /// <summary>Declines what waits.</summary>
    public Task<Answer<DecisionStands>> DeclineAsync(string id, DeclineItems reason, CancellationToken cancellation) =>
        SendAsync<DecisionStands>(HttpMethod.Post, $"releases/{Uri.EscapeDataString(id)}/decline", JsonContent.Create(reason, options: SisoteJson.Options), cancellation);

    /// <summary>A page of the disclosure log.</summary>
    public Task<Answer<LogPage>> GetLogAsync(LogFilter filter, CancellationToken cancellation) => SendAsync<LogPage>(HttpMethod.Get, "log" + filter.ToQuery(), null, cancellation);

    /// <summary>One entry of the log with its proof.</summary>
    public Task<Answer<LogDetail>> GetLogEntryAsync(long index, CancellationToken cancellation) => SendAsync<LogDetail>(HttpMethod.Get, $"log/{index}", null, cancellation);

    private async Task<Answer<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(settings.Consent, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await accessor.HttpContext!.GetTokenAsync("access_token"));
        using var client = http.CreateClient(nameof(ConsentApi));
        var operation = $"{method} {typeof(T).Name}";
        try
        {
            using var answer = await client.SendAsync(request, cancellation);
            return await ReadAsync<T>(answer, operation, cancellation);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            Log.ConsentDown(log, operation, fault.GetType().Name);
            return new Answer<T>.Down();
        }
    }

    private async Task<Answer<T>> ReadAsync<T>(HttpResponseMessage answer, string operation, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode)
        {
            return await answer.Content.ReadFromJsonAsync<T>(SisoteJson.Options, cancellation) is { } value ? new Answer<T>.Ok(value) : new Answer<T>.Down();
        }

        Log.ConsentAnswered(log, (int)answer.StatusCode, operation);
        return answer.StatusCode switch
        {
            HttpStatusCode.NotFound => new Answer<T>.Missing(),
            HttpStatusCode.Unauthorized => new Answer<T>.SignInAgain(),
            >= HttpStatusCode.InternalServerError => new Answer<T>.Down(),
            var status => new Answer<T>.Refused((int)status, await Problem.SlugOfAsync(answer, cancellation)),
        };
    }
}

/// <summary>A step in a relationship's life.</summary>
internal enum RelationshipStep
{
    /// <summary>The one asked takes it on.</summary>
    Accept,

    /// <summary>The one asked does not.</summary>
    Reject,

    /// <summary>It is over.</summary>
    End,
}
