// The story's middle, with a line to the patient record that the tests can break.
using Sisote.Simulators;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>A running Sisote that finds the patient record, which is the test's own, at the other end of a <see cref="FaultyLine"/>, and does not let entries wait for long.</summary>
public sealed class BrokenLineHouse : RunningSisote
{
    private RunningSimulators? record;

    /// <summary>The line.</summary>
    internal FaultyLine Line { get; private set; } = null!;

    /// <summary>The register's handle of Aino.</summary>
    internal string Handle { get; private set; } = null!;

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["Sisote__Gateway__SourceTimeout"] = "00:00:08",
        ["Sisote__Gateway__Outbox__FirstRetry"] = "00:00:00.05",
        ["Sisote__Gateway__Outbox__LongestRetry"] = "00:00:00.2",
        ["Sisote__Gateway__Outbox__LookEvery"] = "00:00:00.1",
        ["Sisote__Gateway__Outbox__MostUnclear"] = "1000",
    };

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        await DemoDeployment.WriteAsync(Data, Port, text => text
            .Replace($"documents: http://127.0.0.1:{Port + 11}", $"documents: http://localhost:{Port + 11}", StringComparison.Ordinal)
            .Replace($"sendMllp: mllp://127.0.0.1:{Port + 12}", $"sendMllp: mllp://localhost:{Port + 12}", StringComparison.Ordinal));
        record = await SimulatorsRoom.StartAsync(
            [new SimulatorEntry { Kind = "patient-record", Name = Record, HttpPort = Port + 11, SendsTo = new Uri($"mllp://127.0.0.1:{Port + 5}") }],
            new SimulatorSettings { DataDirectory = Path.Combine(Data, "simulators") },
            TestContext.Current.CancellationToken);
        Line = FaultyLine.Mllp(record.MllpPort("patient-record"), TimeSpan.FromSeconds(1));
        var file = Path.Combine(Data, "sisote.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace($"localhost:{Port + 12}", $"localhost:{Line.Port}\n        timeoutSeconds: 1", StringComparison.Ordinal));
        await base.InitializeAsync();
        await this.ConsentAsync("aino");
        var referred = await this.ReferAsync(Aino);
        for (var again = 0; again < 5 && referred.StartsWith("not-sent", StringComparison.Ordinal); again++)
        {
            referred = await this.ReferAsync(Aino); // the record waits ten seconds for an answer, which a busy machine may not have
        }

        Assert.Equal("delivered", referred);
        await this.AcceptAsync("Aaltonen");
        Handle = await HandleAsync(Aino);
    }

    /// <summary>Opens it again after it was killed.</summary>
    internal async Task ReviveAsync()
    {
        await KillAsync();
        await OpenAsync();
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        if (record is not null)
        {
            await Line.DisposeAsync();
            await record.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
