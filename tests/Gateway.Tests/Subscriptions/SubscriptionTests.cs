// Subscriptions: what is told, and what never is.
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Subscriptions;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Subscriptions;

public sealed partial class SubscriptionTests
{
    private const string Hidden = "marker-that-nobody-may-see";

    [Fact]
    public async Task AChangeThatTheSubscriberMayReadIsToldOnceUnderTheNextNumberAndStandsInTheLogBefore()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        var path = await world.SubscribedAsync();
        var recorded = -1;
        world.Receiver.Status = _ =>
        {
            recorded = world.Consent.Log.Count(static item => item.Entry.Outcome == "notified");
            return 200;
        };

        Restriction(world)["status"] = "inactive";
        await world.ToldAsync(1);
        await world.LookedAsync();
        Restriction(world)["status"] = "active";
        await world.ToldAsync(2);
        await world.LookedAsync();

        Assert.Equal(["1", "2"], world.Receiver.Numbers);
        Assert.Equal(2, recorded);
        var entry = world.Consent.Log.First(static item => item.Entry.Outcome == "notified").Entry;
        Assert.Equal((LogEntryKind.Disclosure, FakeConsent.KeyOf(Some.Aino), "kuopio-portal", "pohjois-savo-record"), (entry.Kind, entry.Client!.Value, entry.To!.System!.Value.Value, entry.From!.System!.Value.Value));
        Assert.DoesNotContain(entry.Items, static item => item.Released);
        Assert.Equal("handshake", FakeReceiver.TypeOf(world.Receiver.Taken[0]));
        Assert.Equal($"http://gateway.test/{path}", FakeReceiver.Value(world.Receiver.Taken[1], "subscription"));
    }

    [Fact]
    public async Task ANotificationIsABundleOfTheBackportWithANumberAndAHandleAndNothingElse()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        await world.SubscribedAsync();
        Restriction(world)["status"] = "inactive";
        await world.ToldAsync(1);

        var told = world.Receiver.Taken[^1];
        var bundle = Some.Parse(told.Body);
        var happened = FakeReceiver.Parameters(told).Single(static one => (string)one!["name"]! == "notification-event")!["part"]!.AsArray();

        Assert.Equal(("Bundle", "history", 1), ((string)bundle["resourceType"]!, (string)bundle["type"]!, bundle["entry"]!.AsArray().Count));
        Assert.Equal(["event-number", "timestamp", "focus"], happened.Select(static part => (string)part!["name"]!));
        Assert.Equal(("1", $"Patient/{world.Handle}"), ((string)happened[0]!["valueString"]!, (string)happened[2]!["valueReference"]!["reference"]!));
        Assert.Equal(("POST", "/notices", "application/fhir+json"), (told.Method, told.Target, told.Headers["Content-Type"]));
        Assert.DoesNotContain(world.Handle, told.Target + string.Join('\n', told.Headers.Values), StringComparison.Ordinal);
        Assert.All(new[] { Some.Aino, "Aaltonen", "marker", Some.RestrictionCode, "exercise-restriction", "Flag", "inactive", FakeConsent.KeyOf(Some.Aino).Reveal() }, word => Assert.DoesNotContain(word, told.Body, StringComparison.OrdinalIgnoreCase));
        Assert.All(new[] { Some.Aino, world.Handle, "Flag", "ohjaaja-salmi", Some.RestrictionCode }, word => Assert.DoesNotContain(word, world.Consent.Subscriptions.Kept, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIsHiddenFromTheSubscriberTellsNothingHoweverOftenItChanges()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        await world.SubscribedAsync();
        var flag = Restriction(world);

        flag["extension"]![0]!["valueString"] = Hidden;
        flag["text"]!["div"] = $"<div xmlns='http://www.w3.org/1999/xhtml'>{Hidden}</div>";
        flag["encounter"]!["reference"] = "Encounter/" + Hidden;
        flag["meta"]!["versionId"] = Hidden;
        flag["contained"]![0]!["id"] = Hidden;
        await world.LookedAsync();
        world.Source.Resources.Single(static one => (string?)one["resourceType"] == "Condition")["note"] = Hidden;
        var other = Some.Restriction(Some.Aino, "flag-2");
        other["category"]![0]!["coding"]![0]!["code"] = "another-category";
        world.Source.Resources.Add(other); // an item that no rule lets this recipient have
        world.Source.Resources.Add(Some.Restriction(Some.Onni, "flag-3")); // somebody else's, in the same answer
        world.Source.Resources.Add(Some.Goal(Some.Aino, "goal-2")); // permitted, and not asked for
        await world.LookedAsync();

        Assert.Empty(world.Receiver.Numbers);
        Assert.DoesNotContain(world.Consent.Log, static item => item.Entry.Outcome == "notified");
        Assert.Equal(0, world.Consent.Subscriptions.Only.Events);
    }

    [Fact]
    public async Task NothingOnRecordBringsALookForwardSoThatTwoObservationsTellNoMoreThanOne()
    {
        await using var world = await SubscribedWorld.OpenAsync(slow: true);
        await world.SubscribedAsync();
        var (asked, leased, due) = (Asked(world), world.Consent.Subscriptions.Leased, world.Consent.Subscriptions.Only.DueAt);

        world.Change(static state => state with { Consents = [.. state.Consents.Where(static one => one.Id != "consent-2")] }); // what another recipient had
        world.Change(static state => state with { Consents = [] }); // what this one had
        var rounds = world.Consent.Subscriptions.Asked;
        await SubscribedWorld.UntilAsync(() => Task.FromResult(world.Consent.Subscriptions.Asked >= rounds + 3));

        Assert.Equal((asked, leased, due), (Asked(world), world.Consent.Subscriptions.Leased, world.Consent.Subscriptions.Only.DueAt));
        Assert.Empty(world.Receiver.Numbers);
    }

    [Fact]
    public async Task ACheckThatASystemMakesIsOfOneCallAndNoSubscriptionRestsOnIt()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        var content = new global::Sisote.Gateway.Subscriptions.SubscriptionContent
        {
            Caller = Policy.Ids.SystemId.Parse("pohjois-savo-record"),
            Business = Some.Asker.Business with { OrganisationId = Policy.Ids.OrganisationId.Parse("pohjois-savo"), SubjectRole = Policy.Ids.RoleId.Parse("health-professional") },
            Source = Some.Asker.Other.Id,
            Stated = [new("relation-verified", "visit 12")],
            Criteria = $"Flag?patient={world.Handle}",
        };

        var refused = await world.SubscribeAsync(token: world.Gateway.DoctorToken());
        var recalled = world.Gateway.Part<global::Sisote.Gateway.Subscriptions.SubscribedCalls>().Recall(content);

        Assert.Equal(422, refused.Status);
        Assert.Contains("subscription-unclear", refused.Body, StringComparison.Ordinal);
        Assert.Contains("is a check that your system makes for one call", refused.Body, StringComparison.Ordinal);
        Assert.False(Assert.Single(recalled!.Call.Asker.Attestations).BySystem);
    }

    [Fact]
    public async Task AReceiverThatNeverAnswersHoldsUpNobodyElse()
    {
        await using var world = await SubscribedWorld.OpenAsync(more: ("Timeout", "00:00:30"));
        await world.SubscribedAsync();
        var held = new TaskCompletionSource();
        world.Receiver.Held = held.Task;
        Restriction(world)["status"] = "inactive";
        await SubscribedWorld.UntilAsync(() => Task.FromResult(world.Receiver.Waiting > 0)); // this one hangs

        world.Receiver.Held = null;
        var second = await world.SubscribedAsync($"Goal?patient={world.Handle}"); // and this one becomes active beside it

        Assert.Equal("active", await world.StatusAsync(second));
        Assert.Equal(1, world.Receiver.Waiting);
        held.SetResult();
    }

    [Fact]
    public async Task AWithdrawalLooksAsIfTheDataHadGone()
    {
        var told = new List<string>();
        foreach (var isWithdrawn in new[] { true, false })
        {
            await using var world = await SubscribedWorld.OpenAsync();
            var path = await world.SubscribedAsync();
            if (isWithdrawn)
            {
                world.Change(static state => state with { Consents = [] });
            }
            else
            {
                world.Source.Resources.Remove(Restriction(world));
            }

            await world.ToldAsync(1);
            await SubscribedWorld.UntilAsync(() => Task.FromResult(world.Consent.Subscriptions.Only is { Events: 1, Delivered: 1 }));
            told.Add(string.Join('\n', world.Receiver.Seen.Select(one => Comparable(one.Method + one.Target + string.Join('\n', one.Headers.Where(static header => header.Key != "Host").Select(static header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal)) + one.Body, world, path)))
                + Comparable((await world.Gateway.GetAsync(path)).Comparable, world, path) + Comparable((await world.Gateway.GetAsync("fhir/pohjois-savo-record/Subscription")).Comparable, world, path)
                + (await world.Gateway.GetAsync($"fhir/pohjois-savo-record/Flag?patient={world.Handle}")).Comparable.Replace(world.Handle, "HANDLE", StringComparison.Ordinal));
        }

        Assert.Equal(told[1], told[0]);
    }

    [Fact]
    public async Task WhereNothingMayBeGivenSubscribingLooksAsAnywhereAndWhatChangesStaysHidden()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        world.Consent.Set(Some.Aino, static state => state with { Consents = [] });
        var path = await world.SubscribedAsync();

        Restriction(world)["status"] = "inactive";
        world.Source.Resources.Add(Some.Restriction(Some.Aino, "flag-2"));
        await world.LookedAsync();
        Assert.Empty(world.Receiver.Numbers);

        world.Change(Some.Counselled);
        await world.ToldAsync(1);

        Assert.Equal("active", await world.StatusAsync(path));
    }

    [Fact]
    public async Task WhatTheReceiverDoesNotTakeIsSentAgainUnderItsNumberAndOnceEachInOrder()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        var path = await world.SubscribedAsync();
        world.Receiver.Status = static _ => 503;

        Restriction(world)["status"] = "inactive";
        await SubscribedWorld.UntilAsync(async () => await world.StatusAsync(path) == "error");
        Restriction(world)["period"]!["start"] = "2026-02-02"; // while the receiver is away
        var shown = (await world.Gateway.GetAsync(path)).Body;
        world.Receiver.Status = static _ => 200;
        await world.ToldAsync(2);
        await world.LookedAsync();

        Assert.Contains("\"error\":", shown, StringComparison.Ordinal);
        Assert.Equal("active", await world.StatusAsync(path));
        Assert.Equal(["1", "2"], world.Receiver.Numbers);
        Assert.Single(world.Receiver.Seen.Where(static one => FakeReceiver.TypeOf(one) == "event-notification" && FakeReceiver.Value(one, "events-since-subscription-start") == "1").Select(static one => one.Body).Distinct());
        Assert.Equal(2, world.Consent.Log.Count(static item => item.Entry.Outcome == "notified"));
    }

    [Fact]
    public async Task ARestartLosesNothingThatWaits()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        await world.SubscribedAsync();
        world.Receiver.Status = static _ => 500;
        Restriction(world)["status"] = "inactive";
        await SubscribedWorld.UntilAsync(() => Task.FromResult(world.Consent.Subscriptions.Only is { Events: 1, Delivered: 0, Failures: > 0 }));

        await world.Gateway.RestartAsync();
        world.Receiver.Status = static _ => 200;
        await world.ToldAsync(1);
        await world.LookedAsync();

        Assert.Equal(["1"], world.Receiver.Numbers);
    }

    [Fact]
    public async Task NothingIsToldThatIsNotOnRecordAndWhatMovedMeanwhileIsDecidedAnew()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        await world.SubscribedAsync();
        world.Consent.IsLogDown = true;
        Restriction(world)["status"] = "inactive";
        await world.LookedAsync(5);
        Assert.Empty(world.Receiver.Numbers);

        world.Consent.BeforeNextAppend = () => world.Consent.Set(Some.Aino, static state => state with { Consents = [] }); // withdrawn between looking and recording
        world.Consent.IsLogDown = false;
        await world.ToldAsync(1);
        await world.LookedAsync();

        Assert.Equal(["1"], world.Receiver.Numbers);
        var entry = world.Consent.Log.Single(static item => item.Entry.Outcome == "notified");
        Assert.Equal(world.Consent.StateOf(Some.Aino).Revision, entry.Expect!.ClientRevision);
    }

    [Fact]
    public async Task NoRequestSaysWhereTheGatewayCallsAndNoAnswerOfAReceiverDoes()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        await using var elsewhere = await FakeReceiver.StartAsync();

        var named = await world.SubscribeAsync(channel: $",\"endpoint\":\"{elsewhere.Address}\"");
        var own = await world.SubscribeAsync(channel: $",\"endpoint\":\"{world.Receiver.Address}\"");
        var header = await world.SubscribeAsync(channel: ",\"header\":[\"Authorization: Bearer marker\"]");
        world.Receiver.Status = context =>
        {
            context.Response.Headers.Location = elsewhere.Address.AbsoluteUri;
            return 307;
        };
        var kept = await world.SubscribeAsync();
        await SubscribedWorld.UntilAsync(async () => await world.StatusAsync(SubscribedWorld.AddressOf(kept)) == "error");

        Assert.All([named, own, header], static answer => Assert.Contains("subscription-unclear", answer.Body, StringComparison.Ordinal));
        Assert.Empty(elsewhere.Seen);
    }

    [Fact]
    public async Task ASystemWithoutAnAddressInTheDeploymentSubscribesToNothing()
    {
        await using var world = await SubscribedWorld.OpenAsync(change: static system => system with { Notify = null });

        var answer = await world.SubscribeAsync();
        var statement = await world.Gateway.GetAsync("fhir/pohjois-savo-record/metadata");

        Assert.Equal(422, answer.Status);
        Assert.Contains("no-notify-address", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Subscription", statement.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASubscriptionIsThereForItsSubscriberAloneUntilItEndsIt()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        var path = await world.SubscribedAsync();
        var other = world.Gateway.Token("siilinjarvi-portal", "exercise-counsellor", "siilinjarvi");
        var absent = "fhir/pohjois-savo-record/Subscription/0197a1b2c3d47000800000000000c001";

        var (theirs, nothing) = (await world.Gateway.GetAsync(path, other), await world.Gateway.GetAsync(absent, other));
        var theirList = await world.Gateway.GetAsync("fhir/pohjois-savo-record/Subscription", other);
        var theirEnd = await DeleteAsync(world, path, other);
        var own = await world.Gateway.GetAsync("fhir/pohjois-savo-record/Subscription");
        var ended = await DeleteAsync(world, path);
        var after = await world.Gateway.GetAsync(path);
        var taken = world.Receiver.Taken.Count;
        Restriction(world)["status"] = "inactive";
        await Task.Delay(200, TestContext.Current.CancellationToken);

        Assert.Equal((404, nothing.Comparable), (theirs.Status, theirs.Comparable));
        Assert.Equal((404, 0), (theirEnd.Status, (int)Some.Parse(theirList.Body)["total"]!));
        Assert.Equal($"Flag?patient={world.Handle}", (string)Some.Parse(own.Body)["entry"]![0]!["resource"]!["criteria"]!);
        Assert.Equal((200, 404, taken), (ended.Status, after.Status, world.Receiver.Taken.Count));
    }

    [Fact]
    public async Task ASubscriptionEndsWithItsTimeAndWithTheRegistrationOfItsSubscriber()
    {
        await using var world = await SubscribedWorld.OpenAsync(more: ("LongestLife", "00:00:01"));
        var answer = await world.SubscribeAsync(more: ",\"end\":\"2999-01-01T00:00:00Z\"");
        await SubscribedWorld.UntilAsync(() => Task.FromResult(world.Consent.Subscriptions.Only.State == SubscriptionState.Off));
        var calls = world.Gateway.Part<global::Sisote.Gateway.Subscriptions.SubscribedCalls>();
        var content = new global::Sisote.Gateway.Subscriptions.SubscriptionContent { Caller = Some.Asker.System.Id, Business = Some.Asker.Business, Source = Some.Asker.Other.Id, Criteria = $"Flag?patient={world.Handle}" };

        Assert.Equal(201, answer.Status);
        Assert.Equal("off", await world.StatusAsync(SubscribedWorld.AddressOf(answer)));
        Assert.NotNull(calls.Recall(content));
        Assert.Null(calls.Recall(content with { Caller = Policy.Ids.SystemId.Parse("gone") }));
        Assert.Null(calls.Recall(content with { Caller = Policy.Ids.SystemId.Parse("kuopio-liikunta") })); // it has no address
        Assert.Null(calls.Recall(content with { Source = Policy.Ids.SystemId.Parse("gone") }));
        Assert.Null(calls.Recall(content with { Business = content.Business with { SubjectRole = Policy.Ids.RoleId.Parse("health-professional") } }));
        Assert.Null(calls.Recall(content with { Criteria = $"Encounter?patient={world.Handle}" }));
    }

    [Fact]
    public async Task ANotificationIsSignedWithTheSecretThatTheDeploymentRefersTo()
    {
        await using var world = await SubscribedWorld.OpenAsync(secret: "kuopio-notify.key");
        await world.SubscribedAsync();

        var told = world.Receiver.Taken[0];
        var expected = "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(GatewayWorld.SharedSecret), Encoding.UTF8.GetBytes($"{told.Headers["Sisote-Signature-Time"]}.{told.Body}")));

        Assert.Equal(expected, told.Headers["Sisote-Signature"]);
    }

    [Fact]
    public async Task OnlySearchesOfOneClientByHandleThatTheGatewayServesAreTaken()
    {
        await using var world = await SubscribedWorld.OpenAsync();
        var handle = world.Handle;
        string[] refused = ["Flag", "Flag?", $"Patient?_id={handle}", "Flag?patient=nobody", $"Flag?patient={handle}&_count=5", $"Flag?patient={handle}&_sort=date", $"Encounter?patient={handle}", $"Flag?patient={handle}&encounter=x",
            $"Flag?patient:identifier=urn:oid:1.2.246.21%7C{Some.Aino}", $"http://elsewhere.test/Flag?patient={handle}", $"Flag?patient={handle}&patient={handle}", "http://hl7.org/SubscriptionTopic/any"];
        foreach (var criteria in refused)
        {
            var answer = await world.SubscribeAsync(criteria);
            Assert.True(answer.Status == 422 && answer.Body.Contains("subscription-unclear", StringComparison.Ordinal), $"{criteria}: {answer.Everything}");
        }

        foreach (var (more, channel) in new[] { (",\"end\":\"tomorrow\"", ""), (",\"end\":\"2001-01-01T00:00:00Z\"", ""), (",\"contact\":[]", ""), ("", ",\"_payload\":{\"extension\":[{\"url\":\"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content\",\"valueCode\":\"full-resource\"}]}") })
        {
            Assert.Equal(422, (await world.SubscribeAsync(more: more, channel: channel)).Status);
        }

        Assert.Equal(201, (await world.SubscribeAsync($"Flag?patient={handle}&date=ge2020-01-01", channel: ",\"_payload\":{\"extension\":[{\"url\":\"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content\",\"valueCode\":\"id-only\"}]}")).Status);
        world.Consent.Subscriptions.Most = 1;
        Assert.Contains("too-many-subscriptions", (await world.SubscribeAsync()).Body, StringComparison.Ordinal);
        Assert.Contains("\"Subscription\"", (await world.Gateway.GetAsync("fhir/pohjois-savo-record/metadata")).Body, StringComparison.Ordinal);
    }

    private static System.Text.Json.Nodes.JsonObject Restriction(SubscribedWorld world) => world.Source.Resources.First(static one => (string?)one["id"] == "flag-1");

    private static int Asked(SubscribedWorld world) => world.Source.Seen.Count(static one => one.Target.EndsWith("/Flag/_search", StringComparison.Ordinal));

    private static Task<RawAnswer> DeleteAsync(SubscribedWorld world, string path, string? token = null) => world.Gateway.SendAsync(new HttpRequestMessage(HttpMethod.Delete, new Uri(world.Gateway.Address, path)), token);

    /// <summary>Without what differs between any two subscriptions.</summary>
    private static string Comparable(string text, SubscribedWorld world, string path)
    {
        var id = path.Split('/')[^1];
        return Instant().Replace(text.Replace(world.Handle, "HANDLE", StringComparison.Ordinal).Replace(id, "ID", StringComparison.Ordinal).Replace(Guid.ParseExact(id, "N").ToString(), "ID", StringComparison.Ordinal), "TIME");
    }

    [GeneratedRegex("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")]
    private static partial Regex Instant();
}
