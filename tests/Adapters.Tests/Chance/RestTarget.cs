// A product with a JSON API of its own, connected by a mapping file.
using System.Globalization;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Policy.Deployments;
using Sisote.Tests.Adapters.Rest;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Chance;

/// <summary>The workshop's register, which takes plans and knows them by a field, by a header, or not at all.</summary>
internal sealed class RestTarget(int seed, int each, (string Old, string New)[] changes, bool recognisesKeys) : ChanceTarget(seed, each)
{
    /// <summary>It knows a plan by the header of its key.</summary>
    public static readonly (string, string)[] ByHeader = [("      keyField: viite\n      recognisesKey: true\n", "      keyHeader: Idempotency-Key\n")];

    /// <summary>It is asked whether it has the plan.</summary>
    public static readonly (string, string)[] ByAsking = [("recognisesKey: true", "readBack: \"suunnitelmat?viite={key}\"")];

    private readonly WorkshopProduct product = new() { RecognisesKeys = recognisesKeys };

    /// <inheritdoc />
    public override string System => RestHouse.System;

    /// <inheritdoc />
    public override int Port => product.Address.Port;

    /// <inheritdoc />
    public override bool RecognisesKeys => recognisesKeys;

    /// <inheritdoc />
    public override bool IsAskedFirst => true;

    /// <inheritdoc />
    public override bool NamesEntries => changes != ByHeader; // a plan says its client; which of the client's plans it is, it says by the field of its key alone

    /// <inheritdoc />
    public override async Task StartAsync()
    {
        product.Clients.Clear();
        product.Clients.AddRange(Enumerable.Range(0, People).Select(static place => new JsonObject
        {
            ["numero"] = $"a-{place}",
            ["hetu"] = Person(place),
            ["nimi"] = new JsonObject { ["suku"] = "Aaltonen", ["etu"] = "Eka" },
            ["turvakielto"] = false,
            ["puhelin"] = null,
            ["sahkopostit"] = new JsonArray(),
        }));
        product.Refuses = plan => Refuses(EntryOf(plan));
        product.Took = plan => Note(new Arrival((string)plan["hetu"]!, EntryOf(plan), (string)plan["tunnus"]!));
        await product.StartAsync();
    }

    /// <inheritdoc />
    public override SystemEntry Connect(string folder, int port)
    {
        var entry = RestHouse.Entry(folder, port, changes, [], [("apiKeyFile", "key")]);
        return entry with { Adapter = entry.Adapter! with { Settings = entry.Adapter.Settings.SetItem("timeoutSeconds", "1") } };
    }

    /// <inheritdoc />
    public override Resource[] Make(string client, int entry)
    {
        var plan = RestWritingTests.Plan();
        (plan.Title, plan.Subject) = ($"{entry}", new ResourceReference { Identifier = new Identifier("urn:oid:1.2.246.21", client) });
        return [plan];
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => product.DisposeAsync();

    private static int EntryOf(JsonObject plan) => int.Parse((string)plan["otsikko"]!, CultureInfo.InvariantCulture);
}
