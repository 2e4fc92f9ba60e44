// The whole story, as the program itself plays it.
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class TourTests
{
    [Fact]
    public async Task TheTourPlaysToItsEndAndAgainOnTheSameData()
    {
        var data = Path.Combine(Path.GetTempPath(), "sisote-test-" + Guid.CreateVersion7().ToString("N"));
        string[] tour = ["tour", "--data", data, "--port", $"{SisoteProcess.FindFreePorts()}"];

        var first = await SisoteProcess.RunAsync(tour);
        Assert.True(first.ExitCode == 0, first.Output + first.Errors);
        Assert.Contains("expectations held.", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT OK", first.Output, StringComparison.Ordinal);

        var second = await SisoteProcess.RunAsync(tour);
        Assert.True(second.ExitCode == 0, second.Output + second.Errors);
        Directory.Delete(data, recursive: true);
    }
}
