// A system made by `sisote init`, in a house that runs.
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class InitTests(RunningSisote house) : IClassFixture<RunningSisote>
{
    private const string System = "kuopio-nuoriso";

    [Fact]
    public async Task ASystemMadeByInitGetsItsTokenAndIsToldInPlainWordsWhatIsMissing()
    {
        await house.CloseAsync();
        var made = await SisoteProcess.RunAsync([.. Documents.ShellWords(Documents.Blocks("docs/connecting.md", "console")[0].Trim())[1..], "--data", house.Data]);
        Assert.True(made.ExitCode == 0, made.Errors);
        await house.OpenAsync();

        await AssertStepAsync(made.Errors, "sisote map test", 0, "client 1: 1 made");
        await AssertStepAsync(made.Errors, "sisote catalogue check", 0, "7 systems", "the file of `apiKeyFile`");
        await AssertStepAsync(made.Errors, "sisote token", 0, "eyJ");
        await AssertStepAsync(made.Errors, "sisote doctor", 5, $"ok       token: given to {System}", $"`address` of `{System}` is still the example https://{System}.example/api", $"the file that `apiKeyFile` of `{System}` names is not there", Path.Combine(house.Data, "secrets", System + ".api-key"));
        await AssertStepAsync(made.Errors, "sisote probe", 5, "answered 503", $"`address` of `{System}` is still the example", $"the file that `apiKeyFile` of `{System}` names is not there");
    }

    /// <summary>Runs the command as the list of next steps writes it.</summary>
    private async Task AssertStepAsync(string steps, string command, int exitCode, params string[] words)
    {
        var line = steps.Split('\n').Single(line => line.Contains(command, StringComparison.Ordinal)).Split('#')[0];
        var file = Path.Combine(house.Data, "client.txt");
        await File.WriteAllTextAsync(file, RunningSisote.Nobody + "\n");
        var arguments = Documents.ShellWords(line[(line.IndexOf("sisote ", StringComparison.Ordinal) + 7)..]).Select(word => word == "client.txt" ? file : word);
        var ran = await SisoteProcess.RunAsync(line.Contains("--data ", StringComparison.Ordinal) ? [.. arguments, "--port", $"{house.Port}"] : arguments);
        var said = ran.Output + ran.Errors;

        Assert.True(ran.ExitCode == exitCode, said);
        Assert.All(words, word => Assert.Contains(word, said, StringComparison.Ordinal));
    }
}
