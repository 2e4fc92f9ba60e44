// The consent service's doors to retention, as the operator uses them.
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Asks for reports, runs of erasing and holds with the operator's key.</summary>
internal sealed class RetentionApi(RunningHouse house)
{
    /// <summary>What is due as of a day.</summary>
    internal Task<RetentionReport> ReportAsync(DateOnly? asOf, CancellationToken cancellation) =>
        AskAsync<RetentionReport>(HttpMethod.Get, "log/retention" + (asOf is { } day ? string.Create(CultureInfo.InvariantCulture, $"?asOf={day:yyyy-MM-dd}") : string.Empty), null, cancellation);

    /// <summary>The runs, newest first.</summary>
    internal async Task<IReadOnlyList<ErasureRun>> RunsAsync(CancellationToken cancellation) => (await AskAsync<ErasureRuns>(HttpMethod.Get, "log/erasures", null, cancellation)).Runs;

    /// <summary>Prepares a run.</summary>
    internal Task<ErasureRun> PrepareAsync(DateOnly? asOf, CancellationToken cancellation) => AskAsync<ErasureRun>(HttpMethod.Post, "log/erasures", new PrepareErasure { AsOf = asOf }, cancellation);

    /// <summary>Takes the bundle of a run out into a new file that only this user can read, down to the disk; its SHA-256.</summary>
    internal async Task<Digest> ExportAsync(string run, string file, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"log/erasures/{run}/export", null, cancellation);
        await using (var output = new FileStream(file, OwnFile()))
        {
            await answer.Content.CopyToAsync(output, cancellation);
            await output.FlushAsync(cancellation);
            RandomAccess.FlushToDisk(output.SafeFileHandle);
        }

        return await DigestOfAsync(file, cancellation);
    }

    /// <summary>The SHA-256 of a file.</summary>
    internal static async Task<Digest> DigestOfAsync(string file, CancellationToken cancellation)
    {
        await using var input = File.OpenRead(file);
        return new Digest(await SHA256.HashDataAsync(input, cancellation));
    }

    /// <summary>Runs, or goes on with, a run; its last line, or the last one that came where it was cut off.</summary>
    internal async Task<ErasureLine?> RunAsync(string run, RunErasure asked, Action<ErasureLine> tell, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"log/erasures/{run}/run", asked, cancellation);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        ErasureLine? last = null;
        while (await NextAsync(reader, cancellation) is { } text)
        {
            last = JsonSerializer.Deserialize<ErasureLine>(text, SisoteJson.Options) ?? throw new InvalidDataException("A line of the answer is empty.");
            tell(last);
        }

        return last;
    }

    /// <summary>The next line; null at the end, and where the service has gone away.</summary>
    private static async Task<string?> NextAsync(StreamReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadLineAsync(cancellation);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>All holds.</summary>
    internal async Task<IReadOnlyList<HoldView>> HoldsAsync(CancellationToken cancellation) => (await AskAsync<HoldList>(HttpMethod.Get, "log/holds", null, cancellation)).Holds;

    /// <summary>Places a hold.</summary>
    internal Task<HoldView> PlaceAsync(PlaceHold hold, CancellationToken cancellation) => AskAsync<HoldView>(HttpMethod.Post, "log/holds", hold, cancellation);

    /// <summary>Lifts a hold.</summary>
    internal Task<HoldView> LiftAsync(string id, HoldOrder by, CancellationToken cancellation) => AskAsync<HoldView>(HttpMethod.Post, $"log/holds/{Uri.EscapeDataString(id)}/lift", new LiftHold { OrderedBy = by }, cancellation);

    private async Task<T> AskAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var answer = await SendAsync(method, path, body, cancellation);
        return await answer.Content.ReadFromJsonAsync<T>(SisoteJson.Options, cancellation) ?? throw new InvalidDataException("The consent service answered nothing.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
#pragma warning disable CA2000 // a client of the factory owns nothing, and the answer is read after this
        var client = house.Http.CreateClient();
#pragma warning restore CA2000
        client.Timeout = Timeout.InfiniteTimeSpan; // a long log takes its time
        using var request = new HttpRequestMessage(method, new Uri(house.Settings.Consent, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.GetOperatorTokenAsync(cancellation));
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: SisoteJson.Options);
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
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        try
        {
            using var problem = JsonDocument.Parse(body);
            return string.Join(' ', new[] { "title", "field", "detail" }.Select(name => problem.RootElement.TryGetProperty(name, out var text) ? text.GetString() : null).Where(static text => text is not null));
        }
        catch (JsonException)
        {
            return body;
        }
    }

    /// <summary>What is taken out tells who was a client of whom: a new file is its owner's alone.</summary>
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
