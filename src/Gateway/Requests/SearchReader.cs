// Reads the parameters of a search.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Searching;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Requests;

/// <summary>
/// Turns parameters into a search, or says no. Which parameters there are follows from what the law lets the recipient see (<see cref="Sight.Searching"/>); whatever is not among them is refused in one
/// way, be it hidden, misspelt or unknown to FHIR, and nothing is left out silently.
/// </summary>
internal sealed class SearchReader(CursorSeal cursors, GatewayOptions options, TimeProvider clock)
{
    /// <summary>The parameter with which a page asks for the next.</summary>
    internal const string PageParameter = "_page";

    internal const string CountParameter = "_count";

    private const string SortParameter = "_sort";
    private const int MostParameters = 16;
    private const int MostSorts = 4;
    private static readonly string[] Once = [CountParameter, SortParameter];

    internal Reading Read(string type, IReadOnlyList<KeyValuePair<string, string>> words, Asker asker, Sight sight)
    {
        if (type == "Patient")
        {
            return words is [{ Key: "identifier", Value: var identifier }]
                && identifier.StartsWith(Hetu.System + "|", StringComparison.Ordinal) && Hetu.TryParse(identifier[(Hetu.System.Length + 1)..], out var hetu)
                ? new Interaction.FindPatient(hetu)
                : Refusal.ClientSearch;
        }

        if (words is not [{ Key: PageParameter, Value: var text }])
        {
            return ReadFirst(type, words, sight, clock.GetUtcNow()) is { } first ? first : Refusal.UnknownParameter;
        }

        return cursors.Read(asker, type, text) is { } cursor && ReadFirst(type, cursor.Words, sight, cursor.Asked) is { } search && search.Terms.Question.Sorts.Length == cursor.Position.Keys.Length
            ? search with { Terms = search.Terms with { After = cursor, CursorText = text } }
            : Refusal.PageEnded;
    }

    private Interaction.Search? ReadFirst(string type, IReadOnlyList<KeyValuePair<string, string>> words, Sight sight, DateTimeOffset asked)
    {
        var table = sight.Searching(type);
        var (clients, others) = (words.Where(word => table.ClientNames.Contains(word.Key)).ToArray(), words.Where(word => !table.ClientNames.Contains(word.Key)).ToArray());
        if (words.Count > MostParameters || Once.Any(name => others.Count(word => word.Key == name) > 1)
            || !TryReadClient(clients, sight, out var handle) || !TryReadCount(others, out var count) || ReadQuestion(table, others, asked) is not { } question)
        {
            return null;
        }

        return new Interaction.Search(type, handle, new SearchTerms
        {
            Question = question,
            Words = [.. clients.Select(client => KeyValuePair.Create(client.Key, handle!)), .. others.Select(word => word.Key == CountParameter ? KeyValuePair.Create(word.Key, count.ToString(CultureInfo.InvariantCulture)) : word)],
            PageSize = count,
            Asked = asked,
        });
    }

    /// <summary>A search names one client; only the own register may be listed without one.</summary>
    private static bool TryReadClient(KeyValuePair<string, string>[] clients, Sight sight, out string? handle)
    {
        handle = clients.FirstOrDefault().Value;
        if (handle is null)
        {
            return sight.IsOwnRegister;
        }

        handle = handle.StartsWith("Patient/", StringComparison.Ordinal) ? handle["Patient/".Length..] : handle;
        return clients.Length == 1 && handle.Length == HandleText.Length && handle.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') && !Hetu.IsIn(handle);
    }

    private bool TryReadCount(KeyValuePair<string, string>[] words, out int count)
    {
        var text = words.FirstOrDefault(static word => word.Key == CountParameter).Value;
        count = text is null ? options.LargestPage
            : text.Length <= 4 && text.All(char.IsAsciiDigit) && text.Length > 0 ? Math.Min(int.Parse(text, CultureInfo.InvariantCulture), options.LargestPage)
            : 0;
        return count > 0;
    }

    private static Question? ReadQuestion(SearchTable table, KeyValuePair<string, string>[] words, DateTimeOffset asked)
    {
        var sorts = ReadSorts(table, words.FirstOrDefault(static word => word.Key == SortParameter).Value);
        var conditions = words.Where(static word => !Once.Contains(word.Key)).Select(word => Hetu.IsIn(word.Value) ? null : SearchCondition.Read(table, word.Key, word.Value, asked)).ToArray();
        return sorts is not { } orders || conditions.Contains(null) ? null : new Question([.. conditions.OfType<SearchCondition>()], orders);
    }

    private static ImmutableArray<SortOrder>? ReadSorts(SearchTable table, string? text)
    {
        if (text is null)
        {
            return [];
        }

        var orders = text.Split(',').Select(part => table.Find(part.TrimStart('-')) is { CanSort: true } parameter && !part.StartsWith("--", StringComparison.Ordinal) ? new SortOrder(parameter, part[0] == '-') : null).ToArray();
        return orders.Length > MostSorts || orders.Contains(null) ? null : [.. orders.OfType<SortOrder>()];
    }
}
