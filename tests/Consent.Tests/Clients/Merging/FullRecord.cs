// People of whom everything is on record that a table can hold, each under an identifier that turns out to be a prior one.
using System.Net.Http.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Consent.Minors;
using Sisote.Tests.Consent.Outbox;
using Sisote.Tests.Consent.Releases;
using Sisote.Tests.Consent.Review;
using Sisote.Tests.Consent.Subscriptions;

namespace Sisote.Tests.Consent.Clients.Merging;

/// <summary>A grown-up, a child and its mother; afterwards the three are somebody else's prior identities.</summary>
internal sealed class FullRecord
{
    public static readonly Hetu Aino = Hetu.Parse(Some.Aino);
    public static readonly Hetu Onni = Hetu.Parse(Some.Onni);

    private readonly OpenRoom room;
    private Family before = null!;

    private FullRecord(OpenRoom room) => this.room = room;

    /// <summary>The family under the identifiers that survive.</summary>
    public Family Family { get; private set; } = null!;

    public string Capacity { get; private set; } = null!;

    public string Consent { get; private set; } = null!;

    public WaitingRelease Waiting { get; private set; } = null!;

    public long Disclosed { get; private set; }

    /// <summary>How many rows the grown-up's own page shows.</summary>
    public int Shown { get; private set; }

    /// <summary>The prior keys.</summary>
    public IReadOnlyList<string> Keys { get; private set; } = [];

    /// <summary>The keys that stand for the persons afterwards.</summary>
    public IReadOnlyList<string> SurvivingKeys { get; private set; } = [];

    public static ConsentFlow Flow => Family.Flow;

    public HttpClient Officer => room.Person(PersonKind.DataProtectionOfficer, "org-municipal-sports", "dpo-1");

    public static async Task<FullRecord> OfAsync(OpenRoom room)
    {
        var record = new FullRecord(room) { before = await Family.OfAsync(room, 14) };
        record.Family = record.before with { Child = Family.Minor(room, 14), Mother = Family.Grown() };
        record.Keys = await record.KeysAsync(Aino, record.before.Child, record.before.Mother);
        record.SurvivingKeys = await record.KeysAsync(Onni, record.Family.Child, record.Family.Mother);
        await record.FillAsync();
        await record.FillReviewAsync();
        using var mine = await room.Client(Some.Aino).GetAsync("/me/disclosures");
        record.Shown = (await mine.ReadAsync<MyDisclosures>()).Disclosures.Length;
        Assert.NotEqual(0, record.Shown);
        return record;
    }

    /// <summary>What a register told of the child's guardians under the prior identifier, a day too early.</summary>
    public Task<HttpResponseMessage> TellOldAsync() => Family.TellAsOfAsync(room.Clock.GetUtcNow().AddDays(-1), Family.Guardian(Family.Mother));

    public async Task MergeAsync()
    {
        foreach (var (prior, surviving) in new[] { (Aino, Onni), (before.Child, Family.Child), (before.Mother, Family.Mother) })
        {
            using var answer = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = prior.Reveal(), Surviving = surviving.Reveal() }, SisoteJson.Options);
            await answer.ReadAsync<ClientsMerged>();
        }
    }

    public async Task<IEnumerable<string>> HintsAsync() =>
        (await ReviewDesk.GetAsync<ReviewHints>(Officer, "/review/hints")).Hints.Where(hint => hint.Index == Disclosed).Select(static hint => hint.Code);

    private async Task<IReadOnlyList<string>> KeysAsync(params Hetu[] people)
    {
        var keys = new List<string>();
        foreach (var who in people)
        {
            keys.Add((await room.StateAsync(who.Reveal())).State.Client.Reveal());
        }

        return keys;
    }

    private async Task FillAsync()
    {
        using var facts = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = Some.Aino, Facts = new ToldFacts { SchoolForm = "basic" } }, SisoteJson.Options);
        facts.EnsureSuccessStatusCode();
        Consent = await room.PutOnRecordAsync(Flow, Aino);
        await room.PutOnRecordAsync(WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "LUPA"), Aino);
        await room.CaseAsync(WholeLaw.Flows.First(static flow => flow.Form.Validity == "case"), Aino);
        Waiting = await room.WaitAsync(Some.Aino);
        await DecideAsync();
        Assert.True(await OutboxDesk.HoldAsync(room, OutboxDesk.Held(room, "first", (await room.StateAsync(Some.Aino)).State.Client)));
        Assert.True(await SubscriptionDesk.KeepAsync(room, SubscriptionDesk.New(room, (await room.StateAsync(Some.Aino)).State.Client)));
        await SubscriptionDesk.LookedAsync(room);
        var capacity = before.Capacity("2");
        using var recorded = await before.Assessor().PostAsJsonAsync("/minors/capacity", capacity, SisoteJson.Options);
        recorded.EnsureSuccessStatusCode();
        Capacity = capacity.Id;
    }

    /// <summary>A refusal with the inputs of its decision.</summary>
    private async Task DecideAsync()
    {
        var row = await room.StateAsync(Some.Aino);
        var decided = await room.DecideAsync(Some.Aino);
        var bytes = decided.Inputs().ToArray();
        var entry = DecisionRecord.Write(
            new LogEntry { Id = Some.Id(), Time = room.Clock.GetUtcNow(), Kind = LogEntryKind.Refusal, CorrelationId = Some.Id(), Outcome = "denied" },
            decided,
            DeploymentNarrowing.Of(WholeLaw.Deployment).Version(),
            Commitment.Of(DecisionInputs.SaltOf(row.CommitmentKey, bytes), bytes),
            new HashSet<DataItemId>());
        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(new AppendItem { Entry = entry, Inputs = bytes })).Status);
    }

    private async Task FillReviewAsync()
    {
        await LikenAsync(new RecordLikeness { ClientIdentifier = Some.Aino, Surnames = ["Aaltonen"] });
        await LikenAsync(new RecordLikeness { Organisation = WholeLaw.OrganisationOf(SectorId.Parse("municipal-sports")), Professional = ProfessionalId.Parse("ohjaaja-salmi"), Surnames = ["Aaltonen"], OwnIdentifier = Some.Aino });
        var entry = Some.Disclosure((await room.StateAsync(Some.Aino)).State.Client, room.Clock.GetUtcNow());
        var places = await new ReviewDesk(room).WriteAsync(entry with { To = entry.To! with { Organisation = WholeLaw.OrganisationOf(SectorId.Parse("municipal-sports")) } });
        Disclosed = places[0];
        await ReviewDesk.PostAsync<ShownCase<LogRequest>>(Officer, "/review/requests", new EnterRequest { ClientIdentifier = Some.Aino, ReceivedOn = FinnishTime.DateOf(room.Clock.GetUtcNow()) });
        var order = new HoldOrder { Organisation = Flow.From.Organisation!.Value, Professional = ProfessionalId.Parse("dpo-1") };
        using var held = await room.Operator.PostAsJsonAsync("/log/holds", new PlaceHold { ClientIdentifier = Some.Aino, Reason = "litigation", OrderedBy = order }, SisoteJson.Options);
        held.EnsureSuccessStatusCode();
    }

    private async Task LikenAsync(RecordLikeness told)
    {
        using var answer = await ReviewDesk.SendAsync(room.Operator, "/review/likenesses", told);
        answer.EnsureSuccessStatusCode();
    }
}
