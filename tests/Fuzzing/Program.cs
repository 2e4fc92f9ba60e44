// The fuzzers as a command; without one, this is a test project like the others.
using Sisote.Tests.Testing;

namespace Sisote.Tests.Fuzzing;

/// <summary><c>dotnet run -c Release --project tests/Fuzzing -- fuzz TARGET [--seconds N] [--findings FOLDER]</c>; anything else goes to the test platform.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) => args switch
    {
        ["fuzz", ..] when FuzzOptions.FaultOf(args[1..]) is { } fault => Refuse(fault),
        ["fuzz", ..] when SharedData.Fault is { } fault => Refuse(fault),
        ["fuzz", .. var rest] => await Staging.RunAsync(FuzzOptions.Parse(rest), CancellationToken.None),
        ["fuzz-staged", .. var rest] => new Fuzzer(new Coverage(), rest).Run(), // the map stands before anything of the gateway is touched
        _ => await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, static (builder, rest) => SelfRegisteredExtensions.AddSelfRegisteredExtensions(builder, rest)),
    };

    private static int Refuse(string fault)
    {
        Console.Error.WriteLine(fault);
        return 2;
    }
}
