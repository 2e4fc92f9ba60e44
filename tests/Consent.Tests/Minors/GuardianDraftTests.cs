// Whose word completes a draft: guardians give what guardians give, and nobody's word is taken for the child's.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Minors;

public sealed class GuardianDraftTests(PostgresFixture postgres)
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task GuardiansDoNotCompleteWhatTheChildGivesTooAndItEndsWhenTheChildComesOfAge(DatabaseKind database)
    {
        await using var room = await OpenRoom.OpenAsync(database, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 8);
        var draft = await DraftAsync(family, "client-and-guardian");

        foreach (var guardian in new[] { family.Mother, family.Father, family.Mother })
        {
            using var given = await family.StepAsync(guardian, draft, "give");
            Assert.Equal((HttpStatusCode.NotFound, "nothing-to-show"), (given.StatusCode, await given.SlugAsync()));
            Assert.Equal((ConsentStatus.Draft, false, false), await ShownAsync(family, guardian));
        }

        Assert.All(await room.LookAsync(Family.Flow, family.Child), static look => Assert.NotNull(look.Missing));
        using var completed = await room.Giver(Family.Flow).PostAsJsonAsync($"/consents/{draft}/give", new ConfirmConsent { How = "paper", Reference = "kansio 7" }, SisoteJson.Options);
        var consent = (await completed.ReadAsync<ConsentGiven>()).Consent.Consent;
        Assert.Equal((ConsentStatus.Active, "client-and-guardian"), (consent.Status, consent.GivenBy));
        Assert.InRange(consent.To!.Value, room.Clock.GetUtcNow().AddYears(9), room.Clock.GetUtcNow().AddYears(10));
        Assert.All(await room.LookAsync(Family.Flow, family.Child), static look => Assert.Null(look.Missing));
    }

    [Fact]
    public async Task GuardiansCompleteADraftThatAProfessionalPreparedForThemAlone()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 8);
        var draft = await DraftAsync(family, "guardians");

        Assert.Equal((ConsentStatus.Draft, true, false), await ShownAsync(family, family.Mother));
        using var first = await family.StepAsync(family.Mother, draft, "give");
        Assert.Equal(ConsentStatus.Draft, (await first.ReadAsync<ChildConsentAnswer>()).Consent.Status);
        Assert.Equal((ConsentStatus.Draft, false, true), await ShownAsync(family, family.Mother));
        using var second = await family.StepAsync(family.Father, draft, "give");
        Assert.Equal(ConsentStatus.Active, (await second.ReadAsync<ChildConsentAnswer>()).Consent.Status);
    }

    [Fact]
    public async Task TheSecondGuardianIsToldWhoseDataTheDraftOpens()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 8);
        using var draft = await family.GiveAsync(family.Mother, family.Consent() with { SourceOrganisations = [Family.Flow.From.Organisation!.Value] });

        using var look = await family.LookAsync(family.Father, what: "consents");
        var shown = Assert.Single((await look.ReadAsync<ChildConsents>()).Consents);
        Assert.Equal(Family.Flow.From.Organisation!.Value, Assert.Single(shown.SourceOrganisations!.Value));
    }

    private static async Task<(ConsentStatus Status, bool MayGive, bool GivenByMe)> ShownAsync(Family family, Sisote.Policy.Ids.Hetu guardian)
    {
        using var look = await family.LookAsync(guardian, what: "consents");
        var shown = Assert.Single((await look.ReadAsync<ChildConsents>()).Consents);
        return (shown.Status, shown.MayGive, shown.GivenByMe);
    }

    private static async Task<string> DraftAsync(Family family, string givenBy)
    {
        var draft = Family.Flow.Consent(family.Child) with { Draft = true, Reference = null, GivenBy = givenBy };
        using var recorded = await family.Room.RecordAsync(Family.Flow, draft);
        Assert.Equal(ConsentStatus.Draft, (await recorded.ReadAsync<ConsentGiven>()).Consent.Consent.Status);
        return draft.Id;
    }
}
