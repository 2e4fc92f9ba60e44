// By which of the law's periods what is kept beside the log goes.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Retention;

namespace Sisote.Consent.Retention.Beside;

/// <summary>Terms of the kinds. Where the law names a kind nowhere, it is kept like that which it is most like and which is kept longest.</summary>
internal sealed class BesideTerms(LogRetention log, LegalCatalogue catalogue)
{
    private const string AfterDeath = "after-death";

    /// <summary>
    /// Capacity decisions and bars are kept like consents and prohibitions of social and health care: the newest version for years after the client's death, of which no day is on record here, so it
    /// stays; an earlier one for as many years after the version that replaced it.
    /// </summary>
    public RetentionTerm OfMinorRecord { get; } = catalogue.Retention.Values.Where(static period => period.Counted == AfterDeath).OrderByDescending(static period => period.Years).ThenBy(static period => period.Id, StringComparer.Ordinal).FirstOrDefault() is { } period
        ? new RetentionTerm.Years(period.Id, period.Years)
        : new RetentionTerm.Unset(null, int.MaxValue);

    /// <summary>A guardianship explains the looks and words of a guardian, of which the log's records name no sector.</summary>
    public RetentionTerm OfGuardianship => log.TermOf(default, default);

    /// <summary>A decision and a work item are kept as the log's records of them.</summary>
    public RetentionTerm Between((SectorId? Sector, OrganisationId? Organisation) from, (SectorId? Sector, OrganisationId? Organisation) to) =>
        log.TermOf(new RetentionEnd(from.Sector, from.Organisation), new RetentionEnd(to.Sector, to.Organisation));
}
