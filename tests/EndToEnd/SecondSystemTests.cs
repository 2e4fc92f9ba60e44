// docs/connecting.md, followed to the letter.
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class SecondSystemTests(RunningSisote house) : IClassFixture<RunningSisote>
{
    private const string System = "siilinjarvi-liikunta";
    private const string Unit = "SIILINJARVI-LIIKUNTA";

    [Fact]
    public async Task ASecondExerciseSystemIsConnectedByConfigurationAlone()
    {
        await house.ConsentAsync("aino");
        await house.CloseAsync();
        var file = Path.Combine(house.Data, "sisote.yaml");
        await File.WriteAllTextAsync(file, Extend(await File.ReadAllTextAsync(file)));
        var check = await SisoteProcess.RunAsync(["catalogue", "check", "--deployment", file]);
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        await house.OpenAsync();

        var list = await SisoteProcess.RunAsync(["demo", "list", "--data", house.Data, "--port", $"{house.Port}"]);
        Assert.Contains(System, list.Output, StringComparison.Ordinal);
        var printed = await SisoteProcess.RunAsync(["token", "--system", System, "--user", "ohjaaja-1", "--role", "exercise-counsellor", "--purpose", "exercise-counselling", "--data", house.Data, "--port", $"{house.Port}"]);
        Assert.True(printed.ExitCode == 0, printed.Errors);
        var token = printed.Output.Trim();

        var metadata = await house.GetAsync($"fhir/{RunningSisote.Record}/metadata", token);
        Assert.Equal("CapabilityStatement", metadata.Json["resourceType"]!.GetValue<string>());
        Assert.Contains("Flag", metadata.Body, StringComparison.Ordinal);
        var aino = await house.FindAsync(RunningSisote.Aino, token: token);
        aino.AssertNothing();
        Assert.Equal((await house.FindAsync(RunningSisote.Nobody, token: token)).Body, aino.Body);

        Assert.NotEqual("delivered", await house.ReferAsync(RunningSisote.Aino, Unit));
        await house.ConsentAsync("aino");
        Assert.Equal("delivered", await house.ReferAsync(RunningSisote.Aino, Unit));
        Assert.Contains("Aaltonen", (await house.NativeAsync(17, System, "ohjaaja-salmi", "/api/v1/tyojono")).ToJsonString(), StringComparison.Ordinal);
        await AssertForeignHandleIsNothingAsync(token);
    }

    /// <summary>Kuopio's handle of Aino says nothing to Siilinjärvi.</summary>
    private async Task AssertForeignHandleIsNothingAsync(string token)
    {
        Assert.Equal("delivered", await house.ReferAsync(RunningSisote.Aino));
        await house.AcceptAsync("Aaltonen");
        var handle = await house.HandleAsync(RunningSisote.Aino);
        var (stolen, invented) = (await house.GetAsync(Flags(handle), token), await house.GetAsync(Flags(Reverse(handle)), token));
        stolen.AssertNothing();
        Assert.Equal(invented.Body.Replace(Reverse(handle), "HANDLE", StringComparison.Ordinal), stolen.Body.Replace(handle, "HANDLE", StringComparison.Ordinal));
    }

    /// <summary>Puts the document's blocks where the document says; only the ports are those of this test.</summary>
    private string Extend(string yaml)
    {
        var blocks = Documents.Blocks("docs/connecting.md", "yaml");
        Assert.Equal(4, blocks.Count);
        yaml = After(yaml, "organisations:\n", blocks[0]);
        yaml = After(yaml, "systems:\n", blocks[1].Replace(":8097", $":{house.Port + 17}", StringComparison.Ordinal));
        yaml = After(yaml, "agreements:\n", blocks[2]);
        const string Mapping = "        referralTargets: KUOPIO-LIIKUNTA=kuopio-liikunta\n";
        Assert.Contains(Mapping, yaml, StringComparison.Ordinal);
        return yaml.Replace(Mapping, blocks[3], StringComparison.Ordinal);
    }

    private static string After(string yaml, string heading, string block)
    {
        Assert.Contains("\n" + heading, yaml, StringComparison.Ordinal);
        return yaml.Replace("\n" + heading, "\n" + heading + block, StringComparison.Ordinal);
    }

    private static string Flags(string handle) => $"fhir/{RunningSisote.Record}/Flag?patient={handle}";

    private static string Reverse(string handle) => new([.. handle.Reverse()]);
}
