// The real program, as a user starts it.
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sisote.Tests.Testing;

/// <summary>Runs <c>sisote</c> as a process with its own data folder and ports, and keeps what it prints.</summary>
public sealed class SisoteProcess : IAsyncDisposable
{
    private static readonly Lock Ports = new();
    private static int nextPort = 20000 + Environment.ProcessId % 500 * 20; // below the ports that systems give to outgoing calls
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int isDisposed;

    private SisoteProcess(Process process) => this.process = process;

    /// <summary>What it printed on standard output so far.</summary>
    public string Output => Locked(output);

    /// <summary>What it printed on standard error so far (diagnostics included).</summary>
    public string Errors => Locked(errors);

    /// <summary>Its exit code; only after it ended.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Starts the program; does not wait for anything.</summary>
    public static SisoteProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? workingDirectory = null, string? input = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = input is not null,
            WorkingDirectory = workingDirectory ?? AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "sisote.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var running = new SisoteProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        running.Begin();
        if (input is not null)
        {
            running.process.StandardInput.WriteLine(input);
            running.process.StandardInput.Close();
        }

        return running;
    }

    /// <summary>Runs a command to its end, with a line on its standard input where one is given.</summary>
    public static async Task<SisoteProcess> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var running = Start(arguments, environment, input: input);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await running.process.WaitForExitAsync(limit.Token);
        running.process.WaitForExit();
        return running;
    }

    /// <summary>Waits until it says that it is open; fails with what it said if it ends before.</summary>
    public async Task WaitUntilOpenAsync()
    {
        var ended = process.WaitForExitAsync();
        var first = await Task.WhenAny(opened.Task, ended, Task.Delay(TimeSpan.FromSeconds(90)));
        Assert.True(first == opened.Task, $"It did not open. It said: {Output}{Errors}");
    }

    /// <summary>Asks it to stop as Ctrl-C does, and waits for the end.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(limit.Token);
        process.WaitForExit();
    }

    /// <summary>Asks it to stop as an operating system does, perhaps more than once at the same moment, and waits for the end.</summary>
    public async Task TerminateAsync(int times)
    {
        for (var time = 0; time < times; time++)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        process.WaitForExit();
    }

    /// <summary>Waits until something holds, at most as long as a start may take.</summary>
    public async Task WaitForAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!holds())
        {
            Assert.False(process.HasExited, $"It ended: {Output}{Errors}");
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>The first of twenty free ports in a row on the loopback address; never the same twice, as tests run side by side.</summary>
    public static int FindFreePorts()
    {
        lock (Ports)
        {
            for (; nextPort < 32000; nextPort += 20)
            {
                if (Enumerable.Range(nextPort, 20).All(IsFree))
                {
                    var found = nextPort;
                    nextPort += 20;
                    return found;
                }
            }
        }

        throw new InvalidOperationException("There are no twenty free ports in a row.");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 1)
        {
            return; // killed before, by a test that could not start it again
        }

        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Begin()
    {
        process.OutputDataReceived += (_, line) =>
        {
            Keep(output, line.Data);
            if (line.Data == "Ctrl-C closes.")
            {
                opened.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void Keep(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Locked(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
