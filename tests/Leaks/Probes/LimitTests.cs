// Limits and failures: being turned away, and parts that are down, tell nothing of any client.
using Microsoft.AspNetCore.Http;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Matrix;

namespace Sisote.Tests.Leaks.Probes;

public sealed class LimitTests(ProfileHouse house) : IClassFixture<ProfileHouse>
{
    [Fact]
    [Channel(52, EveryProfile = true)]
    public async Task BeingTurnedAwayIsTheSameWhoeverIsAskedAbout()
    {
        await using var narrow = await LeakHouse.OpenAsync(options: new Dictionary<string, string?> { ["Sisote:Gateway:MostAtOnce"] = "1" });
        await ProfileHouse.ForEveryAsync(narrow, async (visit, profile) =>
        {
            var type = ProfileHouse.TypeOf(profile);
            var denied = narrow.Enter(visit.Scene, state => visit.Scene.OnRecord(state) with { Consents = [], Relationships = [] });
            var (arrived, release) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            narrow.World.Source.Instead = async context =>
            {
                arrived.TrySetResult();
                await release.Task;
                context.Response.ContentType = "application/fhir+json";
                await context.Response.WriteAsync("""{"resourceType":"Bundle","type":"searchset"}""");
            };
            var held = visit.FindAsync();
            await arrived.Task;
            var before = (narrow.World.Consent.Questions, narrow.World.Consent.Log.Count, narrow.World.Source.Seen.Count);

            RawReply[] turned =
            [
                await visit.FindAsync(), await denied.FindAsync(), await visit.SearchAsync(type), await denied.SearchAsync(type), await visit.ReadAsync(type, "not-there"), await visit.GetAsync($"{type}?_page=A"),
                await visit.GetAsync($"{ProfileHouse.HiddenTypeOf(profile)}?x=1"), await visit.PostJsonAsync(type, "{}"), await visit.SendAsync("PATCH", "Task/x", string.Empty, string.Empty),
            ];
            var after = (narrow.World.Consent.Questions, narrow.World.Consent.Log.Count, narrow.World.Source.Seen.Count);
            release.SetResult();
            var first = await held; // its place is free again for the next profile, whatever comes of this one

            Assert.All(turned, answer => Assert.Equal(turned[0].Comparable, answer.Comparable));
            Assert.Equal((429, "1"), (turned[0].Status, turned[0].Header("Retry-After")));
            Assert.Equal(before, after);
            Assert.Equal(200, first.Status);
        });
    }

    [Fact]
    [Channel(25, 33, 52, EveryProfile = true)]
    public Task WhateverIsDownDeniedAndAbsentAreAnsweredAlike() => house.ForEveryAsync(async (visit, profile) =>
    {
        var (type, world) = (ProfileHouse.TypeOf(profile), visit.House.World);
        if (Worlds.All.FirstOrDefault(one => Worlds.Denials(visit.Scene, type, one.Change).Length > 0).Change is not { } closes)
        {
            return; // nothing on record closes what needs nothing on record
        }

        var denied = visit.House.Enter(visit.Scene, state => closes(visit.Scene.OnRecord(state)));
        visit.House.Marked.IsEmpty = true;
        foreach (var one in new[] { visit, denied })
        {
            await one.SearchAsync(type); // from here on the state is a kept one
        }

        foreach (var status in new[] { 503, 500, 429, 401, 302 })
        {
            world.Source.Instead = context =>
            {
                MarkedSource.MarkHeaders(context.Response);
                context.Response.StatusCode = status;
                return context.Response.WriteAsync("upmark");
            };
            await CompareAsync(status == 503 ? 503 : 502);
        }

        visit.House.Marked.Open();
        world.Consent.IsDown = true;
        await CompareAsync(503);
        world.Consent.IsDown = false;
        world.Consent.IsLogDown = true;
        await CompareAsync(503);
        world.Consent.IsLogDown = false;
        await CompareAsync(200);

        async Task CompareAsync(int status)
        {
            RawReply[] replies = [await visit.SearchAsync(type), await denied.SearchAsync(type), await visit.ReadAsync(type, "not-there"), await denied.ReadAsync(type, "not-there")];
            string[] texts = [.. replies.Select((reply, place) => reply.Comparable.Replace(place % 2 == 0 ? visit.Handle : denied.Handle, "*", StringComparison.Ordinal))];
            Assert.Equal(status, replies[0].Status);
            Assert.Equal(texts[0], texts[1]);
            Assert.Equal(texts[2], texts[3]);
            Assert.DoesNotContain(MarkedSource.Envelope, texts[0] + texts[2], StringComparison.OrdinalIgnoreCase);
        }
    });
}
