// The project's decision corpus through the library, the command and the HTTP door.
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors.Tokens;
using Sisote.Policy;
using Sisote.Policy.Cases;
using Sisote.Policy.Catalogues;
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
    public async Task EveryCaseIsDecidedAlikeByLibraryCommandAndDoor()
    {
        var cases = Read();
        var command = await DecideByCommandAsync(cases);
        var clock = new CaseClock();
        var deployment = Connect(cases);
        await using var scoped = await House.OpenAsync(deployment with { RoleScopes = Everything(deployment) }, clock);
        await using var unscoped = await House.OpenAsync(deployment, clock);
        var (onPaper, onRecord, paperOnly) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var one in cases)
        {
            var (id, house) = (one.Library.Case.Id, one.OnRecord.IsScoped ? scoped : unscoped);
            clock.Now = one.Library.Case.AsOf;
            var library = Outcomes(one.Library.Decision);
            var door = await house.DecideAsync(one);
            Note(onPaper, id, library.SequenceEqual(command[id]));
            Note(onRecord, id, door.SequenceEqual(house.DecideByLibrary(one)));
            Note(paperOnly, id, door.SequenceEqual(library));
        }

        Assert.Equal(958, cases.Count);
        Assert.Empty(onPaper);
        Assert.Empty(onRecord);
        Assert.Equal(PaperOnly.Select(static line => line.Split('\t')[0]).Order(), paperOnly.Order());
    }

    private static void Note(List<string> differences, string id, bool isAlike)
    {
        if (!isAlike)
        {
            differences.Add(id);
        }
    }

    private static bool[] Outcomes(Decision decision) => [.. decision.Items.Select(static item => item is ItemDecision.Permit)];

    /// <summary>Cases that can be on paper only, each with the reason: no house can be without what they take away, or this door gives no permit that must be masked.</summary>
    private static string[] PaperOnly => File.ReadAllLines(Path.Combine(Repository, "tests/Gateway.Tests/Access/paper-only.tsv"));

    private static string Repository
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Sisote.sln")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }

            return folder;
        }
    }

    private static List<Case> Read() =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository, "tests/Policy.Tests/Decisions"), "*.jsonl").Order().SelectMany(File.ReadLines).Select(static (line, number) =>
        {
            var library = Runner.Decide(line);
            return new Case(line, library, CaseOnRecord.Make(GatewayWorld.Catalogue, library.Case, line), HetuOf(number));
        })];

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
        var name = new LocalisedText { Fi = "x", Sv = "x", En = "x" };
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

    /// <summary>A house in which every end of every case is a connected system; the consent room serves each case's state over its wire.</summary>
    private sealed class House : IAsyncDisposable
    {
        private readonly Deployment deployment;
        private readonly GatewayWorld world;
        private readonly PolicyDecisionPoint library;

        private House(Deployment deployment, GatewayWorld world) => (this.deployment, this.world, library) = (deployment, world, new PolicyDecisionPoint(GatewayWorld.Catalogue, deployment));

        internal static async Task<House> OpenAsync(Deployment deployment, TimeProvider clock) => new(deployment, await GatewayWorld.OpenAsync(deployment: deployment, clock: clock));

        public ValueTask DisposeAsync() => world.DisposeAsync();

        /// <summary>The decision point on the same request and records, and the door's own rule that a permit with masks is none.</summary>
        internal bool[] DecideByLibrary(Case one)
        {
            var decision = library.Decide(one.OnRecord.Request, world.Consent.StateOf(one.Hetu), one.Library.Case.AsOf);
            var permitted = decision.Items.Select(static item => item is ItemDecision.Permit { Masked.IsEmpty: true }).ToArray();
            return one.OnRecord.Request.Atomic ? [.. permitted.Select(_ => permitted.All(static item => item))] : permitted;
        }

        internal async Task<bool[]> DecideAsync(Case one)
        {
            var request = one.Library.Case.Request;
            world.Consent.Set(one.Hetu, one.OnRecord.State);
            var call = Call(one);
            var token = TokenOf(one);
            if (request.Atomic)
            {
                call["resource"] = Resource(one, "client", request.Items);
                var whole = await world.AskAsync(AccessCalls.Evaluation, call.ToJsonString(), token);
                Assert.True(whole.Status == 200, whole.Body);
                return [.. request.Items.Select(_ => whole.Decision())];
            }

            call["evaluations"] = new JsonArray([.. request.Items.Select(item => new JsonObject { ["resource"] = Resource(one, item.Value, [item]) })]);
            var each = await world.AskAsync(AccessCalls.Evaluations, call.ToJsonString(), token);
            Assert.True(each.Status == 200 && !each.Body.Contains("\"error\"", StringComparison.Ordinal), each.Body);
            return each.Decisions();
        }

        private static JsonObject Call(Case one)
        {
            var request = one.Library.Case.Request;
            var (type, id) = one.OnRecord.IsPerson ? ("user", Person.Value) : ("organisation", CaseOnRecord.OrganisationOf(one.OnRecord.Self, one.OnRecord.IsRead ? "to" : "from").Value);
            var call = new JsonObject
            {
                ["subject"] = new JsonObject { ["type"] = type, ["id"] = id },
                ["action"] = new JsonObject { ["name"] = JsonSerializer.SerializeToNode(request.Direction) },
                ["context"] = new JsonObject { ["purpose"] = request.Purpose?.Value, ["channel"] = JsonSerializer.SerializeToNode(request.Channel), ["attestations"] = one.OnRecord.Attestations },
            };
            if (one.OnRecord.Self.Actor is { } actor)
            {
                call["subject"]!["properties"] = new JsonObject { ["actor"] = actor };
            }

            return call;
        }

        private string TokenOf(Case one)
        {
            var self = Find(one.OnRecord.Self, one.OnRecord.IsRead ? "to" : "from");
            return world.Issuer.SystemToken(self.Id.Value, Scopes.Exchange, new BusinessContext
            {
                SubjectId = Person,
                SubjectRole = self.ActsAs,
                OrganisationId = self.Organisation,
                PurposeOfUse = [PurposeOf(one)],
            });
        }

        private JsonObject Resource(Case one, string type, IReadOnlyList<DataItemId> items)
        {
            var properties = new JsonObject { ["system"] = Find(one.OnRecord.Other, one.OnRecord.IsRead ? "from" : "to").Id.Value };
            if (type == "client")
            {
                properties["items"] = new JsonArray([.. items.Select(static item => (JsonNode)item.Value)]);
            }

            if (one.OnRecord.Other.Actor is { } actor)
            {
                properties["actor"] = actor;
            }

            var labels = items.SelectMany(item => one.Library.Case.Request.ItemTags.GetValueOrDefault(item, [])).ToArray();
            if (labels.Length > 0)
            {
                properties["labels"] = new JsonArray([.. labels.Select(static label => (JsonNode)label)]);
            }

            return new JsonObject { ["type"] = type, ["id"] = one.Hetu, ["properties"] = properties };
        }

        private SystemEntry Find(Party party, string end) =>
            deployment.Systems.Single(system => system.Organisation == CaseOnRecord.OrganisationOf(party, end) && system.Sector == party.Sector && system.ActsAs == party.Role);
    }

    /// <summary>The moment of the case.</summary>
    private sealed class CaseClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = TimeProvider.System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
    }
}
