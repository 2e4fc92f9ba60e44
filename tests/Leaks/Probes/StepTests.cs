// A step of a referral: what a refusal tells of the task and of its client.
using Microsoft.AspNetCore.Http;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Leaks.Matrix;

namespace Sisote.Tests.Leaks.Probes;

public sealed class StepTests
{
    private const string Sports = "fhir/kuopio-liikunta";
    private const string Accept = """[{"op":"replace","path":"/status","value":"accepted"}]""";

    [Fact]
    [Channel(25, 46)]
    public async Task AStepThatMayNotBeTakenIsAnsweredLikeOneOfATaskThatIsNotThereOrIsSomebodyElses()
    {
        await using var world = await OpenAsync();
        var (address, tag) = await FindAsync(world);
        var task = world.Source.Resources.Single(static resource => (string?)resource["resourceType"] == "Task");
        Func<ConsentState, ConsentState>[] denying = [static state => state with { Facts = state.Facts with { Deceased = true } }];

        world.Source.Resources.Remove(task);
        var absent = await AskAsync(world, address, tag);
        world.Source.Resources.Add(Some.Task(Some.Onni, "requested"));
        var another = await AskAsync(world, address, tag);
        world.Source.Resources.Remove(world.Source.Resources[^1]);
        world.Source.Resources.Add(task);
        var answers = new List<(string Answer, string Calls)> { absent, another };
        foreach (var change in denying)
        {
            world.Consent.Set(Some.Aino, state => change(Ready(state)));
            answers.Add(await AskAsync(world, address, tag));
        }

        Assert.All(answers, answer => Assert.Equal(absent, answer));
        Assert.StartsWith("404", absent.Answer, StringComparison.Ordinal);
        Assert.Empty(world.Source.Changes);
        world.Consent.Set(Some.Aino, Ready);
        Assert.Equal(200, (await world.PatchAsync(address, Accept, tag)).Status);
    }

    [Fact]
    [Channel(25, 46, 19)]
    public async Task AnInventedHandleAndThatOfAnotherRecipientLeadNowhere()
    {
        await using var world = await OpenAsync();
        var (address, tag) = await FindAsync(world);

        var invented = await world.PatchAsync($"{Sports}/Task/{new string('A', 64)}", Accept, tag);
        var neighbour = await world.PatchAsync(address, Accept, tag, world.Token("siilinjarvi-portal", organisation: "siilinjarvi"));
        var ofAnotherType = await world.PatchAsync($"{Sports}/Task/{world.Part<Sisote.Gateway.Handles.HandleRing>().For(Policy.Ids.SystemId.Parse("kuopio-portal")).ForClient(FakeConsent.KeyOf(Some.Aino))}", Accept, tag);

        Assert.Equal(404, invented.Status);
        Assert.Equal(invented.Comparable, neighbour.Comparable);
        Assert.Equal(invented.Comparable, ofAnotherType.Comparable);
        Assert.Empty(world.Source.Changes);
    }

    [Fact]
    [Channel(21, 46)]
    public async Task TheTargetsAnswerToAStepIsToldInOurWordsOnly()
    {
        await using var world = await OpenAsync();
        var (address, tag) = await FindAsync(world);
        foreach (var (said, statuses) in new[] { (422, new[] { 400, 401, 403, 404, 410, 422 }), (409, [409]), (412, [412]), (503, [408, 429, 503, 500, 302]) })
        {
            foreach (var status in statuses)
            {
                world.Source.AfterNextChange = null;
                var answer = await SayAsync(world, status, () => world.PatchAsync(address, Accept, tag));

                Assert.Equal(said, answer.Status);
                Assert.DoesNotContain("upmark", answer.Everything, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    /// <summary>A step, and what the source and the consent service were asked for it.</summary>
    private static async Task<(string Answer, string Calls)> AskAsync(GatewayWorld world, string address, string tag)
    {
        var (seen, questions) = (world.Source.Seen.Count, world.Consent.Questions);
        var answer = await world.PatchAsync(address, Accept, tag);
        return (answer.Comparable, $"{string.Join(' ', world.Source.Seen.Skip(seen).Select(static request => $"{request.Method} {request.Target.Split('/')[^2]}"))}, {world.Consent.Questions - questions} questions");
    }

    /// <summary>The target answers changes so, and says more than it should.</summary>
    private static async Task<RawAnswer> SayAsync(GatewayWorld world, int status, Func<Task<RawAnswer>> step)
    {
        var task = world.Source.Resources.Single(static resource => (string?)resource["resourceType"] == "Task").ToJsonString();
        world.Source.Instead = async context =>
        {
            context.Response.ContentType = "application/fhir+json";
            context.Response.StatusCode = context.Request.Method == "PATCH" ? status : 200;
            context.Response.Headers.Location = context.Request.Method == "PATCH" ? "http://upmark.example/" : default;
            await context.Response.WriteAsync(context.Request.Method == "PATCH" ? """{"resourceType":"OperationOutcome","issue":[{"diagnostics":"upmark"}]}""" : task);
        };
        try
        {
            return await step();
        }
        finally
        {
            world.Source.Instead = null;
        }
    }

    private static ConsentState Ready(ConsentState state) => Some.Counselled(state) with
    {
        Relationships = [Some.Counselled(state).Relationships[0] with { Status = RelationshipStatus.Requested }],
        Consents = [Some.Counselled(state).Consents[0], Some.ConsentBack("person-identity", "referral-status", "service-feedback")],
    };

    private static async Task<GatewayWorld> OpenAsync()
    {
        var world = await GatewayWorld.OpenAsync();
        world.Source.Resources.Add(Some.Task(Some.Aino, "requested"));
        world.Consent.Set(Some.Aino, Ready);
        return world;
    }

    private static async Task<(string Address, string Tag)> FindAsync(GatewayWorld world)
    {
        var id = Some.Parse((await world.GetAsync($"{Sports}/Task")).Body)["entry"]![0]!["resource"]!["id"];
        var address = $"{Sports}/Task/{id}";
        var headers = (await world.GetAsync(address)).Headers;
        return (address, headers.Split('\n').Single(static line => line.StartsWith("ETag:", StringComparison.Ordinal))["ETag:".Length..].Trim());
    }
}
