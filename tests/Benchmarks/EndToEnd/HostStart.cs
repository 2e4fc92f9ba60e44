// How long the built program takes to its first answer.
using System.Diagnostics;
using System.Globalization;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary><c>dotnet run -c Release --project tests/Benchmarks -- start FOLDER [TIMES]</c>: starts the built <c>sisote.dll</c> of a folder with all rooms on a fresh data folder, and asks the gateway until it answers.</summary>
internal static class HostStart
{
    private const int Port = 18080;

    public static async Task RunAsync(string[] arguments)
    {
        var times = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5;
        var data = Directory.CreateTempSubdirectory("sisote-start-").FullName;
        List<double> seconds = [];
        for (var time = 0; time < times; time++) // the first start makes databases and keys, the others find them
        {
            seconds.Add(await StartAsync(Path.Combine(arguments[0], "sisote.dll"), data));
        }

        Directory.Delete(data, recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first start {seconds[0]:0.00} s; later ones {string.Join(", ", seconds.Skip(1).Select(static one => one.ToString("0.00", CultureInfo.InvariantCulture)))} s"));
    }

    private static async Task<double> StartAsync(string program, string data)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--data", data, "--port", Port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromMilliseconds(200) });
        while (!process.HasExited && !await AnswersAsync(http))
        {
        }

        var taken = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{taken:0.00} s, processor {process.TotalProcessorTime.TotalSeconds:0.00} s, working set {process.WorkingSet64 / 1e6:0} MB with all rooms"));
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        return taken;
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}/fhir/pohjois-savo-record/metadata")));
            return true;
        }
        catch (HttpRequestException)
        {
            await Task.Delay(20);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
