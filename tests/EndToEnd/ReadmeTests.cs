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
        var token = await PrintTokenAsync(lines.Single(static line => line.StartsWith("TOKEN=$(", StringComparison.Ordinal)));
        var curls = lines.Where(static line => line.StartsWith("curl ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, curls.Count);

        var read = await SendAsync(curls[0], token);
        Assert.Equal("Patient", Assert.Single(read.Resources)["resourceType"]!.GetValue<string>());
        Assert.NotEmpty(read.Headers["Sisote-Receipt"]);

        var checkpoint = await SendAsync(curls[1], token);
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

    private async Task<string> PrintTokenAsync(string line)
    {
        var command = line[(line.IndexOf(" -- ", StringComparison.Ordinal) + 4)..].TrimEnd(')');
        var printed = await SisoteProcess.RunAsync([.. Documents.ShellWords(command), "--data", house.Data, "--port", $"{house.Port}"]);
        Assert.True(printed.ExitCode == 0, printed.Errors);
        return printed.Output.Trim();
    }

    /// <summary>Does what the curl line does; only the ports are those of this test.</summary>
    private Task<Answer> SendAsync(string curl, string token)
    {
        var words = Documents.ShellWords(curl.Replace("$TOKEN", token, StringComparison.Ordinal).Replace(":8080/", $":{house.Port}/", StringComparison.Ordinal));
        var data = words.Contains("-d") ? words[words.IndexOf("-d") + 1] : null;
        var request = new HttpRequestMessage(data is null ? HttpMethod.Get : HttpMethod.Post, words.Single(static word => word.StartsWith("http:", StringComparison.Ordinal)))
        {
            Content = data is null ? null : new StringContent(data, null, "application/x-www-form-urlencoded"),
        };
        foreach (var header in words.Zip(words.Skip(1)).Where(static pair => pair.First == "-H").Select(static pair => pair.Second.Split(": ", 2)))
        {
            Assert.True(request.Headers.TryAddWithoutValidation(header[0], header[1]));
        }

        return house.SendAsync(request);
    }
}
