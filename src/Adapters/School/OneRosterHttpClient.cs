// A OneRoster 1.2 provider from the consumer's side.
using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.School;

/// <summary>Reads whole collections, page by page. The provider's filter is not used: it would put a pupil's identifiers into addresses.</summary>
internal sealed class OneRosterHttpClient(Uri address, Uri tokenAddress, string clientId, string secretFile, NativeHttpClient http, TimeProvider clock) : IRosterSource
{
    private const int PageSize = 200;
    private const int MostRows = 100_000;
    private const string Scope = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly";
    private Kept? token;

    /// <inheritdoc />
    public async Task<RosterContent> ReadAsync(CancellationToken cancellation) => new(
        await AllAsync<OneRosterOrg>("orgs", cancellation),
        await AllAsync<OneRosterUser>("users", cancellation),
        await AllAsync<OneRosterEnrollment>("enrollments", cancellation));

    /// <summary>All records of a collection.</summary>
    public async Task<ImmutableArray<TRecord>> AllAsync<TRecord>(string collection, CancellationToken cancellation)
        where TRecord : OneRosterRecord
    {
        var rows = ImmutableArray.CreateBuilder<TRecord>();
        while (rows.Count < MostRows)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, $"{collection}?limit={PageSize}&offset={rows.Count}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellation));
            var answer = await http.SendAsync(request, cancellation);
            if (!answer.IsGood)
            {
                throw new NativeFaultException(NativeFault.Unreadable, "the provider lacks a collection");
            }

            var page = ReadPage<TRecord>(answer.Body, collection);
            rows.AddRange(page);
            if (IsLast(page.Length, rows.Count, answer.TotalCount))
            {
                return rows.ToImmutable();
            }
        }

        throw new NativeFaultException(NativeFault.Unreadable, "more rows than the adapter reads");
    }

    /// <summary>The records of one page.</summary>
    /// <exception cref="NativeFaultException">Not a page of this collection.</exception>
    public static ImmutableArray<TRecord> ReadPage<TRecord>(byte[] body, string collection)
        where TRecord : OneRosterRecord =>
        NativeJson.Read<Dictionary<string, JsonElement>>(body).TryGetValue(collection, out var rows) && rows.ValueKind == JsonValueKind.Array
            ? NativeJson.Read<TRecord[]>(Encoding.UTF8.GetBytes(rows.GetRawText())).ToImmutableArray()
            : throw new NativeFaultException(NativeFault.Unreadable, "a page without its collection");

    private static bool IsLast(int pageLength, int readSoFar, string? total) =>
        pageLength == 0 || (int.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? readSoFar >= count : pageLength < PageSize);

    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        if (token is { } kept && kept.Until > clock.GetUtcNow())
        {
            return kept.Value;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, tokenAddress);
        var credentials = $"{clientId}:{await NativeSecret.ReadAsync(secretFile, cancellation)}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = Scope });
        var answer = await http.SendAsync(request, cancellation);
        if (!answer.IsGood)
        {
            throw new NativeFaultException(NativeFault.NotLetIn, "no token");
        }

        var fresh = NativeJson.Read<TokenAnswer>(answer.Body);
        token = new Kept(fresh.AccessToken, clock.GetUtcNow().AddSeconds(fresh.ExpiresIn - 30));
        return fresh.AccessToken;
    }

    private sealed record Kept(string Value, DateTimeOffset Until);

    private sealed record TokenAnswer([property: JsonPropertyName("access_token"), JsonRequired] string AccessToken, [property: JsonPropertyName("expires_in"), JsonRequired] int ExpiresIn);
}
