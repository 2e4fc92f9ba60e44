// A search over AuditEvents as IHE ITI-81 asks it.
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary>A search that was understood whole.</summary>
internal sealed record AuditQuery
{
    /// <summary>When the log took the entry in.</summary>
    public AuditPeriod Period { get; init; } = AuditPeriod.Open;

    /// <summary>Whether a date was asked for; without one no search is made.</summary>
    public bool HasDate { get; init; }

    /// <summary>All of these must hold.</summary>
    public ImmutableArray<AuditTerm> Terms { get; init; } = [];

    /// <summary>The clients asked for, one set for each patient parameter.</summary>
    public ImmutableArray<ImmutableArray<ClientId>> Clients { get; init; } = [];

    /// <summary>Events on a page.</summary>
    public int Count { get; init; } = 50;

    /// <summary>Where to go on.</summary>
    public AuditCursor Cursor { get; init; } = AuditCursor.Newest;

    /// <summary>The search as an address can hold it: a client never by national identifier.</summary>
    public ImmutableArray<(string Name, string Value)> Shown { get; init; } = [];

    /// <summary>The query string of a page.</summary>
    public string ToQuery(AuditCursor? cursor = null)
    {
        var query = new QueryBuilder(Shown.Select(static pair => KeyValuePair.Create(pair.Name, pair.Value)));
        if (Count != 50)
        {
            query.Add("_count", Count.ToString(CultureInfo.InvariantCulture));
        }

        if (cursor is { } from)
        {
            query.Add("_cursor", from.ToString());
        }

        return query.ToString();
    }

    /// <summary>The search as the log keeps it, without whom it was for.</summary>
    /// <param name="clients">Texts that stand for clients.</param>
    public string ToRecord(IReadOnlySet<string> clients)
    {
        string Masked(string value) => string.Join(',', value.Split(',').Select(one => clients.Any(client => one.Contains(client, StringComparison.Ordinal)) ? "*" : one));
        return new QueryBuilder(Shown.Select(pair => KeyValuePair.Create(pair.Name, pair.Name.StartsWith("patient", StringComparison.Ordinal) ? "*" : Masked(pair.Value)))).ToString();
    }
}

/// <summary>A place between two events: what comes after this face of this entry, newest entries first.</summary>
/// <param name="Index">Place of the entry in the log.</param>
/// <param name="Face">Which of its events was the last one shown, from 1; 0 = none of it.</param>
internal readonly record struct AuditCursor(long Index, int Face)
{
    /// <summary>Before the newest.</summary>
    public static AuditCursor Newest { get; } = new(long.MaxValue, 0);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}.{Face}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static AuditCursor? TryRead(string text) =>
        text.Split('.') is [var index, var face]
        && long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && int.TryParse(face, NumberStyles.None, CultureInfo.InvariantCulture, out var shown)
            ? new AuditCursor(place, shown)
            : null;
}
