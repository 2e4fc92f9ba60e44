// A client gives, changes and withdraws consents.
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>What became of a command.</summary>
internal abstract record ConsentOutcome
{
    private ConsentOutcome()
    {
    }

    /// <summary>It stands; <paramref name="Fresh"/> is false where it stood already.</summary>
    public sealed record Stands(IReadOnlyList<ConsentVersion> Versions, LoggedEntry Logged, bool Fresh) : ConsentOutcome;

    /// <summary>The identifier belongs to something else.</summary>
    public sealed record IdTaken : ConsentOutcome;

    /// <summary>There is no such consent of this client.</summary>
    public sealed record Absent : ConsentOutcome;

    /// <summary>The consent is not in force, so it cannot be changed.</summary>
    public sealed record NotInForce : ConsentOutcome;
}

/// <summary>Every step is one transaction: the new version, the client's revision, the log entry.</summary>
internal sealed class ConsentLife(LogWriter writer, ClientStore clients, ConsentScope scope)
{
    private const string SignedIn = "signed-in";

    /// <summary>Gives a consent, or a new version of one. Doing it twice gives one.</summary>
    public Task<ConsentOutcome> GiveAsync(ClientId client, Hetu identifier, GiveConsent command, string correlationId) =>
        writer.WriteAsync(new LogWork<ConsentOutcome>(transaction => GiveAsync(transaction, client, identifier, command, correlationId)) { Clients = [client] });

    /// <summary>Withdraws a consent: from the answer on nothing that relied on it can be committed. Doing it twice gives the same answer.</summary>
    public Task<ConsentOutcome> WithdrawAsync(ClientId client, string id, string correlationId) =>
        writer.WriteAsync(new LogWork<ConsentOutcome>(transaction => WithdrawAsync(transaction, client, id, correlationId)) { Clients = [client] });

    private async Task<ConsentOutcome> GiveAsync(LogTransaction transaction, ClientId client, Hetu identifier, GiveConsent command, string correlationId)
    {
        var versions = await ConsentStore.VersionsAsync(transaction.Session, client, command.Id, CancellationToken.None);
        var record = NewRecord(command, versions.Count + 1, transaction.Now);
        if (versions.Count > 0 && IsSame(versions[^1].Record, record))
        {
            return await StandsAsync(transaction, versions);
        }

        if (versions.Count > 0 != command.Changes)
        {
            return command.Changes ? new ConsentOutcome.Absent() : new ConsentOutcome.IdTaken();
        }

        if (command.Changes && !versions[^1].IsInForce(transaction.Now))
        {
            return new ConsentOutcome.NotInForce();
        }

        await clients.EnsureAsync(transaction.Session, client, identifier, CancellationToken.None);
        return await AddAsync(transaction, versions, new ConsentVersion
        {
            Client = client,
            Record = record,
            What = command.Changes ? ConsentVersion.Changed : ConsentVersion.Given,
            At = transaction.Now,
            TextLanguage = command.TextLanguage,
            TextVersion = command.TextVersion,
            How = SignedIn,
            EntryId = NewId(),
        }, correlationId);
    }

    private async Task<ConsentOutcome> WithdrawAsync(LogTransaction transaction, ClientId client, string id, string correlationId)
    {
        var versions = await ConsentStore.VersionsAsync(transaction.Session, client, id, CancellationToken.None);
        if (versions.Count == 0)
        {
            return new ConsentOutcome.Absent();
        }

        var newest = versions[^1];
        return newest.What == ConsentVersion.Withdrawn
            ? await StandsAsync(transaction, versions)
            : await AddAsync(transaction, versions, newest with
            {
                Record = newest.Record with { Version = newest.Record.Version + 1, Status = ConsentStatus.Withdrawn },
                What = ConsentVersion.Withdrawn,
                At = transaction.Now,
                How = SignedIn,
                EntryId = NewId(),
            }, correlationId);
    }

    private async Task<ConsentOutcome> AddAsync(LogTransaction transaction, List<ConsentVersion> before, ConsentVersion version, string correlationId)
    {
        await ConsentStore.AddAsync(transaction.Session, version, CancellationToken.None);
        await transaction.RaiseAsync(version.Client, CancellationToken.None);
        var entry = Entry(version, await transaction.RevisionAsync(version.Client, CancellationToken.None), correlationId);
        var logged = transaction.Append(entry, sides: scope.HoldersOf(version.Record));
        return new ConsentOutcome.Stands([.. before, version], logged, Fresh: true);
    }

    private static async Task<ConsentOutcome> StandsAsync(LogTransaction transaction, List<ConsentVersion> versions)
    {
        var logged = await transaction.FindAsync(versions[^1].EntryId, CancellationToken.None);
        return new ConsentOutcome.Stands(versions, logged ?? throw new InvalidDataException("A consent has no entry in the log."), Fresh: false);
    }

    private static LogEntry Entry(ConsentVersion version, long revision, string correlationId)
    {
        var record = version.Record;
        var reference = new ConsentReference { Id = record.Id, Version = record.Version, Form = record.Form };
        return new LogEntry
        {
            Id = version.EntryId,
            Time = version.At,
            Kind = LogEntryKind.ConsentChange,
            CorrelationId = correlationId,
            Client = version.Client,
            To = new LogParty { Organisation = record.RecipientOrganisation, Sector = record.RecipientSector, Role = record.RecipientRole },
            Purpose = record.Purpose,
            Items = [.. record.Items.Select(item => new LogItem { Item = item, Released = false, Consents = [reference] })],
            ClientRevision = revision,
            Outcome = version.What,
            Concerns = record.Id,
        };
    }

    private static ConsentRecord NewRecord(GiveConsent command, int version, DateTimeOffset now) => new()
    {
        Id = command.Id,
        Version = version,
        Form = command.Form,
        Type = ConsentType.Permit,
        Status = ConsentStatus.Active,
        Items = [.. command.Items.Distinct().OrderBy(static item => item.Value, StringComparer.Ordinal)],
        RecipientSector = command.RecipientSector,
        RecipientRole = command.RecipientRole,
        RecipientOrganisation = command.RecipientOrganisation,
        Purpose = command.Purpose,
        From = now,
        To = command.To is { } to ? CanonicalTime.Cut(to) : null,
        GivenBy = "client",
    };

    /// <summary>Whether a repeated command says what the newest version says.</summary>
    private static bool IsSame(ConsentRecord kept, ConsentRecord asked) =>
        kept.Items.SequenceEqual(asked.Items) && kept with { Version = 0, From = default, Items = [] } == asked with { Version = 0, From = default, Items = [] };

    private static string NewId() => Guid.CreateVersion7().ToString("N");
}
