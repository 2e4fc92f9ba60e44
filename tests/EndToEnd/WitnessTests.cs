// Two whole installations watch each other, and one of them is put back from a backup.
using System.Globalization;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Witness;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class WitnessTests
{
    /// <summary>A look that failed on a busy machine is repeated after a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task TwoInstallationsWatchEachOtherAndABackupPutBackIsFoundAndProven()
    {
        await using var school = new RunningSisote();
        await using var health = new RunningSisote();
        await school.InitializeAsync();
        await health.InitializeAsync();
        await WatchAsync(school, health);
        await WatchAsync(health, school);

        var cosigned = await AwaitCosignedAsync(school, Witness(health));
        await AwaitCosignedAsync(health, Witness(school));
        Assert.Contains("cosigned by at least 1", await SayAsync(school, 0, "log", "witness"), StringComparison.Ordinal);
        await VerifyAsync(school, health, cosigned);

        await school.CloseAsync();
        var backup = Copy(school.Data, "consent.db*", Directory.CreateDirectory(Path.Combine(school.Data, "backup")).FullName);
        await school.OpenAsync();
        var backedUp = Size(await CheckpointAsync(school));
        await SayAsync(school, 0, "log", "export", "--to", Path.Combine(school.Data, "one.jsonl")); // which is recorded, so the log grows
        await AwaitCosignedAsync(school, Witness(health), beyond: backedUp);
        await school.CloseAsync();
        Array.ForEach(Directory.GetFiles(school.Data, "consent.db*"), File.Delete);
        Copy(backup, "consent.db*", school.Data);
        await school.OpenAsync();
        await health.OpenAsync(); // a start looks at once

        var told = await AwaitAlarmAsync(health);
        Assert.Contains("truncated", told, StringComparison.Ordinal);
        Assert.Contains("SAW MORE ENTRIES", await AwaitSaidAsync(school, "SAW MORE ENTRIES"), StringComparison.Ordinal);
        var evidence = Path.Combine(health.Data, "evidence.json");
        await SayAsync(health, 0, "log", "witness", "evidence", told.Split("ALARM ")[1].Split(':')[0], "--to", evidence);
        Assert.Contains("Testimony: ", await PrintAsync(0, "log", "verify", evidence, "--key", Log(school)), StringComparison.Ordinal);
        Assert.Contains("another log", await PrintAsync(5, "log", "verify", evidence, "--key", Log(health)), StringComparison.Ordinal);
    }

    /// <summary>The export, the checkpoint kept by somebody else and the witness's key lie in one folder, offline.</summary>
    private static async Task VerifyAsync(RunningSisote house, RunningSisote witness, Note cosigned)
    {
        var (bundle, kept) = (Path.Combine(house.Data, "log.jsonl"), Path.Combine(house.Data, "kept.txt"));
        await File.WriteAllTextAsync(kept, cosigned.ToString());
        await SayAsync(house, 0, "log", "export", "--to", bundle);

        var intact = await PrintAsync(0, "log", "verify", bundle, "--key", Log(house), "--witness", Witness(witness).ToString(), "--checkpoint", kept);
        var alone = await PrintAsync(5, "log", "verify", bundle, "--key", Log(house), "--witness", Witness(house).ToString());

        Assert.Contains("cosigned by 1 trusted witness", intact, StringComparison.Ordinal);
        Assert.Contains("too few of the trusted witnesses", alone, StringComparison.Ordinal);
    }

    private static async Task WatchAsync(RunningSisote house, RunningSisote other)
    {
        await house.CloseAsync();
        await File.AppendAllTextAsync(Path.Combine(house.Data, "sisote.yaml"), $"""

            witnessing:
              asks:
                - key: {Witness(other)}
                  address: {new Uri(other.Gateway, "witness/")}
              watches:
                - key: {Log(other)}
                  address: {new Uri(other.Gateway, "log/")}

            """);
        await house.OpenAsync();
    }

    private static Task<Note> AwaitCosignedAsync(RunningSisote house, WitnessVerifier witness, long beyond = 0) => AwaitAsync(async () =>
    {
        var answer = await house.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(house.Gateway, "log/cosigned")));
        return Note.TryParse(answer.Body, out var note) && Size(note) > beyond && new WitnessQuorum { Witnesses = [witness], Needed = 1 }.IsMetBy(note) ? note : null;
    });

    private static async Task<Note> CheckpointAsync(RunningSisote house)
    {
        var answer = await house.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(house.Gateway, "log/checkpoint")));
        return Note.TryParse(answer.Body, out var note) ? note : throw new FormatException(answer.Body);
    }

    private static Task<string> AwaitAlarmAsync(RunningSisote house) => AwaitSaidAsync(house, "ALARM ");

    private static Task<string> AwaitSaidAsync(RunningSisote house, string said) => AwaitAsync(async () =>
    {
        var run = await SisoteProcess.RunAsync(["log", "witness", .. Place(house)]);
        return run.ExitCode == 5 && run.Output.Contains(said, StringComparison.Ordinal) ? run.Output : null;
    });

    /// <summary>Asks again until the other process has come to it.</summary>
    private static async Task<T> AwaitAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            if (await ask() is { } found)
            {
                return found;
            }
        }

        throw new TimeoutException();
    }

    private static Task<string> SayAsync(RunningSisote house, int exitCode, params string[] arguments) => PrintAsync(exitCode, [.. arguments, .. Place(house)]);

    private static async Task<string> PrintAsync(int exitCode, params string[] arguments)
    {
        var run = await SisoteProcess.RunAsync(arguments);
        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}: {run.Output}{run.Errors}");
        return run.Output;
    }

    private static string[] Place(RunningSisote house) => ["--data", house.Data, "--port", house.Port.ToString(CultureInfo.InvariantCulture)];

    private static long Size(Note note) => Checkpoint.TryParse(note.Text, out var checkpoint) ? checkpoint.Size : -1;

    private static string Log(RunningSisote house) => Key(house, "consent.log.vkey");

    private static WitnessVerifier Witness(RunningSisote house) => WitnessVerifier.Parse(Key(house, "consent.witness.vkey"));

    private static string Key(RunningSisote house, string file) => File.ReadAllText(Path.Combine(house.Data, "keys", file)).Trim();

    private static string Copy(string from, string pattern, string to)
    {
        Array.ForEach(Directory.GetFiles(from, pattern), file => File.Copy(file, Path.Combine(to, Path.GetFileName(file))));
        return to;
    }
}
