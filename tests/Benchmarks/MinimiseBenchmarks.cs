// The minimiser alone against a bare reader pass over the same bytes.
using BenchmarkDotNet.Attributes;

namespace Sisote.Tests.Benchmarks;

/// <summary>From the bytes that came to the bytes that go; the ratio to the baseline and the memory per operation are what counts.</summary>
[MemoryDiagnoser]
public class MinimiseBenchmarks : IDisposable
{
    private byte[] message = [];
    private MinimiseWork? work;

    /// <summary>The message.</summary>
    [Params("Observation 2 KB", "Patient 10 KB", "Bundle 200 KB")]
    public string Message { get; set; } = string.Empty;

    /// <summary>Makes the message.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        message = MinimiseInputs.Make(Message);
        work = new MinimiseWork(Message[0] == 'P' ? "Patient" : "Observation");
    }

    /// <summary>Every token once.</summary>
    [Benchmark(Baseline = true)]
    public int ReaderPass() => MinimiseWork.ReaderPass(message);

    /// <summary>Check, match and write.</summary>
    [Benchmark]
    public int Minimise() => work!.Fast(message, isSearchset: Message[0] == 'B');

    /// <summary>The same with the framework's reader, member by member (one resource only).</summary>
    [Benchmark]
    public int MinimisePlainly() => work!.Plain(message, isSearchset: Message[0] == 'B');

    /// <summary>Gives the buffers back.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        work?.Dispose();
        GC.SuppressFinalize(this);
    }
}
