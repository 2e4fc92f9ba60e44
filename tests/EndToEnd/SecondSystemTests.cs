// docs/connecting.md, followed to the letter.
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class SecondSystemTests(RunningSisote house) : IClassFixture<RunningSisote>
{
    private const string System = "siilinjarvi-liikunta";
    private const string Counsellor = "ohjaaja-sorsa";

    [Fact]
    public async Task ASecondExerciseSystemIsConnectedByConfigurationAloneAndReads()
    {
        await house.ConsentAsync("aino");
        await house.CloseAsync();
        await ExtendAsync();
        await AssertCheckedAsync();
        await house.OpenAsync();

        Assert.Contains(System, await SayAsync("demo list"), StringComparison.Ordinal);
        var before = await DocumentCurl.PrintTokenAsync(house, Line("-- token"));
        var metadata = await SendAsync("/metadata", before);
        Assert.Equal("CapabilityStatement", metadata.Json["resourceType"]!.GetValue<string>());
        Assert.Contains("Flag", metadata.Body, StringComparison.Ordinal);
        var aino = await SendAsync("Patient/_search", before);
        aino.AssertNothing();
        Assert.Equal((await house.FindAsync(RunningSisote.Nobody, token: before)).Body, aino.Body);

        Assert.Contains("not delivered, refused", await SayAsync("demo refer", exitCode: 4), StringComparison.Ordinal);
        await house.ConsentAsync("aino");
        Assert.Contains(Documents.Blocks("docs/connecting.md", "text")[0].Trim(), await SayAsync("demo refer"), StringComparison.Ordinal);
        Assert.Contains("Aaltonen", (await house.NativeAsync(17, System, "ohjaaja-salmi", "/api/v1/tyojono")).ToJsonString(), StringComparison.Ordinal);
        await AssertKuopioHasNoReferralAsync();
        (await SendAsync("Patient/_search", before)).AssertNothing();
        await house.AcceptAsync("Aaltonen", Counsellor);

        await AssertReadsAsync();
        await AssertForeignHandleIsNothingAsync(await DocumentCurl.PrintTokenAsync(house, Line("TOKEN=$(")));
    }

    /// <summary>The document's reads give the document's answers, and the rest of the record stays.</summary>
    private async Task AssertReadsAsync()
    {
        var token = await DocumentCurl.PrintTokenAsync(house, Line("TOKEN=$("));
        var handle = Assert.Single((await SendAsync("Patient/_search", token)).Resources)["id"]!.GetValue<string>();

        var flags = await SendAsync("Flag?patient=", token, handle);

        Assert.Equal(["Sykkeen yläraja sovittu", "Vältä raskaita nostoja"], flags.Resources.Select(static flag => flag["code"]!["coding"]![0]!["display"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.All(flags.Resources, flag => Assert.Equal($"Patient/{handle}", flag["subject"]!["reference"]!.GetValue<string>()));
        Assert.NotEmpty(flags.Headers["Sisote-Receipt"]);
        var answer = string.Join('\n', Documents.Blocks("docs/connecting.md", "json"));
        Assert.All(flags.Resources, flag => Assert.Contains(flag["code"]!["coding"]![0]!["display"]!.GetValue<string>(), answer, StringComparison.Ordinal));
        Assert.NotEmpty((await house.GetAsync($"fhir/{RunningSisote.Record}/Goal?patient={handle}", token)).Resources);
        (await house.GetAsync($"fhir/{RunningSisote.Record}/Condition?patient={handle}", token)).AssertNothing();
        await AssertOnlyHersAsync(handle);
    }

    /// <summary>Neither a colleague who did not accept the referral nor Kuopio reads anything with the handle; the log's pages tell of the read.</summary>
    private async Task AssertOnlyHersAsync(string handle)
    {
        var colleague = await house.TokenAsync(System, RunningSisote.Context("ohjaaja-2", organisation: "siilinjarvi"));
        (await house.GetAsync(Flags(handle), colleague)).AssertNothing();
        (await house.GetAsync(Flags(handle))).AssertNothing();
        using var officer = await Browser.SignInAsync(house.Portal, "dpo-koski", "log");
        Assert.Contains("ohjaaja-1", officer.Html, StringComparison.Ordinal);
    }

    private async Task AssertKuopioHasNoReferralAsync()
    {
        using var salmi = await Browser.SignInAsync(house.Portal, "ohjaaja-salmi", "worklist");
        Assert.DoesNotContain("Aaltonen", salmi.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Accept", salmi.Html, StringComparison.Ordinal);
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

    private async Task AssertCheckedAsync()
    {
        var check = await SisoteProcess.RunAsync(["catalogue", "check", "--deployment", Path.Combine(house.Data, "sisote.yaml")]);
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
    }

    /// <summary>Runs the document's own line with this command and gives what it says.</summary>
    private async Task<string> SayAsync(string command, int exitCode = 0)
    {
        var line = Line("-- " + command);
        var words = Documents.ShellWords(line[(line.IndexOf("-- ", StringComparison.Ordinal) + 3)..]);
        var said = await SisoteProcess.RunAsync([.. words, "--data", house.Data, "--port", $"{house.Port}"]);
        Assert.True(said.ExitCode == exitCode, said.Output + said.Errors);
        return said.Output;
    }

    private Task<Answer> SendAsync(string place, string token, string handle = "") =>
        DocumentCurl.SendAsync(house, Line(place).Replace("$HANDLE", handle, StringComparison.Ordinal), token);

    /// <summary>The first shell line of the document with this text.</summary>
    private static string Line(string text) =>
        Documents.Blocks("docs/connecting.md", "sh").SelectMany(static block => block.Split('\n')).First(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Puts the document's blocks where the document says; only the ports are those of this test.</summary>
    private async Task ExtendAsync()
    {
        var blocks = Documents.Blocks("docs/connecting.md", "yaml");
        Assert.Equal(6, blocks.Count);
        var (file, persons) = (Path.Combine(house.Data, "sisote.yaml"), Path.Combine(house.Data, "persons.yaml"));
        var yaml = await File.ReadAllTextAsync(file);
        yaml = After(yaml, "organisations:\n", blocks[0]);
        yaml = After(yaml, "systems:\n", blocks[1].Replace(":8097", $":{house.Port + 17}", StringComparison.Ordinal));
        yaml = After(yaml, "systems:\n", blocks[2]);
        yaml = After(yaml, "agreements:\n", blocks[3]);
        const string Mapping = "        referralTargets: KUOPIO-LIIKUNTA=kuopio-liikunta\n";
        Assert.Contains(Mapping, yaml, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, yaml.Replace(Mapping, blocks[4], StringComparison.Ordinal));
        await File.WriteAllTextAsync(persons, After(await File.ReadAllTextAsync(persons), "persons:\n", blocks[5]));
    }

    private static string After(string yaml, string heading, string block)
    {
        Assert.Contains("\n" + heading, yaml, StringComparison.Ordinal);
        return yaml.Replace("\n" + heading, "\n" + heading + block, StringComparison.Ordinal);
    }

    private static string Flags(string handle) => $"fhir/{RunningSisote.Record}/Flag?patient={handle}";

    private static string Reverse(string handle) => new([.. handle.Reverse()]);
}
