// Hands a referral to the gateway.
using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Doors.Contexts;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.PatientRecord;

/// <summary>
/// Sends referrals through the gateway's outer door like any other system would: with a token of the record's own key and the business context of the referring doctor. No short cut
/// inside, so law, consent and log apply.
/// </summary>
internal sealed class ReferralDelivery(SystemEntry record, Uri gateway, IHttpClientFactory http, AccessTokenSource tokens)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string Client = "gateway";

    /// <summary>Delivers the referral; gives null when the gateway says it is delivered, else a plain reason.</summary>
    public async Task<string?> DeliverAsync(Referral referral, SystemId target, string key, CancellationToken cancellation)
    {
        try
        {
            var token = await tokens.GetAsync(record.Id, Scopes.Exchange, Business(referral), cancellation);
            using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, $"fhir/{target}"))
            {
                Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(MakeBundle(referral.Resources), FhirBody.Options)),
            };
            call.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
            call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            call.Headers.Add(EntryReader.KeyHeader, key);
            call.Headers.Add(SisoteContext.Header, Context(referral).ToHeader());
            using var client = http.CreateClient(Client);
            using var answer = await client.SendAsync(call, cancellation);
            return Reason((int)answer.StatusCode) is { } reason ? reason + await DetailAsync(answer, cancellation) : null;
        }
        catch (TokenRefusedException)
        {
            return "The authority gave no token for the record or for this professional.";
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return "Sisote cannot be reached; send the referral again.";
        }
    }

    /// <summary>The gateway's code and the element it names, for whoever connects the record; both are from closed lists and hold no data.</summary>
    private static async Task<string> DetailAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            using var outcome = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            var issue = outcome.RootElement.GetProperty("issue")[0];
            var code = issue.GetProperty("details").GetProperty("coding")[0].GetProperty("code").GetString();
            return issue.TryGetProperty("expression", out var expression) ? $" ({code}: {expression[0].GetString()})" : $" ({code})";
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return string.Empty;
        }
    }

    private static SisoteContext Context(Referral referral) => new()
    {
        Entries = [KeyValuePair.Create<string, ContextValue>(referral.Mapping.Relation, new ContextValue.String(referral.Number))],
    };

    private BusinessContext Business(Referral referral) => new()
    {
        SubjectId = referral.Doctor,
        SubjectName = referral.DoctorName,
        SubjectRole = RoleId.Parse(referral.Mapping.Role),
        OrganisationId = record.Organisation,
        PurposeOfUse = [PurposeId.Parse(referral.Mapping.Purpose)],
    };

    private static Bundle MakeBundle(ImmutableArray<DomainResource> resources) => new()
    {
        Type = Bundle.BundleType.Transaction,
        Entry = [.. resources.Select(static resource => new Bundle.EntryComponent
        {
            FullUrl = $"urn:uuid:{(resource is Patient ? resource.Id : Guid.CreateVersion7().ToString())}",
            Resource = WithoutId(resource),
            Request = new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = resource.TypeName },
        })],
    };

    private static Resource WithoutId(DomainResource resource)
    {
        var copy = (DomainResource)resource.DeepCopy();
        copy.Id = null;
        copy.Meta = null; // what a label protects was left out before; the gateway takes no metadata of a sender
        return copy;
    }

    private static string? Reason(int status) => status switch
    {
        200 or 201 => null,
        202 => "The referral waits in Sisote and is not delivered yet; send it again later.",
        403 or 404 => "Sisote does not deliver this referral: the law or the client's consent does not allow it, or the parties have no agreement.",
        400 or 422 => "Sisote does not take the content of this referral.",
        503 => "The receiving system does not answer; send the referral again later.",
        _ => "Sisote did not confirm the referral; send it again later.",
    };
}
