// The record's document interface.
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Sisote.Adapters.Cda;

namespace Sisote.Adapters.PatientRecord;

/// <summary>A line of the record's list of documents.</summary>
internal sealed record ListedDocument(string Id, string Type);

/// <summary>Lists and fetches documents over HTTP with the record's own credentials; the personal identity code travels in a form body only.</summary>
internal sealed class RecordDocuments(IHttpClientFactory http, RecordSettings settings)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string Client = "patient-record";

    private const int MaxList = 500;

    /// <summary>The documents of a patient: by <c>hetu</c> or <c>patientNumber</c>; null where the record cannot be asked or answers something unreadable.</summary>
    public async Task<ImmutableArray<ListedDocument>?> ListAsync(string parameter, string value, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create(parameter, value)]);
        using var question = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Documents, "documents/query")) { Content = form };
        if (await AskAsync(question, cancellation) is not (HttpStatusCode.OK, { } bytes) || CdaXml.Parse(bytes)?.Root is not { Name.LocalName: "documents" } root)
        {
            return null;
        }

        var list = root.Elements("document").Select(Read).ToList();
        return list.Count <= MaxList && !list.Contains(null) ? [.. list.OfType<ListedDocument>()] : null;
    }

    /// <summary>A document's bytes; <c>Known</c> is false where the record has none of this number; null where the record cannot be asked.</summary>
    public async Task<(bool Known, byte[] Bytes)?> FetchAsync(string id, CancellationToken cancellation)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(settings.Documents, "documents/" + id));
        return await AskAsync(question, cancellation) switch
        {
            (HttpStatusCode.OK, { } bytes) => (true, bytes),
            (HttpStatusCode.NotFound, _) => (false, []),
            _ => null,
        };
    }

    private static ListedDocument? Read(XElement element) =>
        element.Attribute("id")?.Value is { } id && IsNumber(id) && element.Attribute("type")?.Value is { Length: > 0 } type ? new ListedDocument(id, type) : null;

    /// <summary>Whether a text can be a document's number: such a number fits into a facade id and into an address.</summary>
    public static bool IsNumber(string id) => id.Length is > 0 and <= 10 && id.All(static character => char.IsAsciiDigit(character) || char.IsAsciiLetterLower(character));

    private async Task<(HttpStatusCode Status, byte[]? Bytes)?> AskAsync(HttpRequestMessage question, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Timeout);
        try
        {
            question.Headers.Authorization = new AuthenticationHeaderValue("Basic", await ReadCredentialsAsync(limit.Token));
            using var client = http.CreateClient(Client);
            client.MaxResponseContentBufferSize = CdaXml.MaxCharacters;
            using var answer = await client.SendAsync(question, limit.Token);
            return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<string> ReadCredentialsAsync(CancellationToken cancellation)
    {
        var lines = await File.ReadAllLinesAsync(settings.CredentialsFile, cancellation); // read anew each time: a changed password needs no restart
        var line = Array.Find(lines, line => line.StartsWith(settings.User + ":", StringComparison.Ordinal)) ?? throw new IOException("The credentials file has no line for this user.");
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(line));
    }
}
