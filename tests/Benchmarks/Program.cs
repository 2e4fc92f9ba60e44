// Runs the benchmarks named on the command line.
using BenchmarkDotNet.Running;
using Sisote.Tests.Benchmarks;

if (args is ["minimise-ratios"])
{
    MinimiseRatios.Print();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
