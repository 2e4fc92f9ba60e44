// Turns an HTTP request into an allowed interaction, or says no.
using System.Collections.Immutable;
using System.Text;
using Microsoft.Net.Http.Headers;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Requests;

/// <summary>
/// The grammar of the FHIR door. Only what is listed here is understood; everything else is refused before anybody is asked about. Whether a search parameter may be used follows from
/// what the law lets this recipient see (<see cref="Sight"/>), so that no search can find out about what is hidden.
/// </summary>
internal sealed class RequestReader(ItemMasks masks, GatewayOptions options)
{
    private const int LongestForm = 4096;
    private const int LongestQuery = 1024;
    private const int LargestCount = 50;
    private const string FormType = "application/x-www-form-urlencoded";
    private static readonly string[] CodedParameters = ["category", "code", "status"];

    /// <summary>Reads the request below <c>/fhir/{system}</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="rest">Its path below the system.</param>
    /// <param name="sight">What the law lets the caller see of the system.</param>
    /// <param name="cancellation">Ends reading the body.</param>
    internal async Task<Reading> ReadAsync(HttpRequest request, string rest, Sight sight, CancellationToken cancellation)
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
            ("POST", [var type, "_search"]) => await ReadFormSearchAsync(request, type, sight, cancellation),
            (_, [_, "_search"]) => Refusal.MethodNotAllowed("POST"),
            ("GET", [var type]) => ReadQuerySearch(request, type, sight),
            (not "GET", ["Task"]) => Refusal.MethodNotAllowed("GET"), // a task is there with its referral
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
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0
            ? request.Headers.Accept.Count == 0
            : accepted.Any(static media => media.Quality is not 0 && (media.MatchesMediaType("application/fhir+json") || media.MatchesMediaType("application/json")));
    }

    private static Reading ReadRead(HttpRequest request, string type, string handle) =>
        HasBody(request) || request.QueryString.HasValue ? Refusal.Malformed : new Interaction.Read(type, handle);

    private static Reading ReadQuerySearch(HttpRequest request, string type, Sight sight)
    {
        var query = request.QueryString.Value is { Length: > 1 } text ? text[1..] : string.Empty;
        return HasBody(request) || query.Length > LongestQuery || !FormText.TryRead(query, out var pairs) ? Refusal.UnknownParameter
            : pairs.ContainsKey("identifier") ? Refusal.ClientSearch
            : ReadSearch(type, pairs, sight);
    }

    private static async Task<Reading> ReadFormSearchAsync(HttpRequest request, string type, Sight sight, CancellationToken cancellation)
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
            var body when Ascii.IsValid(body) && FormText.TryRead(Encoding.ASCII.GetString(body), out var pairs) => ReadSearch(type, pairs, sight),
            _ => Refusal.UnknownParameter,
        };
    }

    private static Reading ReadSearch(string type, Dictionary<string, string> pairs, Sight sight)
    {
        if (type == "Patient")
        {
            return pairs is { Count: 1 } && pairs.TryGetValue("identifier", out var identifier)
                && identifier.StartsWith(Hetu.System + "|", StringComparison.Ordinal) && Hetu.TryParse(identifier[(Hetu.System.Length + 1)..], out var hetu)
                ? new Interaction.FindPatient(hetu)
                : Refusal.ClientSearch;
        }

        var filters = ImmutableArray.CreateBuilder<SearchFilter>();
        foreach (var name in CodedParameters.Where(pairs.ContainsKey))
        {
            if (!sight.CanSearch(type, name) || ReadTokens(name, pairs[name]) is not { } filter)
            {
                return Refusal.UnknownParameter;
            }

            filters.Add(filter);
        }

        return TryReadPatient(pairs, sight, out var patient) && TryReadCount(pairs, out var count) && pairs.Keys.All(static name => name is "patient" or "_count" || CodedParameters.Contains(name))
            ? new Interaction.Search(type, patient, filters.ToImmutable(), count)
            : Refusal.UnknownParameter;
    }

    /// <summary>A search names one client; only the own register may be listed without one.</summary>
    private static bool TryReadPatient(Dictionary<string, string> pairs, Sight sight, out string? handle)
    {
        handle = pairs.GetValueOrDefault("patient");
        if (handle is null)
        {
            return sight.IsOwnRegister;
        }

        handle = handle.StartsWith("Patient/", StringComparison.Ordinal) ? handle["Patient/".Length..] : handle;
        return handle.Length is > 0 and <= HandleText.Length && handle.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
    }

    private static bool TryReadCount(Dictionary<string, string> pairs, out int? count)
    {
        count = null;
        if (!pairs.TryGetValue("_count", out var text))
        {
            return true;
        }

        count = text.Length <= 3 && text.All(char.IsAsciiDigit) ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;
        count = Math.Min(count.Value, LargestCount);
        return count > 0;
    }

    private static SearchFilter? ReadTokens(string name, string value)
    {
        var tokens = ImmutableArray.CreateBuilder<SearchToken>();
        foreach (var text in value.Split(','))
        {
            var at = text.IndexOf('|', StringComparison.Ordinal);
            var (system, code) = at < 0 ? (null, text) : (text[..at], text[(at + 1)..]);
            var isStatus = name == "status";
            if (isStatus != (system is null) || !PrimitiveShapes.IsCode(Encoding.ASCII.GetBytes(code)) || code.Contains('|', StringComparison.Ordinal)
                || (system is not null && !PrimitiveShapes.IsAddress(Encoding.ASCII.GetBytes(system))))
            {
                return null;
            }

            tokens.Add(new SearchToken(system, code));
        }

        return new SearchFilter(name, tokens.ToImmutable());
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
