// AuditEvents against the profiles of IHE BALP that they name.
using System.Text.Json.Nodes;
using Sisote.DisclosureLog.Audit;
using Sisote.Tests.Testing;

namespace Sisote.Tests.DisclosureLog;

public sealed class BalpTests
{
    [Fact]
    public void EveryEventHasWhatTheProfileThatItNamesDemands()
    {
        SharedData.Require("ihe-balp-audit");
        var named = AuditScenes.All.Values.SelectMany(AuditScenes.EventsOf).Where(static audit => audit.Profile is not null).ToList();

        Assert.Equal(["AuthZconsent", "PrivacyDisclosure.Recipient", "PrivacyDisclosure.Source"], named.Select(NameOf).Distinct().Order());
        Assert.All(named, static audit => Assert.Equal([], FaultsIn(audit)));
    }

    [Fact]
    public void ADisclosureNamesBothItsProfilesAndARefusalWithoutConsentNone()
    {
        Assert.Equal(["AuthZconsent", "PrivacyDisclosure.Source", "PrivacyDisclosure.Recipient"], AuditScenes.EventsOf(AuditScenes.All["disclosure-by-consent"]).Select(NameOf));
        Assert.Null(AuditScenes.EventsOf(AuditScenes.All["refusal-without-consent"]).Single().Profile);
    }

    [Theory]
    [InlineData("AuthZconsent")]
    [InlineData("PrivacyDisclosure.Source")]
    public void ThisTestSeesWhatIsMissing(string profile)
    {
        var audit = AuditScenes.EventsOf(AuditScenes.All["disclosure-by-consent"]).Single(audit => NameOf(audit) == profile);

        Assert.NotEmpty(FaultsIn(audit with { Entities = [.. audit.Entities.Where(static entity => entity.What?.Type != "Patient")] }));
        Assert.NotEmpty(FaultsIn(audit with { Agents = audit.Agents[1..] }));
        Assert.NotEmpty(FaultsIn(audit with { Observer = audit.Observer with { Value = "somebody-else" } }));
        Assert.NotEmpty(FaultsIn(audit with { Action = "D" }));
        Assert.NotEmpty(FaultsIn(audit with { Agents = [.. audit.Agents.Select(static agent => agent with { Machine = null })] }));
    }

    private static string NameOf(AuditEvent audit) => audit.Profile!.Split("IHE.BasicAudit.")[1];

    /// <summary>Cardinalities, fixed patterns, slices told apart by their pattern, closed lists, and the one invariant (val-audit-source) of a profile.</summary>
    private static List<string> FaultsIn(AuditEvent audit)
    {
        var file = SharedData.Require("ihe-balp-audit", "profiles", $"StructureDefinition-IHE.BasicAudit.{NameOf(audit)}.json");
        var elements = JsonNode.Parse(File.ReadAllText(file))!["differential"]!["element"]!.AsArray().Select(static element => element!.AsObject()).ToList();
        var resource = JsonNode.Parse(AuditScenes.JsonOf(audit))!.AsObject();
        var faults = new List<string>();
        foreach (var element in elements.Where(static element => !IdOf(element).Contains(':', StringComparison.Ordinal) && IdOf(element).Split('.').Length == 2))
        {
            Check(resource, element, IdOf(element).Split('.')[1], IdOf(element), faults);
        }

        foreach (var slice in elements.Where(static element => IdOf(element).Split('.') is [_, var name] && name.Contains(':', StringComparison.Ordinal)))
        {
            CheckSlice(resource, slice, elements, faults);
        }

        var closed = elements.Where(static element => (string?)element["slicing"]?["rules"] == "closed").Select(static element => IdOf(element).Split('.')[1]);
        faults.AddRange(closed.SelectMany(name => ItemsOf(resource, name).Where(item => !SlicesOf(elements, name).Any(slice => Belongs(item, slice, elements)))).Select(static item => $"in no slice: {item}"));
        return faults;
    }

    private static void CheckSlice(JsonObject resource, JsonObject slice, List<JsonObject> elements, List<string> faults)
    {
        var (id, name) = (IdOf(slice), IdOf(slice).Split('.')[1].Split(':')[0]);
        var members = ItemsOf(resource, name).Where(item => Belongs(item, slice, elements)).ToList();
        if (members.Count < ((int?)slice["min"] ?? 0) || (slice["max"] is { } max && (string?)max != "*" && members.Count > int.Parse((string)max!)))
        {
            faults.Add($"{id}: {members.Count}");
        }

        foreach (var member in members.OfType<JsonObject>())
        {
            foreach (var element in elements.Where(element => IdOf(element).StartsWith(id + ".", StringComparison.Ordinal) && IdOf(element)[(id.Length + 1)..].Split('.').Length == 1))
            {
                Check(member, element, IdOf(element)[(id.Length + 1)..], IdOf(element), faults);
            }

            if (slice["constraint"] is JsonArray constraints && constraints.Any(static constraint => (string?)constraint!["key"] == "val-audit-source") && !JsonNode.DeepEquals(member["who"], resource["source"]!["observer"]))
            {
                faults.Add($"{id}: val-audit-source");
            }
        }
    }

    private static void Check(JsonObject holder, JsonObject element, string name, string id, List<string> faults)
    {
        var values = ItemsOf(holder, name).ToList();
        if (values.Count < ((int?)element["min"] ?? 0) || ((string?)element["max"] == "0" && values.Count > 0))
        {
            faults.Add($"{id}: {values.Count}");
        }

        if (PatternOf(element) is { } pattern && values.Any(value => !Has(value, pattern)))
        {
            faults.Add($"{id}: not as the pattern");
        }
    }

    /// <summary>A slice is told by the pattern of its type, or by its own.</summary>
    private static bool Belongs(JsonNode? item, JsonObject slice, List<JsonObject> elements) =>
        PatternOf(slice) is { } own ? Has(item, own) : PatternOf(elements.Single(element => IdOf(element) == IdOf(slice) + ".type")) is { } pattern && Has(item?["type"], pattern);

    private static IEnumerable<JsonObject> SlicesOf(List<JsonObject> elements, string name) => elements.Where(element => IdOf(element).StartsWith($"AuditEvent.{name}:", StringComparison.Ordinal) && IdOf(element).Split('.').Length == 2);

    private static bool Has(JsonNode? value, JsonNode pattern) => (value, pattern) switch
    {
        (JsonObject present, JsonObject wanted) => wanted.All(member => Has(present[member.Key], member.Value!)),
        (JsonArray present, JsonArray wanted) => wanted.All(one => present.Any(item => Has(item, one!))),
        _ => JsonNode.DeepEquals(value, pattern),
    };

    private static IEnumerable<JsonNode?> ItemsOf(JsonObject holder, string name) => holder[name] is JsonArray many ? many : Enumerable.Repeat(holder[name], holder[name] is null ? 0 : 1);

    private static JsonNode? PatternOf(JsonObject element) => element.FirstOrDefault(static member => member.Key.StartsWith("pattern", StringComparison.Ordinal)).Value;

    private static string IdOf(JsonObject element) => (string)element["id"]!;
}
