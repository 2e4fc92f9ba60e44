// The vectors of the OpenID AuthZEN working group, as they are written, against a catalogue that is not Sisote's.
using System.Text.Json.Nodes;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.Access;

/// <summary>The house of the scenarios: their roles and rules as a catalogue, their users as systems, their words as configuration.</summary>
public sealed class InteropHouse : IAsyncLifetime
{
    private static readonly Dictionary<string, (string Owner, string Role, string Purpose)> People = new()
    {
        ["CiRmZDA2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs"] = ("rick", "admin", "todo-work"),
        ["CiRmZDE2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs"] = ("morty", "editor", "todo-work"),
        ["CiRmZDI2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs"] = ("summer", "editor", "todo-work"),
        ["CiRmZDM2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs"] = ("beth", "viewer", "todo-work"),
        ["CiRmZDQ2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs"] = ("jerry", "viewer", "todo-work"),
        ["alice"] = ("alice", "keeper", "record-keeping"),
        ["bob"] = ("bob", "reader", "record-keeping"),
    };

    private static readonly Dictionary<string, string?> Words = new()
    {
        ["Sisote:Gateway:Access:SystemProperty"] = "ownerID",
        ["Sisote:Gateway:Access:Systems:rick@the-citadel.com"] = "rick-app",
        ["Sisote:Gateway:Access:Systems:morty@the-citadel.com"] = "morty-app",
        ["Sisote:Gateway:Access:Systems:summer@the-smiths.com"] = "summer-app",
        ["Sisote:Gateway:Access:Systems:beth@the-smiths.com"] = "beth-app",
        ["Sisote:Gateway:Access:Systems:jerry@the-smiths.com"] = "jerry-app",
        ["Sisote:Gateway:Access:Actions:can_read_user:Direction"] = "Read",
        ["Sisote:Gateway:Access:Actions:can_read_todos:Direction"] = "Read",
        ["Sisote:Gateway:Access:Actions:can_create_todo:Direction"] = "Write",
        ["Sisote:Gateway:Access:Actions:can_create_todo:Item"] = "todo-new",
        ["Sisote:Gateway:Access:Actions:can_update_todo:Direction"] = "Write",
        ["Sisote:Gateway:Access:Actions:can_update_todo:Item"] = "todo-change",
        ["Sisote:Gateway:Access:Actions:can_delete_todo:Direction"] = "Write",
        ["Sisote:Gateway:Access:Actions:can_delete_todo:Item"] = "todo-removal",
    };

    internal GatewayWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sisote.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        folder = Path.Combine(folder, "tests/Gateway.Tests/Access");
        var reading = CatalogueReader.ReadDirectory(Path.Combine(folder, "Interop"));
        var catalogue = reading is CatalogueReading.Loaded loaded ? loaded.Catalogue : throw new Xunit.Sdk.XunitException(string.Join('\n', ((CatalogueReading.Faulty)reading).Faults));
        var deployed = DeploymentReader.Read("interop.yaml", await File.ReadAllTextAsync(Path.Combine(folder, "interop.yaml")), catalogue);
        var deployment = deployed is DeploymentReading.Loaded stands ? stands.Deployment : throw new Xunit.Sdk.XunitException(string.Join('\n', ((DeploymentReading.Faulty)deployed).Faults));
        World = await GatewayWorld.OpenAsync(Words, catalogue, deployment);
    }

    public async ValueTask DisposeAsync() => await World.DisposeAsync();

    /// <summary>The token that the scenario's user has: the identity provider knows the role, as everywhere.</summary>
    internal string TokenOf(string subject)
    {
        var (owner, role, purpose) = People[subject];
        return World.Issuer.SystemToken($"{owner}-app", Scopes.Exchange, new BusinessContext
        {
            SubjectId = ProfessionalId.Parse(subject),
            SubjectRole = RoleId.Parse(role),
            OrganisationId = OrganisationId.Parse(owner),
            PurposeOfUse = [PurposeId.Parse(purpose)],
        });
    }
}

public sealed class InteropTests(InteropHouse house) : IClassFixture<InteropHouse>
{
    [Theory]
    [InlineData("decisions-authorization-api-1_0-01.json", 40, 0)]
    [InlineData("decisions-authorization-api-1_0-02.json", 40, 3)]
    public async Task EveryTodoVectorIsDecidedAsTheWorkingGroupDecidesIt(string file, int single, int batches)
    {
        var vectors = JsonNode.Parse(await File.ReadAllTextAsync(SharedData.Require("authzen-vectors", "interop", "authzen-todo-backend", "test", file)))!;
        var evaluation = vectors["evaluation"]!.AsArray();
        var evaluations = vectors["evaluations"]?.AsArray() ?? [];
        Assert.Equal((single, batches), (evaluation.Count, evaluations.Count));
        foreach (var vector in evaluation)
        {
            var answer = await AskAsync(AccessCalls.Evaluation, vector!["request"]!);
            Assert.True(answer.Status == 200 && answer.Decision() == vector["expected"]!.GetValue<bool>(), $"{vector}\n{answer.Body}");
        }

        foreach (var vector in evaluations)
        {
            var answer = await AskAsync(AccessCalls.Evaluations, vector!["request"]!);
            Assert.Equal(vector["expected"]!.AsArray().Select(static one => one!["decision"]!.GetValue<bool>()), answer.Decisions());
        }
    }

    [Fact]
    public async Task EveryCertificationCaseOfEvaluationIsAnsweredAsItsTextSays()
    {
        var cases = JsonNode.Parse(await File.ReadAllTextAsync(SharedData.Require("authzen-vectors", "certification", "cases.json")))!.AsArray()
            .Where(static one => one!["request"] is not null && !one["section"]!.GetValue<string>().StartsWith("c-4", StringComparison.Ordinal)) // c-4 is search, which is not offered
            .ToArray();
        Assert.Equal(9, cases.Length);
        foreach (var one in cases)
        {
            var section = one!["section"]!.GetValue<string>();
            var answer = await AskAsync(section.StartsWith("c-3", StringComparison.Ordinal) ? AccessCalls.Evaluations : AccessCalls.Evaluation, one["request"]!);
            var text = one["expected_text"]!.GetValue<string>();
            Assert.Equal(text.StartsWith("HTTP 400", StringComparison.Ordinal) ? 400 : 200, answer.Status);
            if (answer.Status == 400)
            {
                continue;
            }

            if (one["expected"]?.GetValueKind() == System.Text.Json.JsonValueKind.String)
            {
                Assert.Equal([true, true], answer.Decisions());
                continue;
            }

            var expected = one["expected"]?["decision"]?.GetValue<bool>() ?? text.Contains("\"decision\": true", StringComparison.Ordinal);
            Assert.True(answer.Decision() == expected, $"{one}\n{answer.Body}");
        }
    }

    [Fact]
    public async Task DataAboutNobodyAreRecordedWithoutAClient()
    {
        house.World.Consent.Log.Clear();

        await AskAsync(AccessCalls.Evaluation, JsonNode.Parse("""{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}""")!);

        Assert.Null(Assert.Single(house.World.Consent.Log).Entry.Client);
    }

    [Fact]
    public async Task WordsThatLeadNowhereKeepTheDoorShut()
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => GatewayWorld.OpenAsync(new Dictionary<string, string?>
        {
            ["Sisote:Gateway:Access:Systems:ours"] = "nowhere",
            ["Sisote:Gateway:Access:Actions:look:Direction"] = "Read",
            ["Sisote:Gateway:Access:Actions:look:Item"] = "no-such-item",
        }));

        Assert.Equal(2, Assert.IsType<Microsoft.Extensions.Options.OptionsValidationException>(fault.GetBaseException()).Failures.Count());
    }

    private Task<RawAnswer> AskAsync(string path, JsonNode request) =>
        house.World.AskAsync(path, request.ToJsonString(), house.TokenOf(request["subject"]?["id"]?.GetValue<string>() ?? "alice"));
}
