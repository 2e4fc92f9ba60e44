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
        [.. (await AllAsync<OneRosterUser>("users", cancellation)).Select(WhoCounts)],
        await AllAsync<OneRosterEnrollment>("enrollments", cancellation));

    /// <summary>A user who is not enabled is as one who is gone, as in a register in files.</summary>
    /// <exception cref="NativeFaultException">It is not said whether the user is enabled; which one is told by the place, since an id may be a person's.</exception>
    private static OneRosterUser WhoCounts(OneRosterUser user, int place) => user.Enabled.ValueKind switch
    {
        JsonValueKind.True => user,
        JsonValueKind.String when user.Enabled.ValueEquals("true") => user,
        JsonValueKind.False => user with { Status = "tobedeleted" },
        JsonValueKind.String when user.Enabled.ValueEquals("false") => user with { Status = "tobedeleted" },
        _ => throw new NativeFaultException(NativeFault.Unreadable, $"users, row {place + 1}: `enabledUser` is neither true nor false"),
    };

    /// <summary>All records of a collection.</summary>
    public async Task<ImmutableArray<TRecord>> AllAsync<TRecord>(string collection, CancellationToken cancellation)
        where TRecord : OneRosterRecord
    {
        var rows = ImmutableArray.CreateBuilder<TRecord>();
        int? all = null;
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
            all = Total(answer.TotalCount, all);
            if (IsLast(page.Length, rows.Count, all))
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

    /// <summary>How many rows there are, where the provider says so; rows that came or went between two pages would be missed or read twice.</summary>
    private static int? Total(string? said, int? before) =>
        !int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? before
            : before is null || before == count ? count
            : throw new NativeFaultException(NativeFault.Unreadable, "a collection that changed between its pages");

    /// <summary>Whether a page is the last one. INVARIANT: a list that was cut short is no list, since whoever stands in the rest of it would no longer be a pupil or a teacher.</summary>
    private static bool IsLast(int pageLength, int readSoFar, int? all) =>
        readSoFar >= all ? true
            : pageLength > 0 ? false
            : all is null ? true
            : throw new NativeFaultException(NativeFault.Unreadable, "fewer rows than the provider says");

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
