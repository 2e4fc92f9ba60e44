// Throws broken messages at the doors for a while.
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
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

/// <summary>
/// Mutations of outside and generated resources and of requests, for <c>SISOTE_FUZZ_SECONDS</c> seconds per door (6 without it). Nothing may throw, and nothing may differ from the plain
/// minimiser. Mutation only, without feedback from coverage.
/// </summary>
public sealed class FuzzTests
{
    private static readonly int Seconds = int.TryParse(Environment.GetEnvironmentVariable("SISOTE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 6;
    private static readonly ItemMasks Masks = new(GatewayWorld.Catalogue);
    private static readonly string[] Types = [.. MinimiserTests.Types.Select(static row => row.Data)];

    [Fact]
    public void NoMessageOfASourceBreaksTheMinimiser()
    {
        var seeds = Types.SelectMany(Seeds.Of).ToArray();
        Gen.Select(Mutations.Of(seeds), OneOf(Types), Gen.Bool).Sample(static (text, type, isBundled) =>
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
        }, time: Seconds);
    }

    [Fact]
    public void NoRequestBreaksTheReader()
    {
        var searches = new SearchReader(new CursorSeal(new HandleKey(new byte[32]), GatewayWorld.Catalogue, Some.Deployment, new GatewayOptions(), TimeProvider.System), new GatewayOptions(), TimeProvider.System);
        var reader = new RequestReader(Masks, searches, new GatewayOptions());
        var sight = Sight.Of(GatewayWorld.Catalogue, Some.Deployment, Masks, (Party("pohjois-savo-record"), Party("kuopio-liikunta"), PurposeId.Parse("exercise-counselling"), Direction.Read), isOwnRegister: false);
        var seeds = new[] { "patient=abc&category=sisote|x&_count=5", "identifier=urn:oid:1.2.246.21|010190-901R", "code=http://loinc.org|29463-7,a|b&status=final", "patient=Patient/abc&_sort=-date&_include=*", "subject=abc&date=ge2026-01-01T10:00Z&date:missing=true&value-quantity=lt1.5e1|http://unitsofmeasure.org|kg&code:not=a\\,b", "_page=AAAA" }.Select(Encoding.UTF8.GetBytes);
        var bodies = Mutations.Of([.. seeds, .. Types.SelectMany(static type => Seeds.Of(type).Take(5))]);
        Gen.Select(bodies, bodies, OneOf("GET", "POST", "PUT", "DELETE", "PATCH"), OneOf([.. Types, "$everything", "x"]), Gen.Int[0, 5], OneOf("application/fhir+json", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "x"))
            .Sample((body, query, method, type, form, media) =>
            {
                var context = new DefaultHttpContext();
                context.Request.Method = method;
                context.Request.ContentType = media;
                context.Request.Body = new MemoryStream(body);
                context.Request.ContentLength = form % 2 == 0 ? body.Length : null;
                context.Request.QueryString = form > 2 ? new QueryString("?" + Encoding.Latin1.GetString(query[..Math.Min(query.Length, 1500)])) : QueryString.Empty;
                var rest = form switch { 0 => string.Empty, 1 => type, 2 => $"{type}/_search", 3 => type, 4 => $"{type}/{Encoding.Latin1.GetString(query[..Math.Min(query.Length, 80)])}", _ => $"{type}/_search" };

                Assert.NotNull(reader.ReadAsync(context.Request, rest, Some.Asker, sight, CancellationToken.None).GetAwaiter().GetResult());
            }, time: Seconds);
    }

    [Fact]
    public void WhatTheInspectorLetsPassTheMinimiserCarriesWhole()
    {
        var passed = 0;
        OneOf(Types).SelectMany(static type => Mutations.Of(Seeds.Of(type)).Select(text => (Type: type, Text: text))).Sample(entry =>
        {
            using var json = new SoundJson();
            var shape = Masks.ShapeOf(entry.Type)!;
            if (!json.TryRead(entry.Text) || !json.IsObject(0))
            {
                return;
            }

            var resource = new EntryResource(entry.Type, null, shape, ResourceIndex.Of(json, 0, shape));
            var mask = Masks.MaskFor(shape, ulong.MaxValue, string.Empty);
            if (new EntryInspector(Masks.Labels, static _ => false).FindForbidden(resource, mask) is not null)
            {
                return;
            }

            Interlocked.Increment(ref passed);
            using var output = new PooledBytes();
            if (new Minimiser(output, new Sisote.Gateway.Release.ReadRelinker("handle"), Masks.Labels).TryWriteEntry(resource.Index, [], mask))
            {
                var skipped = new[] { "reference", "identifier", "unit", "display", "type" };
                var sent = Names(JsonNode.Parse(output.Written.Span)).ToHashSet();
                Assert.Empty(Names(JsonNode.Parse(entry.Text)).Where(name => !skipped.Contains(name.Split('.')[^1]) && !name.Contains("identifier.", StringComparison.Ordinal)).Except(sent));
            }
        }, time: Seconds);
    }

    private static Gen<string> OneOf(params string[] all) => Gen.Int[0, all.Length - 1].Select(place => all[place]);

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

    private static IEnumerable<string> Names(JsonNode? node, string path = "") => node switch
    {
        JsonObject found => found.SelectMany(member => Names(member.Value, $"{path}.{member.Key}").Append($"{path}.{member.Key}")),
        JsonArray found => found.SelectMany(one => Names(one, path)),
        _ => [],
    };
}
