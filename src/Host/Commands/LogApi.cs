// The consent service's door to the whole log, as the operator uses it.
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Takes the log out, whole or what a question asks for, with the operator's key.</summary>
internal sealed class LogApi(RunningHouse house, TextWriter progress)
{
    private static readonly TimeSpan BetweenTellings = TimeSpan.FromSeconds(2);

    /// <summary>Copies the bundle of the whole log.</summary>
    internal async Task CopyBundleAsync(Stream output, CancellationToken cancellation)
    {
        using var client = MakeClient();
        using var answer = await SendAsync(client, HttpMethod.Get, "log/export", null, cancellation);
        await answer.Content.CopyToAsync(output, cancellation);
    }

    /// <summary>The entries of an answer, and its end as the last line.</summary>
    /// <exception cref="InvalidDataException">The answer broke off, or the service refused.</exception>
    internal async IAsyncEnumerable<LogLine> AskAsync(LogQuestion question, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var client = MakeClient();
        using var content = JsonContent.Create(question, options: SisoteJson.Options);
        using var answer = await SendAsync(client, HttpMethod.Post, "log/query", content, cancellation);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        var told = TimeProvider.System.GetTimestamp();
        while (await reader.ReadLineAsync(cancellation) is { } text)
        {
            var line = JsonSerializer.Deserialize<LogLine>(text, SisoteJson.Options) ?? throw new InvalidDataException("A line of the answer is empty.");
            if (line.Searched is { } searched)
            {
                if (TimeProvider.System.GetElapsedTime(told) > BetweenTellings)
                {
                    await progress.WriteLineAsync($"Searched back to entry {searched:D}.");
                    told = TimeProvider.System.GetTimestamp();
                }

                continue;
            }

            yield return line;
            if (line.End is { } end)
            {
                if (end.Changed > 0)
                {
                    await progress.WriteLineAsync($"Warning: {end.Changed:D} entries are left out, for their record is not the one that the log committed to. Somebody changed them in the database; `sisote log export` and `sisote log verify` show which.");
                }

                yield break;
            }
        }

        throw new InvalidDataException("The answer broke off before its end: what was written is not all. Ask again; if it lasts, `sisote log export` and `sisote log verify` show whether the log is whole.");
    }

    /// <summary>A long log takes its time; the lines show that it goes on.</summary>
    private HttpClient MakeClient()
    {
        var client = house.Http.CreateClient();
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(house.Settings.Consent, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.GetOperatorTokenAsync(cancellation));
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw new InvalidDataException($"The consent service answered {(int)answer.StatusCode}: {await ReasonAsync(answer, cancellation)}");
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            return string.Join(' ', ((string[])["title", "field", "detail"]).Select(name => problem.RootElement.TryGetProperty(name, out var text) ? text.ToString() : null).OfType<string>());
        }
        catch (JsonException)
        {
            return answer.ReasonPhrase ?? "no reason given";
        }
    }
}
