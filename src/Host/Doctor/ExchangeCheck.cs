// One token, one question about nobody, one record.
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Host.Doctor;

/// <summary>Does what a connected system does all day, once, about an identity code that nobody has; it leaves an entry in the disclosure log, as everything does.</summary>
internal sealed class ExchangeCheck(HttpClient http, IHttpClientFactory factory, DoctorSubject subject, TimeProvider clock)
{
    /// <summary>A sound code of the range that is never given to anybody (individual number 900-999).</summary>
    private const string Nobody = "010190-999W";
    private static readonly TimeSpan CheckpointPatience = TimeSpan.FromSeconds(5);

    private NoteVerifier? LogKey { get; } = subject.LogKeyFile is { } file && File.Exists(file) && NoteVerifier.TryParse(File.ReadAllText(file).Trim(), out var read) ? read : null;

    /// <summary>Key, token, exchange, log; the first that fails ends it.</summary>
    internal async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (subject is not { System: { } system, Context: { } context })
        {
            yield return Finding.NotTried("token", "no private key of a connected system is here", "Run `sisote doctor --gateway ADDRESS --keys FOLDER --system SYSTEM ...` where a system's private key is.");
            yield break;
        }

        // INVARIANT: no assertion and no token goes where everybody on the way can read it.
        if (new[] { subject.Gateway, subject.Settings.Issuer }.FirstOrDefault(static address => address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback) is { } open)
        {
            yield return Finding.NotTried("token", $"{open} is not encrypted, and not on this machine", "Let the doctor ask by HTTPS: a token that was read on the way can be used by whoever read it.");
            yield return Finding.NotTried("exchange", "it needs a token");
            yield break;
        }

        var (asked, token) = await AskTokenAsync(system, context, cancellation);
        yield return asked;
        if (token is null)
        {
            yield break;
        }

        var (seen, source) = await FindSourceAsync(token, cancellation);
        yield return seen;
        if (source is not { } found)
        {
            yield break;
        }

        if (!subject.MakesExchange)
        {
            yield return Finding.NotTried("exchange", "left out, as asked");
            yield break;
        }

        var before = await ReadCheckpointAsync(cancellation);
        var (made, isAnswered) = await SearchNobodyAsync(found, token, cancellation);
        yield return made;
        if (isAnswered)
        {
            yield return await FindInLogAsync(before, cancellation);
        }
    }

    private async Task<(Finding Finding, string? Token)> AskTokenAsync(SystemId system, BusinessContext context, CancellationToken cancellation)
    {
        const string Check = "token";
        try
        {
            var token = await new AccessTokenSource(subject.Settings, factory, clock).GetAsync(system, Scopes.Exchange, context, cancellation);
            return (Finding.Good(Check, $"given to {system}, role {context.SubjectRole}, purpose {context.PurposeOfUse[0]}"), token);
        }
        catch (TokenRefusedException refusal)
        {
            return (Finding.Bad(Check, refusal.Message, Remedy(refusal.Error)), null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return (Finding.Bad(Check, $"the private key cannot be read: {fault.Message}", "Put the P-256 private key there as a JWK, readable by its owner only; docs/connecting.md says how it looks."), null);
        }
    }

    private static string Remedy(string error) => error switch
    {
        "invalid_client" => "If the system's entry or keys are newer than the running Sisote, start Sisote again. Compare the public key set that the operator has with this private key (`kid`, `x`, `y`), and the system's name with its entry; if the token check before named the clock, mend that first.",
        "invalid_grant" or "invalid_request" or "invalid_scope" or "unauthorized_client" => "Compare role, purpose and organisation with the system's entry in the deployment file (`roles`, `purposes`, `organisation`).",
        TokenRefusedException.Unreachable => "Mend what is said of the issuer first.",
        _ => "Look into the issuer's diagnostics.",
    };

    private async Task<(Finding Finding, SystemId? Source)> FindSourceAsync(string token, CancellationToken cancellation)
    {
        const string Check = "what may be asked for";
        var last = "no source system is known";
        foreach (var source in subject.Sources)
        {
            using var answer = await SendAsync(HttpMethod.Get, $"fhir/{source}/metadata", token, body: null, cancellation);
            if (answer is { StatusCode: HttpStatusCode.OK } && await ListsPatientAsync(answer, cancellation))
            {
                return (Finding.Good(Check, $"{source} answers with its capabilities"), source);
            }

            last = answer is null ? "the gateway does not answer" : $"{source} answers {(int)answer.StatusCode}{(answer.IsSuccessStatusCode ? ", and offers no Patient" : string.Empty)}";
        }

        return (Finding.Bad(Check, last, "Name a source system with --source as the operator calls it. 403: the token's system, role, organisation or purpose is not registered for this exchange."), null);
    }

    /// <summary>Whether an answer is a statement of capabilities that offers Patient.</summary>
    internal static async Task<bool> ListsPatientAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
            return ElementsOf(json.RootElement, "rest").SelectMany(static side => ElementsOf(side, "resource"))
                .Any(static type => type.ValueKind == JsonValueKind.Object && type.TryGetProperty("type", out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals("Patient"));
        }
        catch (JsonException)
        {
            return false; // a page of something on the way
        }
    }

    private static IEnumerable<JsonElement> ElementsOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var many) && many.ValueKind == JsonValueKind.Array ? many.EnumerateArray() : [];

    private async Task<(Finding Finding, bool IsAnswered)> SearchNobodyAsync(SystemId source, string token, CancellationToken cancellation)
    {
        const string Check = "exchange";
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("identifier", $"{Hetu.System}|{Nobody}")]);
        using var answer = await SendAsync(HttpMethod.Post, $"fhir/{source}/Patient/_search", token, form, cancellation);
        return answer switch
        {
            null => (Finding.Bad(Check, "the gateway does not answer", "Look into the gateway's diagnostics."), false),
            { StatusCode: HttpStatusCode.OK } => (Finding.Good(Check, $"{source} was asked about nobody, and the answer is empty"), true),
            { StatusCode: HttpStatusCode.ServiceUnavailable } => (Finding.Bad(Check, "503: the consent service or the source is not there", "docs/problems.md, by the code in the answer; look at the readiness of the consent room and at the source's adapter."), false),
            _ => (Finding.Bad(Check, $"answer {(int)answer.StatusCode}", "docs/problems.md says what the code in the answer means and what to do."), false),
        };
    }

    /// <summary>An empty answer carries no receipt, so that it tells nothing; but the log must have grown by its record, under the same name and key.</summary>
    private async Task<Finding> FindInLogAsync(Checkpoint? before, CancellationToken cancellation)
    {
        const string Check = "log";
        var from = clock.GetTimestamp();
        do
        {
            if (await ReadCheckpointAsync(cancellation) is { } now && before is not null && now.Origin == before.Origin && now.Size > before.Size)
            {
                return Finding.Good(Check, $"{now.Origin} grew from {before.Size} to {now.Size} entries{(LogKey is null ? string.Empty : ", signed by its key")} while the exchange was made; which of them is its record, only an officer sees");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellation);
        }
        while (clock.GetElapsedTime(from) < CheckpointPatience);
        return Finding.Bad(Check, before is null ? "its checkpoint cannot be read, or is not signed by its key" : "its checkpoint does not cover the exchange", "The checkpoint must follow within a second: look at the readiness of the consent room, whether something keeps /log/checkpoint in a cache, and whether the log began anew under another key (consent.log.vkey).");
    }

    private async Task<Checkpoint?> ReadCheckpointAsync(CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, "log/checkpoint", token: null, body: null, cancellation);
        return answer is { IsSuccessStatusCode: true } && Note.TryParse(await answer.Content.ReadAsStringAsync(cancellation), out var note) && (LogKey is null || note.IsSignedBy(LogKey)) && Checkpoint.TryParse(note.Text, out var read)
            ? read
            : null;
    }

    private async Task<HttpResponseMessage?> SendAsync(HttpMethod method, string path, string? token, HttpContent? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(subject.Gateway, path)) { Content = body };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Sisote-Context", "necessity-statement=\"technical check\"");
        try
        {
            return await http.SendAsync(request, cancellation);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
