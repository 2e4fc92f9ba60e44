// Agreements are recorded and ended: one transaction with their revision and the log.
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Agreements;

/// <summary>What became of a change of an agreement.</summary>
internal abstract record AgreementOutcome
{
    private AgreementOutcome()
    {
    }

    /// <summary>It was changed.</summary>
    public sealed record Changed(Agreement Agreement, long Revision, LoggedEntry Logged) : AgreementOutcome;

    /// <summary>There is none, or it is not the caller's business: the same answer.</summary>
    public sealed record Absent : AgreementOutcome;

    /// <summary>It has ended already.</summary>
    public sealed record HasEnded : AgreementOutcome;

    /// <summary>The identifier belongs to another agreement.</summary>
    public sealed record IdTaken : AgreementOutcome;

    /// <summary>The offer to copy is none of a party's that is valid now.</summary>
    public sealed record NoSuchOffer : AgreementOutcome;
}

/// <summary>Keeps the life of agreements. Every change makes decisions stale that rested on the old ones.</summary>
internal sealed class AgreementLife(LogWriter writer)
{
    /// <summary>Records an agreement.</summary>
    public Task<AgreementOutcome> RecordAsync(AgreementTerms terms, string? offer, string correlationId) => writer.WriteAsync(async transaction =>
    {
        if (await AgreementCopying.CopyAsync(transaction, terms with { Agreement = Cut(terms.Agreement) }, offer, null) is not { } whole)
        {
            return new AgreementOutcome.NoSuchOffer();
        }

        var outcome = await RecordAsync(transaction, whole.Agreement, "recorded", correlationId);
        return await KeepAsync(transaction, outcome, whole, 1);
    });

    /// <summary>Records a new version of an agreement that has not ended.</summary>
    public Task<AgreementOutcome> ChangeAsync(AgreementTerms terms, string? offer, string correlationId) => writer.WriteAsync(async transaction =>
    {
        if (await AgreementStore.FindAsync(transaction.Session, terms.Id, CancellationToken.None) is not { } kept)
        {
            return new AgreementOutcome.Absent();
        }

        if (kept.To < transaction.Now)
        {
            return new AgreementOutcome.HasEnded();
        }

        if (kept.Kind != terms.Agreement.Kind || !kept.Parties.ToHashSet().SetEquals(terms.Agreement.Parties))
        {
            return new AgreementOutcome.IdTaken();
        }

        var newest = (await AgreementVersions.OfAsync(transaction.Session, terms.Id, CancellationToken.None)).FirstOrDefault();
        if (await AgreementCopying.CopyAsync(transaction, terms with { Agreement = Cut(terms.Agreement) }, offer, newest?.Copied) is not { } whole)
        {
            return new AgreementOutcome.NoSuchOffer();
        }

        if (newest is null)
        {
            await AgreementVersions.AddAsync(transaction.Session, new AgreementTerms { Id = kept.Id, Version = 1, RecordedAt = transaction.Now, Agreement = kept }, CancellationToken.None);
        }

        await AgreementStore.ChangeAsync(transaction.Session, whole.Agreement, CancellationToken.None);
        return await KeepAsync(transaction, await ChangedAsync(transaction, whole.Agreement, "changed", correlationId), whole, (newest?.Version ?? 1) + 1);
    });

    private static async Task<AgreementOutcome> KeepAsync(LogTransaction transaction, AgreementOutcome outcome, AgreementTerms terms, int version)
    {
        if (outcome is AgreementOutcome.Changed)
        {
            await AgreementVersions.AddAsync(transaction.Session, terms with { Version = version, RecordedAt = transaction.Now }, CancellationToken.None);
        }

        return outcome;
    }

    /// <summary>Ends an agreement as of now; for a party of it where one is named.</summary>
    public Task<AgreementOutcome> EndAsync(string id, OrganisationId? party, string correlationId) =>
        writer.WriteAsync(transaction => EndAsync(transaction, id, party, correlationId));

    /// <summary>Takes over the agreements of the deployment file that are not on record yet; how many.</summary>
    public async Task<int> TakeOverAsync(Deployment deployment)
    {
        var taken = 0;
        foreach (var agreement in deployment.Agreements)
        {
            var outcome = await writer.WriteAsync(async transaction =>
                await AgreementStore.FindAsync(transaction.Session, agreement.Id, CancellationToken.None) is null
                    ? await RecordAsync(transaction, Cut(agreement), "taken-over", Guid.CreateVersion7().ToString("N"))
                    : new AgreementOutcome.IdTaken());
            taken += outcome is AgreementOutcome.Changed ? 1 : 0;
        }

        return taken;
    }

    private static async Task<AgreementOutcome> RecordAsync(LogTransaction transaction, Agreement agreement, string outcome, string correlationId)
    {
        if (await AgreementStore.FindAsync(transaction.Session, agreement.Id, CancellationToken.None) is not null)
        {
            return new AgreementOutcome.IdTaken();
        }

        await AgreementStore.AddAsync(transaction.Session, agreement, CancellationToken.None);
        return await ChangedAsync(transaction, agreement, outcome, correlationId);
    }

    private static async Task<AgreementOutcome> EndAsync(LogTransaction transaction, string id, OrganisationId? party, string correlationId)
    {
        var agreement = await AgreementStore.FindAsync(transaction.Session, id, CancellationToken.None);
        if (agreement is null || (party is { } own && !agreement.Parties.Contains(own)))
        {
            return new AgreementOutcome.Absent();
        }

        // In force up to and including its last instant; so that nothing is decided on it from now on, that instant is the one before.
        var end = transaction.Now.AddMilliseconds(-1);
        if (agreement.To <= end)
        {
            return new AgreementOutcome.HasEnded();
        }

        await AgreementStore.EndAsync(transaction.Session, id, end, CancellationToken.None);
        return await ChangedAsync(transaction, agreement with { To = end }, "ended", correlationId);
    }

    private static async Task<AgreementOutcome> ChangedAsync(LogTransaction transaction, Agreement agreement, string outcome, string correlationId)
    {
        await transaction.RaiseAgreementsAsync(CancellationToken.None);
        var entry = new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.AgreementChange,
            CorrelationId = correlationId,
            From = new LogParty { Organisation = agreement.Parties[0] },
            To = agreement.Parties.Length > 1 ? new LogParty { Organisation = agreement.Parties[1] } : null,
            AgreementsRevision = transaction.AgreementsRevision,
            Outcome = outcome,
            Concerns = agreement.Id,
            Visibility = new LogVisibility { Client = false },
        };
        return new AgreementOutcome.Changed(agreement, transaction.AgreementsRevision, transaction.Append(entry, sides: agreement.Parties));
    }

    private static Agreement Cut(Agreement agreement) =>
        agreement with { From = CanonicalTime.Cut(agreement.From), To = agreement.To is { } to ? CanonicalTime.Cut(to) : null };
}
