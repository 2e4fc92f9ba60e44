// Runs the benchmarks named on the command line.
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
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
        // A short job in this very process: about a minute, and ratios are what is read; results go beside the program, not into the repository.
        var config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
        break;
}
