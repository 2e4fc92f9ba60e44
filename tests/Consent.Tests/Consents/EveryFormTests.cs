// Every form of consent through the door and into the next decision.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Consents;

public sealed class EveryFormTests(PostgresFixture postgres)
{
    [Fact]
    public void TheCatalogueHasEveryFormOfTheLawEachWithItsOwnWaysAndTime()
    {
        var forms = WholeLaw.Catalogue.ConsentForms.Values.OrderBy(static form => form.Id.Value, StringComparer.Ordinal).Select(static form =>
            $"{form.Id}: {string.Join(' ', form.Recorded.Select(static way => way.ToWord()))}{(form.SignedIn ? " signed-in" : null)}; {form.Validity}{(form.Written ? "; written" : null)}{(form.Itemised ? "; itemised" : null)}{(form.Narrows is null ? null : "; closes")}");

        Assert.Equal(
            [
                "GDPR: paper oral assisted signed-in; purpose-or-date; itemised",
                "HOKS: paper oral assisted; purpose-or-date; itemised",
                "KIELTO: mirrored; until-revoked; closes",
                "LUPA: mirrored; until-revoked",
                "OH-GROUP: paper oral assisted; case; itemised",
                "OH-WRITTEN: paper; purpose-or-date; written; itemised",
                "SECRECY: paper oral assisted signed-in; purpose-or-date; itemised",
                "TE-WRITTEN: paper; service-period; written; itemised",
                "YOUTH: paper oral assisted; purpose-or-date; itemised",
                "YOUTH-EXPLICIT: paper oral assisted; single-use; itemised",
            ],
            forms);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EachFormIsRecordedOnlyInTheWaysThatItsStatuteTakes(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);

        foreach (var (flow, number) in WholeLaw.Flows.Select(static (flow, number) => (flow, number)))
        {
            var who = Some.Person(number);
            var inCase = await room.CaseAsync(flow, who);
            foreach (var way in new[] { ConsentWay.Paper, ConsentWay.Oral, ConsentWay.Assisted })
            {
                using var answer = await room.RecordAsync(flow, flow.Consent(who, way.ToWord()) with { Case = inCase });
                var expected = flow.Form.Recorded.Contains(way) ? null : flow.Form.Recorded.Contains(ConsentWay.Mirrored) ? "consent-form-elsewhere" : "consent-way";
                Assert.True(expected is null ? answer.StatusCode == HttpStatusCode.Created : await answer.SlugAsync() == expected, $"{flow} {way}: {await answer.Content.ReadAsStringAsync()}");
            }

            using var signedIn = await room.Client(who.Reveal()).PostAsJsonAsync("/me/consents", SignedIn(flow.Consent(who)) with { Case = inCase }, SisoteJson.Options);
            Assert.True(flow.Form.SignedIn ? signedIn.StatusCode == HttpStatusCode.Created : await signedIn.SlugAsync() == "consent-form-elsewhere", $"{flow}");
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EachFormOpensWhatItNamesToWhomItNamesAndNothingElse(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);

        foreach (var (flow, number) in WholeLaw.Flows.Select(static (flow, number) => (flow, number)))
        {
            var (who, named) = (Some.Person(number), flow.Items[0]);
            await room.PutOnRecordAsync(flow, who, consent => consent with { Items = [named] });

            var looks = await room.LookAsync(flow, who);
            var elsewhere = await room.LookAsync(flow, who, static request => request with { To = request.To with { Sector = request.To.Sector, Organisation = OrganisationId.Parse("somebody-else") } });

            Assert.All(looks, look => Assert.Equal(look.Item == named && flow.Rule.Consents.Length == 1 ? null : look.Item == named ? look.Missing : ReasonClass.NoConsent, look.Missing));
            Assert.True(flow.Rule.Consents.Length > 1 || looks.Single(look => look.Item == named).Consents.Single().Form == flow.Form.Id, $"{flow}");
            Assert.True(flow.Form.Id.Value == "LUPA" || elsewhere.Single(look => look.Item == named).Missing is not null, $"{flow}");
            Assert.All(WholeLaw.Flows.Where(other => other.Form.Id != flow.Form.Id), other => Assert.All(room.LookAsync(other, who).Result, static look => Assert.NotNull(look.Missing)));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EachFormEndsWhenItIsWithdrawnAndWhenItsTimeEnds(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        foreach (var (flow, number) in WholeLaw.Flows.Where(static flow => flow.Rule.Consents.Length == 1).Select(static (flow, number) => (flow, number)))
        {
            var (withdrawing, expiring) = (Some.Person(2 * number), Some.Person((2 * number) + 1));
            var id = await room.PutOnRecordAsync(flow, withdrawing);
            await room.PutOnRecordAsync(flow, expiring, consent => consent with { To = room.Clock.GetUtcNow().AddHours(1) });
            Assert.All(await room.LookAsync(flow, withdrawing), static look => Assert.Null(look.Missing));
            Assert.All(await room.LookAsync(flow, expiring), static look => Assert.Null(look.Missing));

            await WithdrawAsync(room, flow, withdrawing, id);
            room.Clock.Advance(TimeSpan.FromHours(2));

            Assert.All(await room.LookAsync(flow, withdrawing), static look => Assert.Equal(ReasonClass.Withdrawn, look.Missing));
            Assert.All(await room.LookAsync(flow, expiring), static look => Assert.Equal(ReasonClass.Expired, look.Missing));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NobodyRecordsAConsentWhoIsNotOnTheSideThatGives(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        foreach (var flow in WholeLaw.Flows.Where(static flow => !flow.Form.Recorded.Contains(ConsentWay.Mirrored) && flow.From.Sector != flow.To.Sector))
        {
            var consent = flow.Consent(Some.Person(1)) with { To = room.Clock.GetUtcNow().AddDays(1) };
            var receiver = room.Person(PersonKind.Professional, flow.To.Organisation!.Value.Value, "receiver", flow.To.Role.Value);
            var colleague = room.Person(PersonKind.Professional, flow.From.Organisation!.Value.Value, "colleague", "cleaner");
            var system = room.SystemCaller(flow.From.System!.Value.Value, Scopes.Exchange, "giver", flow.From.Role.Value, flow.From.Organisation!.Value.Value);
            var pretender = room.SystemCaller(flow.To.System!.Value.Value, Scopes.Exchange, "giver", flow.From.Role.Value, flow.From.Organisation!.Value.Value);

            foreach (var stranger in new[] { receiver, colleague, pretender })
            {
                using var refused = await stranger.PostAsJsonAsync("/consents", consent, SisoteJson.Options);
                Assert.Equal("consent-recorder", await refused.SlugAsync());
            }

            using var recorded = await system.PostAsJsonAsync("/consents", flow.Form.Validity == "case" ? consent with { Case = await room.CaseAsync(flow, Some.Person(1)) } : consent, SisoteJson.Options);
            Assert.True(recorded.StatusCode == HttpStatusCode.Created, $"{flow}: {await recorded.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task AProhibitionOfTheNationalServiceClosesWhatItsPermissionOpensAndOpensAgainWhenItIsGone()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (flow, who) = (WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "LUPA"), Some.Person(1));
        var permission = new MirroredConsent { Id = "lupa", Form = flow.Form.Id, AllItems = true, From = room.Clock.GetUtcNow().AddDays(-500) };
        var prohibition = new MirroredConsent { Id = "kielto", Form = ConsentFormId.Parse("KIELTO"), Items = [flow.Items[^1]], From = room.Clock.GetUtcNow().AddDays(-400) };

        Assert.Equal((1, 0, 0), Counts(await room.MirrorAsync(who, permission)));
        var revision = (await room.StateAsync(who.Reveal())).State.Revision;
        Assert.Equal((0, 0, 0), Counts(await room.MirrorAsync(who, permission)));
        Assert.Equal(revision, (await room.StateAsync(who.Reveal())).State.Revision);
        Assert.Equal((1, 0, 0), Counts(await room.MirrorAsync(who, permission, prohibition)));

        Assert.All(await room.LookAsync(flow, who), look => Assert.Equal(look.Item == flow.Items[^1] ? ReasonClass.Prohibition : null, look.Missing));
        var reminder = (await (await room.Client(who.Reveal()).GetAsync("/me/consents/reminders")).ReadAsync<ConsentReminders>()).Reminders.Single();
        Assert.Equal(("closes-what-you-opened", "kanta:kielto"), (reminder.Kind, reminder.Consent));

        Assert.Equal((0, 0, 1), Counts(await room.MirrorAsync(who, permission)));
        Assert.All(await room.LookAsync(flow, who), static look => Assert.Null(look.Missing));
        Assert.Equal((0, 0, 1), Counts(await room.MirrorAsync(who)));
        Assert.All(await room.LookAsync(flow, who), static look => Assert.Equal(ReasonClass.Withdrawn, look.Missing));

        static (int, int, int) Counts(ConsentsMirrored mirrored) => (mirrored.Begun, mirrored.Changed, mirrored.Withdrawn);
    }

    [Fact]
    public async Task WhatAnotherRegisterKeepsIsNeitherWithdrawnHereNorTakenInWithoutBeingUnderstood()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (flow, who) = (WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "LUPA"), Some.Person(1));
        var permission = new MirroredConsent { Id = "lupa", Form = flow.Form.Id, AllItems = true, From = room.Clock.GetUtcNow() };
        var before = room.Clock.GetUtcNow().AddMinutes(-1);
        await room.MirrorAsync(who, permission);

        using var withdrawn = await room.Client(who.Reveal()).PostAsync("/me/consents/kanta:lupa/withdraw", null);
        Assert.Equal("not-found", await withdrawn.SlugAsync());
        var mirror = new MirrorConsents { Source = "kanta", AsOf = room.Clock.GetUtcNow(), Identifier = who.Reveal(), Consents = [permission] };
        (MirrorConsents Message, string Slug)[] messages =
        [
            (mirror with { AsOf = before }, "mirror-outdated"),
            (mirror with { AsOf = room.Clock.GetUtcNow().AddHours(1) }, "invalid-request"),
            (mirror with { Consents = [permission with { Form = ConsentFormId.Parse("SECRECY") }] }, "consent-way"),
            (mirror with { Consents = [permission with { Form = ConsentFormId.Parse("UNKNOWN") }] }, "consent-form-elsewhere"),
            (mirror with { Consents = [permission with { AllItems = false, Items = [DataItemId.Parse("unheard-of")] }] }, "consent-not-in-law"),
            (mirror with { Consents = [permission with { RecipientSector = SectorId.Parse("unheard-of") }] }, "consent-not-in-law"),
            (mirror with { Consents = [permission with { AllItems = false }] }, "invalid-request"),
            (mirror with { Consents = [permission, permission] }, "invalid-request"),
        ];

        foreach (var (message, slug) in messages)
        {
            using var answer = await room.Operator.PostAsJsonAsync("/clients/consents", message, SisoteJson.Options);
            Assert.Equal(slug, await answer.SlugAsync());
        }

        Assert.Equal(ConsentStatus.Active, (await room.StateAsync(who.Reveal())).State.Consents.Single().Status);
        var listed = (await (await room.Client(who.Reveal()).GetAsync("/me/consents")).ReadAsync<MyConsents>()).Consents.Single();
        Assert.Equal(("mirrored", "kanta"), (listed.How, listed.Evidence?.Source));
    }

    private static GiveConsent SignedIn(RecordConsent consent) => new()
    {
        Id = Some.Id(),
        Form = consent.Form,
        Items = consent.Items,
        RecipientSector = consent.RecipientSector,
        RecipientOrganisation = consent.RecipientOrganisation,
        Purpose = consent.Purpose,
        TextLanguage = consent.TextLanguage,
        TextVersion = consent.TextVersion,
    };

    private static async Task WithdrawAsync(OpenRoom room, ConsentFlow flow, Hetu who, string id)
    {
        if (flow.Form.Recorded.Contains(ConsentWay.Mirrored))
        {
            await room.MirrorAsync(who);
            return;
        }

        using var answer = await room.Giver(flow).PostAsJsonAsync($"/consents/{id}/withdraw", new RecordWithdrawal { How = "oral", GivenBy = "client" }, SisoteJson.Options);
        Assert.Equal("client", (await answer.ReadAsync<WithdrawalAnswer>()).Consent.Evidence?.WithdrawnBy);
    }
}
