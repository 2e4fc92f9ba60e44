// How fast the whole gateway is, against plain YARP in the same run.
using System.Globalization;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary><c>dotnet run -c Release --project tests/Benchmarks -- gateway [ROUNDS] [off] [before FOLDER]</c>: short slices of each contender in turn, so that what else the machine does troubles all alike; medians of the ratios within a round. <c>off</c> leaves out the consent rooms; a folder with an earlier build of this program brings its gateway into the same run.</summary>
internal static class GatewayBenchmark
{
    private const int Connections = 32;
    /// <summary>The three messages, whose names <see cref="Caller"/> knows.</summary>
    internal static readonly string[] Messages = ["2 KB Observation", "10 KB Patient", "200 KB Bundle"];

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(string[] arguments)
    {
        var rounds = arguments.Length > 0 && int.TryParse(arguments[0], CultureInfo.InvariantCulture, out var asked) ? asked : 15;
        var folder = Directory.CreateTempSubdirectory("sisote-benchmark-").FullName;
        await using var issuer = await TestIssuer.StartAsync();
        await using var postgres = new PostgresFixture { IsDurable = true };
        using var source = new RawSource();
        var rooms = arguments.Contains("off") ? [] : await OpenRoomsAsync(issuer, postgres, folder);
        string[] common = [issuer.Address.AbsoluteUri, source.Address.AbsoluteUri, folder, "-"];
        using (var process = await ContenderProcess.StartAsync(AppContext.BaseDirectory, [.. common, .. rooms.Select(static room => room.Room.Address.AbsoluteUri)]))
        {
            using var before = Array.IndexOf(arguments, "before") is >= 0 and var at ? await ContenderProcess.StartAsync(arguments[at + 1], common) : null;
            List<Contender> contenders = [.. rooms.Select(static room => room.Name).Prepend("gateway, log off").Prepend("plain YARP").Zip(process.Addresses, (name, address) => new Contender(name, process, address))];
            if (before is not null)
            {
                contenders.Add(new Contender("gateway before, log off", before, before.Addresses[1]));
            }

            PrintHead();
            await MeasureAsync(contenders, issuer, rounds);
            var end = await process.AskAsync("collect");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nThe contenders' process afterwards: working set {end.WorkingSet / 1e6:0} MB, managed heap {end.Heap / 1e6:0} MB."));
        }

        foreach (var (_, room) in rooms)
        {
            await room.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<List<(string Name, LogRoom Room)>> OpenRoomsAsync(TestIssuer issuer, PostgresFixture postgres, string folder)
    {
        var (files, server) = (Directory.CreateDirectory(Path.Combine(folder, "sqlite")).FullName, Directory.CreateDirectory(Path.Combine(folder, "postgres")).FullName);
        return
        [
            ("gateway, SQLite", await LogRoom.OpenAsync(issuer, files, "sqlite:" + Path.Combine(files, "consent.db"))),
            ("gateway, PostgreSQL", await LogRoom.OpenAsync(issuer, server, "postgres:" + await postgres.CreateDatabaseAsync())),
        ];
    }

    private static async Task MeasureAsync(List<Contender> contenders, TestIssuer issuer, int rounds)
    {
        foreach (var (name, warmUp) in Messages.Zip([20_000, 3_000, 2_000]))
        {
            using var contest = await Contest.OpenAsync(name, contenders, new Caller(issuer), Connections);
            await contest.WarmUpAsync(warmUp, Slice, TimeSpan.FromMinutes(2));
            for (var round = 0; round < rounds; round++)
            {
                await contest.RunRoundAsync(Slice);
            }

            await contest.RunHalfLoadAsync(Slice, Math.Max(4, rounds / 2));
            foreach (var line in contest.Lines())
            {
                Console.WriteLine(line);
            }
        }
    }

    private static void PrintHead()
    {
        Console.WriteLine($"{Connections} connections; contenders in one process on one core, callers, source and consent rooms in another on the other core. Ratios to plain YARP, medians of rounds.");
        Console.WriteLine();
        Console.WriteLine("| | | requests/s | ratio | CPU µs | CPU ratio | p50 ms | p99 ms | half load: p50, p99 ms | added p99 ms | B/request |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
    }
}
