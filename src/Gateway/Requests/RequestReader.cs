// Turns an HTTP request into an allowed interaction, or says no.
using System.Text;
using Microsoft.Net.Http.Headers;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Searching;

namespace Sisote.Gateway.Requests;

/// <summary>
/// The grammar of the FHIR door. Only what is listed here is understood; everything else is refused before anybody is asked about. Headers that would make an answer depend on an earlier one or on
/// part of itself (<c>If-None-Match</c>, <c>If-Modified-Since</c>, <c>Range</c>, <c>Prefer</c>) are not looked at.
/// </summary>
internal sealed class RequestReader(ItemMasks masks, SearchReader searches, GatewayOptions options)
{
    private const int LongestForm = 4096;
    private const int LongestQuery = 1024;
    private const string FormType = "application/x-www-form-urlencoded";
    private const string PageQuery = SearchReader.PageParameter + "=";

    /// <summary>Reads the request below <c>/fhir/{system}</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="rest">Its path below the system.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="sight">What the law lets the caller see of the system.</param>
    /// <param name="cancellation">Ends reading the body.</param>
    internal async Task<Reading> ReadAsync(HttpRequest request, string rest, Asker asker, Sight sight, CancellationToken cancellation)
    {
        if (!Accepts(request))
        {
            return Refusal.NotAcceptable;
        }

        var parts = rest.Length == 0 ? [] : rest.Split('/');
        return (request.Method, parts) switch
        {
            (_, { Length: > 2 }) => Refusal.NotServed,
            (_, [.., "_history"]) or (_, [.., ['$', ..]]) => Refusal.NotImplemented,
            ("POST", []) => await ReadTransactionAsync(request, cancellation),
            (_, []) => Refusal.MethodNotAllowed("POST"),
            (_, [var type, ..]) when masks.ShapeOf(type) is not { HasClient: true } => Refusal.NotServed,
            ("POST", [var type, "_search"]) => await ReadFormSearchAsync(request, type, asker, sight, cancellation),
            (_, [_, "_search"]) => Refusal.MethodNotAllowed("POST"),
            ("GET", [var type]) => ReadQuerySearch(request, type, asker, sight),
            (_, ["Task"]) => Refusal.MethodNotAllowed("GET"), // a task is there with its referral
            ("POST", [var type]) => await ReadCreateAsync(request, type, cancellation),
            (_, [_]) => Refusal.MethodNotAllowed("GET, POST"),
            ("GET", [var type, var handle]) => ReadRead(request, type, handle),
            ("PATCH", ["Task", var handle]) => await ReadChangeAsync(request, handle, cancellation),
            (_, ["Task", _]) => Refusal.MethodNotAllowed("GET, PATCH"),
            _ => Refusal.MethodNotAllowed("GET"),
        };
    }

    private static bool Accepts(HttpRequest request)
    {
        if (request.Headers.Accept is ["application/fhir+json"])
        {
            return true;
        }

        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0
            ? request.Headers.Accept.Count == 0
            : accepted.Any(static media => media.Quality is not 0 && (media.MatchesMediaType("application/fhir+json") || media.MatchesMediaType("application/json")));
    }

    private static Reading ReadRead(HttpRequest request, string type, string handle) =>
        HasBody(request) || request.QueryString.HasValue ? Refusal.Malformed : new Interaction.Read(type, handle);

    private Reading ReadQuerySearch(HttpRequest request, string type, Asker asker, Sight sight)
    {
        var query = request.QueryString.Value is { Length: > 1 } text ? text[1..] : string.Empty;
        var longest = query.StartsWith(PageQuery, StringComparison.Ordinal) ? CursorSeal.Longest + PageQuery.Length : LongestQuery;
        return HasBody(request) || query.Length > longest || !FormText.TryRead(query, out var words) ? Refusal.UnknownParameter
            : type == "Patient" ? Refusal.ClientSearch
            : searches.Read(type, words, asker, sight);
    }

    private async Task<Reading> ReadFormSearchAsync(HttpRequest request, string type, Asker asker, Sight sight, CancellationToken cancellation)
    {
        if (request.QueryString.HasValue)
        {
            return Refusal.Malformed;
        }

        if (!HasMediaType(request, FormType))
        {
            return Refusal.WrongMediaType;
        }

        return await CappedBody.ReadAsync(request, LongestForm, cancellation) switch
        {
            null => Refusal.TooLarge,
            var body when Ascii.IsValid(body) && FormText.TryRead(Encoding.ASCII.GetString(body), out var words) => searches.Read(type, words, asker, sight),
            _ => Refusal.UnknownParameter,
        };
    }

    private async Task<Reading> ReadCreateAsync(HttpRequest request, string type, CancellationToken cancellation) =>
        await ReadEntryAsync(request, cancellation) switch
        {
            (null, var refusal) => refusal!,
            var (body, _) => new Interaction.Create(type, body),
        };

    private async Task<Reading> ReadTransactionAsync(HttpRequest request, CancellationToken cancellation) =>
        await ReadEntryAsync(request, cancellation) switch
        {
            (null, var refusal) => refusal!,
            var (body, _) => new Interaction.Transaction(body),
        };

    private async Task<Reading> ReadChangeAsync(HttpRequest request, string handle, CancellationToken cancellation)
    {
        if (request.QueryString.HasValue || request.Headers.ContainsKey("If-None-Exist") || request.Headers.ContainsKey(HeaderNames.IfNoneMatch))
        {
            return Refusal.Malformed;
        }

        if (TaskTag.Read(request.Headers.IfMatch) is not { } version)
        {
            return request.Headers.IfMatch.Count == 0 ? Refusal.VersionNeeded : Refusal.Malformed;
        }

        return !HasMediaType(request, "application/json-patch+json") ? Refusal.WrongMediaType : await ReadBodyAsync(request, cancellation) switch
        {
            (null, var refusal) => refusal!,
            var (body, _) => new Interaction.ChangeTask(handle, version, body),
        };
    }

    private async Task<(byte[]? Body, Refusal? Refusal)> ReadEntryAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.QueryString.HasValue || request.Headers.ContainsKey("If-None-Exist") || request.Headers.ContainsKey(HeaderNames.IfMatch))
        {
            return (null, Refusal.Malformed); // a conditional create is a search in disguise
        }

        return HasMediaType(request, "application/fhir+json") || HasMediaType(request, "application/json") ? await ReadBodyAsync(request, cancellation) : (null, Refusal.WrongMediaType);
    }

    private async Task<(byte[]? Body, Refusal? Refusal)> ReadBodyAsync(HttpRequest request, CancellationToken cancellation) =>
        await CappedBody.ReadAsync(request, options.LargestEntry, cancellation) switch
        {
            null => (null, Refusal.TooLarge),
            var body when StrictJson.IsSound(body) => (body, null),
            _ => (null, Refusal.Malformed),
        };

    private static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.ContainsKey(HeaderNames.TransferEncoding);

    private static bool HasMediaType(HttpRequest request, string type) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var media) && media.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)
        && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
