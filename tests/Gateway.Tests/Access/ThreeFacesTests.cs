// The project's decision corpus through the library, the command and the HTTP door.
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors.Tokens;
using Sisote.Policy.Cases;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.Access;

public sealed class ThreeFacesTests
{
    internal static readonly ProfessionalId Person = ProfessionalId.Parse("person-1");
    private static readonly DecisionCaseRunner Runner = new(GatewayWorld.Catalogue);

    private sealed record Case(string Line, CaseResult Library, CaseOnRecord OnRecord, string Hetu);

    [Fact]
    public async Task EveryCaseComesOutAlike()
    {
        var cases = Read();
        var command = await DecideByCommandAsync(cases);
        var clock = new CaseClock();
        var deployment = Connect(cases);
        await using var scoped = await GatewayWorld.OpenAsync(deployment: deployment with { RoleScopes = Everything(deployment) }, clock: clock);
        await using var unscoped = await GatewayWorld.OpenAsync(deployment: deployment, clock: clock);
        var different = new List<string>();
        foreach (var one in cases)
        {
            var library = one.Library.Decision.Items.Select(static item => item is ItemDecision.Permit).ToArray();
            clock.Now = one.Library.Case.AsOf;
            if (!library.SequenceEqual(command[one.Library.Case.Id]))
            {
                different.Add($"{one.Library.Case.Id}: the command decides otherwise");
            }
            var door = await DecideAtDoorAsync(one.OnRecord.IsScoped ? scoped : unscoped, deployment, one);
            if (!library.SequenceEqual(door.Decisions))
            {
                different.Add($"{one.Library.Case.Id} {one.Line[..90]}: library {string.Join(',', library)} door {string.Join(',', door.Decisions)} {door.Body[..Math.Min(300, door.Body.Length)]}");
            }
        }

        await File.WriteAllLinesAsync("/tmp/authzen-diff.txt", different);
        Assert.Empty(different);
    }

    private static List<Case> Read()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sisote.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return [.. Directory.EnumerateFiles(Path.Combine(folder, "tests/Policy.Tests/Decisions"), "*.jsonl").Order().SelectMany(File.ReadLines).Select(static (line, number) =>
        {
            var library = Runner.Decide(line);
            return new Case(line, library, CaseOnRecord.Make(GatewayWorld.Catalogue, library.Case, line), HetuOf(number));
        })];
    }

    /// <summary>A sound identifier of nobody for each case.</summary>
    private static string HetuOf(int number)
    {
        const string Marks = "0123456789ABCDEFHJKLMNPRSTUVWXY";
        var digits = $"{1 + (number % 28):00}{1 + (number / 28 % 12):00}{50 + (number / 336):00}";
        return $"{digits}-901{Marks[int.Parse(digits + "901", System.Globalization.CultureInfo.InvariantCulture) % 31]}";
    }

    private static async Task<Dictionary<string, bool[]>> DecideByCommandAsync(List<Case> cases)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, cases.Select(static one => one.Line));
            var run = await SisoteProcess.RunAsync(["catalogue", "decide", "--cases", file]);
            Assert.True(run.ExitCode == 0, run.Errors);
            return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!).ToDictionary(
                static answer => answer["id"]!.GetValue<string>(),
                static answer => answer["items"]!.AsObject().Select(static item => item.Value!["outcome"]!.GetValue<string>() == "permit").ToArray());
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A system for each end that some case names.</summary>
    private static Deployment Connect(List<Case> cases)
    {
        var ends = cases.SelectMany(static one => new[] { (one.Library.Case.Request.From, "from"), (one.Library.Case.Request.To, "to") })
            .Select(static end => (Organisation: CaseOnRecord.OrganisationOf(end.Item1, end.Item2), end.Item1.Sector, end.Item1.Role))
            .Distinct();
        var name = new Sisote.Policy.Catalogues.LocalisedText { Fi = "x", Sv = "x", En = "x" };
        return new Deployment
        {
            Organisations = [],
            Systems = [.. ends.Select((end, number) => new SystemEntry
            {
                Id = SystemId.Parse($"system-{number}"),
                Organisation = end.Organisation,
                Sector = end.Sector,
                ActsAs = end.Role,
                Roles = [end.Role],
                Purposes = [.. cases.Select(static one => PurposeOf(one)).Distinct()],
                Attests = [.. GatewayWorld.Catalogue.Conditions.Keys],
                Name = name,
            })],
        };
    }

    private static System.Collections.Immutable.ImmutableArray<RoleScope> Everything(Deployment deployment) =>
        [.. deployment.Systems.Select(static system => system.ActsAs).Distinct().Select(static role => new RoleScope { Role = role, Items = [.. GatewayWorld.Catalogue.Items.Keys] })];

    private static PurposeId PurposeOf(Case one) => one.Library.Case.Request.Purpose ?? PurposeId.Parse("care");

    private static async Task<(bool[] Decisions, string Body)> DecideAtDoorAsync(GatewayWorld house, Deployment deployment, Case one)
    {
        var request = one.Library.Case.Request;
        var (self, other) = (Find(one.OnRecord.Self, one.OnRecord.IsRead ? "to" : "from"), Find(one.OnRecord.Other, one.OnRecord.IsRead ? "from" : "to"));
        house.Consent.Set(one.Hetu, one.OnRecord.State);
        var token = house.Issuer.SystemToken(self.Id.Value, Scopes.Exchange, new BusinessContext
        {
            SubjectId = Person,
            SubjectRole = self.ActsAs,
            OrganisationId = self.Organisation,
            PurposeOfUse = [PurposeOf(one)],
        });
        var call = new JsonObject
        {
            ["subject"] = new JsonObject { ["type"] = one.OnRecord.IsPerson ? "user" : "organisation", ["id"] = one.OnRecord.IsPerson ? Person.Value : self.Organisation.Value },
            ["action"] = new JsonObject { ["name"] = request.Direction.ToString().ToLowerInvariant() },
            ["context"] = new JsonObject { ["purpose"] = request.Purpose?.Value, ["channel"] = JsonSerializer.SerializeToNode(request.Channel), ["attestations"] = one.OnRecord.Attestations },
        };
        if (one.OnRecord.Self.Actor is { } actor)
        {
            call["subject"]!["properties"] = new JsonObject { ["actor"] = actor };
        }

        if (request.Atomic)
        {
            call["resource"] = Resource("client", request.Items);
            var whole = await house.AskAsync(AccessCalls.Evaluation, call.ToJsonString(), token);
            return ([.. request.Items.Select(_ => whole.Status == 200 && whole.Decision())], whole.Body);
        }

        call["evaluations"] = new JsonArray([.. request.Items.Select(item => new JsonObject { ["resource"] = Resource(item.Value, [item]) })]);
        var each = await house.AskAsync(AccessCalls.Evaluations, call.ToJsonString(), token);
        return (each.Status == 200 ? each.Decisions() : [], each.Body);

        SystemEntry Find(Party party, string end) =>
            deployment.Systems.Single(system => system.Organisation == CaseOnRecord.OrganisationOf(party, end) && system.Sector == party.Sector && system.ActsAs == party.Role);

        JsonObject Resource(string type, IReadOnlyList<DataItemId> items)
        {
            var properties = new JsonObject { ["system"] = other.Id.Value };
            if (type == "client")
            {
                properties["items"] = new JsonArray([.. items.Select(static item => (JsonNode)item.Value)]);
            }

            var labels = items.SelectMany(item => request.ItemTags.GetValueOrDefault(item, [])).ToArray();
            if (labels.Length > 0)
            {
                properties["labels"] = new JsonArray([.. labels.Select(static label => (JsonNode)label)]);
            }

            return new JsonObject { ["type"] = type, ["id"] = one.Hetu, ["properties"] = properties };
        }
    }

    /// <summary>The moment of the case.</summary>
    private sealed class CaseClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = TimeProvider.System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
    }
}
