// The gateway as the portal's counsellor pages use it: as the organisation's portal system, for the signed-in professional.
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors;
using Sisote.Doors.Contexts;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Portal.Backends;

/// <summary>
/// Calls the gateway like any connected system does: private key, business context, no way around the decision. What comes back is what this role may see now.
/// </summary>
internal sealed class ExchangeApi(IHttpClientFactory http, RoomSettings settings, AccessTokenSource tokens, ILogger<ExchangeApi> log)
{
    /// <summary>Media type of FHIR in JSON.</summary>
    public const string FhirJson = "application/fhir+json";

    /// <summary>Header of the log entry's receipt.</summary>
    public const string ReceiptHeader = "Sisote-Receipt";

    /// <summary>All resources of a type that the caller may list (the own register).</summary>
    public async Task<Answer<Released>> ListAsync(ExchangeCaller caller, SystemId system, string type, CancellationToken cancellation) =>
        await ToTheEndAsync(caller, system, type, await SendAsync(caller, HttpMethod.Get, system, type, null, null, cancellation), null, cancellation);

    /// <summary>One resource by its handle.</summary>
    public Task<Answer<Released>> ReadAsync(ExchangeCaller caller, SystemId system, string type, string handle, SisoteContext context, CancellationToken cancellation) =>
        SendAsync(caller, HttpMethod.Get, system, $"{type}/{Uri.EscapeDataString(handle)}", null, context, cancellation);

    /// <summary>Resources by search; the parameters travel in the body, so that none stands in an address.</summary>
    public async Task<Answer<Released>> SearchAsync(
        ExchangeCaller caller, SystemId system, string type, IEnumerable<KeyValuePair<string, string>> parameters, SisoteContext context, CancellationToken cancellation)
    {
        var first = await SendAsync(caller, HttpMethod.Post, system, $"{type}/_search", new FormUrlEncodedContent(parameters), context, cancellation);
        return await ToTheEndAsync(caller, system, type, first, context, cancellation);
    }

    /// <summary>Sends an entry: a single resource, or a transaction bundle of them.</summary>
    public Task<Answer<Released>> SendEntryAsync(ExchangeCaller caller, SystemId system, JsonObject resource, SisoteContext context, string idempotencyKey, CancellationToken cancellation)
    {
        var type = resource["resourceType"]!.ToString();
        var content = new StringContent(resource.ToJsonString(), Encoding.UTF8, FhirJson);
        return SendAsync(caller, HttpMethod.Post, system, type == "Bundle" ? string.Empty : type, content, context, cancellation, idempotencyKey);
    }

    /// <summary>Reads the pages that follow. Where one fails, the whole question has failed: part of an answer is never shown as if it were all.</summary>
    private async Task<Answer<Released>> ToTheEndAsync(ExchangeCaller caller, SystemId system, string type, Answer<Released> first, SisoteContext? context, CancellationToken cancellation)
    {
        var (answer, later) = (first, ImmutableArray.CreateBuilder<Released>());
        while (answer is Answer<Released>.Ok { Value.NextQuestion: { Length: > 0 } question })
        {
            answer = await SendAsync(caller, HttpMethod.Get, system, type + question, null, context, cancellation);
            later.Add(answer.ValueOrDefault!);
        }

        return first is Answer<Released>.Ok { Value: var page } && answer is Answer<Released>.Ok ? new Answer<Released>.Ok(page with { Later = later.ToImmutable() }) : answer;
    }

    private async Task<Answer<Released>> SendAsync(
        ExchangeCaller caller, HttpMethod method, SystemId system, string path, HttpContent? content, SisoteContext? context, CancellationToken cancellation, string? idempotencyKey = null)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(settings.Gateway, $"fhir/{system.Value}{(path.Length > 0 ? "/" : string.Empty)}{path}")) { Content = content };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(FhirJson));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(caller.System.Id, Scopes.Exchange, caller.Business, cancellation));
            if (context is { Entries.Length: > 0 })
            {
                request.Headers.Add(SisoteContext.Header, context.ToHeader());
            }

            if (idempotencyKey is not null)
            {
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            }

            using var client = http.CreateClient(nameof(ExchangeApi));
            using var answer = await client.SendAsync(request, cancellation);
            Log.GatewayAnswered(log, (int)answer.StatusCode, path.Split('/', '?')[0], system.Value);
            return await ReadAsync(answer, cancellation);
        }
        catch (TokenRefusedException refused)
        {
            Log.TokenRefused(log, caller.System.Id.Value, refused.Error);
            return new Answer<Released>.Down();
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            Log.GatewayDown(log, system.Value, fault.GetType().Name);
            return new Answer<Released>.Down();
        }
    }

    private static async Task<Answer<Released>> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        var body = text.Length > 0 ? JsonNode.Parse(text) as JsonObject : [];
        if (answer.IsSuccessStatusCode && body is not null)
        {
            return new Answer<Released>.Ok(new Released(body, One(answer, ReceiptHeader), One(answer, CorrelationMiddleware.Header), answer.Headers.Location?.ToString()) { Waiting = WaitingEntries.IdIn(answer) });
        }

        return answer.StatusCode switch
        {
            HttpStatusCode.NotFound => new Answer<Released>.Missing(),
            >= HttpStatusCode.InternalServerError => new Answer<Released>.Down(),
            var status => new Answer<Released>.Refused((int)status, Problem.SlugOf(body)),
        };
    }

    /// <summary>The one value of a header.</summary>
    internal static string? One(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;
}

/// <summary>As which system and for whom the portal calls the gateway.</summary>
/// <param name="System">The portal system of the professional's organisation.</param>
/// <param name="Business">The professional, role and purpose.</param>
internal sealed record ExchangeCaller(SystemEntry System, BusinessContext Business)
{
    /// <summary>The purpose of the call.</summary>
    public PurposeId Purpose => Business.PurposeOfUse[0];
}
