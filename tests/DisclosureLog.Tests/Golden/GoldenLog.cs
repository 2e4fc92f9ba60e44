// The twenty entries of the frozen log.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Tests.DisclosureLog;

internal static class GoldenLog
{
    internal const int Size = 20;
    internal const int Erased = 4;

    private const int KindsThen = 9; // when the files were frozen; those that came later have a schema of their own

    /// <summary>The public key by which the frozen files are judged; its private half stands beside them and is good for nothing else.</summary>
    internal const string Key = "sisote.example/golden+2a1692e5+Aegrw16VdLi1Mzh8x7As0FpPVXcFdY6PC2GwnoSgQyBC";

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 17, 0, 0, TimeSpan.Zero);

    internal static SmallLog Make(NoteSigner signer)
    {
        var log = new SmallLog(signer, Enumerable.Range(0, Size).Select(Entry));
        log.Erase(Erased);
        return log;
    }

    /// <summary>Every kind, direction, channel and reason, members in turn present and absent.</summary>
    private static LogEntry Entry(int i) => SomeEntries.OfTheFirstSchema with
    {
        Id = $"019aa000-0000-7000-8000-0000000000{i:00}",
        Time = Start.AddMilliseconds(i * 61_001),
        Kind = (LogEntryKind)(i % KindsThen),
        CorrelationId = $"call-{i / 2}",
        Relates = i % 4 == 0 ? $"019aa000-0000-7000-8000-0000000000{i / 2:00}" : null,
        Client = i % 5 == 4 ? null : ClientId.Parse($"{i % 3:x32}"),
        From = i % 7 == 6 ? null : SomeEntries.OfTheFirstSchema.From! with { Professional = null },
        To = i % 6 == 5 ? null : SomeEntries.OfTheFirstSchema.To! with { Sector = i % 2 == 0 ? null : SectorId.Parse("education") },
        Direction = i % 4 == 3 ? null : (Direction)(i % 4),
        Channel = i % 5 == 4 ? null : (Channel)(i % 5),
        Items = i % 3 == 2 ? [] : [Item(i), Item(i + 7)],
        Attestations = i % 2 == 0 ? [] : SomeEntries.OfTheFirstSchema.Attestations,
        Resources = i % 3 == 0 ? [] : [new LogResource { Type = "Goal", Handle = $"h-\u00e4\u20ac\U0001F3C3\"\\\n\u0001-{i}" }],
        Obligations = i % 4 == 1 ? [] : SomeEntries.OfTheFirstSchema.Obligations,
        Catalogue = i % 8 == 7 ? null : SomeEntries.OfTheFirstSchema.Catalogue,
        ClientRevision = i % 2 == 0 ? i * 1_000_003L : null,
        AgreementsRevision = i % 3 == 0 ? 0 : null,
        Concerns = i % 2 == 1 ? null : $"consent-{i}",
        Visibility = new LogVisibility { Client = i % 2 == 0, Guardian = i % 3 == 0, From = i % 4 == 2 ? Start.AddDays(i) : null },
    };

    private static LogItem Item(int i) => SomeEntries.OfTheFirstSchema.Items[0] with
    {
        Released = i % 2 == 0,
        Reason = i % 2 == 0 ? null : (ReasonClass)(i % Enum.GetValues<ReasonClass>().Length),
        Rule = i % 3 == 0 ? null : RuleId.Parse($"EX-{i:00}"),
        Consents = i % 2 == 0 ? SomeEntries.OfTheFirstSchema.Items[0].Consents : [],
        Masked = i % 3 == 1 ? ["Patient.address", "Patient.telecom"] : [],
        Prohibition = i % 4 == 1 ? ProhibitionId.Parse("P-03") : null,
        MissingCondition = null,
    };
}
