// Entries that rest on consents, and what became of them.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Decisions;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Consent.Consents;

internal static class SomeSending
{
    /// <summary>An entry about to be sent on the strength of all consents that the state has.</summary>
    public static AppendItem Sending(OpenRoom room, ConsentFlow flow, ConsentState state) => new()
    {
        Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()) with
        {
            Kind = LogEntryKind.WriteIntent,
            Outcome = "sending",
            From = Party(flow.From),
            To = Party(flow.To),
            Catalogue = WholeLaw.Catalogue.Version,
            Items = [.. flow.Items.Select(item => new LogItem { Item = item, Released = true, Rule = flow.Rule.Id, Consents = [.. state.Consents.Select(static consent => new ConsentReference { Id = consent.Id, Version = consent.Version, Form = consent.Form })] })],
            Resources = [new LogResource { Type = "Patient", Handle = "handle-1" }],
        },
        Expect = new AppendExpectation { ClientRevision = state.Revision, AgreementsRevision = state.AgreementsRevision, Catalogue = WholeLaw.Catalogue.Version },
    };

    /// <summary>What became of it.</summary>
    public static AppendItem OutcomeOf(AppendItem intent, string outcome) => new()
    {
        Entry = intent.Entry with { Id = Some.Id(), Kind = LogEntryKind.WriteOutcome, Outcome = outcome, Relates = intent.Entry.Id, Items = [], Resources = [] },
    };

    private static LogParty Party(Party party) => new() { Organisation = party.Organisation, System = party.System, Sector = party.Sector, Role = party.Role, Professional = party.Professional };
}
