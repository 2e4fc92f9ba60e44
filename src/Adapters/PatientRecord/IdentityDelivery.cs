// Tells the consent service which identities a record merged.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.Adapters.Hl7v2;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.PatientRecord;

/// <summary>Tells merges as the adapters' own identity, naming the record as their source. The record hears AA only when all of them stand; the same message again finds them done.</summary>
internal sealed class IdentityDelivery((SystemId Id, ILogger Log) record, Uri consent, IHttpClientFactory http, AccessTokenSource tokens)
{
    private const string AlreadyMerged = "merged-already";

    /// <summary>Tells the merges in their order; the acknowledgement.</summary>
    public async Task<(Hl7AckCode Code, string Text)> DeliverAsync(IdentityReading reading, CancellationToken cancellation)
    {
        foreach (var merge in reading.Merges)
        {
            if (await TellAsync(merge, cancellation) is { } fault)
            {
                return (Hl7AckCode.Error, fault);
            }
        }

        return reading.Merges.IsEmpty ? (reading.Code, reading.Reason) : (Hl7AckCode.Accepted, "Merged.");
    }

    private async Task<string?> TellAsync(MergedIdentity merge, CancellationToken cancellation)
    {
        try
        {
            using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(consent, "clients/merge"));
            call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(InnerSystems.Adapters, Scopes.Inner, business: null, cancellation));
            call.Content = JsonContent.Create(new MergeClients { Prior = merge.Prior.Reveal(), Surviving = merge.Surviving.Reveal(), Source = record.Id }, options: SisoteJson.Options);
            using var client = http.CreateClient(ReferralDelivery.Client);
            using var answer = await client.SendAsync(call, cancellation);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => null,
                HttpStatusCode.Conflict or HttpStatusCode.Forbidden => TextOf(await ProblemOfAsync(answer, cancellation)),
                HttpStatusCode.UnprocessableEntity => "Both identities are one.",
                _ => "Sisote did not confirm the merge; send it again later.",
            };
        }
        catch (Exception fault) when (fault is TokenRefusedException or HttpRequestException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return "Sisote cannot be reached; send the message again.";
        }
    }

    /// <summary>What the record hears of a refusal; null where the merge stands. What only somebody who looks into it can mend is said to the operator.</summary>
    private string? TextOf(string? problem)
    {
        switch (problem)
        {
            case AlreadyMerged:
                return null;
            case "merge-in-circle":
                return "The surviving identity was merged into the prior one before; Sisote's operator can undo that.";
            case "merged-elsewhere":
                Log.MergeRefused(record.Log, record.Id, problem);
                return "The prior identity was merged into another person before; Sisote's operator has to look into it.";
            case "merge-of-strangers":
                Log.MergeRefused(record.Log, record.Id, problem);
                return "Sisote has nothing on record of this organisation with both persons; its operator can merge them.";
            default:
                return "Sisote did not confirm the merge; send it again later.";
        }
    }

    /// <summary>The name of the problem; null where the answer names none.</summary>
    private static async Task<string?> ProblemOfAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            return problem.RootElement.TryGetProperty("type", out var type) ? type.GetString()?.Split('/')[^1] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
