// The doors that only the gateway uses, and the room's health.
using System.Collections.Immutable;
using Sisote.Doors.Consent;
using Sisote.Doors.Network;
using Sisote.Doors.Outbox;
using Sisote.Doors.Subscriptions;
using static Sisote.Consent.Describing.Door;

namespace Sisote.Consent.Describing;

/// <summary>Rows of <see cref="DoorBook"/>.</summary>
internal static class GatewayDoors
{
    public static ImmutableArray<Door> All { get; } =
    [
        Reads<ClientStateAnswer>("POST /states", "What decides about clients", "invalid-request"),
        Reads<ClientStateRefreshed>("POST /states/refresh", "Which kept states are old"),
        Records<AppendAnswer>("POST /log/append", "Append entries that hold on the state that they were decided on", "invalid-request"),
        Reads<ChangeFeed>("GET /changes", "What changed behind a number", "invalid-request", "changes-gone") with { Query = [("after", "0"), ("wait", "0")] },
        Records<HoldAnswer>("POST /outbox/hold", "Keep an entry until its target takes it", "invalid-request"),
        Records<ArrivedAnswer>("POST /outbox/arrived", "An entry arrived by another call under its key", "invalid-request"),
        Reads<AheadAnswer>("POST /outbox/ahead", "Whether an entry has to wait for another"),
        Records<LeaseAnswer>("POST /outbox/lease", "Take entries to be sent", "invalid-request"),
        Records<BeginAnswer>("POST /outbox/begin", "A taken entry is sent now", "invalid-request"),
        Records<SettleAnswer>("POST /outbox/settle", "What became of a sending", "invalid-request"),
        Reads<OutboxEntry>("GET /outbox/{id}", "One entry of the outbox", "not-found"),
        Records<OutboxEntry>("POST /outbox/{id}/cancel", "Take an entry back", "not-found", "wrong-state"),
        Reads<OutboxList>("GET /outbox", "Entries of the outbox"),
        Records<KeepAnswer>("POST /subscriptions/keep", "Keep a subscription", "invalid-request"),
        Reads<SubscriptionList>("POST /subscriptions/find", "A system's own subscriptions"),
        Records<EndAnswer>("POST /subscriptions/end", "End a subscription for its subscriber"),
        Records<SubscriptionsLeased>("POST /subscriptions/lease", "Take subscriptions to be looked after", "invalid-request"),
        Records<SettledAnswer>("POST /subscriptions/settle", "How far a subscription has come", "invalid-request"),
        Records<NetworkAnswer>("POST /network/indicators/define", "Record a definition of an indicator"),
        Records<NetworkAnswer>("POST /network/indicators/deliver", "Keep an organisation's counts"),
        Records<NetworkAnswer>("POST /network/indicators/publish", "Publish figures of a period"),
        Reads<IndicatorList>("GET /network/indicators", "Definitions of indicators"),
        Reads<IndicatorFigures>("GET /network/indicators/{id}/figures", "Published figures", "invalid-request", "not-found"),
        Records<NetworkAnswer>("POST /network/phenomena/report", "Record a report of a phenomenon"),
        Records<NetworkAnswer>("POST /network/phenomena/escalate", "Take a phenomenon to a group"),
        Records<NetworkAnswer>("POST /network/phenomena/answer", "Record a group's answer"),
        Reads<PhenomenonRows>("GET /network/phenomena", "Phenomena", "invalid-request"),
        Records<NetworkAnswer>("POST /network/statements/ask", "Ask for a statement"),
        Records<NetworkAnswer>("POST /network/statements/answer", "Record the answer"),
        Records<NetworkAnswer>("POST /network/statements/public", "Record the public version"),
        Reads<StatementList>("GET /network/statements", "Statements that an organisation may see", "invalid-request"),
        Reads<NetworkFound>("POST /network/find", "Units, contacts, offers or groups that are valid now"),
        Records<NetworkAnswer>("POST /network/put", "Write a unit, contact or offer of an organisation", "invalid-request"),
        Records<NetworkAnswer>("POST /network/places", "Set the free places of an offer"),
        Records<NetworkAnswer>("POST /network/end", "End a unit, contact or offer"),
        new("GET /health/live", "Whether the process lives", null) { Media = Text },
        new("GET /health/ready", "Whether the room can work", null) { Statuses = [200, 503] },
        new("GET /openapi/{documentName}.json", "This document", null),
    ];
}
