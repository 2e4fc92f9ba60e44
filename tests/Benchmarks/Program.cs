// Runs the benchmarks named on the command line.
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Sisote.Benchmarks;
using Sisote.Tests.Benchmarks;
using Sisote.Tests.Benchmarks.EndToEnd;

switch (args)
{
    case ["append", .. var rest]:
        await AppendBenchmark.RunAsync(rest);
        break;
    case ["gateway", .. var rest]:
        await GatewayBenchmark.RunAsync(rest);
        break;
    case ["profile", .. var rest]:
        await GatewayProfile.RunAsync(rest);
        break;
    case ["start", .. var rest]:
        await HostStart.RunAsync(rest);
        break;
    case ["gateway-contenders", .. var rest]:
        await Contenders.RunAsync(rest);
        break;
    case ["minimise"]:
        MinimiseRatios.Print();
        break;
    case ["decide"]:
        DecideRatios.Print();
        break;
    case ["log", .. var rest]:
        await LogBenchmark.RunAsync(rest);
        break;
    default:
        // Many short iterations in this very process: about a minute, and where others use the machine too, the shortest of them still tell the truth.
        // Results go beside the program, not into the repository.
        var job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(2))
            .WithWarmupCount(200)
            .WithIterationCount(200);
        var config = DefaultConfig.Instance
            .AddJob(job)
            .AddColumn(StatisticColumn.Min, StatisticColumn.Median)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
        break;
}
