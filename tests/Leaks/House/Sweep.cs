// Every type of every profile, searched and read, and every byte of the answers held against what may leave.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sisote.Tests.Leaks.Marked;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.House;

/// <summary>The sweep over all profiles; made once, looked at by many probes.</summary>
internal sealed class Sweep
{
    /// <summary>Of how many profiles one is given all resources, unless all are.</summary>
    internal const int Step = 8;

    /// <summary>Findings after which it stops: of a mutant a few are enough.</summary>
    private static readonly int Enough = Environment.GetEnvironmentVariable("SISOTE_MUTANT") is { Length: > 0 } ? 50 : 1000;

    private static readonly Lazy<Task<Sweep>> Made = new(static async () =>
    {
        await using var house = await LeakHouse.OpenAsync();
        var sweep = new Sweep();
        foreach (var (place, profile) in Profiling.All.Index())
        {
            house.Marked.IsShort = place % Step > 0 && Environment.GetEnvironmentVariable("SISOTE_LEAKS") != "all";
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
        await VisitPatientsAsync(visit, $"{profile}: Patient");
        foreach (var type in MarkedSet.TypesWithClient.Remove("Patient"))
        {
            var search = await SearchAsync(visit, type);
            var where = $"{profile}: {type}";
            var expected = Expect(visit, type);
            Look(search, expected.Values, visit, where);
            var came = Resources(search);
            Compare(came, expected, where);
            foreach (var (id, may) in Chosen(visit, type, expected))
            {
                var read = await visit.ReadAsync(type, id);
                Look(read, [may], visit, where + " read");
                if ((read.Status == 200) != (may is not null))
                {
                    findings.Add(new Finding(may is null ? FindingKind.Released : FindingKind.Missing, $"{type}/{id}", where + " read"));
                }
                else if (read.Status == 200 && !JsonNode.DeepEquals(JsonNode.Parse(read.Body), may))
                {
                    Differ(JsonNode.Parse(read.Body)!, may!, where + " read");
                }
            }
        }
    }

    /// <summary>All Patients are one client to the recipient, and what a source names twice leaves once: so each is looked at alone.</summary>
    private async Task VisitPatientsAsync(Visit visit, string where)
    {
        foreach (var resource in visit.House.Marked.Held("Patient"))
        {
            visit.House.Marked.Only = resource;
            var may = Expect(visit, resource);
            var found = await visit.FindAsync();
            Look(found, [may], visit, where);
            Compare(Resources(found), new Dictionary<string, JsonObject?> { [resource.Id] = may }, where);
            if (may is not null)
            {
                var read = await visit.ReadAsync("Patient", resource.Id);
                Look(read, [may], visit, where + " read");
                if (read.Status != 200 || !JsonNode.DeepEquals(JsonNode.Parse(read.Body), may))
                {
                    Differ(JsonNode.Parse(read.Body)!, may, where + " read");
                }
            }
        }

        visit.House.Marked.Only = null;
    }

    /// <summary>All pages of a search, as one answer.</summary>
    private static async Task<RawReply> SearchAsync(Visit visit, string type)
    {
        var page = await visit.SearchAsync(type);
        var (head, pages, entries) = (page, new List<string> { page.Body }, new JsonArray());
        while (true)
        {
            var bundle = JsonNode.Parse(page.Body)!;
            foreach (var entry in bundle["entry"]?.AsArray() ?? [])
            {
                entries.Add(entry!.DeepClone());
            }

            if (page.Status != 200 || (string?)bundle["link"]?.AsArray().FirstOrDefault(static link => (string?)link!["relation"] == "next")?["url"] is not { } next)
            {
                return pages.Count == 1 ? head : head with { Body = new JsonObject { ["entry"] = entries, ["link"] = string.Concat(pages.Select(static text => JsonNode.Parse(text)!["link"]!.ToJsonString().Where(static c => c != 'm'))) }.ToJsonString() };
            }

            page = await visit.GetAsync(new Uri(next).PathAndQuery);
            pages.Add(page.Body);
        }
    }

    /// <summary>One that may go and a few that must stay are read by id too.</summary>
    private static IEnumerable<(string Id, JsonObject? May)> Chosen(Visit visit, string type, Dictionary<string, JsonObject?> expected) =>
        visit.House.Marked.Held(type).Select(resource => (resource.Id, May: expected.GetValueOrDefault(resource.Id), resource.Why))
            .GroupBy(static resource => resource.May is not null).SelectMany(static group => group.GroupBy(static one => one.Why).Select(static some => some.First()).Take(group.Key ? 1 : 6))
            .Select(static one => (one.Id, one.May));

    /// <summary>By id at the source, what the slow reference lets go, in the recipient's names.</summary>
    private static Dictionary<string, JsonObject?> Expect(Visit visit, string type) => visit.House.Marked.Held(type).ToDictionary(static resource => resource.Id, resource => Expect(visit, resource), StringComparer.Ordinal);

    private static JsonObject? Expect(Visit visit, MarkedResource resource)
    {
        if (resource.MayLeave(visit.Scene.Permitted) is not { } may)
        {
            return null;
        }

        var named = JsonNode.Parse(may.ToJsonString().Replace("Patient/handle", $"Patient/{visit.Handle}", StringComparison.Ordinal).Replace(MarkedResource.Client, visit.Hetu, StringComparison.Ordinal))!.AsObject();
        named["id"] = resource.Type == "Patient" ? visit.Handle : visit.HandleOf(resource.Type, resource.Id);
        return named;
    }

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
        var open = expected.Values.OfType<JsonObject>().ToList();
        foreach (var resource in came)
        {
            var may = open.FirstOrDefault(may => (string)may["id"]! == (string)resource["id"]!);
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
