// The client's door to the uses of the client's own data, as the Estonian data tracker asks for them.
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Doors.Consent;

namespace Sisote.Consent.Audit;

/// <summary><c>GET /me/findUsage</c>, <c>GET /me/usagePeriod</c></summary>
internal static partial class UsageEndpoints
{
    private const int MostRows = 1000;

    public static void MapUsages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/me/findUsage", FindAsync).RequireAuthorization(Admission.Client);
        app.MapGet("/me/usagePeriod", static async Task<Ok<UsagePeriod>> (UsageReader usages, CancellationToken cancellation) => TypedResults.Ok(await usages.PeriodAsync(cancellation)))
            .RequireAuthorization(Admission.Client);
    }

    private static async Task<Results<Ok<Usages>, ProblemHttpResult>> FindAsync(HttpContext context, UsageReader usages, ClientKeys keys, CancellationToken cancellation)
    {
        var question = new UsageQuestion { Client = keys.KeyOf(context.Me()), Language = LanguageOf(context) };
        foreach (var (name, values) in context.Request.Query)
        {
            if (values.Count != 1 || With(question, name, values[0] ?? string.Empty) is not { } more)
            {
                return Problems.InvalidRequest(
                    name is "periodStart" or "periodEnd" or "offset" or "limit" ? name : "query", "periodStart and periodEnd are times with zone (RFC 3339), offset and limit numbers; each at most once.");
            }

            question = more;
        }

        return TypedResults.Ok(await usages.FindAsync(question, cancellation));
    }

    private static UsageQuestion? With(UsageQuestion question, string name, string value) => name switch
    {
        "periodStart" when TimeOf(value) is { } start => question with { From = start },
        "periodEnd" when TimeOf(value) is { } end => question with { To = end },
        "offset" when NumberOf(value) is { } offset => question with { Offset = offset },
        "limit" when NumberOf(value) is { } limit and >= 1 => question with { Limit = Math.Min(limit, MostRows) },
        _ => null,
    };

    private static DateTimeOffset? TimeOf(string text) =>
        Instant().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static int? NumberOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The first language of the caller that Sisote speaks; Finnish otherwise.</summary>
    private static string LanguageOf(HttpContext context) => context.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(static language => language.Quality ?? 1)
        .Select(static language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
        .FirstOrDefault(static language => language is "fi" or "sv" or "en") ?? "fi";

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?(Z|[+-][0-9]{2}:[0-9]{2})$")]
    private static partial Regex Instant();
}
