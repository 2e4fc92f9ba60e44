// What must hold of the doors whatever is thrown at them: the bodies of the fuzzers.
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sisote.Gateway;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Requests;
using Sisote.Gateway.Searching;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Minimising;

/// <summary>Each takes what came in and asserts; nothing may throw, and nothing may differ from the plain minimiser.</summary>
internal static class FuzzTargets
{
    private static readonly ItemMasks Masks = new(GatewayWorld.Catalogue);
    private static readonly RequestReader Reader = new(
        Masks,
        new SearchReader(new CursorSeal(new HandleKey(new byte[32]), GatewayWorld.Catalogue, Some.Deployment, new GatewayOptions(), TimeProvider.System), new GatewayOptions(), TimeProvider.System),
        new GatewayOptions());

    private static readonly WriteRelinker Links = new(new HandleRing(new HandleKey(new byte[32])).For(SystemId.Parse("kuopio-portal")), SystemId.Parse("pohjois-savo-record"), null, Some.Aino, new Dictionary<string, string> { ["urn:uuid:a"] = "urn:uuid:a" });

    private static readonly Sight Sight = Sight.Of(
        GatewayWorld.Catalogue, Some.Deployment, Masks, (Party("pohjois-savo-record"), Party("kuopio-liikunta"), PurposeId.Parse("exercise-counselling"), Direction.Read), isOwnRegister: false);

    /// <summary>The types that some item names.</summary>
    internal static string[] Types { get; } = [.. MinimiserTests.Types.Select(static row => row.Data)];

    /// <summary>Queries and search bodies to begin with.</summary>
    internal static string[] Queries { get; } =
    [
        "patient=abc&category=sisote|x&_count=5", "identifier=urn:oid:1.2.246.21|010190-901R", "code=http://loinc.org|29463-7,a|b&status=final", "patient=Patient/abc&_sort=-date&_include=*",
        "subject=abc&date=ge2026-01-01T10:00Z&date:missing=true&value-quantity=lt1.5e1|http://unitsofmeasure.org|kg&code:not=a\\,b", "_page=AAAA",
    ];

    /// <summary>The minimiser and its plain twin carry the same; a resource alone and the same in a Bundle carry the same.</summary>
    internal static void Minimise(byte[] text, string type, bool isBundled)
    {
        var shape = Masks.ShapeOf(type)!;
        var items = Masks.ItemsOf(type).ToHashSet();
        if (!isBundled)
        {
            DifferentialTests.Compare(text, shape, items);
            return;
        }

        byte[] bundle = [.. "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":"u8, .. text, .. "}]}"u8];
        using var json = new SoundJson();
        using var alone = new SoundJson();
        var (found, whole) = (new List<int>(), json.TryRead(bundle, Masks.GuideFor(shape, isSearchset: true)));
        if (whole && SearchsetReader.TryRead(json, shape, found) && found.Count == 1 && alone.TryRead(json.Slice(found[0]), Masks.GuideFor(shape, isSearchset: false)))
        {
            Assert.Equal(Write(alone, 0, shape, items), Write(json, found[0], shape, items));
        }
    }

    /// <summary>Any request is read as something or refused as something.</summary>
    internal static void ReadRequest(byte[] body, ReadOnlySpan<byte> query, string method, string type, int form, string media)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.ContentType = media;
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = form % 2 == 0 ? body.Length : null;
        context.Request.QueryString = form > 2 ? new QueryString("?" + Encoding.Latin1.GetString(query[..Math.Min(query.Length, 1500)])) : QueryString.Empty;
        var rest = form switch
        {
            0 => string.Empty,
            1 or 3 => type,
            4 => string.Create(CultureInfo.InvariantCulture, $"{type}/{Encoding.Latin1.GetString(query[..Math.Min(query.Length, 80)])}"),
            _ => $"{type}/_search",
        };

        Assert.NotNull(Reader.ReadAsync(context.Request, rest, Some.Asker, Sight, CancellationToken.None).GetAwaiter().GetResult());
    }

    /// <summary>What the inspector of entries lets pass the minimiser carries whole: what is sent holds every element of the entry, in its place.</summary>
    internal static void Inspect(byte[] text, string type)
    {
        using var json = new SoundJson();
        var shape = Masks.ShapeOf(type)!;
        if (!json.TryRead(text) || !json.IsObject(0))
        {
            return;
        }

        var resource = new EntryResource(type, null, shape, ResourceIndex.Of(json, 0, shape));
        var mask = Masks.MaskFor(shape, ulong.MaxValue, string.Empty);
        using var output = new PooledBytes();
        if (new EntryInspector(Masks.Labels, Links.CanLink).FindForbidden(resource, mask) is null && EntryInspector.FindMissing(resource, mask) is null)
        {
            var entry = JsonNode.Parse(text)!.AsObject();
            var isWritten = new Minimiser(output, Links, Masks.Labels).TryWriteEntry(resource.Index, [], mask);
            Assert.True(isWritten || entry.All(static member => member.Key is "resourceType" or "identifier"), entry.ToJsonString());
            Assert.True(!isWritten || Holds(JsonNode.Parse(output.Written.Span)!.AsObject(), entry, shape), $"{entry.ToJsonString()}\n{Encoding.UTF8.GetString(output.Written.Span)}");
        }
    }

    /// <summary>Whether a sent resource holds an entry; the client is addressed anew.</summary>
    private static bool Holds(JsonObject sent, JsonObject entry, TypeShape shape) =>
        entry.Where(member => member.Key != (shape.SubjectElement ?? "identifier")).All(member => sent.TryGetPropertyValue(member.Key, out var value) && Holds(value, member.Value));

    /// <summary>A unit equals its code, and a display is the catalogue's own.</summary>
    private static bool Holds(JsonNode? sent, JsonNode? entry) => (sent, entry) switch
    {
        (JsonObject found, JsonObject whole) => whole.Where(static member => member.Key is not ("unit" or "display")).All(member => found.TryGetPropertyValue(member.Key, out var value) && Holds(value, member.Value)),
        (JsonArray found, JsonArray whole) => found.Count == whole.Count && found.Zip(whole).All(static pair => Holds(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(sent, entry),
    };

    private static Party Party(string system)
    {
        var entry = Some.Deployment.Systems.Single(found => found.Id.Value == system);
        return new Party { Sector = entry.Sector, Role = entry.ActsAs, Organisation = entry.Organisation };
    }

    private static string Write(SoundJson json, int row, TypeShape shape, HashSet<DataItemId> items)
    {
        var index = ResourceIndex.Of(json, row, shape);
        using var output = new PooledBytes();
        return Masks.For(shape, items, []).Find(index) is { } mask && new Minimiser(output, new Sisote.Gateway.Release.ReadRelinker("handle"), Masks.Labels).TryWriteRelease(index, "id-1", mask)
            ? Encoding.UTF8.GetString(output.Written.Span)
            : string.Empty;
    }
}
