// How long records of the log are kept: the law's periods, and the controllers' where no statute fixes one.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Retention;

/// <summary>
/// The retention of the log by the catalogue and the deployment. Where either end is of a sector that a statutory period names, that period holds and no deployment changes it;
/// elsewhere the longest of what the controllers at both ends set, never less than the catalogue's own period; where one of them has set nothing, the record stays.
/// </summary>
/// <remarks>An end whose sector is not on record could be of any, so it counts as one that the statute names.</remarks>
public sealed class LogRetention
{
    private const string FromEvent = "from-event";

    private readonly ImmutableArray<RetentionPeriod> statutory;
    private readonly RetentionPeriod? other;
    private readonly ImmutableSortedDictionary<string, int> years;

    private LogRetention(ImmutableArray<RetentionPeriod> statutory, RetentionPeriod? other, ImmutableSortedDictionary<string, int> years) =>
        (this.statutory, this.other, this.years, Version) = (statutory, other, years, VersionOf([.. statutory, .. other is null ? (RetentionPeriod[])[] : [other]], years));

    /// <summary>The fewest years after which anything can be due; null where the catalogue has no period that is counted from the event.</summary>
    public int? FewestYears => statutory.Select(static period => (int?)period.Years).Append(other?.Years).Min();

    /// <summary>Names these terms and no others: 64 hexadecimal digits.</summary>
    public string Version { get; }

    /// <summary>The terms of a catalogue and a deployment.</summary>
    public static LogRetention Of(LegalCatalogue catalogue, Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(deployment);
        var counted = catalogue.Retention.Values.Where(static period => period.Counted == FromEvent).OrderByDescending(static period => period.Years).ThenBy(static period => period.Id, StringComparer.Ordinal).ToArray();
        ImmutableArray<RetentionPeriod> statutory = [.. counted.Where(static period => !period.EitherEndIs.IsEmpty)];
        var years = deployment.Organisations.Where(static organisation => organisation.LogYears is not null).ToImmutableSortedDictionary(static organisation => organisation.Id.Value, static organisation => organisation.LogYears!.Value, StringComparer.Ordinal);
        return new LogRetention(statutory, LeastOf(catalogue), years);
    }

    /// <summary>The catalogue's period for records that no statute fixes one for: a controller may set more years, not fewer.</summary>
    public static RetentionPeriod? LeastOf(LegalCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        return catalogue.Retention.Values
            .Where(static period => period.Counted == FromEvent && period.EitherEndIs.IsEmpty)
            .OrderByDescending(static period => period.Years)
            .ThenBy(static period => period.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>How long a record between two ends is kept.</summary>
    public RetentionTerm TermOf(RetentionEnd from, RetentionEnd to)
    {
        // INVARIANT: no setting of a deployment is looked at before the statute was asked, so that none can shorten what it fixes.
        if (statutory.FirstOrDefault(period => IsNamed(period, from) || IsNamed(period, to)) is { } fixedByLaw)
        {
            return new RetentionTerm.Years(fixedByLaw.Id, fixedByLaw.Years);
        }

        if (other is null || statutory.IsEmpty)
        {
            return new RetentionTerm.Unset(null, int.MaxValue);
        }

        var controllers = new[] { from.Organisation, to.Organisation }.OfType<OrganisationId>().Distinct().ToArray();
        return controllers.Length > 0 && controllers.All(controller => years.ContainsKey(controller.Value))
            ? new RetentionTerm.Years(other.Id, Math.Max(other.Years, controllers.Max(controller => years[controller.Value])))
            : new RetentionTerm.Unset(other.Id, other.Years);
    }

    private static bool IsNamed(RetentionPeriod period, RetentionEnd end) => end.Sector is not { } sector || period.EitherEndIs.Contains(sector);

    private static string VersionOf(IEnumerable<RetentionPeriod> periods, ImmutableSortedDictionary<string, int> years)
    {
        var lines = periods.Select(static period => $"{period.Id} {period.Years} {string.Join(',', period.EitherEndIs.Select(static sector => sector.Value).Order(StringComparer.Ordinal))}")
            .Concat(years.Select(static set => $"{set.Key} {set.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }
}

/// <summary>One end of a record, as far as retention asks.</summary>
/// <param name="Sector">Its sector; null = not on record.</param>
/// <param name="Organisation">Its controller; null = none, or not on record.</param>
public readonly record struct RetentionEnd(SectorId? Sector, OrganisationId? Organisation);
