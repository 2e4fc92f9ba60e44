// The consent service's door to back-tests, as the operator uses it.
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Sends a catalogue and follows the answer line by line.</summary>
internal sealed class BacktestApi(RunningHouse house)
{
    private static readonly TimeSpan BetweenTellings = TimeSpan.FromSeconds(2);

    /// <summary>Runs a back-test; tells now and then how far it is.</summary>
    /// <exception cref="InvalidDataException">The answer ended without a result, or the service refused.</exception>
    internal async Task<BacktestResult> RunAsync(BacktestRequest request, Action<BacktestLine> tell, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        client.Timeout = Timeout.InfiniteTimeSpan; // a long log takes its time; the lines show that it goes on
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Settings.Consent, "log/backtests")) { Content = JsonContent.Create(request, options: SisoteJson.Options) };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.Tokens.GetAsync(InnerSystems.Operator, Scopes.Inner, business: null, cancellation));
        using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidDataException($"the consent service answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
        }

        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        return await FollowAsync(reader, tell, cancellation);
    }

    private static async Task<BacktestResult> FollowAsync(StreamReader reader, Action<BacktestLine> tell, CancellationToken cancellation)
    {
        var told = TimeProvider.System.GetTimestamp();
        while (await reader.ReadLineAsync(cancellation) is { } text)
        {
            var line = JsonSerializer.Deserialize<BacktestLine>(text, SisoteJson.Options) ?? throw new InvalidDataException("a line of the answer is empty.");
            if (line.Result is { } result)
            {
                return result;
            }

            if (TimeProvider.System.GetElapsedTime(told) > BetweenTellings)
            {
                tell(line);
                told = TimeProvider.System.GetTimestamp();
            }
        }

        throw new InvalidDataException("the answer ended without a result. `sisote log export` and `sisote log verify` show whether the log is whole.");
    }
}
