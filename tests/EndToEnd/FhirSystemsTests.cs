// A second and a third record system of the county, each a FHIR server of its own kind, connected by configuration alone.
using System.Text.Json.Nodes;
using Sisote.Doors.Tokens;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class FhirSystemsTests(FhirSystemsTests.TwoMoreRecords house) : IClassFixture<FhirSystemsTests.TwoMoreRecords>
{
    [Fact]
    public async Task TwoMoreRecordsWithOtherCodesAndOtherKeysAreReadByConfigurationAlone()
    {
        var answers = new List<string>();
        foreach (var (system, words) in new[] { (TwoMoreRecords.Rehabilitation, "Vältä raskaita nostoja"), (TwoMoreRecords.Physiotherapy, "Sykkeen yläraja sovittu") })
        {
            var found = await house.FindAsync(RunningSisote.Aino, system);
            var handle = Assert.Single(found.Resources)["id"]!.GetValue<string>();
            var flags = await house.GetAsync($"fhir/{system}/Flag?patient={handle}");

            Assert.Equal(words, Assert.Single(flags.Resources)["code"]!["coding"]![0]!["display"]!.GetValue<string>());
            Assert.Equal("https://sisote.example/fhir/CodeSystem/category", flags.Resources[0]["code"]!["coding"]![0]!["system"]!.GetValue<string>());
            Assert.NotEmpty(flags.Headers["Sisote-Receipt"]);
            Assert.Equal(200, (int)(await house.GetAsync($"fhir/{system}/Flag/{flags.Resources[0]["id"]}")).Status);
            answers.Add(found.Body + flags.Body);
        }

        (await house.FindAsync(RunningSisote.Onni, TwoMoreRecords.Physiotherapy)).AssertNothing();
        (await house.FindAsync(RunningSisote.Aino, TwoMoreRecords.Physiotherapy, context: null)).AssertNothing();
        Assert.All(answers, static answer => Assert.DoesNotContain("Canary", answer, StringComparison.Ordinal));
        Assert.All(answers, static answer => Assert.DoesNotContain("records.example", answer, StringComparison.Ordinal));
        Assert.DoesNotContain(RunningSisote.Aino, house.Diagnostics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheConfigurationIsFoundInOrderBeforeAStart()
    {
        var check = await SisoteProcess.RunAsync(["catalogue", "check", "--deployment", Path.Combine(house.Data, "sisote.yaml")]);

        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
    }

    [Fact]
    public async Task AProbeOfTheNewRecordsPassesAndItsReportIsSigned()
    {
        var folder = Directory.CreateTempSubdirectory("sisote-probe-").FullName;
        var (client, report) = (Path.Combine(folder, "client"), Path.Combine(folder, "report.jws"));
        await File.WriteAllTextAsync(client, RunningSisote.Aino + "\n", TestContext.Current.CancellationToken);

        foreach (var system in new[] { TwoMoreRecords.Rehabilitation, TwoMoreRecords.Physiotherapy })
        {
            var probe = await RunAsync("probe", system, "--client-file", client, "--out", report);
            Assert.True(probe.ExitCode == 0, probe.Output + probe.Errors);
            Assert.Matches("pass +subject +Flag", probe.Output);
            Assert.Matches("- +write +system", probe.Output);
            Assert.DoesNotContain(RunningSisote.Aino, probe.Output + probe.Errors, StringComparison.Ordinal);
            var verified = await RunAsync("probe", "--verify", report);
            Assert.Equal((0, probe.Output), (verified.ExitCode, verified.Output));
        }

        var signed = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        var payload = signed.Split('.')[1];
        await File.WriteAllTextAsync(report, signed.Replace(payload, payload[..30] + (payload[30] == 'A' ? 'B' : 'A') + payload[31..], StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(5, (await RunAsync("probe", "--verify", report)).ExitCode);
        await File.WriteAllTextAsync(report, signed, TestContext.Current.CancellationToken);
        Assert.Equal(5, (await RunAsync("probe", "--verify", report, "--key", SystemKey.PublicFile(Path.Combine(house.Data, "keys"), RunningSisote.Register))).ExitCode);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task AProbeWritesOnlyWhenAskedAndThenOnce()
    {
        var folder = Directory.CreateTempSubdirectory("sisote-probe-").FullName;
        var (client, entry) = (Path.Combine(folder, "client"), Path.Combine(folder, "entry.json"));
        await File.WriteAllTextAsync(client, RunningSisote.Eino, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(entry, """
            {"resourceType": "Flag", "status": "active", "category": [{"coding": [{"system": "https://sisote.example/fhir/CodeSystem/category", "code": "exercise-restriction"}]}],
             "code": {"coding": [{"system": "https://sisote.example/fhir/CodeSystem/category", "code": "avoid-heavy-lifting"}]}}
            """, TestContext.Current.CancellationToken);

        var probe = await RunAsync("probe", TwoMoreRecords.Rehabilitation, "--client-file", client, "--write", entry, "--rule", "EX-01", "--format", "json");
        var unknown = await RunAsync("probe", TwoMoreRecords.Physiotherapy, "--client-file", client, "--write", entry, "--rule", "EX-01");

        Assert.True(probe.ExitCode == 0, probe.Output + probe.Errors);
        var checks = JsonNode.Parse(probe.Output)!["checks"]!.AsArray().Select(static check => $"{check!["name"]} {check["verdict"]}").ToList();
        Assert.Contains("write pass", checks);
        Assert.Contains("repeated write pass", checks);
        Assert.Contains("written once pass", checks);
        Assert.Equal(5, unknown.ExitCode);
        Assert.Matches("FAIL +write +Flag +answered 422", unknown.Output);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task AProbeOfSomethingElseSaysWhatIsWrong()
    {
        var folder = Directory.CreateTempSubdirectory("sisote-probe-").FullName;
        var client = Path.Combine(folder, "client");
        await File.WriteAllTextAsync(client, "a line\nand another", TestContext.Current.CancellationToken);

        var twoLines = await RunAsync("probe", TwoMoreRecords.Rehabilitation, "--client-file", client);
        await File.WriteAllTextAsync(client, RunningSisote.Aino, TestContext.Current.CancellationToken);
        var nowhere = await RunAsync("probe", "pohjois-savo-kuntoutu", "--client-file", client);
        var nobody = await RunAsync("probe", TwoMoreRecords.Rehabilitation);
        var onTheLine = await RunAsync("probe", TwoMoreRecords.Rehabilitation, "--client-file", Path.Combine(folder, "none"));

        Assert.Equal([1, 1, 2, 1], new[] { twoLines.ExitCode, nowhere.ExitCode, nobody.ExitCode, onTheLine.ExitCode });
        Assert.Contains(TwoMoreRecords.Rehabilitation, nowhere.Errors, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("kuopio-liikunta", RunningSisote.Aino)]
    [InlineData("kuopio-koulu", "150914A934N")]
    [InlineData("kuopio-opiskeluhuolto", "150914A934N")]
    [InlineData(RunningSisote.Record, RunningSisote.Aino)]
    public async Task AProbeOfEveryOtherKindPasses(string system, string hetu)
    {
        var client = Path.GetTempFileName();
        await File.WriteAllTextAsync(client, hetu, TestContext.Current.CancellationToken);

        var probe = await RunAsync("probe", system, "--client-file", client);

        Assert.True(probe.ExitCode == 0, probe.Output + probe.Errors);
        Assert.DoesNotContain(hetu, probe.Output, StringComparison.Ordinal);
        File.Delete(client);
    }

    private Task<SisoteProcess> RunAsync(params string[] arguments) =>
        SisoteProcess.RunAsync([.. arguments, "--data", house.Data, "--port", house.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    /// <summary>The demonstration with two records more: one opens to a signed assertion, the other to an account; each says things in its own codes.</summary>
    public sealed class TwoMoreRecords : RunningSisote
    {
        internal const string Rehabilitation = "pohjois-savo-kuntoutus";
        internal const string Physiotherapy = "pohjois-savo-fysio";

        /// <inheritdoc />
        public override async ValueTask InitializeAsync()
        {
            await DemoDeployment.WriteAsync(Data, Port, text => text.Replace("\nsystems:\n", "\nsystems:\n"
                + Entry(Rehabilitation, Port + 18, $"keyFile: {Path.Combine(Data, "keys", "at-rehabilitation.private.jwk.json")}", "clientId: sisote")
                + Entry(Physiotherapy, Port + 19, $"basicFile: simulators/{Physiotherapy}.credentials", "identifierSystem: \"http://records.example/physio/hetu\""), StringComparison.Ordinal));
            await PrepareAsync(Rehabilitation, "http://records.example/rehabilitation", ("RAJOITE", "NOSTO", "avoid-heavy-lifting"), "urn:oid:1.2.246.21");
            await PrepareAsync(Physiotherapy, "urn:physio", ("7", "7.3", "heart-rate-ceiling"), "http://records.example/physio/hetu");
            SystemKey.Ensure(Path.Combine(Data, "keys"), "at-rehabilitation");
            var clients = Directory.CreateDirectory(Path.Combine(Data, "simulators", Rehabilitation, "clients")).FullName;
            File.Copy(SystemKey.PublicFile(Path.Combine(Data, "keys"), "at-rehabilitation"), Path.Combine(clients, "sisote.jwks.json"));
            await base.InitializeAsync();
            await this.ConsentAsync("aino");
            Assert.Equal("delivered", await this.ReferAsync(Aino));
            await this.AcceptAsync("Aaltonen");
        }

        private static string Entry(string id, int port, params string[] settings) => $$"""
              - id: {{id}}
                organisation: pohjois-savo
                sector: health
                actsAs: health-professional
                name: {fi: {{id}}, sv: {{id}}, en: {{id}}}
                roles: [health-professional]
                purposes: [exercise-counselling]
                attests: [relation-verified]
                keys: keys/{{id}}.jwks.json
                adapter:
                  kind: fhir
                  settings:
                    address: http://127.0.0.1:{{port}}/fhir
                    reads: Patient,Flag,Goal
                    writes: Flag
                    mapping: {{id}}.yaml
                    {{string.Join("\n        ", settings)}}

            """;

        /// <summary>What the record holds, in its own words, and the table that says what they mean.</summary>
        private async Task PrepareAsync(string id, string codes, (string Category, string Code, string Means) own, string identifiers)
        {
            const string Category = "https://sisote.example/fhir/CodeSystem/category";
            await File.WriteAllTextAsync(Path.Combine(Data, id + ".yaml"), $$"""
                tables:
                  codes:
                    rows:
                      - {native: "{{codes}}|{{own.Category}}", system: "{{Category}}", code: exercise-restriction}
                      - {native: "{{codes}}|{{own.Code}}", system: "{{Category}}", code: {{own.Means}}}
                    withheld: ["{{codes}}|SECRET"]
                """);
            var folder = Directory.CreateDirectory(Path.Combine(Data, "simulators", id)).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "seed.json"), new JsonArray(
                new JsonObject { ["resourceType"] = "Patient", ["id"] = "a-very-long-id-of-this-record-" + id, ["identifier"] = new JsonArray(new JsonObject { ["system"] = identifiers, ["value"] = Aino }), ["name"] = new JsonArray(new JsonObject { ["family"] = "Aaltonen", ["given"] = new JsonArray("Aino", "Maria") }) },
                new JsonObject { ["resourceType"] = "Patient", ["id"] = "second-" + id, ["identifier"] = new JsonArray(new JsonObject { ["system"] = identifiers, ["value"] = Eino }), ["name"] = new JsonArray(new JsonObject { ["family"] = "Esimerkki", ["given"] = new JsonArray("Eino") }) },
                Flag("1", id, codes, own.Category, own.Code),
                Flag("2", id, codes, own.Category, "SECRET")).ToJsonString());
        }

        private static JsonObject Flag(string number, string id, string codes, string category, string code) => new()
        {
            ["resourceType"] = "Flag",
            ["id"] = number,
            ["status"] = "active",
            ["text"] = new JsonObject { ["status"] = "generated", ["div"] = "<div xmlns=\"http://www.w3.org/1999/xhtml\">Canary</div>" },
            ["category"] = new JsonArray(Concept(codes, category)),
            ["code"] = Concept(codes, code),
            ["subject"] = new JsonObject { ["reference"] = "Patient/a-very-long-id-of-this-record-" + id },
        };

        private static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code, ["display"] = "Canary" }) };
    }
}
