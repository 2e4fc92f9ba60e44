// Rows of the network's registers are written and ended: one transaction with the log.
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Network;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Network;

/// <summary>
/// Keeps the life of rows. INVARIANT: an organisation writes its own rows; another's are not there for it. Nothing here raises a revision, because nothing here decides.
/// </summary>
internal sealed class NetworkLife(LogWriter writer, NoteSigner signer, Deployment deployment)
{
    /// <summary>Writes a row, or the next version of one of the same organisation and kind that has not ended.</summary>
    public Task<NetworkAnswer> PutAsync(NetworkWriter by, NetworkRow draft) => deployment.FindSystem(by.System) is not { } system
        ? Task.FromResult(Answer(NetworkOutcome.Absent))
        : writer.WriteAsync(transaction => PutAsync(transaction, draft with { Organisation = system.Organisation, Sector = system.Sector }, Party(by, system), by.CorrelationId));

    /// <summary>Writes a group, or its next version.</summary>
    public Task<NetworkAnswer> PutGroupAsync(NetworkRow draft, string correlationId) => writer.WriteAsync(transaction => PutAsync(transaction, draft, null, correlationId));

    /// <summary>Sets the free places of an offer.</summary>
    public Task<NetworkAnswer> SetPlacesAsync(NetworkPlaces places) => deployment.FindSystem(places.By.System) is not { } system
        ? Task.FromResult(Answer(NetworkOutcome.Absent))
        : writer.WriteAsync(async transaction => await OwnAsync(transaction, places.Id, NetworkKind.Offer, system.Organisation) switch
        {
            { Offer: { } offer } kept when !HasEnded(kept, transaction.Now) =>
                await WriteAsync(transaction, kept with { Offer = offer with { FreePlaces = places.Free }, Version = kept.Version + 1 }, "places", Party(places.By, system), places.By.CorrelationId),
            null => Answer(NetworkOutcome.Absent),
            _ => Answer(NetworkOutcome.Ended),
        });

    /// <summary>Ends a row of the writer's organisation as of now.</summary>
    public Task<NetworkAnswer> EndAsync(NetworkEnd end) => deployment.FindSystem(end.By.System) is not { } system
        ? Task.FromResult(Answer(NetworkOutcome.Absent))
        : writer.WriteAsync(transaction => EndAsync(transaction, end.Id, end.Kind, system.Organisation, Party(end.By, system), end.By.CorrelationId));

    /// <summary>Ends a group as of now.</summary>
    public Task<NetworkAnswer> EndGroupAsync(string id, string correlationId) => writer.WriteAsync(transaction => EndAsync(transaction, id, NetworkKind.Group, null, null, correlationId));

    private async Task<NetworkAnswer> PutAsync(LogTransaction transaction, NetworkRow draft, LogParty? by, string correlationId)
    {
        var kept = await NetworkStore.FindAsync(transaction.Session, draft.Id, CancellationToken.None);
        if (kept is not null && (kept.Kind != draft.Kind || kept.Organisation != draft.Organisation))
        {
            return Answer(NetworkOutcome.Taken);
        }

        if (kept is not null && HasEnded(kept, transaction.Now))
        {
            return Answer(NetworkOutcome.Ended);
        }

        if (UnitOf(draft) is { } unit && await OwnAsync(transaction, unit, NetworkKind.Unit, draft.Organisation) is not { } found)
        {
            return Answer(NetworkOutcome.Malformed) with { Field = "unit" };
        }

        return await WriteAsync(transaction, draft with { Version = (kept?.Version ?? 0) + 1 }, kept is null ? "recorded" : "changed", by, correlationId);
    }

    private async Task<NetworkAnswer> EndAsync(LogTransaction transaction, string id, NetworkKind kind, OrganisationId? owner, LogParty? by, string correlationId)
    {
        if (await OwnAsync(transaction, id, kind, owner) is not { } kept)
        {
            return Answer(NetworkOutcome.Absent);
        }

        if (HasEnded(kept, transaction.Now))
        {
            return Answer(NetworkOutcome.Ended);
        }

        // Valid up to and including its last instant; so that nobody finds it from now on, that instant is the one before.
        return await WriteAsync(transaction, kept with { To = transaction.Now.AddMilliseconds(-1), Version = kept.Version + 1 }, "ended", by, correlationId);
    }

    private async Task<NetworkAnswer> WriteAsync(LogTransaction transaction, NetworkRow row, string step, LogParty? by, string correlationId)
    {
        var whole = row with { RecordedAt = transaction.Now };
        await NetworkStore.PutAsync(transaction.Session, whole, by?.Professional, CancellationToken.None);
        var logged = transaction.Append(new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.AgreementChange,
            CorrelationId = correlationId,
            From = by ?? new LogParty { Organisation = whole.Organisation },
            Outcome = $"{NameOf(whole.Kind)}-{step}",
            Concerns = whole.Id,
            Visibility = new LogVisibility { Client = false },
        }, sides: [whole.Organisation]);
        return new NetworkAnswer { Outcome = NetworkOutcome.Done, Id = whole.Id, Version = whole.Version, Receipt = logged.Receipt(signer) };
    }

    /// <summary>A row of this kind and owner; another's is none.</summary>
    private static async Task<NetworkRow?> OwnAsync(LogTransaction transaction, string id, NetworkKind kind, OrganisationId? owner) =>
        await NetworkStore.FindAsync(transaction.Session, id, CancellationToken.None) is { } kept && kept.Kind == kind && (owner is null || kept.Organisation == owner) ? kept : null;

    private static bool HasEnded(NetworkRow row, DateTimeOffset now) => row.To < now;

    private static string? UnitOf(NetworkRow row) => row.Contact?.Unit ?? row.Offer?.Unit;

    private static LogParty Party(NetworkWriter by, SystemEntry system) =>
        new() { Organisation = system.Organisation, System = system.Id, Sector = system.Sector, Role = by.Role, Professional = by.Professional };

    private static NetworkAnswer Answer(NetworkOutcome outcome) => new() { Outcome = outcome };

    private static string NameOf(NetworkKind kind) => kind switch
    {
        NetworkKind.Unit => "unit",
        NetworkKind.Contact => "contact",
        NetworkKind.Offer => "offer",
        NetworkKind.Group => "group",
        _ => throw new InvalidOperationException($"{kind} is no kind."),
    };
}
