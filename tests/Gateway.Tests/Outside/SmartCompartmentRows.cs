// Another server's compartment tests at our doors: who asks about one client hears nothing of a second.
using System.Text.Json.Nodes;

namespace Sisote.Tests.Gateway.Outside;

/// <summary>Runs every row: as it stands, and where it joins types, each type by itself besides, as our door has it.</summary>
internal static class SmartCompartmentRows
{
    private static readonly string[] Joins = ["_include", "_revinclude"];

    internal static async Task<IReadOnlyList<OutsideRow>> RunAsync(string folder)
    {
        var data = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected.json")))!.AsArray();
        await using var world = await SmartWorld.OpenAsync(folder);
        var rows = new List<OutsideRow>();
        foreach (var row in data)
        {
            rows.Add(await TryAsync(world, row!));
        }

        return rows;
    }

    private static async Task<OutsideRow> TryAsync(SmartWorld world, JsonNode row)
    {
        var (name, expectation, request) = ((string)row["name"]!, SmartExpectation.Of(row), new SmartRequest(row));
        if (request.Literal.Count == 0)
        {
            return new OutsideRow(name, "not asked", expectation.Text, "nothing", false, "not a request: a look into that server's own table of compartments; ours is the elements `subject`, `patient` and `for` (`docs/minimising.md`)");
        }

        world.Counsel(request.Patient);
        var (literal, released) = await AskAsync(world, request.Literal);
        var (byType, further) = await AskAsync(world, request.ByType);
        var all = released.Union(further).ToArray();
        Assert.All(all, one => Assert.Equal(request.Patient, world.OwnerOf(one.Split('/')[1])));
        Assert.Equal([], expectation.Leaks(all));
        Assert.Empty(world.World.Source.Changes);
        var got = string.Join("; ", literal) + (byType.Count > 0 ? $"; by type {string.Join("; ", byType)}" : "");
        var holds = !request.IsGranular && expectation.Holds(all) && !(request.IsChanging && literal.Any(static word => word[0] == '4'));
        return new OutsideRow(name, string.Join("; ", request.Literal), expectation.Text, got, holds, holds ? null : ReasonOf(request));
    }

    /// <summary>Asks each request; what it gave, in words and as <c>Type/name</c>.</summary>
    private static async Task<(IReadOnlyList<string> Words, IReadOnlyList<string> Released)> AskAsync(SmartWorld world, IEnumerable<SmartTarget> targets)
    {
        var (words, all) = (new List<string>(), new List<string>());
        foreach (var target in targets)
        {
            var answer = await world.World.SendAsync(target.Message(world));
            Assert.True(answer.Status is 200 or (>= 400 and < 500) or 501, $"{target}: {answer.Everything}");
            Assert.DoesNotContain("smart-leak", answer.Everything, StringComparison.Ordinal);
            var released = OutsideRow.Released(answer).Select(resource => $"{resource["resourceType"]}/{world.NameOf((string)resource["id"]!)}").Order(StringComparer.Ordinal).ToArray();
            words.Add(answer.Status != 200 ? OutsideRow.Show(answer) : released.Length == 0 ? "200 empty" : $"200 {string.Join(", ", released)}");
            all.AddRange(released);
        }

        return (words, all);
    }

    private static string? ReasonOf(SmartRequest request)
    {
        var names = request.Pairs.Select(static pair => pair.Name.Split(':')[0]).ToHashSet();
        return request.Search switch
        {
            _ when request.IsOfProfessional && request.Search == "Observation" => "another feature: a professional's compartment; here a professional sees clients who are hers by law, each by herself",
            _ when request.IsGranular => "another feature: scopes that hold search parameters; here the law says what may leave. Each of the row's searches was asked by itself",
            "Coverage" or "Practitioner" or "Device" => "stricter: the law has no item of this type",
            null when request.Pairs.Count > 0 => "stricter: one request is about one type and one client; nothing is searched over all",
            "Patient" when names.Overlaps(["name", "gender", "address", "_has"]) => "stricter: a client is found by national identifier only, never by what is known about them",
            null or "Patient" when request.IsChanging => "stricter: no rule lets a Patient be made or changed in another register",
            _ when names.Overlaps(Joins) => "stricter: joins are refused; asked by type, what the law has no item for (Encounter, Practitioner and others) does not come",
            _ => null,
        };
    }
}
