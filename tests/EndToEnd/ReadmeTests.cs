// README's commands, as they are written there.
using System.Net;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

[Collection(Referred.Name)]
public sealed class ReadmeTests(ReferredHouse house)
{
    [Fact]
    public async Task TheReadWithCurlWorksAsWritten()
    {
        var lines = Documents.Blocks("README.md", "sh").Single(static block => block.Contains("curl ", StringComparison.Ordinal)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var token = await DocumentCurl.PrintTokenAsync(house, lines.Single(static line => line.StartsWith("TOKEN=$(", StringComparison.Ordinal)));
        var curls = lines.Where(static line => line.StartsWith("curl ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, curls.Count);

        var read = await DocumentCurl.SendAsync(house, curls[0], token);
        Assert.Equal("Patient", Assert.Single(read.Resources)["resourceType"]!.GetValue<string>());
        Assert.NotEmpty(read.Headers["Sisote-Receipt"]);

        var checkpoint = await DocumentCurl.SendAsync(house, curls[1], token);
        Assert.Equal(HttpStatusCode.OK, checkpoint.Status);
        Assert.StartsWith($"localhost:{house.Port}/log\n", checkpoint.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectingsCommandsAreThoseOfTheProgram()
    {
        foreach (var line in Documents.Blocks("docs/connecting.md", "sh").SelectMany(static block => block.Split('\n')).Where(static line => line.Contains("-- ", StringComparison.Ordinal)))
        {
            var words = Documents.ShellWords(line[(line.IndexOf("-- ", StringComparison.Ordinal) + 3)..]);
            var help = await SisoteProcess.RunAsync([.. words.TakeWhile(static word => word[0] != '-'), "--help"]);
            Assert.Equal(0, help.ExitCode);
            Assert.All(words.Where(static word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Contains(option, help.Output, StringComparison.Ordinal));
        }
    }
}
