// Who may give, in which way, with what behind it.
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Consents;

public sealed class GiverTests(PostgresFixture postgres)
{
    private static readonly ConsentFlow Flow = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");

    [Fact]
    public async Task WhatStandsBehindAConsentIsAskedForAndNamesNoPerson()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var good = Flow.Consent(Some.Person(1));
        (RecordConsent Command, string Slug)[] commands =
        [
            (good with { Reference = null }, "invalid-request"),
            (good with { Reference = Some.Aino }, "invalid-request"),
            (good with { Reference = "a\nb" }, "invalid-request"),
            (good with { How = "signed-in" }, "invalid-request"),
            (good with { How = "mirrored" }, "invalid-request"),
            (good with { How = "telepathy" }, "invalid-request"),
            (good with { GivenBy = "neighbour" }, "invalid-request"),
            (good with { GivenBy = "representative" }, "invalid-request"),
            (good with { GivenBy = "representative", Authority = Some.Aino }, "invalid-request"),
            (good with { Identifier = "010190-000A" }, "invalid-request"),
            (good with { Draft = true, Changes = true }, "invalid-request"),
            (good with { GivenBy = "guardian" }, "consent-giver"),
            (good with { RecipientSystem = Flow.From.System }, "consent-not-in-law"),
            (good with { Case = "no-such-case" }, "consent-time"),
            (good with { Case = "no such case" }, "invalid-request"),
        ];

        foreach (var (command, slug) in commands)
        {
            using var answer = await room.RecordAsync(Flow, command);
            Assert.Equal((command, slug), (command, await answer.SlugAsync()));
        }

        using var represented = await room.RecordAsync(Flow, good with { GivenBy = "representative", Authority = "edunvalvonta 7/2026" });
        Assert.Equal("edunvalvonta 7/2026", (await represented.ReadAsync<ConsentGiven>()).Consent.Evidence?.Authority);
        Assert.All(await room.LookAsync(Flow, Some.Person(1)), static look => Assert.Null(look.Missing));
    }

    [Fact]
    public async Task AMinorsConsentCountsOnlyAsAProfessionalRecordedAndSaysOnWhichDecisionItRests()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var pupil = Born(room.Clock.GetUtcNow().AddYears(-15));

        using (var unknown = await room.RecordAsync(Flow, Flow.Consent(pupil, "oral")))
        {
            Assert.Equal("consent-giver", await unknown.SlugAsync());
        }

        await TellCapacityAsync(room, pupil, new CapacityDecision { Id = "paatos-12", Code = "2", Context = "health" });
        using var guardian = await room.RecordAsync(Flow, Flow.Consent(pupil, "oral") with { GivenBy = "guardians" });
        using var own = await room.RecordAsync(Flow, Flow.Consent(pupil, "oral"));

        Assert.Equal("consent-giver", await guardian.SlugAsync());
        var given = await own.ReadAsync<ConsentGiven>();
        Assert.True(given.Alone);
        Assert.Equal(["paatos-12"], given.Consent.Evidence!.CapacityDecisions);
        Assert.All(await room.LookAsync(Flow, pupil), static look => Assert.Null(look.Missing));
    }

    [Fact]
    public async Task AGuardiansConsentEndsWhenTheClientComesOfAgeAndTheClientIsAsked()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var child = Born(room.Clock.GetUtcNow().AddYears(-18).AddDays(20));
        await TellCapacityAsync(room, child, new CapacityDecision { Id = "paatos-3", Code = "1", Context = "health" });

        using var recorded = await room.RecordAsync(Flow, Flow.Consent(child) with { GivenBy = "guardians" });
        var consent = (await recorded.ReadAsync<ConsentGiven>()).Consent.Consent;
        Assert.NotNull(consent.To);
        Assert.Equal("ends-soon", (await RemindersAsync(room, child)).Single().Kind);
        Assert.All(await room.LookAsync(Flow, child), static look => Assert.Null(look.Missing));

        room.Clock.Advance(TimeSpan.FromDays(21));

        Assert.All(await room.LookAsync(Flow, child), static look => Assert.NotNull(look.Missing));
        var reminder = (await RemindersAsync(room, child)).Single();
        Assert.Equal(("ask-again", "of-age"), (reminder.Kind, reminder.Cause));
    }

    [Fact]
    public async Task WhereBothDecideOneConsentStandsButIsNotEnoughAlone()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var flow = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "YOUTH");
        var youth = Born(room.Clock.GetUtcNow().AddYears(-14));
        await TellCapacityAsync(room, youth, new CapacityDecision { Id = "paatos-9", Code = "1", Context = "youth" });

        using var guardian = await room.RecordAsync(flow, flow.Consent(youth) with { GivenBy = "guardians" });
        Assert.False((await guardian.ReadAsync<ConsentGiven>()).Alone);
        Assert.All(await room.LookAsync(flow, youth), static look => Assert.Equal(ReasonClass.Guardian, look.Missing));

        using var own = await room.RecordAsync(flow, flow.Consent(youth, "oral"));
        Assert.Equal(HttpStatusCode.Created, own.StatusCode);
        Assert.All(await room.LookAsync(flow, youth), static look => Assert.Null(look.Missing));
    }

    internal static async Task<IReadOnlyList<ConsentReminder>> RemindersAsync(OpenRoom room, Hetu who)
    {
        using var answer = await room.Client(who.Reveal()).GetAsync("/me/consents/reminders");
        return (await answer.ReadAsync<ConsentReminders>()).Reminders;
    }

    private static async Task TellCapacityAsync(OpenRoom room, Hetu who, CapacityDecision decision)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = who.Reveal(), Facts = new ToldFacts { Capacity = [decision] } }, SisoteJson.Options);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>An invented person born on a day of this century.</summary>
    private static Hetu Born(DateTimeOffset day)
    {
        var digits = day.ToString("ddMMyy", CultureInfo.InvariantCulture) + "987";
        return Hetu.Parse($"{digits[..6]}A987{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, CultureInfo.InvariantCulture) % 31]}");
    }
}
