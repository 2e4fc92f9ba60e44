// Decides as the gateway does, and records it at the room's real door.
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Consent.Replaying;

/// <summary>Decisions by the catalogue that is built in, on states as they would stand on record.</summary>
internal sealed class DecisionDesk(OpenRoom room)
{
    internal static readonly DataItemId Plan = DataItemId.Parse("exercise-goal-plan");

    private static readonly LegalCatalogue Law = Assert.IsType<CatalogueReading.Loaded>(CatalogueReader.ReadEmbedded()).Catalogue;
    private static readonly ImmutableArray<DataItemId> Asked = [DataItemId.Parse("person-identity"), Some.Limits, Plan, Some.Diagnosis];

    /// <summary>The catalogue's files, changed where a test says so.</summary>
    internal static BacktestRequest Request(Func<string, string, string>? change = null) => new()
    {
        Catalogue = [.. CatalogueReader.EmbeddedTexts().Select(text => new CatalogueText { Name = text.Name, Text = change is null ? text.Text : change(text.Name, text.Text) })],
    };

    /// <summary>A grown-up who consented, was referred, and whose referral was accepted.</summary>
    internal static ConsentState Counselled(ConsentState state) => state with
    {
        Facts = new ClientFacts { BirthDate = new DateOnly(1990, 1, 1), SafetyProhibition = false },
        Relationships = [new Relationship { Id = "ref-1", Kind = "referral", Status = RelationshipStatus.Active, FromOrganisation = Some.County, ToOrganisation = Some.Municipality, From = DateTimeOffset.UnixEpoch }],
        Consents =
        [
            new ConsentRecord
            {
                Id = "consent-1", Version = 1, Form = Some.Secrecy, Type = ConsentType.Permit, Status = ConsentStatus.Active, Items = [.. Asked.Take(3)],
                RecipientSector = SectorId.Parse("municipal-sports"), RecipientOrganisation = Some.Municipality, Purpose = Some.Counselling, From = DateTimeOffset.UnixEpoch, GivenBy = "client", Written = true,
            },
        ],
    };

    /// <summary>The same, withdrawn.</summary>
    internal static ConsentState Withdrawn(ConsentState state) => Counselled(state) with { Consents = [Counselled(state).Consents[0] with { Version = 2, Status = ConsentStatus.Withdrawn }] };

    /// <summary>The same, of a minor of whom nobody recorded who decides.</summary>
    internal static ConsentState Minor(ConsentState state) => Counselled(state) with { Facts = new ClientFacts { BirthDate = new DateOnly(2012, 5, 1), SafetyProhibition = false } };

    /// <summary>The county's record read by the municipality's counsellor.</summary>
    internal static AccessRequest Reading { get; } = new()
    {
        From = new Party { Sector = SectorId.Parse("health"), Role = RoleId.Parse("health-professional"), Organisation = Some.County, System = SystemId.Parse("pohjois-savo-record") },
        To = new Party { Sector = SectorId.Parse("municipal-sports"), Role = RoleId.Parse("exercise-counsellor"), Organisation = Some.Municipality, System = SystemId.Parse("kuopio-liikunta"), Actor = "sports-board", Professional = ProfessionalId.Parse("ohjaaja-salmi") },
        Direction = Direction.Read,
        Purpose = Some.Counselling,
        Items = Asked,
        Attestations =
        [
            new Attestation { Condition = ConditionId.Parse("necessity-statement"), Reference = "planning the first visit" },
            new Attestation { Condition = ConditionId.Parse("relation-verified"), BySystem = true },
        ],
    };

    /// <summary>Decides, records, and returns the place in the log.</summary>
    internal async Task<long> DecideAsync(Func<ConsentState, ConsentState> on, AccessRequest? request = null, string[][]? documents = null, Deployment? deployment = null, string hetu = Some.Aino)
    {
        var result = await room.AppendAsync(await MakeAsync(on, request, documents, deployment, hetu));
        Assert.Equal(AppendStatus.Committed, result.Status);
        return result.Index!.Value;
    }

    /// <summary>The record of a decision with its inputs, not yet appended.</summary>
    internal async Task<AppendItem> MakeAsync(Func<ConsentState, ConsentState> on, AccessRequest? request = null, string[][]? documents = null, Deployment? deployment = null, string hetu = Some.Aino)
    {
        var row = await room.StateAsync(hetu);
        var narrowing = deployment ?? Some.Deployment();
        var point = new PolicyDecisionPoint(Law, narrowing);
        var decided = Decided.Make(point, request ?? Reading, on(row.State), CanonicalTime.Cut(room.Clock.GetUtcNow()));
        decided = (documents ?? []).Aggregate(decided, (whole, labels) => whole.With(point, labels).Whole);
        var released = decided.Decision.Permits.Select(static permit => permit.Item).ToHashSet();
        var bytes = decided.Inputs().ToArray();
        var entry = new LogEntry
        {
            Id = Some.Id(),
            Time = room.Clock.GetUtcNow(),
            Kind = released.Count == 0 ? LogEntryKind.Refusal : decided.Request.Direction == Direction.Read ? LogEntryKind.Disclosure : LogEntryKind.WriteIntent,
            CorrelationId = Some.Id(),
            Outcome = released.Count == 0 ? "denied" : "released",
        };
        return new AppendItem
        {
            Entry = DecisionRecord.Write(entry, decided, DeploymentNarrowing.Of(narrowing).Version(), Commit(row.CommitmentKey, bytes), released),
            Inputs = bytes,
            Expect = released.Count == 0 ? null : Some.Expect(row.State),
        };
    }

    /// <summary>Runs a back-test to its end.</summary>
    internal async Task<BacktestResult> RunAsync(BacktestRequest? request = null)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/log/backtests", request ?? Request(), SisoteJson.Options);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode} {body}");
        var last = JsonSerializer.Deserialize<BacktestLine>(body.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], SisoteJson.Options)!;
        Assert.NotNull(last.Result);
        Assert.Equal(last.Of, Tallies(last.Result).Sum(static tally => tally.Count));
        return last.Result;
    }

    private static BacktestTally[] Tallies(BacktestResult result) =>
    [
        result.Same, result.Changed, result.NotReproduced, result.NoDecision, result.WithoutInputs, result.Erased, result.InputsMissing, result.InputsChanged, result.RecordChanged, result.DeploymentUnknown,
    ];

    private static Digest Commit(byte[] key, byte[] bytes) => Commitment.Of(DecisionInputs.SaltOf(key, bytes), bytes);
}
