// Indicators are defined, delivered and published.
using System.Text.Json;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Doors.Network;

namespace Sisote.Consent.Figures;

/// <summary>
/// Keeps the life of indicators. INVARIANT: a month or year is published once, as one table with every sum, and every question is answered out of it; a version counts from a month on that no earlier
/// version published. So two answers never differ by what could be computed from both.
/// </summary>
internal sealed class IndicatorLife(LogWriter writer, NetworkLog log, IndicatorRules rules, IndicatorPublishing publishing, Database database)
{
    private const string Persons = "persons";

    private static readonly NetworkAnswer Absent = new() { Outcome = NetworkOutcome.Absent };

    /// <summary>Records a definition, or its next version.</summary>
    public async Task<NetworkAnswer> DefineAsync(NetworkWriter by, DefineIndicator said)
    {
        if (log.SystemOf(by) is not { Organisation: var own })
        {
            return Absent;
        }

        if (rules.FaultOf(said) is { } field)
        {
            return Malformed(field);
        }

        return IndicatorRules.PersonIn(said) is { } text ? new NetworkAnswer { Outcome = NetworkOutcome.NamesAPerson, Field = text } : await writer.WriteAsync(async transaction =>
        {
            var versions = await IndicatorStore.OfAsync(transaction.Session, said.Id, CancellationToken.None);
            if (versions is [var newest, ..])
            {
                if (newest.Owner != own)
                {
                    return new NetworkAnswer { Outcome = NetworkOutcome.Taken };
                }

                if (Text(newest.Definition) == Text(said))
                {
                    return new NetworkAnswer { Outcome = NetworkOutcome.Done, Id = said.Id, Version = newest.Version };
                }

                var published = await IndicatorStore.PublishedAsync(transaction.Session, said.Id, CancellationToken.None);
                if (string.CompareOrdinal(said.ValidFrom, newest.Definition.ValidFrom) < 0 || published.Any(one => IsAtOrAfter(one.Period, said.ValidFrom)))
                {
                    return Malformed("validFrom");
                }
            }

            if ((await IndicatorStore.AllAsync(transaction.Session, CancellationToken.None)).Any(one => one.Definition.Id != said.Id && LogCounting.Overlap(own, said, one.Owner, one.Definition)))
            {
                return Malformed("fromLog");
            }

            var version = new IndicatorVersion { Version = versions.Count + 1, Owner = own, Unit = Persons, RecordedAt = transaction.Now, Definition = said };
            await IndicatorStore.AddAsync(transaction.Session, version, CancellationToken.None);
            return log.Done(said.Id, log.Record(transaction, by, "indicator-defined", said.Id), version.Version);
        });
    }

    /// <summary>Keeps what an organisation counted for a month, until that is published.</summary>
    public Task<NetworkAnswer> DeliverAsync(NetworkWriter by, string id, DeliverCounts said) => writer.WriteAsync(async transaction =>
    {
        if (log.SystemOf(by) is not { Organisation: var own } || await VersionAsync(transaction.Session, id, said.Month) is not { } version || !version.Definition.Sources.Contains(own))
        {
            return Absent;
        }

        if (said.Counts.IsDefault || said.Counts.Any(static one => one.Codes.IsDefault) || IndicatorRules.TableOf(version.Definition, said.Counts) is null)
        {
            return Malformed("counts");
        }

        if ((await IndicatorStore.PublishedAsync(transaction.Session, id, CancellationToken.None)).Any(one => one.Period == said.Month))
        {
            return new NetworkAnswer { Outcome = NetworkOutcome.Ended };
        }

        await IndicatorStore.DeliverAsync(transaction.Session, version, said.Month, own, said.Counts, transaction.Now, CancellationToken.None);
        return log.Done(id, log.Record(transaction, by, "counts-delivered", id, version.Owner == own ? null : version.Owner), version.Version);
    });

    /// <summary>Publishes a month or a year, once. What is hidden is decided before the log's line is held, and once more in it where something has changed since.</summary>
    public async Task<NetworkAnswer> PublishAsync(NetworkWriter by, string id, PublishFigures said)
    {
        if (!Period.TryParse(said.Period, out var period))
        {
            return Malformed("period");
        }

        var (inputs, composed) = await PrepareAsync(by, id, said.Period, period);
        return await writer.WriteAsync(async transaction =>
        {
            if (!period.IsOver(transaction.Now))
            {
                return Malformed("period");
            }

            if (log.SystemOf(by) is not { Organisation: var own } || await VersionAsync(transaction.Session, id, period.Months.First()) is not { } version || version.Owner != own)
            {
                return Absent;
            }

            if ((await IndicatorStore.PublishedAsync(transaction.Session, id, CancellationToken.None)).Any(one => one.Period == said.Period))
            {
                return new NetworkAnswer { Outcome = NetworkOutcome.Ended };
            }

            var current = await IndicatorPublishing.ReadAsync(transaction.Session, version, said.Period, period, CancellationToken.None);
            if ((current.Equal(inputs) ? composed : publishing.Compose(current)) is not { } publication)
            {
                return Malformed("period");
            }

            await IndicatorStore.PublishAsync(transaction.Session, publication with { At = transaction.Now }, CancellationToken.None);
            return log.Done(id, log.Record(transaction, by, "figures-published", id), version.Version);
        });
    }

    /// <summary>What would be published now; nothing where the caller may not.</summary>
    private async Task<(PublicationInputs? Inputs, Publication? Composed)> PrepareAsync(NetworkWriter by, string id, string name, Period period)
    {
        await using var session = await database.ReadAsync(CancellationToken.None);
        if (await VersionAsync(session, id, period.Months.First()) is not { } version || version.Owner != log.SystemOf(by)?.Organisation)
        {
            return (null, null);
        }

        var inputs = await IndicatorPublishing.ReadAsync(session, version, name, period, CancellationToken.None);
        return (inputs, publishing.Compose(inputs));
    }

    private static NetworkAnswer Malformed(string field) => new() { Outcome = NetworkOutcome.Malformed, Field = field };

    private static string Text(DefineIndicator definition) => JsonSerializer.Serialize(definition, SisoteJson.Options);

    /// <summary>Whether a published month, or the last month of a published year, is this month or a later one.</summary>
    private static bool IsAtOrAfter(string period, string month) => Period.TryParse(period, out var known) && string.CompareOrdinal(known.Months.Last(), month) >= 0;

    /// <summary>The version that counts a month; null where none does.</summary>
    private static async Task<IndicatorVersion?> VersionAsync(Session session, string id, string month) => !Period.IsMonth(month)
        ? null
        : (await IndicatorStore.OfAsync(session, id, CancellationToken.None)).FirstOrDefault(version => string.CompareOrdinal(version.Definition.ValidFrom, month) <= 0);
}
