// One call to a witness.
using System.Globalization;
using System.Net;
using System.Text;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Consent.Witnessing;

/// <summary>What a witness answered; exactly one of the nested cases.</summary>
internal abstract record WitnessCall
{
    private const string SizeType = "text/x.tlog.size";
    private const int LongestLine = 4096;

    private WitnessCall()
    {
    }

    /// <summary>It cosigned; the line verifies.</summary>
    public sealed record Cosigned(NoteSignature Line, DateTimeOffset At) : WitnessCall;

    /// <summary>It cosigned another size last.</summary>
    public sealed record AnotherSize(long Size) : WitnessCall;

    /// <summary>It does not know this log or its key.</summary>
    public sealed record Refused : WitnessCall;

    /// <summary>It says that this checkpoint does not continue what it cosigned last.</summary>
    public sealed record Contradicted : WitnessCall;

    /// <summary>It does not answer, or says that it cannot now.</summary>
    public sealed record Unreachable : WitnessCall;

    /// <summary>It answers something that no witness answers.</summary>
    public sealed record Unusable : WitnessCall;

    /// <summary>Sends a checkpoint with its proof.</summary>
    public static async Task<WitnessCall> SendAsync(HttpClient http, AskedWitness witness, AddCheckpoint request, CancellationToken cancellation)
    {
        try
        {
            using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(request.ToString()));
            body.Headers.ContentType = new("text/plain");
            using var answer = await http.PostAsync(new Uri(witness.Address, "add-checkpoint"), body, cancellation);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => ReadLines(await answer.Content.ReadAsStringAsync(cancellation), witness.Key, request.Note),
                HttpStatusCode.Conflict when answer.Content.Headers.ContentType?.MediaType == SizeType => ReadSize(await answer.Content.ReadAsStringAsync(cancellation)),
                HttpStatusCode.Forbidden or HttpStatusCode.NotFound => new Refused(),
                HttpStatusCode.UnprocessableEntity => new Contradicted(),
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new Unreachable(),
                _ => new Unusable(),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Unreachable();
        }
    }

    /// <summary>Lines under other keys are ignored; one line of the witness that verifies is needed.</summary>
    private static WitnessCall ReadLines(string text, WitnessVerifier witness, Note checkpoint)
    {
        foreach (var line in text.Length <= LongestLine * 16 ? text.Split('\n') : [])
        {
            if (NoteSignature.TryParse(line + "\n", out var signature) && witness.FindTime(checkpoint.Text, signature) is { } at)
            {
                return new Cosigned(signature, at);
            }
        }

        return new Unusable();
    }

    private static WitnessCall ReadSize(string text) =>
        text.EndsWith('\n') && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? new AnotherSize(size) : new Unusable();
}
