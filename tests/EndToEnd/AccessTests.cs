// The worked example of docs/authzen.md, as it is written there.
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

[Collection(Referred.Name)]
public sealed class AccessTests(ReferredHouse house)
{
    [Fact]
    public async Task ASystemWithoutFhirGetsItsDecisionWithCurlAsWritten()
    {
        var lines = Documents.Blocks("docs/authzen.md", "sh").Single().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var token = await PrintTokenAsync(lines.Single(static line => line.StartsWith("TOKEN=$(", StringComparison.Ordinal)));
        var curls = lines.Where(static line => line.StartsWith("curl ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, curls.Count);

        var own = (await SendAsync(curls[0], token)).Json;
        Assert.True(own["decision"]!.GetValue<bool>(), own.ToJsonString());
        Assert.NotEmpty(own["context"]!["receipt"]!.GetValue<string>());

        var others = (await SendAsync(curls[1], token)).Json["evaluations"]!.AsArray();
        Assert.Equal([true, false], others.Select(static one => one!["decision"]!.GetValue<bool>()));

        var stranger = (await SendAsync(curls[1].Replace(RunningSisote.Aino, RunningSisote.Onni, StringComparison.Ordinal), token)).Json["evaluations"]!.AsArray();
        var nobody = (await SendAsync(curls[1].Replace(RunningSisote.Aino, RunningSisote.Nobody, StringComparison.Ordinal), token)).Json["evaluations"]!.AsArray();
        Assert.Equal(Reasons(nobody), Reasons(stranger));
    }

    [Fact]
    public async Task TheMetadataNamesAddressesThatAnswer()
    {
        using var nobody = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Gateway, ".well-known/authzen-configuration"));
        var metadata = (await house.SendAsync(nobody)).Json;
        Assert.Equal(house.Gateway.AbsoluteUri.TrimEnd('/'), metadata["policy_decision_point"]!.GetValue<string>());

        foreach (var endpoint in new[] { "access_evaluation_endpoint", "access_evaluations_endpoint" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, metadata[endpoint]!.GetValue<string>());
            Assert.Equal(HttpStatusCode.Unauthorized, (await house.SendAsync(request)).Status);
        }
    }

    private static string[] Reasons(JsonArray outcomes) => [.. outcomes.Select(static one => $"{one!["decision"]} {one["context"]!["reason_user"]!.ToJsonString()}")];

    private async Task<string> PrintTokenAsync(string line)
    {
        var command = line[(line.IndexOf(" -- ", StringComparison.Ordinal) + 4)..].TrimEnd(')');
        var printed = await SisoteProcess.RunAsync([.. Documents.ShellWords(command), "--data", house.Data, "--port", $"{house.Port}"]);
        Assert.True(printed.ExitCode == 0, printed.Errors);
        return printed.Output.Trim();
    }

    /// <summary>Does what the curl line does; only the port is that of this test.</summary>
    private Task<Answer> SendAsync(string curl, string token)
    {
        var words = Documents.ShellWords(curl.Replace("$TOKEN", token, StringComparison.Ordinal).Replace(":8080/", $":{house.Port}/", StringComparison.Ordinal));
        Assert.Contains("Content-Type: application/json", words);
        var request = new HttpRequestMessage(HttpMethod.Post, words.Single(static word => word.StartsWith("http:", StringComparison.Ordinal)))
        {
            Content = new StringContent(words[words.IndexOf("-d") + 1], Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return house.SendAsync(request);
    }
}
