// An employment officer asks the county for data that a professional of the county must release first.
using System.Collections.Immutable;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Releases;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.Requests;
using Sisote.Tests.Consent.Consents;

namespace Sisote.Tests.Consent.Releases;

/// <summary>The gateway's side of such a call, by the shipped law: what it decides, and what it records.</summary>
internal static class ReleaseScene
{
    public static readonly DataItemId Identity = DataItemId.Parse("person-identity");
    public static readonly DataItemId Limits = DataItemId.Parse("work-ability-limits");
    public static readonly SectorId Health = SectorId.Parse("health");
    public static readonly SectorId Employment = SectorId.Parse("employment");
    public static readonly RoleId Officer = RoleId.Parse("employment-officer");
    public static readonly PurposeId Purpose = PurposeId.Parse("employment-service");
    public static readonly OrganisationId Giver = WholeLaw.OrganisationOf(Health);
    public static readonly OrganisationId Recipient = WholeLaw.OrganisationOf(Employment);

    private static readonly PolicyDecisionPoint Point = new(WholeLaw.Catalogue, WholeLaw.Deployment);

    public static AccessRequest Request { get; } = new()
    {
        From = new Party { Sector = Health, Role = RoleId.Parse("health-professional"), Organisation = Giver, System = WholeLaw.SystemOf(Health) },
        To = new Party { Sector = Employment, Role = Officer, Organisation = Recipient, System = WholeLaw.SystemOf(Employment), Professional = ProfessionalId.Parse("virkailija-1") },
        Direction = Direction.Read,
        Purpose = Purpose,
        Items = [Identity, Limits, DataItemId.Parse("patient-summary")],
        Attestations = [.. new[] { "requested-by-recipient", "relation-verified", "necessity-statement" }.Select(static condition => new Attestation { Condition = ConditionId.Parse(condition), Reference = "in this matter", BySystem = true })],
    };

    /// <summary>A message to the police on a threat, whose sender says nothing of having decided.</summary>
    public static AccessRequest ToPolice { get; } = new()
    {
        From = Request.From with { Professional = ProfessionalId.Parse("dr-1") },
        To = new Party { Sector = SectorId.Parse("police"), Role = RoleId.Parse("police-officer"), Organisation = WholeLaw.OrganisationOf(SectorId.Parse("police")), System = WholeLaw.SystemOf(SectorId.Parse("police")) },
        Direction = Direction.Notify,
        Purpose = PurposeId.Parse("prevent-violence"),
        Items = [Identity, DataItemId.Parse("person-contact")],
        Atomic = true,
    };

    /// <summary>A professional of the giver.</summary>
    public static HttpClient Doctor(this OpenRoom room) => room.Person(PersonKind.Professional, Giver.Value, "dr-1", "health-professional");

    /// <summary>What the gateway decides now.</summary>
    public static async Task<Decided> DecideAsync(this OpenRoom room, string hetu, AccessRequest? request = null) =>
        Decided.Make(Point, request ?? Request, (await room.StateAsync(hetu)).State, CanonicalTime.Cut(room.Clock.GetUtcNow()));

    /// <summary>Asks, gets what is permitted, and has it recorded as the gateway does; what came of the record.</summary>
    public static async Task<(Decided Decided, AppendStatus Status)> AskAsync(this OpenRoom room, string hetu, AccessRequest? request = null)
    {
        var decided = await room.DecideAsync(hetu, request);
        return (decided, await room.RecordAsync(hetu, decided));
    }

    /// <summary>Records what was decided, on the state it was decided on.</summary>
    public static async Task<AppendStatus> RecordAsync(this OpenRoom room, string hetu, Decided decided)
    {
        var released = decided.Decision.Permits.Select(static permit => permit.Item).ToHashSet();
        var entry = DecisionRecord.Write(new LogEntry
        {
            Id = Some.Id(),
            Time = room.Clock.GetUtcNow(),
            Kind = released.Count > 0 ? LogEntryKind.Disclosure : LogEntryKind.Refusal,
            CorrelationId = Some.Id(),
            Outcome = released.Count > 0 ? "released" : "denied",
        }, decided, DeploymentNarrowing.Of(WholeLaw.Deployment).Version(), null, released);
        var expect = new AppendExpectation
        {
            ClientRevision = decided.State.Revision, AgreementsRevision = decided.State.AgreementsRevision, Catalogue = decided.Decision.Catalogue, HoldsUntil = decided.HoldsUntil,
        };
        return (await room.AppendAsync(new AppendItem { Entry = entry, Expect = released.Count > 0 ? expect : null, ClientIdentifier = hetu })).Status;
    }

    /// <summary>Records that an entry is about to be sent, as the gateway does.</summary>
    public static async Task<LogEntry> IntendAsync(this OpenRoom room, string hetu, Decided decided)
    {
        var entry = DecisionRecord.Write(
            new LogEntry { Id = Some.Id(), Time = room.Clock.GetUtcNow(), Kind = LogEntryKind.WriteIntent, CorrelationId = Some.Id(), Outcome = "sending" },
            decided,
            DeploymentNarrowing.Of(WholeLaw.Deployment).Version(),
            null,
            decided.Decision.Permits.Select(static permit => permit.Item).ToHashSet());
        var expect = new AppendExpectation { ClientRevision = decided.State.Revision, AgreementsRevision = decided.State.AgreementsRevision, Catalogue = decided.Decision.Catalogue };
        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(new AppendItem { Entry = entry, Expect = expect, ClientIdentifier = hetu })).Status);
        return entry;
    }

    /// <summary>Records what became of it.</summary>
    public static async Task SettleAsync(this OpenRoom room, LogEntry intent, string outcome)
    {
        var entry = intent with
        {
            Id = Some.Id(), Kind = LogEntryKind.WriteOutcome, Relates = intent.Id, Outcome = outcome, Items = [.. intent.Items.Select(item => item with { Released = outcome == "delivered" })], Inputs = null,
        };
        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(new AppendItem { Entry = entry })).Status);
    }

    /// <summary>Lets the room look at what is new, as it does every second.</summary>
    public static Task FollowAsync(this OpenRoom room) => room.Services.GetRequiredService<ReleaseFollower>().LookAsync(CancellationToken.None);

    public static async Task<ImmutableArray<WaitingRelease>> WaitingAsync(this HttpClient who) => (await (await who.GetAsync("/releases")).ReadAsync<WaitingReleases>()).Releases;

    public static Task<HttpResponseMessage> ReleaseAsync(this HttpClient who, string id, bool once = false, DateTimeOffset? until = null, params DataItemId[] items) => who.PostAsJsonAsync(
        $"/releases/{id}/release",
        new ReleaseItems { Items = items.Length == 0 ? null : [.. items], Reasons = ImmutableSortedDictionary<string, string>.Empty.Add("human-release", "statutory-right"), Once = once, Until = until },
        SisoteJson.Options);

    /// <summary>Asks in vain and gives back the work item that comes of it.</summary>
    public static async Task<WaitingRelease> WaitAsync(this OpenRoom room, string hetu)
    {
        await room.AskAsync(hetu);
        await room.FollowAsync();
        return (await room.Doctor().WaitingAsync()).Single(one => one.State == "open" && one.Identifier == hetu);
    }

    /// <summary>What the log tells of decisions and work items.</summary>
    public static async Task<List<LogEntry>> ToldAsync(this OpenRoom room)
    {
        await using var database = global::Sisote.Consent.Storage.Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        return await session.QueryAsync("SELECT record FROM log_entry WHERE kind = 'relationship-change' ORDER BY leaf_index", static row => CanonicalForm.Read(row.GetFieldValue<byte[]>(0)), CancellationToken.None);
    }
}
