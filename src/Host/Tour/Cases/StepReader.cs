// Reads what happens in a step.
using Sisote.Host.Demo;
using Sisote.Policy.Ids;

namespace Sisote.Host.Tour.Cases;

/// <summary>One verb, one kind of step.</summary>
internal sealed class StepReader
{
    private static readonly string[] Directions = ["read", "write", "notify"];
    private static readonly string[] Channels = ["standing-api", "single-view", "single-message", "client-handover"];
    private readonly ScenarioWorld world;
    private readonly IReadOnlyDictionary<string, ScenarioActor> actors;
    private readonly NetworkReader network;
    private readonly RecordReader records;

    internal StepReader(ScenarioWorld world, IReadOnlyDictionary<string, ScenarioActor> actors)
    {
        (this.world, this.actors) = (world, actors);
        network = new NetworkReader(world, actors);
        records = new RecordReader(world, actors, network);
    }

    /// <summary>What can happen.</summary>
    internal static readonly string[] Verbs = ["ask", "read", "native", "page", "command", "load", "wait", "decline", "accept", NetworkReader.Verb, .. RecordReader.Verbs];

    /// <summary>Reads a step; title and expectation are put in by the caller.</summary>
    internal ScenarioStep? Read(string verb, DemoYaml map) => verb switch
    {
        "ask" => ReadAsk(map),
        "read" => ReadRead(map),
        "native" => ReadNative(map),
        "page" => new PageStep(Words.OptionalKnown(map, "as", "person", world.People), map.Text("open"), map.Texts("follow")),
        "command" => ReadCommand(map),
        "load" => new LoadStep(map.Text("add")),
        "wait" => map.Code<SystemId>("register", "system", world.Systems) is { } system ? new WaitStep(system) : null,
        "decline" => ReadDecline(map),
        "accept" => new AcceptStep(Words.Known(map, "as", "person", world.People), map.Text("family")),
        NetworkReader.Verb => network.Read(map),
        _ => records.Read(verb, map),
    };

    /// <summary>The actor named by <c>as</c>.</summary>
    internal static ScenarioActor? Actor(DemoYaml map, IReadOnlyDictionary<string, ScenarioActor> actors) =>
        actors.GetValueOrDefault(Words.Known(map, "as", "actor", [.. actors.Keys]));

    /// <summary>The purpose of a step that has one of its own.</summary>
    internal static PurposeId? Purpose(DemoYaml map, ScenarioWorld world) =>
        map.Keys.Contains("purpose") ? map.Code<PurposeId>("purpose", "purpose", world.Purposes) : null;

    /// <summary>The client named by <c>about</c>.</summary>
    internal static ScenarioClient? Client(DemoYaml map, ScenarioWorld world) => world.Client(Words.Known(map, "about", "client", world.Clients));

    private AskStep? ReadAsk(DemoYaml map)
    {
        var (actor, purpose, direction) = (Actor(map, actors), Purpose(map, world), Words.Known(map, "may", "direction", Directions));
        var items = Words.AllKnown(map, "items", "item", world.Items);
        var client = map.Keys.Contains("about") ? Client(map, world) : null;
        var other = map.Code<SystemId>("other", "system", world.Systems);
        var states = Words.PairsKnown(map, "states", "condition", world.Conditions);
        var channel = Words.OptionalKnown(map, "channel", "channel", Channels) ?? "single-message";
        var onBehalfOf = map.OptionalText("onBehalfOf");
        return actor is null || other is null ? null : new AskStep(actor, purpose, direction, items, client, other.Value, states, channel, onBehalfOf);
    }

    private ReadStep? ReadRead(DemoYaml map)
    {
        var (actor, purpose, client) = (Actor(map, actors), Purpose(map, world), Client(map, world));
        var source = map.Code<SystemId>("from", "system", world.Systems);
        var states = Words.PairsKnown(map, "states", "condition", world.Conditions);
        var types = map.Texts("types");
        return actor is null || client is null || source is null ? null : new ReadStep(actor, purpose, source.Value, types, client, states);
    }

    private NativeStep? ReadNative(DemoYaml map)
    {
        var (system, user, isPost) = (map.Code<SystemId>("system", "system", world.Systems), map.Text("user"), map.Keys.Contains("post"));
        var path = map.Text(isPost ? "post" : "get");
        var form = map.Pairs("form");
        var client = map.Keys.Contains("about") ? Client(map, world) : null;
        if (!IsBelow(path))
        {
            map.Fault(isPost ? "post" : "get", "A place below the system's own address: segments of letters, digits and hyphens.");
        }

        return system is null ? null : new NativeStep(system.Value, user, isPost, path, client is null ? form : [.. form, KeyValuePair.Create("hetu", client.Hetu)]);
    }

    /// <summary>A scenario file calls the systems of its house and nothing else.</summary>
    private static bool IsBelow(string path) => path.Split('/').All(static segment => segment.Length > 0 && segment.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));

    private DeclineStep? ReadDecline(DemoYaml map)
    {
        var (actor, purpose, client, reason) = (Actor(map, actors), Purpose(map, world), Client(map, world), map.Text("reason"));
        return actor is null || client is null ? null : new DeclineStep(actor, purpose, client, reason);
    }

    private static CommandStep ReadCommand(DemoYaml map)
    {
        var arguments = map.Text("sisote").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (arguments is not ["catalogue", "explain", ..])
        {
            map.Fault("sisote", "Only `catalogue explain` is played: it asks the law alone, no installation and no file.");
        }

        return new CommandStep(arguments);
    }
}
