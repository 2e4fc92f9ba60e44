// How the access door answers.
using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Sisote.Doors;
using Sisote.Doors.Json;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Network;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Access;

/// <summary>Writes decisions and problem documents (RFC 9457). All denials have the same bytes but for the id of the call.</summary>
internal static class AccessAnswers
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";
    private const string MoreReceiptsHeader = "Sisote-Receipts-More";
    private const int LongestRequestId = 128;
    private const int MostReceipts = 8; // some 350 bytes each: proxies take 4 to 8 KiB of headers
    private static readonly PathString[] Doors = ["/access", NetworkEndpoints.Path];

    /// <summary>Whether a call is below a door that answers with problem documents.</summary>
    internal static bool IsAt(HttpContext context) => Array.Exists(Doors, door => context.Request.Path.StartsWithSegments(door, StringComparison.Ordinal));

    /// <summary>Something of ours as JSON, with the receipts of the decisions it rests on.</summary>
    internal static Task WriteAsync(HttpContext context, int status, object answer, IReadOnlyList<string> receipts) =>
        WriteAsync(context, status, Json, json => JsonSerializer.Serialize(json, answer, answer.GetType(), SisoteJson.Options), headers =>
        {
            foreach (var receipt in receipts.Take(MostReceipts))
            {
                headers.Append(PlainAnswer.ReceiptHeader, receipt);
            }

            if (receipts.Count > MostReceipts)
            {
                headers[MoreReceiptsHeader] = (receipts.Count - MostReceipts).ToString(CultureInfo.InvariantCulture);
            }
        });

    /// <summary>The answer to one evaluation; what could not be evaluated is a problem.</summary>
    internal static Task WriteAsync(HttpContext context, Evaluated outcome) => outcome is Evaluated.Failed failed
        ? RefuseAsync(context, failed.Refusal)
        : WriteAsync(context, StatusCodes.Status200OK, Json, json => WriteDecision(json, context, outcome));

    /// <summary>The answer to many; what could not be evaluated is a denial that says so.</summary>
    internal static Task WriteAsync(HttpContext context, IReadOnlyList<Evaluated> outcomes) => WriteAsync(context, StatusCodes.Status200OK, Json, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("evaluations");
        foreach (var outcome in outcomes)
        {
            WriteDecision(json, context, outcome);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Where the door is, for anybody.</summary>
    internal static Task DescribeAsync(HttpContext context, RoomSettings settings) => WriteAsync(context, StatusCodes.Status200OK, Json, json =>
    {
        json.WriteStartObject();
        json.WriteString("policy_decision_point", settings.Gateway.AbsoluteUri.TrimEnd('/'));
        json.WriteString("access_evaluation_endpoint", new Uri(settings.Gateway, AccessEndpoints.Evaluation).AbsoluteUri);
        json.WriteString("access_evaluations_endpoint", new Uri(settings.Gateway, AccessEndpoints.Evaluations).AbsoluteUri);
        json.WriteEndObject();
    });

    /// <summary>A refusal of the whole call.</summary>
    internal static Task RefuseAsync(HttpContext context, Refusal refusal, Action<IHeaderDictionary>? addHeaders = null) => WriteAsync(context, refusal.Status, Problem, json =>
    {
        json.WriteStartObject();
        json.WriteString("type", $"{OutcomeWriter.SlugSystem}/{refusal.Slug}");
        json.WriteString("title", refusal.Text);
        json.WriteNumber("status", refusal.Status);
        json.WriteString("instance", $"urn:uuid:{Guid.Parse(context.TraceIdentifier)}");
        if (refusal.Expression is { } member)
        {
            json.WriteString("field", member);
        }

        if (!refusal.Marks.IsEmpty)
        {
            json.WritePropertyName("marks");
            JsonSerializer.Serialize(json, refusal.Marks, SisoteJson.Options);
        }

        json.WriteEndObject();
    }, headers =>
    {
        addHeaders?.Invoke(headers);
        if (refusal.Allow is { } allow)
        {
            headers.Allow = allow;
        }

        if (refusal.RetryAfter is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    });

    private static void WriteDecision(Utf8JsonWriter json, HttpContext context, Evaluated outcome)
    {
        json.WriteStartObject();
        json.WriteBoolean("decision", outcome is Evaluated.Permitted);
        json.WriteStartObject("context");
        json.WriteString("id", context.TraceIdentifier);
        switch (outcome)
        {
            case Evaluated.Permitted permitted:
                WritePermit(json, permitted);
                break;
            case Evaluated.Failed { Refusal: var refusal }:
                WriteError(json, refusal);
                break;
            default:
                WriteReason(json);
                break;
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePermit(Utf8JsonWriter json, Evaluated.Permitted permitted)
    {
        if (permitted.Receipt is { } receipt)
        {
            json.WriteString("receipt", receipt);
        }

        json.WriteStartArray("obligations");
        foreach (var code in permitted.Obligations)
        {
            json.WriteStringValue(code);
        }

        json.WriteEndArray();
    }

    private static void WriteReason(Utf8JsonWriter json)
    {
        json.WriteStartObject("reason_user");
        json.WriteString("fi", "Tätä ei voi luovuttaa nyt. Tietosuojavastaava näkee syyn lokista.");
        json.WriteString("sv", "Detta kan inte lämnas ut nu. Dataskyddsombudet ser orsaken i loggen.");
        json.WriteString("en", "This cannot be disclosed now. The data-protection officer sees why in the log.");
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, Refusal refusal)
    {
        json.WriteStartObject("error");
        json.WriteNumber("status", refusal.Status);
        json.WriteString("message", refusal.Text);
        json.WriteString("type", $"{OutcomeWriter.SlugSystem}/{refusal.Slug}");
        if (refusal.Expression is { } member)
        {
            json.WriteString("field", member);
        }

        json.WriteEndObject();
    }

    private static Task WriteAsync(HttpContext context, int status, string contentType, Action<Utf8JsonWriter> write, Action<IHeaderDictionary>? addHeaders = null)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }

        return PlainAnswer.WriteAsync(context, status, body.WrittenMemory, headers =>
        {
            addHeaders?.Invoke(headers);
            if (context.Request.Headers[CorrelationMiddleware.Header] is [{ } id] && IsSound(id))
            {
                headers[CorrelationMiddleware.Header] = id;
            }
        }, contentType);
    }

    /// <summary>The caller's own id of the request comes back (AuthZEN wants it) unless it is long, odd or names a person; it goes nowhere else.</summary>
    private static bool IsSound(string id) => id.Length is > 0 and <= LongestRequestId && id.All(static c => c is > ' ' and <= '~') && !Hetu.IsIn(id);
}
