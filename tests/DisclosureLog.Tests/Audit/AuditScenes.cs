// Entries of every kind, as the rooms write them, for what is made of them.
using System.Buffers;
using System.Text;
using System.Text.Json;
using Sisote.DisclosureLog.Audit;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Tests.DisclosureLog;

internal static class AuditScenes
{
    /// <summary>What a professional wrote with a call: it stands in the log and must not get out of it this way.</summary>
    internal const string Stated = "planning the first visit";

    private static readonly DateTimeOffset Time = new(2026, 11, 22, 17, 5, 9, 123, TimeSpan.Zero);
    private static readonly ConsentReference Consent = new() { Id = "consent-1", Version = 2, Form = ConsentFormId.Parse("SECRECY") };

    private static readonly LogItem Goal = new()
    {
        Item = DataItemId.Parse("exercise-goal-plan"),
        Released = true,
        Rule = RuleId.Parse("EX-02"),
        Basis = [new LegalBasisCitation { Statute = "703/2023", Section = "4 §, 6 §" }, new LegalBasisCitation { Statute = "2016/679 (EU)", Section = "9 art" }],
        Consents = [Consent],
        Conditions = [new ConditionEvidence { Condition = ConditionId.Parse("necessity-statement"), Source = "attestation", Reference = Stated }],
        Masked = ["Goal.note"],
    };

    private static readonly LogItem Diagnosis = new() { Item = DataItemId.Parse("diagnosis"), Released = false, Reason = ReasonClass.NeverRule, Prohibition = ProhibitionId.Parse("N-03") };

    private static readonly LogEntry Disclosure = new()
    {
        Id = "019aa000000070008000000000000001",
        Time = Time,
        Kind = LogEntryKind.Disclosure,
        CorrelationId = "019aa0000000700080000000000000aa",
        Client = ClientId.Parse("0123456789abcdef0123456789abcdef"),
        AgeClass = "of-age",
        From = Party("pohjois-savo", "pohjois-savo-record", "health-professional"),
        To = Party("kuopio", "kuopio-liikunta", "exercise-counsellor") with { Professional = ProfessionalId.Parse("ohjaaja-salmi") },
        Direction = Direction.Read,
        Purpose = PurposeId.Parse("exercise-counselling"),
        Channel = Channel.StandingApi,
        Items = [Goal, Diagnosis],
        Resources = [new LogResource { Type = "Goal", Handle = "hgoal1" }],
        Attestations = [new Attestation { Condition = ConditionId.Parse("necessity-statement"), Reference = Stated }],
        Catalogue = CatalogueVersion.Parse(new string('a', 64)),
        Outcome = "released",
    };

    private static readonly LogEntry Intent = Disclosure with
    {
        Kind = LogEntryKind.WriteIntent,
        From = Disclosure.To,
        To = Disclosure.From,
        Direction = Direction.Write,
        Items = [Goal with { Rule = RuleId.Parse("EX-03"), Consents = [], Masked = [] }],
        Resources = [],
        Outcome = "sending",
    };

    /// <summary>By the name of their golden file.</summary>
    internal static readonly Dictionary<string, LogEntry> All = new()
    {
        ["disclosure-by-consent"] = Disclosure,
        ["disclosure-by-statute"] = Disclosure with { Items = [Goal with { Consents = [], Masked = [] }] },
        ["refusal-without-consent"] = Disclosure with { Kind = LogEntryKind.Refusal, Outcome = "denied", Resources = [], Items = [new LogItem { Item = Goal.Item, Released = false, Rule = Goal.Rule, Reason = ReasonClass.NoConsent }, Diagnosis] },
        ["refusal-nobody-found"] = Disclosure with { Kind = LogEntryKind.Refusal, Outcome = "nothing-found", Client = null, AgeClass = null, Resources = [], Items = [] },
        ["refusal-of-a-stranger"] = new LogEntry { Id = Disclosure.Id, Time = Time, Kind = LogEntryKind.Refusal, CorrelationId = Disclosure.CorrelationId, To = new LogParty { System = SystemId.Parse("unknown-system") }, Outcome = "not-connected" },
        ["entry-about-to-be-sent"] = Intent,
        ["entry-delivered"] = Intent with { Kind = LogEntryKind.WriteOutcome, Relates = Intent.Id, Outcome = "delivered", Resources = [new LogResource { Type = "DocumentReference", Handle = "hdoc1" }] },
        ["entry-refused-by-its-target"] = Intent with { Kind = LogEntryKind.WriteOutcome, Relates = Intent.Id, Outcome = "refused", Items = [.. Intent.Items.Select(static item => item with { Released = false })] },
        ["entry-with-unknown-outcome"] = Intent with { Kind = LogEntryKind.WriteOutcome, Relates = Intent.Id, Outcome = "unknown" },
        ["own-register-use"] = Disclosure with { Kind = LogEntryKind.Use, From = Disclosure.To! with { Professional = null }, Items = [Goal with { Rule = RuleId.Parse("EX-06"), Consents = [] }] },
        ["consent-given"] = Change(LogEntryKind.ConsentChange, "given", "consent-1") with { To = new LogParty { Organisation = OrganisationId.Parse("kuopio"), Sector = SectorId.Parse("municipal-sports") }, Purpose = Disclosure.Purpose, Items = [new LogItem { Item = Goal.Item, Released = false, Consents = [Consent] }] },
        ["consent-withdrawn"] = Change(LogEntryKind.ConsentChange, "withdrawn", "consent-1") with { To = new LogParty { Organisation = OrganisationId.Parse("kuopio") } },
        ["facts-recorded"] = Change(LogEntryKind.ConsentChange, "facts-recorded", null) with { From = new LogParty { System = SystemId.Parse("sisote-operator") } },
        ["referral-accepted"] = Change(LogEntryKind.RelationshipChange, "accepted", "referral-1") with { From = new LogParty { Organisation = OrganisationId.Parse("pohjois-savo") }, To = new LogParty { Organisation = OrganisationId.Parse("kuopio"), Professional = ProfessionalId.Parse("ohjaaja-salmi") } },
        ["agreement-recorded"] = Change(LogEntryKind.AgreementChange, "recorded", "kuopio-cooperation") with { Client = null, From = new LogParty { Organisation = OrganisationId.Parse("pohjois-savo") }, To = new LogParty { Organisation = OrganisationId.Parse("kuopio") } },
        ["hold-placed"] = Change(LogEntryKind.HoldChange, "placed", "hold-1") with { Client = null, To = new LogParty { Organisation = OrganisationId.Parse("pohjois-savo"), Professional = ProfessionalId.Parse("dpo-koski") } },
        ["records-erased"] = Change(LogEntryKind.Erasure, "erased", "run-1") with { Client = null, To = new LogParty { System = SystemId.Parse("sisote-operator") } },
        ["review-round-opened"] = Change(LogEntryKind.Review, "opened", "round-1") with { Client = null, To = new LogParty { Organisation = OrganisationId.Parse("pohjois-savo"), Professional = ProfessionalId.Parse("dpo-koski") } },
        ["log-read-by-an-officer"] = Change(LogEntryKind.LogRead, "read", "?item=diagnosis") with { Client = null, To = new LogParty { Organisation = OrganisationId.Parse("pohjois-savo"), Professional = ProfessionalId.Parse("dpo-koski") } },
        ["log-read-by-the-operator"] = Change(LogEntryKind.LogRead, "read", "export") with { Client = null, To = new LogParty { System = SystemId.Parse("sisote-operator") } },
    };

    internal static IReadOnlyList<AuditEvent> EventsOf(LogEntry entry) => AuditEvents.Of(new AuditSource
    {
        Entry = entry,
        Index = 17,
        Recorded = Time.AddMilliseconds(4),
        Client = entry.Client is null ? null : new AuditReference("Patient", AuditCodes.Identifiers + "client/kuopio", "fedcba9876543210fedcba9876543210"),
        Log = "sisote.example/log",
    });

    internal static string JsonOf(AuditEvent audit, bool indented = false)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            AuditEventJson.Write(json, audit);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static LogEntry Change(LogEntryKind kind, string outcome, string? concerns) =>
        new() { Id = Disclosure.Id, Time = Time, Kind = kind, CorrelationId = Disclosure.CorrelationId, Client = Disclosure.Client, Outcome = outcome, Concerns = concerns };

    private static LogParty Party(string organisation, string system, string role) =>
        new() { Organisation = OrganisationId.Parse(organisation), System = SystemId.Parse(system), Sector = SectorId.Parse("health"), Role = RoleId.Parse(role) };
}
