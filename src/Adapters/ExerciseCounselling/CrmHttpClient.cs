// The product's API from the caller's side.
using System.Net;
using System.Runtime.CompilerServices;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.ExerciseCounselling;

/// <summary>Reads rows and delivers referrals. A personal identity code goes in bodies only.</summary>
internal sealed class CrmHttpClient(Uri address, string apiKeyFile, NativeHttpClient http)
{
    private const int PageSize = 200;
    private const int MostPages = 50;

    /// <summary>The customer with this personal identity code, or null.</summary>
    public async Task<CrmPerson?> FindCustomerAsync(Hetu hetu, CancellationToken cancellation)
    {
        using var body = JsonContent.Create(new { henkilotunnus = hetu.Reveal() });
        await body.LoadIntoBufferAsync(cancellation);
        var page = Read<CrmPage<CrmPerson>>(await SendAsync(HttpMethod.Post, "asiakkaat/haku", body, cancellation));
        return page?.Rows switch
        {
            [] => null,
            [var only] when only.NationalId == hetu.Reveal() => only,
            _ => throw new NativeFaultException(NativeFault.Unreadable, "another customer than the one asked for"),
        };
    }

    /// <summary>One row, or null.</summary>
    public async Task<TRow?> RowAsync<TRow>(string collection, string id, CancellationToken cancellation)
        where TRow : class => Read<TRow>(await SendAsync(HttpMethod.Get, $"{collection}/{Uri.EscapeDataString(id)}", null, cancellation));

    /// <summary>Rows of a collection, of one customer or of all, page by page as they are wanted.</summary>
    public async IAsyncEnumerable<TRow> RowsAsync<TRow>(string collection, string? customerId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var customer = customerId is null ? string.Empty : $"&asiakas={Uri.EscapeDataString(customerId)}";
        for (var page = 1; page <= MostPages; page++)
        {
            var answer = Read<CrmPage<TRow>>(await SendAsync(HttpMethod.Get, $"{collection}?sivu={page}&koko={PageSize}{customer}", null, cancellation))
                ?? throw new NativeFaultException(NativeFault.Unreadable, "no such collection");
            foreach (var row in answer.Rows)
            {
                yield return row;
            }

            if (answer.Rows.Length < PageSize)
            {
                yield break;
            }
        }

        throw new NativeFaultException(NativeFault.Unreadable, "more rows than the adapter reads");
    }

    /// <summary>Delivers a referral; the answer may be a refusal.</summary>
    public async Task<NativeAnswer> DeliverAsync(CrmOutgoingReferral referral, CancellationToken cancellation)
    {
        using var body = JsonContent.Create(referral, options: NativeJson.Options);
        await body.LoadIntoBufferAsync(cancellation);
        return await SendAsync(HttpMethod.Post, "lahetteet/saapuvat", body, cancellation);
    }

    /// <summary>Moves a referral on; the answer may be a refusal.</summary>
    public async Task<NativeAnswer> HandleAsync(string id, CrmHandling handling, CancellationToken cancellation)
    {
        using var body = JsonContent.Create(handling, options: NativeJson.Options);
        await body.LoadIntoBufferAsync(cancellation);
        return await SendAsync(HttpMethod.Post, $"lahetteet/{Uri.EscapeDataString(id)}/kasittely", body, cancellation);
    }

    private static TBody? Read<TBody>(NativeAnswer answer)
        where TBody : class => answer switch
        {
            { IsGood: true } => NativeJson.Read<TBody>(answer.Body),
            { Status: HttpStatusCode.NotFound } => null,
            _ => throw new NativeFaultException(NativeFault.Unreadable, "a refusal of a plain reading"),
        };

    private async Task<NativeAnswer> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = body };
        request.Headers.Add("X-Api-Key", await NativeSecret.ReadAsync(apiKeyFile, cancellation));
        return await http.SendAsync(request, cancellation);
    }
}
