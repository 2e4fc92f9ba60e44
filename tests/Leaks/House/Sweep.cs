// Every type of every profile, searched and read, and every byte of the answers held against what may leave.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sisote.Tests.Leaks.Marked;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.House;

/// <summary>The sweep over all profiles; made once, looked at by many probes.</summary>
internal sealed class Sweep
{
    private const int Enough = 1000;

    private static readonly Lazy<Task<Sweep>> Made = new(static async () =>
    {
        await using var house = await LeakHouse.OpenAsync();
        var sweep = new Sweep();
        foreach (var profile in Profiling.All)
        {
            foreach (var scene in profile.Scenes.Where(_ => sweep.findings.Count < Enough))
            {
                await sweep.VisitAsync(house.Enter(scene), profile);
            }
        }

        sweep.Diagnostics = house.Diagnostics;
        return sweep;
    });

    private static readonly string[] Banned = [".extension.", "._", ".contained.", ".meta.", ".text.div", "modifierExtension", ".id#"];
    private readonly List<Finding> findings = [];

    private Sweep()
    {
    }

    /// <summary>What was found; empty = nothing leaked and nothing was withheld without reason.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>How many resources came.</summary>
    public int Released { get; private set; }

    /// <summary>How many resources stayed.</summary>
    public int Withheld { get; private set; }

    /// <summary>How many answers were searched.</summary>
    public int Answers { get; private set; }

    /// <summary>What the gateway wrote as diagnostics meanwhile.</summary>
    public string Diagnostics { get; private set; } = string.Empty;

    /// <summary>The national identifiers of all who were asked about.</summary>
    public List<string> Clients { get; } = [];

    /// <summary>The sweep.</summary>
    public static Task<Sweep> RunAsync() => Made.Value;

    private async Task VisitAsync(Visit visit, Profile profile)
    {
        Clients.Add(visit.Hetu);
        foreach (var type in MarkedSet.TypesWithClient)
        {
            var search = await visit.SearchAsync(type);
            var where = $"{profile}: {type}";
            var expected = Expect(visit, type);
            Look(search, expected.Values, visit, where);
            var came = Resources(search);
            Compare(came, expected, where);
            foreach (var (id, may) in Chosen(type, expected))
            {
                var read = await visit.ReadAsync(type, id);
                Look(read, [may], visit, where + " read");
                if (type != "Patient" && (read.Status == 200) != (may is not null))
                {
                    findings.Add(new Finding(may is null ? FindingKind.Released : FindingKind.Missing, $"{type}/{id}", where + " read"));
                }
                else if (read.Status == 200 && type != "Patient" && !JsonNode.DeepEquals(JsonNode.Parse(read.Body), may))
                {
                    Differ(JsonNode.Parse(read.Body)!, may!, where + " read");
                }
            }
        }
    }

    /// <summary>One that may go and a few that must stay are read by id too.</summary>
    private static IEnumerable<(string Id, JsonObject? May)> Chosen(string type, Dictionary<string, JsonObject?> expected) =>
        MarkedSet.Of(type).Select(resource => (resource.Id, May: expected.GetValueOrDefault(resource.Id), resource.Why))
            .GroupBy(static resource => resource.May is not null).SelectMany(static group => group.GroupBy(static one => one.Why).Select(static some => some.First()).Take(group.Key ? 1 : 6))
            .Select(static one => (one.Id, one.May));

    /// <summary>By id at the source, what the slow reference lets go, in the recipient's names.</summary>
    private static Dictionary<string, JsonObject?> Expect(Visit visit, string type) => MarkedSet.Of(type).ToDictionary(static resource => resource.Id, resource =>
    {
        if (resource.MayLeave(visit.Scene.Permitted) is not { } may)
        {
            return null;
        }

        var named = JsonNode.Parse(may.ToJsonString().Replace("Patient/handle", $"Patient/{visit.Handle}", StringComparison.Ordinal).Replace(MarkedResource.Client, visit.Hetu, StringComparison.Ordinal))!.AsObject();
        named["id"] = visit.HandleOf(type, resource.Id);
        return named;
    }, StringComparer.Ordinal);

    private static List<JsonObject> Resources(RawReply reply) =>
        reply.Status == 200 && JsonNode.Parse(reply.Body)!["entry"] is JsonArray entries ? [.. entries.Select(static entry => entry!["resource"]!.AsObject())] : [];

    /// <summary>Every byte of the answer: no envelope, no identifier, no mark beyond those of all that may leave.</summary>
    private void Look(RawReply reply, IEnumerable<JsonObject?> may, Visit visit, string where)
    {
        Answers++;
        var allowed = string.Concat(may.OfType<JsonObject>().Select(static resource => resource.ToJsonString()));
        foreach (var word in new[] { MarkedSource.Envelope, MarkedSource.Canary, MarkedSource.Number, visit.House.World.Source.Address.Authority, visit.House.World.Consent.Address.Authority }.Where(word => reply.Everything.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            findings.Add(new Finding(FindingKind.Envelope, word, where));
        }

        if (reply.Everything.Contains(visit.Hetu, StringComparison.OrdinalIgnoreCase) && !allowed.Contains(visit.Hetu, StringComparison.Ordinal))
        {
            findings.Add(new Finding(FindingKind.Identifier, visit.Hetu, where));
        }

        var permitted = Marks.FindIn(allowed).Where(static path => !MustNever(path)).ToHashSet();
        findings.AddRange(Marks.FindIn(reply.Everything).Where(path => !permitted.Contains(path)).Select(path => new Finding(FindingKind.Mark, path, where)));
    }

    /// <summary>Elements that leave in no case, whatever the reference says of them.</summary>
    private static bool MustNever(string path) => path.EndsWith(".id", StringComparison.Ordinal) || path.EndsWith(".reference", StringComparison.Ordinal) || path.EndsWith(".assigner", StringComparison.Ordinal)
        || Banned.Any(part => path.Contains(part, StringComparison.Ordinal));

    private void Compare(List<JsonObject> came, Dictionary<string, JsonObject?> expected, string where)
    {
        var open = expected.Values.OfType<JsonObject>().ToList(); // Patients all have one handle: then the one that came as it should, else any
        foreach (var resource in came)
        {
            var named = open.Where(may => (string)may["id"]! == (string)resource["id"]!).ToArray();
            var may = named.FirstOrDefault(may => JsonNode.DeepEquals(may, resource)) ?? named.FirstOrDefault();
            open.Remove(may!);
            if (may is null)
            {
                findings.Add(new Finding(FindingKind.Released, $"{resource["resourceType"]}: {string.Join(' ', Marks.FindIn(resource.ToJsonString()).Take(3))}", where));
            }
            else if (!JsonNode.DeepEquals(may, resource))
            {
                Differ(resource, may, where);
            }
        }

        Released += came.Count;
        Withheld += expected.Count - came.Count;
        findings.AddRange(open.Select(missing => new Finding(FindingKind.Missing, (string)missing["id"]!, where)));
    }

    private void Differ(JsonNode came, JsonObject may, string where)
    {
        var more = Marks.FindIn(came.ToJsonString()).Except(Marks.FindIn(may.ToJsonString())).ToImmutableArray();
        findings.AddRange(more.Select(path => new Finding(FindingKind.Mark, path, where)));
        if (more.IsEmpty)
        {
            findings.Add(new Finding(FindingKind.Different, $"{Short(came)} instead of {Short(may)}", where));
        }
    }

    private static string Short(JsonNode node) => node.ToJsonString() is { Length: > 900 } text ? text[..900] : node.ToJsonString();
}
