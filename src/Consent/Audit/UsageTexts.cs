// A use of data in plain words.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Consent.Audit;

/// <summary>Names for people: purposes and items from the catalogue, organisations and systems from the deployment. What is not named there any more stands under its code.</summary>
internal sealed class UsageTexts(RoomSettings settings)
{
    private static readonly LocalisedText Nothing = new() { Fi = "ei annettu mitään", Sv = "inget lämnades ut", En = "nothing was given" };
    private static readonly LocalisedText Sent = new() { Fi = "lähetettiin", Sv = "skickades", En = "sent" };
    private static readonly LocalisedText Given = new() { Fi = "luovutettiin", Sv = "lämnades ut", En = "disclosed" };
    private static readonly LocalisedText Used = new() { Fi = "käytettiin omasta rekisteristä", Sv = "användes ur det egna registret", En = "used from the own register" };
    private static readonly LocalisedText NotArrived = new() { Fi = "vastaanottaja ei ottanut vastaan", Sv = "mottagaren tog inte emot", En = "the recipient did not take it" };
    private static readonly LocalisedText NotYet = new() { Fi = "vastaanottaja ei vielä voinut ottaa vastaan", Sv = "mottagaren kunde inte ta emot än", En = "the recipient could not take it yet" };
    private static readonly LocalisedText TakenBack = new() { Fi = "lähettäminen peruttiin", Sv = "sändningen togs tillbaka", En = "taken back before it was sent" };
    private static readonly LocalisedText NotKnown = new() { Fi = "ei tiedetä, tuliko perille", Sv = "det är inte känt om det kom fram", En = "it is not known whether it arrived" };
    private static readonly LocalisedText NoPurpose = new() { Fi = "Tietojen käsittely", Sv = "Behandling av uppgifter", En = "Processing of data" };

    private Deployment Deployment => settings.Deployment;

    /// <summary>The use that an entry tells of.</summary>
    public Usage Show(LogEntry entry, string outcome, string language)
    {
        // Who asked and got nothing is the receiver, too; of a system that names no organisation the system stands for it.
        var receiver = entry.To ?? new LogParty();
        return new Usage
        {
            Logtime = entry.Time,
            Action = ActionOf(entry, outcome, language),
            ReceiverCode = receiver.Organisation?.Value ?? receiver.System?.Value ?? "-",
            ReceiverName = NameOf(receiver.Organisation, language),
            ReceiverSystem = receiver.System is { } system ? Deployment.FindSystem(system)?.Name.In(language) ?? system.Value : "-",
            SenderCode = entry.From?.Organisation?.Value,
            SenderName = NameOf(entry.From?.Organisation, language),
            Basis = [.. entry.Items.Where(static item => item.Released).SelectMany(static item => item.Basis).Select(static basis => $"{basis.Statute} {basis.Section}").Distinct()],
            Outcome = outcome,
        };
    }

    private string ActionOf(LogEntry entry, string outcome, string language)
    {
        var purpose = (entry.Purpose is { } code ? settings.Catalogue.Purposes.GetValueOrDefault(code) : null)?.In(language) ?? entry.Purpose?.Value ?? NoPurpose.In(language);
        var items = entry.Items.Where(static item => item.Released).Select(item => settings.Catalogue.Items.GetValueOrDefault(item.Item)?.Labels.In(language) ?? item.Item.Value).ToImmutableArray();
        return items.IsEmpty
            ? $"{purpose}: {Nothing.In(language)}"
            : $"{purpose}: {VerbOf(entry).In(language)}: {string.Join(", ", items)}{(RemarkOf(entry, outcome) is { } remark ? $" ({remark.In(language)})" : string.Empty)}";
    }

    private static LocalisedText VerbOf(LogEntry entry) => entry switch
    {
        { Kind: LogEntryKind.Use } => Used,
        { Direction: Direction.Write or Direction.Notify } => Sent,
        _ => Given,
    };

    private static LocalisedText? RemarkOf(LogEntry entry, string outcome) => (entry.Kind, outcome) switch
    {
        (LogEntryKind.WriteIntent, "refused" or "expired") => NotArrived,
        (LogEntryKind.WriteIntent, "waiting") => NotYet,
        (LogEntryKind.WriteIntent, "cancelled") => TakenBack,
        (LogEntryKind.WriteIntent, "unknown") => NotKnown,
        _ => null,
    };

    private string? NameOf(OrganisationId? organisation, string language) => organisation is { } id ? Deployment.FindOrganisation(id)?.Name.In(language) : null;
}
