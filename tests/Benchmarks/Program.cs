// Runs the benchmarks named on the command line.
using BenchmarkDotNet.Running;
using Sisote.Tests.Benchmarks;

switch (args)
{
    case ["append", .. var rest]:
        await AppendBenchmark.RunAsync(rest);
        break;
    case ["log", .. var rest]:
        await LogBenchmark.RunAsync(rest);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
