// A small real log: true leaves, true proofs, a true signature, so that the officer's page has something to verify.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Receipts;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Tests.Portal;

internal sealed class FakeLog
{
    private readonly NoteSigner signer = NoteSigner.Generate("log.sisote.test");
    private readonly Dictionary<NodeAddress, Digest> nodes = [];
    private readonly List<(LogEntry Entry, byte[] Record, byte[] Salt, LeafEntry Leaf)> leaves = [];
    private readonly CompactRange range = new();

    internal FakeLog()
    {
        Add(Released());
        Add(Refused());
        Add(Intent());
        Add(Outcome());
    }

    internal string PublicKey => signer.Verifier.ToString();

    internal ImmutableArray<LogRow> Rows => [.. Enumerable.Range(0, leaves.Count).Reverse().Select(Row)];

    internal async Task<LogDetail?> DetailAsync(int index)
    {
        if (index < 0 || index >= leaves.Count)
        {
            return null;
        }

        var (entry, record, salt, leaf) = leaves[index];
        var proof = await InclusionProof.MakeAsync(index, leaves.Count, (node, _) => ValueTask.FromResult(nodes[node]), CancellationToken.None);
        return new LogDetail
        {
            Index = index,
            Entry = entry,
            ClientMark = "A7",
            Record = Convert.ToBase64String(record),
            Salt = Convert.ToBase64String(salt),
            LeafHash = leaf.Hash().ToString(),
            Proof = [.. proof.Path.Select(static digest => digest.ToString())],
            TreeSize = leaves.Count,
            Checkpoint = new Checkpoint { Origin = signer.Verifier.Name, Size = leaves.Count, Root = range.Root() }.Sign(signer).ToString(),
            Receipt = Receipt.Sign(signer, leaf, entry.Id).ToString(),
            Related = index == 3 ? [Row(2)] : [],
        };
    }

    internal static LogItem Item(string item, bool released, string rule = "EX-02", ReasonClass? reason = null) => new()
    {
        Item = DataItemId.Parse(item),
        Released = released,
        Rule = RuleId.Parse(rule),
        Basis = released ? [new LegalBasisCitation { Statute = "703/2023", Section = "4 §, 6 §" }] : [],
        Consents = released && rule == "EX-02" ? [new ConsentReference { Id = "0197a1b2c3d47000800000000000c001", Version = 1, Form = ConsentFormId.Parse("SECRECY") }] : [],
        Conditions = released ? [new ConditionEvidence { Condition = ConditionId.Parse("referral-active"), Source = "relationship", Reference = "ref-1" }, new ConditionEvidence { Condition = ConditionId.Parse("necessity-statement"), Source = "attestation", Reference = "Ensitapaamisen suunnittelu" }] : [],
        Reason = reason,
    };

    private void Add(LogEntry entry)
    {
        var (record, salt) = (CanonicalForm.Write(entry), Commitment.NewSalt());
        var leaf = new LeafEntry { Seq = leaves.Count, Time = entry.Time, Commitment = Commitment.Of(salt, record) };
        leaves.Add((entry, record, salt, leaf));
        range.Append(leaf.Hash(), (node, digest) => nodes[node] = digest);
    }

    private LogRow Row(int index)
    {
        var entry = leaves[index].Entry;
        return new LogRow
        {
            Index = index,
            Id = entry.Id,
            Time = entry.Time,
            Kind = entry.Kind,
            ClientMark = "A7",
            From = entry.From,
            To = entry.To,
            Direction = entry.Direction,
            Purpose = entry.Purpose,
            Items = entry.Items,
            Outcome = entry.Outcome,
            Concerns = entry.Concerns,
            CorrelationId = entry.CorrelationId,
        };
    }

    private static LogEntry Released() => Base(1, LogEntryKind.Disclosure, "released", new TimeSpan(8, 23, 0)) with
    {
        From = Record,
        To = Counsellor,
        Direction = Direction.Read,
        Items = [Item("exercise-restriction", true), Item("exercise-goal-plan", true), Item("exercise-measures", false, reason: ReasonClass.NoConsent)],
        Resources = [new LogResource { Type = "Flag", Handle = "f-1" }, new LogResource { Type = "Goal", Handle = "g-1" }],
        Attestations = [new Attestation { Condition = ConditionId.Parse("necessity-statement"), Reference = "Ensitapaamisen suunnittelu" }],
    };

    private static LogEntry Refused() => Base(2, LogEntryKind.Refusal, "denied", new TimeSpan(8, 40, 0)) with
    {
        From = Record,
        To = Counsellor with { Professional = ProfessionalId.Parse("ohjaaja-niemi") },
        Direction = Direction.Read,
        Items = [Item("exercise-restriction", false, reason: ReasonClass.ConditionMissing) with { MissingCondition = ConditionId.Parse("referral-active") }],
    };

    private static LogEntry Intent() => Base(3, LogEntryKind.WriteIntent, "sending", new TimeSpan(9, 5, 0)) with
    {
        From = Counsellor,
        To = Record,
        Direction = Direction.Write,
        Items = [Item("exercise-entry", true, "EX-03"), Item("exercise-measures", true, "EX-03")],
    };

    private static LogEntry Outcome() => Base(4, LogEntryKind.WriteOutcome, "delivered", new TimeSpan(9, 5, 2)) with { From = Counsellor, To = Record, Direction = Direction.Write, Relates = Id(3) };

    private static LogParty Record => new() { Organisation = OrganisationId.Parse("pohjois-savo"), System = SystemId.Parse("pohjois-savo-record"), Sector = SectorId.Parse("health"), Role = RoleId.Parse("health-professional") };

    private static LogParty Counsellor => new()
    {
        Organisation = OrganisationId.Parse("kuopio"),
        System = SystemId.Parse("kuopio-portal"),
        Sector = SectorId.Parse("municipal-sports"),
        Role = RoleId.Parse("exercise-counsellor"),
        Professional = ProfessionalId.Parse("ohjaaja-salmi"),
    };

    private static LogEntry Base(int number, LogEntryKind kind, string outcome, TimeSpan at) => new()
    {
        Id = Id(number),
        Time = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero) + at,
        Kind = kind,
        CorrelationId = $"0197a1b2c3d4700080000000000000f{number}",
        Client = ClientId.Parse("0123456789abcdef0123456789abcdef"),
        Purpose = PurposeId.Parse("exercise-counselling"),
        Catalogue = World.Catalogue.Version,
        Outcome = outcome,
    };

    private static string Id(int number) => $"0197a1b2c3d47000800000000000000{number}";
}
