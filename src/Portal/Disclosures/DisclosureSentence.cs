// Says one line of the log to the person whose data it is, in a sentence.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Disclosures;

/// <summary>A client's disclosure as a sentence in plain words, with what belongs under it.</summary>
internal sealed class DisclosureSentence(MyDisclosure row, PageTexts texts, Names names)
{
    /// <summary>The sentence, for example <c>Kuopion kaupunki sai 22.11.2026 klo 10.23 nämä tietosi, koska annoit suostumuksen</c>.</summary>
    public string Text => texts[$"sentence.{Sort}", ("to", To), ("from", From), ("when", When)] + (HasList ? ":" : ".");

    /// <summary>What went, by name.</summary>
    public IReadOnlyList<string> Items => names.Of(row.Released);

    /// <summary>What was asked for and stayed, by name.</summary>
    public IReadOnlyList<string> Withheld => names.Of(row.Withheld);

    /// <summary>Whether the sentence ends in a list of items.</summary>
    public bool HasList => row.Released.Length > 0;

    /// <summary>What became of an entry that was sent; null where there is nothing to add.</summary>
    public string? Outcome => row.Kind == LogEntryKind.WriteIntent && texts.Has($"sentence.outcome.{row.Outcome}") ? texts[$"sentence.outcome.{row.Outcome}"] : null;

    /// <summary>Where the data came from; null where the sentence says it.</summary>
    public string? Source => row.Kind == LogEntryKind.Disclosure && row.From is not null ? texts["sentence.source", ("from", From)] : null;

    /// <summary>How often it happened; null for once.</summary>
    public string? Repeats => row.Count > 1
        ? texts["sentence.repeats", ("count", row.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("first", texts.Clock(row.FirstTime)), ("last", texts.Clock(row.Time))]
        : null;

    /// <summary>For what it was used.</summary>
    public string? Purpose => row.Purpose is { } purpose ? names.Of(purpose) : null;

    private string When => row.Count > 1 ? texts.Day(row.Time) : texts.Moment(row.Time);

    private string To => names.Who(row.To?.Organisation, row.To?.Sector);

    private string From => names.Who(row.From?.Organisation, row.From?.Sector);

    private string Sort => row.Kind switch
    {
        LogEntryKind.Refusal => "refusal",
        LogEntryKind.Use => HasList ? "use" : "nothing",
        LogEntryKind.WriteIntent => RestsOnConsent ? "sent.consent" : "sent.law",
        _ when !HasList => "nothing",
        _ => RestsOnConsent ? "got.consent" : "got.law",
    };

    private bool RestsOnConsent => row.Grounds.Any(static ground => ground.Consents.Length > 0);
}
