// What officers of an organisation that only asked see of why it got nothing.
using System.Net;
using System.Net.Http.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class SightTests(PostgresFixture postgres)
{
    private const string Telling = "withdrawn";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnOfficerOfTheAskingSideSeesThatItWasRefusedAndNotWhy(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await RefusedAsync(room);
        var (asking, holding) = (Officer(room, Some.Municipality), Officer(room, Some.County));

        foreach (var (officer, sees) in new[] { (asking, false), (holding, true) })
        {
            var rows = (await (await officer.GetAsync("/log?kind=refusal")).ReadAsync<LogPage>()).Rows;
            Assert.Equal(2, rows.Length);
            Assert.All(rows, row => Assert.All(row.Items, item => Assert.Equal((sees, sees), (item.Reason is not null, item.Prohibition is not null || item.MissingCondition is not null))));
            var detail = await (await officer.GetAsync($"/log/{rows[0].Index}")).ReadAsync<LogDetail>();
            Assert.Equal((sees, sees, sees, sees), (detail.Entry.Items[0].Reason is not null, detail.Entry.ClientRevision is not null, detail.Record is not null, detail.Salt is not null));
            Assert.Equal(rows[0].Items[0].Item, detail.Entry.Items[0].Item);
            foreach (var path in new[] { "/log?kind=refusal", $"/log/{rows[0].Index}", $"/log/{rows[0].Index}/trace", "/fhir/AuditEvent?date=ge2020-01-01", "/log/export" })
            {
                Assert.Equal(sees, Words(await officer.GetStringAsync(path)).Contains(Telling, StringComparison.OrdinalIgnoreCase));
            }
        }

        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await room.VerifyExportAsync(asking));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NoFilterNoCountAndNoPickTellsTheAskingSideByWhichRuleAnItemStayed(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await RefusedAsync(room);
        var desk = new ReviewDesk(room);

        foreach (var (officer, sees) in new[] { (Officer(room, Some.Municipality), 0), (Officer(room, Some.County), 1) })
        {
            var listed = await ReviewDesk.GetAsync<LogPage>(officer, $"/log?rule={Some.Reading}");
            var found = await desk.SearchAsync(new ReviewSearch { Rule = Some.Reading, Counts = true }, officer);
            var all = await desk.SearchAsync(new ReviewSearch { Counts = true }, officer);
            var round = await ReviewDesk.PostAsync<ShownCase<ReviewRound>>(officer, "/review/rounds", new OpenRound
            {
                Title = "Rule", Since = room.Clock.GetUtcNow().AddDays(-1), Until = room.Clock.GetUtcNow().AddDays(1), Sample = 1, Picks = [new RoundPick { Rule = Some.Reading, Most = 5 }],
            });

            Assert.Equal((sees, (long)sees, sees, (long)sees), (listed.Rows.Length, listed.Total, found.Rows.Length, found.Counts!.Entries));
            Assert.Equal((sees, sees), ((await ReviewDesk.GetAsync<LogPage>(officer, "/log")).Facets.Rules.Length, all.Counts!.Rules.Length));
            Assert.Equal(sees, round.Case.Items.Count(static item => item.Why.Contains("pick-1")));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARefusedItemOfADisclosureIsShownToTheRecipientWithoutItsReason(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) });

        var row = (await (await Officer(room, Some.Municipality).GetAsync("/log?kind=disclosure")).ReadAsync<LogPage>()).Rows.Single();

        Assert.Equal([(Some.Limits, true, null), (Some.Diagnosis, false, null)], row.Items.Select(static item => (item.Item, item.Released, item.Reason)));
        Assert.Equal(Some.Reading, row.Items[0].Rule);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AdministratorsWhoTellThatSomebodyLeftDoNotReadInTheLogWhoHadConsentedToThatPerson(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await room.GiveAsync(Some.Aino, Some.Consent() with { RecipientPerson = ProfessionalId.Parse("ohjaaja-salmi") });
        using var left = await room.Person(PersonKind.ControllerAdmin, Some.Municipality.Value, "admin").PostAsJsonAsync("/staff/left", new StaffLeft { Professional = ProfessionalId.Parse("ohjaaja-salmi") }, SisoteJson.Options);

        var seen = await (await Officer(room, Some.Municipality).GetAsync("/log?kind=consent-change")).ReadAsync<LogPage>();

        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Equal(ConsentStatus.Expired, (await room.StateAsync(Some.Aino)).State.Consents.Single().Status);
        Assert.Empty(seen.Rows);
        Assert.Equal(0, seen.Total);
    }

    private static async Task RefusedAsync(OpenRoom room)
    {
        var state = (await room.StateAsync(Some.Aino)).State;
        var refusal = Some.Refusal(state.Client, room.Clock.GetUtcNow()) with { ClientRevision = state.Revision };
        foreach (var item in new[] { new LogItem { Item = Some.Limits, Released = false, Reason = ReasonClass.Withdrawn, MissingCondition = ConditionId.Parse("care-relation"), Rule = Some.Reading }, new LogItem { Item = Some.Goals, Released = false, Reason = ReasonClass.Withdrawn, Prohibition = ProhibitionId.Parse("P-02") } })
        {
            await room.AppendAsync(new AppendItem { Entry = refusal with { Id = Some.Id(), Items = [item] } });
        }
    }

    /// <summary>An exported record stands in base64.</summary>
    internal static string Words(string answer) => answer + string.Concat(answer.Split('"').Where(static piece => piece.Length > 100).Select(static piece =>
    {
        var bytes = new byte[piece.Length];
        return Convert.TryFromBase64String(piece, bytes, out var length) ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : string.Empty;
    }));

    private static HttpClient Officer(OpenRoom room, OrganisationId organisation) => room.Person(PersonKind.DataProtectionOfficer, organisation.Value, "dpo-1");
}
