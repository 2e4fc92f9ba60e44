// Reads steps that put something on record at the consent service.
using System.Globalization;
using System.Text.Json.Nodes;
using Sisote.Host.Demo;

namespace Sisote.Host.Tour.Cases;

/// <summary>Turns plain words into the command of a door. What is recorded under a name can be changed by that name later in the scenario.</summary>
internal sealed class RecordReader(ScenarioWorld world, IReadOnlyDictionary<string, ScenarioActor> actors, NetworkReader network)
{
    /// <summary>Stands for the instant at which the step is played.</summary>
    internal const string AtPlay = "now";

    /// <summary>What can be put on record.</summary>
    internal static readonly string[] Verbs = ["consent", "withdraw", "permission", "relationship", "hand-over", "decision", "capacity", "bar", "agreement", "end-agreement", "change-agreement", "show-agreement"];

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Reads a step.</summary>
    internal SayStep? Read(string verb, DemoYaml map) => verb switch
    {
        "consent" => Professional(map, "consents", ReadConsent(map)),
        "withdraw" => Professional(map, $"consents/{Named(map, "consent")}/withdraw", new JsonObject { ["how"] = map.OptionalText("how") ?? "oral", ["givenBy"] = map.OptionalText("by") ?? "client" }),
        "permission" => new SayStep(null, null, "clients/consents", ReadPermission(map), "POST /clients/consents"),
        "relationship" => Professional(map, "relationships", ReadRelationship(map)),
        "hand-over" => ReadHandOver(map),
        "decision" => Professional(map, "decisions", ReadDecision(map)),
        "capacity" => Professional(map, "minors/capacity", ReadCapacity(map)),
        "bar" => Professional(map, "minors/bars", ReadBar(map)),
        "agreement" => new SayStep(null, null, "agreements", ReadAgreement(map, map.Text("id")), "POST /agreements"),
        "change-agreement" => ReadChange(map),
        "show-agreement" => new SayStep(null, null, $"agreements/{Segment(map, "id")}", [], "GET /agreements/{id}") { IsQuestion = true },
        "end-agreement" => new SayStep(null, null, $"agreements/{Segment(map, "id")}/end", [], "POST /agreements/{id}/end"),
        _ => null,
    };

    /// <summary>A text that is one segment of an address and nothing more.</summary>
    private static string Segment(DemoYaml map, string key)
    {
        var text = map.Text(key);
        if (!text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            map.Fault(key, "Letters, digits and hyphens.");
        }

        return text;
    }

    private SayStep? Professional(DemoYaml map, string path, JsonObject body) =>
        StepReader.Actor(map, actors) is not { } actor ? null
        : new SayStep(actor, StepReader.Purpose(map, world), path, body, $"POST /{Shown(path)}");

    /// <summary>A path without identifiers of this run.</summary>
    private static string Shown(string path) => string.Join('/', path.Split('/').Select(static part => part.Length == 32 ? "{id}" : part));

    private JsonObject ReadConsent(DemoYaml map)
    {
        var body = Recipient(map, "recipient");
        body["id"] = Name(map);
        body["identifier"] = Hetu(map);
        body["form"] = Words.Known(map, "form", "form of consent", world.Forms);
        body["items"] = Items(map);
        body["purpose"] = Words.Known(map, "for", "purpose", world.Purposes);
        body["textLanguage"] = "fi";
        body["textVersion"] = "tapaus-1";
        body["how"] = map.OptionalText("how") ?? "oral";
        body["givenBy"] = map.OptionalText("by") ?? "client";
        AddText(body, "reference", map.OptionalText("reference"));
        AddText(body, "to", EndOf(map));
        AddText(body, "case", map.Keys.Contains("case") ? Named(map, "case") : null);
        return body;
    }

    /// <summary>The whole state of a client in the national register of permissions and prohibitions; empty where nothing is named.</summary>
    private JsonObject ReadPermission(DemoYaml map)
    {
        var now = TimeProvider.System.GetUtcNow();
        var consents = new JsonArray();
        foreach (var told in map.Maps("stands"))
        {
            var consent = Recipient(told, "recipient");
            consent["id"] = told.Text("id");
            consent["form"] = Words.Known(told, "form", "form of consent", world.Forms);
            consent["items"] = Items(told);
            consent["purpose"] = Words.Known(told, "for", "purpose", world.Purposes);
            consent["from"] = Instant(now.AddSeconds(-1));
            consents.Add(consent);
            told.Close();
        }

        return new JsonObject { ["source"] = "kanta", ["asOf"] = AtPlay, ["identifier"] = Hetu(map), ["consents"] = consents };
    }

    private JsonObject ReadRelationship(DemoYaml map)
    {
        var body = new JsonObject { ["id"] = Name(map), ["identifier"] = Hetu(map), ["kind"] = Words.Known(map, "kind", "kind of relationship", world.Relationships) };
        AddText(body, "fromOrganisation", Words.OptionalKnown(map, "from", "organisation", world.Organisations));
        AddText(body, "toOrganisation", Words.OptionalKnown(map, "to", "organisation", world.Organisations));
        AddText(body, "professional", map.OptionalText("professional"));
        return body;
    }

    private SayStep? ReadHandOver(DemoYaml map)
    {
        var old = Named(map, "relationship");
        return Professional(map, $"relationships/{old}/hand-over", new JsonObject { ["id"] = Name(map), ["professional"] = map.Text("professional") });
    }

    private JsonObject ReadDecision(DemoYaml map)
    {
        var body = Recipient(map, "to");
        body["id"] = Name(map);
        body["identifier"] = Hetu(map);
        body["condition"] = Words.Known(map, "condition", "condition", world.Conditions);
        body["items"] = Items(map);
        body["purpose"] = Words.Known(map, "for", "purpose", world.Purposes);
        body["reason"] = map.Text("reason");
        body["once"] = map.Flag("once") ?? false;
        AddText(body, "until", EndOf(map));
        return body;
    }

    private JsonObject ReadCapacity(DemoYaml map) => new()
    {
        ["id"] = Name(map),
        ["identifier"] = Hetu(map),
        ["context"] = Words.Known(map, "context", "context", world.Contexts),
        ["code"] = map.Text("code"),
        ["scope"] = map.Text("scope"),
        ["to"] = EndOf(map) ?? Instant(TimeProvider.System.GetUtcNow().AddDays(180)),
    };

    private JsonObject ReadBar(DemoYaml map) => new()
    {
        ["id"] = Name(map),
        ["identifier"] = Hetu(map),
        ["context"] = Words.Known(map, "context", "context", world.Contexts),
        ["reason"] = map.Text("reason"),
    };

    private SayStep ReadChange(DemoYaml map)
    {
        var id = Segment(map, "id");
        return new SayStep(null, null, $"agreements/{id}/change", ReadAgreement(map, id), "POST /agreements/{id}/change");
    }

    private JsonObject ReadAgreement(DemoYaml map, string id)
    {
        var body = new JsonObject
        {
            ["id"] = id,
            ["kind"] = map.Text("kind"),
            ["parties"] = new JsonArray([.. Words.AllKnown(map, "parties", "organisation", world.Organisations).Select(static party => JsonValue.Create(party))]),
            ["flows"] = new JsonArray([.. Words.AllKnown(map, "flows", "rule", world.Rules).Select(static rule => JsonValue.Create(rule))]),
            ["from"] = map.Keys.Contains("daysFromNow") ? Instant(TimeProvider.System.GetUtcNow().AddDays(Number(map, "daysFromNow"))) : Now,
        };
        AddText(body, "offer", map.Keys.Contains("offer") ? network.IdOf(map, "offer") : null);
        return body;
    }

    /// <summary>Sector, organisation and where named role and person, under keys that begin with a prefix.</summary>
    private JsonObject Recipient(DemoYaml map, string prefix)
    {
        var body = new JsonObject();
        if (map.Map("recipient") is not { } to)
        {
            map.Fault("recipient", "`recipient` is missing: {organisation, sector, role, person}.");
            return body;
        }

        body[prefix + "Sector"] = Words.Known(to, "sector", "sector", world.Sectors);
        body[prefix + "Organisation"] = Words.Known(to, "organisation", "organisation", world.Organisations);
        AddText(body, prefix + "Role", Words.OptionalKnown(to, "role", "role", world.Roles));
        AddText(body, prefix == "to" ? "toProfessional" : prefix + "Person", to.OptionalText("person"));
        to.Close();
        return body;
    }

    private static void AddText(JsonObject body, string key, string? text)
    {
        if (text is not null)
        {
            body[key] = text;
        }
    }

    private JsonArray Items(DemoYaml map) => new([.. Words.AllKnown(map, "items", "item", world.Items).Select(static item => JsonValue.Create(item))]);

    private string Hetu(DemoYaml map) => StepReader.Client(map, world)?.Hetu ?? string.Empty;

    /// <summary>A fresh identifier, kept under the step's <c>name</c> where it has one.</summary>
    private string Name(DemoYaml map)
    {
        var id = Guid.CreateVersion7().ToString("N");
        if (map.OptionalText("name") is { } name && !names.TryAdd(name, id))
        {
            map.Fault("name", $"Something is called `{name}` already.");
        }

        return id;
    }

    private string Named(DemoYaml map, string key) => names.GetValueOrDefault(Words.Known(map, key, "earlier step that is named", [.. names.Keys]), string.Empty);

    private static string? EndOf(DemoYaml map) => map.Keys.Contains("days") ? Instant(TimeProvider.System.GetUtcNow().AddDays(Number(map, "days"))) : null;

    private static int Number(DemoYaml map, string key)
    {
        if (int.TryParse(map.Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        map.Fault(key, $"`{key}` is a number of days.");
        return 1;
    }

    private static string Now => Instant(TimeProvider.System.GetUtcNow());

    /// <summary>An instant as the doors take it.</summary>
    internal static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
