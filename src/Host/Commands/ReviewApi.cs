// The consent service's doors to reviewing, as the operator uses them.
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Lists rounds, requests and what is overdue, and takes packages out, with the operator's key.</summary>
internal sealed class ReviewApi(RunningHouse house)
{
    /// <summary>The rounds of all organisations, newest first.</summary>
    internal async Task<IReadOnlyList<RoundSummary>> RoundsAsync(CancellationToken cancellation) => (await AskAsync<RoundList>("review/rounds", cancellation)).Rounds;

    /// <summary>The requests of all organisations, newest first.</summary>
    internal async Task<IReadOnlyList<ListedRequest>> RequestsAsync(CancellationToken cancellation) => (await AskAsync<RequestList>("review/requests", cancellation)).Requests;

    /// <summary>What is past its last day, the oldest day first.</summary>
    internal async Task<IReadOnlyList<OverdueCase>> OverdueAsync(CancellationToken cancellation) => (await AskAsync<OverdueCases>("review/overdue", cancellation)).Cases;

    /// <summary>Takes a prepared package out into a new file that only this user can read.</summary>
    internal async Task TakeOutAsync(string request, string format, string language, string file, CancellationToken cancellation)
    {
        using var answer = await SendAsync($"review/requests/{Uri.EscapeDataString(request)}/package?format={format}&language={language}", cancellation);
        await using var output = new FileStream(file, OwnFile());
        await answer.Content.CopyToAsync(output, cancellation);
    }

    /// <summary>Runs a command against the consent service, and says in a line what went wrong.</summary>
    internal static async Task<int> TryAsync(HouseOptions options, System.CommandLine.InvocationConfiguration streams, Func<ReviewApi, Task<int>> run)
    {
        using var house = RunningHouse.Find(options);
        try
        {
            return await run(new ReviewApi(house));
        }
        catch (TokenRefusedException refusal) when (refusal.Error == TokenRefusedException.Unreachable)
        {
            throw house.NotRunning(refusal);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException)
        {
            await streams.Error.WriteLineAsync(fault.Message);
            return ExitCodes.Failed;
        }
    }

    private async Task<T> AskAsync<T>(string path, CancellationToken cancellation)
    {
        using var answer = await SendAsync(path, cancellation);
        return await answer.Content.ReadFromJsonAsync<T>(SisoteJson.Options, cancellation) ?? throw new InvalidDataException("The consent service answered nothing.");
    }

    private async Task<HttpResponseMessage> SendAsync(string path, CancellationToken cancellation)
    {
#pragma warning disable CA2000 // a client of the factory owns nothing, and the answer is read after this
        var client = house.Http.CreateClient();
#pragma warning restore CA2000
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Settings.Consent, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.GetOperatorTokenAsync(cancellation));
        var answer = await client.SendAsync(request, cancellation);
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
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        try
        {
            using var problem = JsonDocument.Parse(body);
            return string.Join(' ', new[] { "title", "field", "detail" }.Select(name => problem.RootElement.TryGetProperty(name, out var text) ? text.GetString() : null).Where(static text => text is not null));
        }
        catch (JsonException)
        {
            return answer.ReasonPhrase ?? "no reason given";
        }
    }

    /// <summary>A package is somebody's log: a new file is its owner's alone.</summary>
    private static FileStreamOptions OwnFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
