// A REST system's API from the caller's side.
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Adapters.Mapping;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Rest;

/// <summary>Asks and writes at the addresses of the mapping, all below one base. A personal identity code goes in bodies only, and no address is followed elsewhere.</summary>
internal sealed class RestHttpClient(Uri address, RestCredentials credentials, NativeHttpClient http, MappingFile mapping)
{
    private const int MostPages = 200;
    private const int MostRows = 100_000;

    /// <summary>The client with this code, or null.</summary>
    public async Task<JsonObject?> FindClientAsync(RecordKind kind, Hetu client, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Post, kind.Read!.Lookup!, new JsonObject { [kind.Read.LookupField] = client.Reveal() }, [], cancellation);
        return SaysThereIsNone(answer) ? null : NativeRecords.Rows(Read(answer), kind.Rows, mapping.Format) switch
        {
            [] => null,
            [var only] when NativePath.ClientCode(kind, only) == client => only,
            _ => throw new NativeFaultException(NativeFault.Unreadable, "another client than the one asked for"),
        };
    }

    /// <summary>One record, or null where the system has none.</summary>
    public async Task<JsonObject?> OneAsync(RecordKind kind, string id, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Get, Fill(kind.Read!.One!, "{id}", id), null, [], cancellation);
        return SaysThereIsNone(answer) ? null
            : Read(answer) as JsonObject ?? throw new NativeFaultException(NativeFault.Unreadable, "no record where one was agreed");
    }

    /// <summary>A client's records.</summary>
    public IAsyncEnumerable<JsonObject> OfClientAsync(RecordKind kind, string client, CancellationToken cancellation) => RowsAsync(kind, Fill(kind.Read!.OfClient!, "{client}", client), cancellation);

    /// <summary>All records of a kind.</summary>
    public IAsyncEnumerable<JsonObject> AllAsync(RecordKind kind, CancellationToken cancellation) => RowsAsync(kind, kind.Read!.All!, cancellation);

    /// <summary>A record that was written under a key before, or null.</summary>
    public async Task<JsonObject?> WrittenAsync(RecordKind kind, string key, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Get, Fill(kind.Create!.ReadBack!, "{key}", key), null, [], cancellation);
        return SaysThereIsNone(answer) ? null : NativeRecords.Rows(Read(answer), kind.Rows, mapping.Format) switch
        {
            [] => null,
            [var only] when FhirJson.Text(NativePath.Follow(only, kind.Create.KeyField!)) == key => only,
            _ => throw new NativeFaultException(NativeFault.Unreadable, "other records than the one asked for"),
        };
    }

    /// <summary>Writes a record; the answer may be a refusal.</summary>
    public Task<NativeAnswer> WriteAsync(RecordKind kind, JsonObject record, string key, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, kind.Create!.Post, record, kind.Create.KeyHeader is { } header ? [(header, key)] : [], cancellation);

    /// <summary>Takes a step of a record; the answer may be a refusal.</summary>
    /// <param name="rule">How steps are taken.</param>
    /// <param name="id">The record.</param>
    /// <param name="step">The step.</param>
    /// <param name="key">The step's key.</param>
    /// <param name="version">The version from which it starts.</param>
    /// <param name="cancellation">Cancels.</param>
    public Task<NativeAnswer> StepAsync(StepRule rule, string id, JsonObject step, string key, string version, CancellationToken cancellation)
    {
        var headers = new List<(string Name, string Value)>();
        if (rule.Written.Create!.KeyHeader is { } keyHeader)
        {
            headers.Add((keyHeader, key));
        }

        if (rule.VersionHeader is { } versionHeader)
        {
            headers.Add((versionHeader, $"\"{version}\""));
        }

        return SendAsync(HttpMethod.Post, Fill(rule.Post, "{id}", id), step, headers, cancellation);
    }

    /// <summary>What a good answer says.</summary>
    /// <exception cref="NativeFaultException">A refusal, or not JSON.</exception>
    public JsonNode Read(NativeAnswer answer) =>
        answer.IsGood ? NativeRecords.Read(answer.Body, mapping.Format) : throw new NativeFaultException(NativeFault.Unreadable, "a refusal of a plain reading");

    /// <summary>Whether a 404 is the product's own: empty, or in the agreed format. A page that something in between puts there says nothing about anybody.</summary>
    private bool SaysThereIsNone(NativeAnswer answer)
    {
        if (answer.Status != HttpStatusCode.NotFound)
        {
            return false;
        }

        if (answer.Body.Length > 0)
        {
            NativeRecords.Read(answer.Body, mapping.Format);
        }

        return true;
    }

    private async IAsyncEnumerable<JsonObject> RowsAsync(RecordKind kind, string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (seen, isShort, asked) = (0, false, new HashSet<string>(StringComparer.Ordinal));
        string? next = mapping.Pages is null or { By: "link" } ? path : At(path, mapping.Pages, 0, 0);
        for (var page = 1; next is not null; page++)
        {
            if (page > MostPages || seen > MostRows || !asked.Add(next))
            {
                throw new NativeFaultException(NativeFault.Unreadable, "more pages than the adapter reads, or the same page again");
            }

            var answer = await SendAsync(HttpMethod.Get, next, null, [], cancellation);
            if (isShort && answer.Status == HttpStatusCode.NotFound)
            {
                yield break; // behind a page that was not full there is none
            }

            var root = Read(answer);
            var rows = NativeRecords.Rows(root, kind.Rows, mapping.Format);
            foreach (var row in rows)
            {
                yield return row;
            }

            (seen, isShort) = (seen + rows.Length, mapping.Pages is { By: not "link", Size: var size } && rows.Length < size);
            next = mapping.Pages switch
            {
                null => null,
                { By: "link" } rule => Next(root, rule),
                var rule => rows.IsEmpty ? null : At(path, rule, page, seen), // a page may be shorter than was asked for: only an empty one is the end
            };
        }
    }

    private static string At(string path, PageRule rule, int page, int rows)
    {
        var number = (rule.By == "page" ? rule.First + page : rows).ToString(CultureInfo.InvariantCulture);
        var size = rule.SizeParameter.Length == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"&{rule.SizeParameter}={rule.Size}");
        return $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{rule.Parameter}={number}{size}";
    }

    /// <summary>The next page's address; one that does not lie below the base is not followed, whatever the answer says.</summary>
    private string? Next(JsonNode root, PageRule rule)
    {
        JsonNode? found = root;
        foreach (var name in rule.Next.Split('.'))
        {
            found = found switch
            {
                null => null,
                JsonObject at => at[name],
                _ => throw new NativeFaultException(NativeFault.Unreadable, "no next page where it was agreed"),
            };
        }

        if (found is not null && found.GetValueKind() != JsonValueKind.String)
        {
            throw new NativeFaultException(NativeFault.Unreadable, "a next page that is no address");
        }

        if (FhirJson.Text(found) is not { Length: > 0 } link)
        {
            return null;
        }

        if (!Uri.TryCreate(address, link, out var next) || !address.IsBaseOf(next))
        {
            throw new NativeFaultException(NativeFault.Unreadable, "a next page somewhere else");
        }

        return AddressCodes.AreIn(link) || AddressCodes.AreIn(next.AbsoluteUri)
            ? throw new NativeFaultException(NativeFault.Unreadable, "a personal identity code in the address of a next page")
            : next.AbsoluteUri;
    }

    /// <summary>An address with a value in it. The delivery's own key is a keyed hash of many digits, in which a code may stand by chance: only a key that is one as a whole is refused.</summary>
    private static string Fill(string path, string place, string value) => (place == "{key}" ? Hetu.TryParse(value.ToUpperInvariant(), out _) : AddressCodes.AreIn(value))
        ? throw new NativeFaultException(NativeFault.Unreadable, "a personal identity code where the product's own number was agreed")
        : path.Replace(place, Uri.EscapeDataString(value), StringComparison.Ordinal);

    private async Task<NativeAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, IReadOnlyList<(string Name, string Value)> headers, CancellationToken cancellation)
    {
        var at = new Uri(address, path);
        if (!address.IsBaseOf(at)) // INVARIANT: neither a mapping nor an answer leads anywhere else
        {
            throw new NativeFaultException(NativeFault.Unreadable, "an address somewhere else");
        }

        try
        {
            return await SendOnceAsync(method, at, body, headers, cancellation);
        }
        catch (NativeFaultException fault) when (fault.Fault == NativeFault.NotLetIn && credentials.Forget())
        {
            return await SendOnceAsync(method, at, body, headers, cancellation); // the kept token may have ended early; the system did nothing
        }
    }

    private async Task<NativeAnswer> SendOnceAsync(HttpMethod method, Uri at, JsonObject? body, IReadOnlyList<(string Name, string Value)> headers, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, at);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        await credentials.SignAsync(request, cancellation);
        return await http.SendAsync(request, cancellation);
    }
}
