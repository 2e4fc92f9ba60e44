// Shell lines of the documents that get a token or call the gateway.
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>Does what a line of a document does; only the ports and the data folder are those of the test.</summary>
internal static class DocumentCurl
{
    /// <summary>Runs the line's <c>token</c> command and gives the token.</summary>
    internal static async Task<string> PrintTokenAsync(RunningSisote house, string line)
    {
        var command = line[(line.IndexOf(" -- ", StringComparison.Ordinal) + 4)..].TrimEnd(')');
        var printed = await SisoteProcess.RunAsync([.. Documents.ShellWords(command), "--data", house.Data, "--port", $"{house.Port}"]);
        Assert.True(printed.ExitCode == 0, printed.Errors);
        return printed.Output.Trim();
    }

    /// <summary>Sends what the line's curl sends.</summary>
    internal static Task<Answer> SendAsync(RunningSisote house, string curl, string token)
    {
        var words = Documents.ShellWords(curl.Replace("$TOKEN", token, StringComparison.Ordinal).Replace(":8080/", $":{house.Port}/", StringComparison.Ordinal));
        var data = words.Contains("-d") ? words[words.IndexOf("-d") + 1] : null;
        var headers = words.Zip(words.Skip(1)).Where(static pair => pair.First == "-H").Select(static pair => pair.Second.Split(": ", 2)).ToList();
        var type = headers.Find(static header => header[0] == "Content-Type")?[1] ?? "application/x-www-form-urlencoded";
        var request = new HttpRequestMessage(data is null ? HttpMethod.Get : HttpMethod.Post, words.Single(static word => word.StartsWith("http:", StringComparison.Ordinal)))
        {
            Content = data is null ? null : new StringContent(data, null, type),
        };
        foreach (var header in headers.Where(static header => header[0] != "Content-Type"))
        {
            Assert.True(request.Headers.TryAddWithoutValidation(header[0], header[1]));
        }

        return house.SendAsync(request);
    }
}
