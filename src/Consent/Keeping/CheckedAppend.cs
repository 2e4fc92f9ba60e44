// An entry of the gateway that may stand in line for the log.
using Sisote.Consent.Clients;
using Sisote.Consent.Relationships;
using Sisote.Doors.Consent;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.States;

namespace Sisote.Consent.Keeping;

/// <summary>An append that is well formed, sealed before it waits.</summary>
internal sealed record CheckedAppend
{
    private static readonly LogEntryKind[] KindsOfGateway =
        [LogEntryKind.Disclosure, LogEntryKind.Use, LogEntryKind.Refusal, LogEntryKind.WriteIntent, LogEntryKind.WriteOutcome];

    public required AppendItem Item { get; init; }

    public required SealedRecord Sealed { get; init; }

    public Hetu? Identifier { get; init; }

    /// <summary>Checks an append; the field at fault where it is not well formed.</summary>
    public static (CheckedAppend? Append, string? Fault) Check(AppendItem item, ClientKeys keys)
    {
        var entry = item.Entry;
        if (Fault(item) is { } fault)
        {
            return (null, fault);
        }

        Hetu? identifier = Hetu.TryParse(item.ClientIdentifier, out var hetu) ? hetu : null;
        if (item.ClientIdentifier is not null && (identifier is null || entry.Client is not { } client || keys.KeyOf(hetu) != client))
        {
            return (null, "clientIdentifier");
        }

        // INVARIANT: what is kept as inputs is what the record commits to.
        if (item.Inputs is { } inputs && (entry is not { Inputs: { } commitment, Client: { } whose } || keys.CommitTo(whose, inputs) != commitment || !DecisionInputs.TryRead(inputs, out var read) || read.State.Client != whose))
        {
            return (null, "inputs");
        }

        try
        {
            return (new CheckedAppend { Item = item, Sealed = SealedRecord.Of(entry), Identifier = identifier }, null);
        }
        catch (FormatException)
        {
            return (null, "entry");
        }
    }

    private static string? Fault(AppendItem item) => item switch
    {
        { Entry.Id: var id } when !FreshId.IsWithOrWithoutDashes(id) => "entry.id",
        { Entry.Client: { IsKnown: false } } => "entry.client",
        { Entry.Kind: var kind } when !KindsOfGateway.Contains(kind) => "entry.kind",
        { Entry.Outcome.Length: 0 or > 64 } => "entry.outcome",
        { Together.Length: 0 or > 64 } => "together",

        // INVARIANT: nothing that releases or sends is ever recorded without the state it rests on.
        { Expect: null, Entry: var entry } when entry.Kind is not (LogEntryKind.Refusal or LogEntryKind.WriteOutcome) || entry.Items.Any(static shown => shown.Released) && entry.Kind == LogEntryKind.Refusal => "expect",
        { Begins: not null, Entry.Client: null } => "begins",
        { Entry: { Inputs: not null, Client: null } } => "entry.inputs",
        { Begins: { } begins } when !IsCode(begins.Id) || !IsCode(begins.Kind) || begins.Status is not (RelationshipStatus.Requested or RelationshipStatus.Active) => "begins",

        // INVARIANT: a relationship moves with what was delivered, and by a side of it.
        { Moves: { } moves, Entry: var entry } when entry is not { Kind: LogEntryKind.WriteOutcome, Client: not null } || !IsCode(moves.Id) || RelationshipStep.Find(moves.Step) is null
            || (moves.Organisation != entry.From?.Organisation && moves.Organisation != entry.To?.Organisation) => "moves",
        _ => null,
    };

    private static bool IsCode(string text) => SystemId.TryParse(text, out _);
}
