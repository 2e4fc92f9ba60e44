// Checks what a counsellor typed, and tells what to mend.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Portal.Pages;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Entries;

/// <summary>A checked entry: the day, the measures as numbers, the text.</summary>
internal sealed record CheckedEntry(DateOnly Day, ImmutableArray<(Measure Measure, decimal Value)> Measures, string Text);

/// <summary>Reads a draft strictly; every fault names its field and says what would be right.</summary>
internal static class EntryReader
{
    /// <summary>The longest text.</summary>
    public const int MaxText = 8000;

    /// <summary>Reads a draft; null when there are faults.</summary>
    public static CheckedEntry? Read(EntryDraft draft, EntryForm form, PageTexts texts, DateOnly today, ICollection<FieldFault> faults)
    {
        var day = PageTexts.ReadDay(draft.Day);
        if (day is null || day > today)
        {
            faults.Add(new FieldFault("day", texts[day is null ? "entry.fault.day" : "entry.fault.future"]));
        }

        var measures = form.Measures.Select(measure => (Measure: measure, Typed: draft.Measures.GetValueOrDefault(measure.Id)?.Trim() ?? string.Empty))
            .Where(static each => each.Typed.Length > 0)
            .Select(each => (each.Measure, Value: ReadNumber(each.Measure, each.Typed)))
            .ToList();
        foreach (var (measure, _) in measures.Where(static each => each.Value is null))
        {
            faults.Add(new FieldFault(measure.Id, texts["entry.fault.number", ("field", texts.Say(measure.Label)), ("min", Plain(measure.Min)), ("max", Plain(measure.Max))]));
        }

        if (draft.Text.Trim().Length is 0 or > MaxText)
        {
            faults.Add(new FieldFault("text", texts[draft.Text.Trim().Length == 0 ? "entry.fault.text" : "entry.fault.long", ("max", Plain(MaxText))]));
        }

        return faults.Count > 0 ? null : new CheckedEntry(day!.Value, [.. measures.Select(static each => (each.Measure, each.Value!.Value))], draft.Text.Trim().ReplaceLineEndings("\n"));
    }

    private static decimal? ReadNumber(Measure measure, string typed) =>
        decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number >= measure.Min && number <= measure.Max && decimal.Round(number, measure.Decimals) == number
            ? number
            : null;

    private static string Plain(decimal number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
