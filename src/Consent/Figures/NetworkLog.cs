// How changes of data about nobody stand in the log.
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Network;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Figures;

/// <summary>Makes entries and answers. Organisation and sector follow from the system of the call.</summary>
internal sealed class NetworkLog(Deployment deployment, NoteSigner signer)
{
    /// <summary>The system in whose name something is said; null where the deployment does not know it: then nothing is done.</summary>
    public SystemEntry? SystemOf(NetworkWriter by) => deployment.FindSystem(by.System);

    /// <summary>Puts a change into the log.</summary>
    /// <param name="transaction">The transaction of the change.</param>
    /// <param name="by">Who changed it.</param>
    /// <param name="outcome">What was done, as a code.</param>
    /// <param name="concerns">What it is about; with <c>sha256</c> and the digest where the content is to be held against the log.</param>
    /// <param name="to">The other organisation, where there is one.</param>
    public LoggedEntry Record(LogTransaction transaction, NetworkWriter by, string outcome, string concerns, OrganisationId? to = null)
    {
        var system = SystemOf(by) ?? throw new InvalidOperationException("A system that the deployment does not know.");
        var entry = new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.AgreementChange,
            CorrelationId = by.CorrelationId,
            From = new LogParty { Organisation = system.Organisation, System = system.Id, Sector = system.Sector, Role = by.Role, Professional = by.Professional },
            To = to is { } other ? new LogParty { Organisation = other } : null,
            Outcome = outcome,
            Concerns = concerns,
            Visibility = new LogVisibility { Client = false },
        };
        return transaction.Append(entry, sides: to is { } side ? [system.Organisation, side] : [system.Organisation]);
    }

    /// <summary>It stands.</summary>
    public NetworkAnswer Done(string id, LoggedEntry logged, long? version = null) => new() { Outcome = NetworkOutcome.Done, Id = id, Version = version, Receipt = logged.Receipt(signer) };
}
