// Generated entries: every member present or absent, texts of any Unicode.
using CsCheck;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.Requests;

namespace Sisote.Tests.DisclosureLog;

internal static class SomeEntries
{
    private const string CodeCharacters = "ABCXYZabcxyz0189-_.";

    private static readonly Gen<string> Code = Gen.Char[CodeCharacters].Array[1, 12].Select(static chars => new string(chars));

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Char[" \"\\/\b\t\n\f\r\u0001\u001f\u007f\u00e4\u20ac\u2028\ufeffaZ0<>&'+"].Array[0, 12].Select(static chars => new string(chars)),
        Gen.Char['\u0000', '\ud7ff'].Array[0, 8].Select(static chars => new string(chars)),
        Gen.Const("h\u00e4m\u00e4r\u00e4 \U0001F3C3\u200d\u2642\ufe0f"),
        Code);

    private static readonly Gen<DateTimeOffset> Time =
        Gen.Long[0, 4_102_444_800_000].Select(static milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    private static readonly Gen<LogParty> Party = Gen.Select(
        Maybe(Code), Maybe(Code), Maybe(Code), Maybe(Code), Maybe(Code),
        Maybe(Text),
        static (organisation, system, sector, role, professional, actor) => new LogParty
        {
            Actor = actor,
            Organisation = organisation is null ? null : OrganisationId.Parse(organisation),
            System = system is null ? null : SystemId.Parse(system),
            Sector = sector is null ? null : SectorId.Parse(sector),
            Role = role is null ? null : RoleId.Parse(role),
            Professional = professional is null ? null : ProfessionalId.Parse(professional),
        });

    private static readonly Gen<LegalBasisCitation> Basis =
        Gen.Select(Text, Text, static (statute, section) => new LegalBasisCitation { Statute = statute, Section = section });

    private static readonly Gen<ConsentReference> Consent = Gen.Select(
        Code, Gen.Int[0, int.MaxValue], Code,
        static (id, version, form) => new ConsentReference { Id = id, Version = version, Form = ConsentFormId.Parse(form) });

    private static readonly Gen<ConditionEvidence> Evidence = Gen.Select(
        Code, Code, Maybe(Text),
        static (condition, source, reference) => new ConditionEvidence { Condition = ConditionId.Parse(condition), Source = source, Reference = reference });

    private static readonly Gen<LogWithholding> Withholding = Gen.Select(
        Gen.Enum<ReasonClass>(), Maybe(Code),
        static (reason, prohibition) => new LogWithholding { Reason = reason, Prohibition = prohibition is null ? null : ProhibitionId.Parse(prohibition) });

    private static readonly Gen<LogItem> Item = Gen.Select(
        Gen.Select(Code, Gen.Bool, Maybe(Code), Maybe(Code), Maybe(Code)),
        Gen.Select(Basis.Array[0, 2], Consent.Array[0, 2], Evidence.Array[0, 2], Text.Array[0, 2], Maybe(Gen.Enum<ReasonClass>().Select(static reason => (object)reason))),
        Withholding.Array[0, 2],
        static (codes, lists, withheld) => new LogItem
        {
            Withheld = [.. withheld],
            Item = DataItemId.Parse(codes.Item1),
            Released = codes.Item2,
            Rule = codes.Item3 is null ? null : RuleId.Parse(codes.Item3),
            Prohibition = codes.Item4 is null ? null : ProhibitionId.Parse(codes.Item4),
            MissingCondition = codes.Item5 is null ? null : ConditionId.Parse(codes.Item5),
            Basis = [.. lists.Item1],
            Consents = [.. lists.Item2],
            Conditions = [.. lists.Item3],
            Masked = [.. lists.Item4],
            Reason = (ReasonClass?)lists.Item5,
        });

    private static readonly Gen<Attestation> Attested = Gen.Select(
        Code, Maybe(Text), Gen.Bool,
        static (condition, reference, bySystem) => new Attestation { Condition = ConditionId.Parse(condition), Reference = reference, BySystem = bySystem });

    private static readonly Gen<LogResource> Resource =
        Gen.Select(Code, Text, Gen.Bool, Gen.Byte.Array[32], static (type, handle, known, content) => new LogResource { Type = type, Handle = handle, Content = known ? new Digest(content) : null });

    private static readonly Gen<LogVisibility> Visibility = Gen.Select(
        Gen.Bool, Gen.Bool, Gen.Bool, Time,
        static (client, guardian, later, from) => new LogVisibility { Client = client, Guardian = guardian, From = later ? from : null });

    /// <summary>Any entry that tells of something other than the log's own keeping.</summary>
    private static Gen<LogEntry> OfEvents { get; } = Gen.Select(
        Gen.Select(Code, Time, Gen.Int[0, (int)LogEntryKind.LogRead].Select(static kind => (LogEntryKind)kind), Text, Maybe(Code), Maybe(Text), Code, Visibility),
        Gen.Select(Gen.Bool, Gen.Byte.Array[16], Maybe(Party), Maybe(Party), Maybe(Code), Gen.Int[-1, 2], Gen.Int[-1, 3]),
        Gen.Select(Item.Array[0, 3], Resource.Array[0, 3], Attested.Array[0, 3], Text.Array[0, 3]),
        Gen.Select(Gen.Bool, Gen.Byte.Array[32], Gen.Bool, Gen.Long[0, (1L << 53) - 1], Gen.Bool, Gen.Long[0, (1L << 53) - 1]),
        Gen.Select(Gen.Byte.Array[32], Time, Gen.Int[0, 15], Maybe(Text)),
        static (head, who, lists, versions, decided) => new LogEntry
        {
            Inputs = (decided.Item3 & 1) == 0 ? new Digest(decided.Item1) : null,
            Deployment = (decided.Item3 & 2) == 0 ? DeploymentVersion.Parse(Convert.ToHexStringLower(decided.Item1)) : null,
            DecidedAt = (decided.Item3 & 4) == 0 ? decided.Item2 : null,
            HoldsUntil = (decided.Item3 & 8) == 0 ? decided.Item2 : null,
            AgeClass = decided.Item4,
            Id = head.Item1,
            Time = head.Item2,
            Kind = head.Item3,
            CorrelationId = head.Item4,
            Relates = head.Item5,
            Concerns = head.Item6,
            Outcome = head.Item7,
            Visibility = head.Item8,
            Client = who.Item1 ? ClientId.Parse(Convert.ToHexStringLower(who.Item2)) : null,
            From = who.Item3,
            To = who.Item4,
            Purpose = who.Item5 is null ? null : PurposeId.Parse(who.Item5),
            Direction = who.Item6 < 0 ? null : (Direction)who.Item6,
            Channel = who.Item7 < 0 ? null : (Channel)who.Item7,
            Items = [.. lists.Item1],
            Resources = [.. lists.Item2],
            Attestations = [.. lists.Item3],
            Obligations = [.. lists.Item4],
            Catalogue = versions.Item1 ? CatalogueVersion.Parse(Convert.ToHexStringLower(versions.Item2)) : null,
            ClientRevision = versions.Item3 ? versions.Item4 : null,
            AgreementsRevision = versions.Item5 ? versions.Item6 : null,
        });

    /// <summary>Any entry that tells of the log's own keeping.</summary>
    private static Gen<LogEntry> OfKeeping { get; } = Gen.Select(
        OfEvents,
        Gen.Bool,
        Gen.Select(Gen.Int[1, 3_000_000], Gen.Long[0, 1L << 40], Gen.Bool, Gen.Byte.Array[32]),
        Gen.Select(Maybe(Code), Code, Maybe(Code), Gen.Bool),
        static (entry, erases, numbers, codes) => entry with
        {
            Schema = 3,
            Kind = erases ? LogEntryKind.Erasure : LogEntryKind.HoldChange,
            Erasure = !erases ? null : new LogErasure
            {
                AsOf = DateOnly.FromDayNumber(numbers.Item1),
                Count = numbers.Item2,
                Export = numbers.Item3 ? new Digest(numbers.Item4) : null,
                Period = codes.Item1,
                Ranges = codes.Item4 ? [Range(numbers.Item2), Range(numbers.Item2 + 9)] : [],
            },
            Hold = erases ? null : new LogHold
            {
                Organisation = codes.Item3 is { } organisation ? OrganisationId.Parse(organisation) : null,
                Range = codes.Item4 ? Range(numbers.Item2) : null,
                Reason = codes.Item2,
                Scope = codes.Item2,
                Until = numbers.Item3 ? DateOnly.FromDayNumber(numbers.Item1) : null,
            },
        });

    /// <summary>Any entry that tells of a review.</summary>
    private static Gen<LogEntry> OfReviewing { get; } = Gen.Select(
        OfEvents,
        Gen.Select(Code, Maybe(Code), Gen.Bool, Gen.Bool),
        Gen.Select(Gen.Long[0, 1L << 40], Gen.Byte.Array[32]),
        static (entry, codes, numbers) => entry with
        {
            Schema = 4,
            Kind = LogEntryKind.Review,
            Review = new LogReview
            {
                Subject = codes.Item1,
                Content = new Digest(numbers.Item2),
                Count = codes.Item3 ? numbers.Item1 : null,
                File = codes.Item4 ? new Digest(numbers.Item2) : null,
                Frame = codes.Item3 ? Range(numbers.Item1) : null,
                Person = codes.Item2 is { } person ? ProfessionalId.Parse(person) : null,
                Place = codes.Item4 ? numbers.Item1 : null,
                Seed = codes.Item3 ? new Digest(numbers.Item2) : null,
                Since = codes.Item3 ? DateTimeOffset.UnixEpoch : null,
                Until = codes.Item4 ? DateTimeOffset.UnixEpoch.AddDays(1) : null,
            },
        });

    /// <summary>Any entry that the log can hold.</summary>
    internal static Gen<LogEntry> Any { get; } = Gen.Frequency((8, OfEvents), (1, OfKeeping), (1, OfReviewing));

    /// <summary>An entry that tells of erased records, with every member that is its own.</summary>
    internal static LogEntry OfAnErasure { get; } = new()
    {
        Schema = 3,
        Id = "e1",
        Time = DateTimeOffset.UnixEpoch,
        Kind = LogEntryKind.Erasure,
        CorrelationId = "c",
        Outcome = "erased",
        Erasure = new LogErasure { AsOf = new DateOnly(2038, 11, 23), Count = 3, Export = Digest.Parse("UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY="), Period = "log-other", Ranges = [Range(5)] },
    };

    /// <summary>An entry that tells of a hold, with every member that is its own.</summary>
    internal static LogEntry OfAHold { get; } = OfAnErasure with
    {
        Kind = LogEntryKind.HoldChange,
        Outcome = "placed",
        Erasure = null,
        Hold = new LogHold { Organisation = OrganisationId.Parse("kuopio"), Range = Range(7), Reason = "litigation", Scope = "range", Until = new DateOnly(2040, 1, 31) },
    };

    /// <summary>An entry that tells of a review, with every member that is its own.</summary>
    internal static LogEntry OfAReview { get; } = OfAnErasure with
    {
        Schema = 4,
        Kind = LogEntryKind.Review,
        Outcome = "opened",
        Erasure = null,
        Review = new LogReview
        {
            Subject = "round",
            Content = Digest.Parse("UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY="),
            Count = 10,
            File = Digest.Parse("UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY="),
            Frame = Range(5),
            Person = ProfessionalId.Parse("ohjaaja-salmi"),
            Place = 6,
            Seed = Digest.Parse("UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY="),
            Since = DateTimeOffset.UnixEpoch,
            Until = DateTimeOffset.UnixEpoch.AddDays(1),
        },
    };

    private static LogRange Range(long first) => new() { First = first, Last = first + 2 };

    /// <summary>An entry with every member that schema 1 had.</summary>
    internal static LogEntry OfTheFirstSchema { get; } = new()
    {
        Schema = 1,
        Id = "019aa000-0000-7000-8000-000000000001",
        Time = new DateTimeOffset(2026, 11, 22, 19, 5, 9, 123, TimeSpan.FromHours(2)),
        Kind = LogEntryKind.Disclosure,
        CorrelationId = "call-1",
        Relates = "019aa000-0000-7000-8000-000000000000",
        Client = ClientId.Parse("00112233445566778899aabbccddeeff"),
        From = new LogParty { Organisation = OrganisationId.Parse("pohjois-savo"), System = SystemId.Parse("pohjois-savo-record"), Sector = SectorId.Parse("health"), Role = RoleId.Parse("health-professional"), Professional = ProfessionalId.Parse("dr-harju") },
        To = new LogParty { Organisation = OrganisationId.Parse("kuopio"), System = SystemId.Parse("kuopio-liikunta"), Sector = SectorId.Parse("municipal-sports"), Role = RoleId.Parse("exercise-counsellor"), Professional = ProfessionalId.Parse("ohjaaja-salmi") },
        Direction = Direction.Read,
        Purpose = PurposeId.Parse("exercise-counselling"),
        Channel = Channel.StandingApi,
        Items =
        [
            new LogItem
            {
                Item = DataItemId.Parse("exercise-restriction"),
                Released = true,
                Rule = RuleId.Parse("EX-02"),
                Basis = [new LegalBasisCitation { Statute = "621/1999", Section = "26 §" }],
                Consents = [new ConsentReference { Id = "consent-1", Version = 3, Form = ConsentFormId.Parse("SECRECY") }],
                Conditions = [new ConditionEvidence { Condition = ConditionId.Parse("referral-active"), Source = "relationship", Reference = "rel-1" }],
                Masked = ["Patient.address"],
                Reason = ReasonClass.SafetyProhibition,
                Prohibition = ProhibitionId.Parse("P-03"),
                MissingCondition = ConditionId.Parse("same-case"),
            },
        ],
        Resources = [new LogResource { Type = "Observation", Handle = "h-1" }],
        Attestations = [new Attestation { Condition = ConditionId.Parse("necessity-statement"), Reference = "planning the first visit", BySystem = true }],
        Obligations = ["inform-guardian"],
        Catalogue = CatalogueVersion.Parse(new string('a', 64)),
        ClientRevision = 7,
        AgreementsRevision = 2,
        Outcome = "released",
        Concerns = "consent-1",
        Visibility = new LogVisibility { Client = true, Guardian = true, From = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero) },
    };

    /// <summary>An entry with every member filled.</summary>
    internal static LogEntry Full { get; } = OfTheFirstSchema with
    {
        Schema = 2,
        AgeClass = "of-age",
        Deployment = DeploymentVersion.Parse(new string('d', 64)),
        DecidedAt = new DateTimeOffset(2026, 11, 22, 17, 5, 9, 100, TimeSpan.Zero),
        HoldsUntil = new DateTimeOffset(2027, 7, 31, 20, 59, 59, 999, TimeSpan.Zero),
        Inputs = Digest.Parse("UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY="),
        From = OfTheFirstSchema.From! with { Actor = "network" },
        To = OfTheFirstSchema.To! with { Actor = "sports-board" },
        Items = [OfTheFirstSchema.Items[0] with { Withheld = [new LogWithholding { Reason = ReasonClass.NeverRule, Prohibition = ProhibitionId.Parse("P-03") }] }],
        Resources = [OfTheFirstSchema.Resources[0] with { Content = Digest.Parse("UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY=") }],
    };

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class =>
        Gen.Select(Gen.Bool, gen, static (present, value) => present ? value : null);
}
