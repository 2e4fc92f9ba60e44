// A simple reference of how consents of one client live: what a lawyer would keep on paper.
using System.Collections.Immutable;
using System.Globalization;

namespace Sisote.Tests.Consent.Consents;

/// <summary>A command at one of the doors: what, on which of the client's consents, with which items, and whether it ends soon.</summary>
internal sealed record Command(CommandKind Kind, int Consent, int Items, bool Ends);

internal enum CommandKind
{
    Give,
    GiveChange,
    Record,
    RecordChange,
    Draft,
    Confirm,
    ConfirmSignedIn,
    Withdraw,
    RecordWithdrawal,
}

/// <summary>One consent of the model.</summary>
/// <param name="Steps">What happened, in order.</param>
/// <param name="Status">The newest version's status word.</param>
/// <param name="Items">Its items.</param>
/// <param name="Ends">Its end.</param>
/// <param name="How">How it was said.</param>
/// <param name="RecordedNow">Whether the newest version is one that the organisation recorded.</param>
/// <param name="RecordedEver">Whether any was.</param>
/// <param name="WithdrawnBy">Who withdrew it before a professional.</param>
internal sealed record ModelConsent(ImmutableArray<string> Steps, string Status, int Items, DateTimeOffset? Ends, string How, bool RecordedNow, bool RecordedEver, string? WithdrawnBy = null)
{
    public bool InForce(DateTimeOffset now) => Status == "active" && !(Ends < now);

    public ModelConsent After(string step, string status) => this with { Steps = Steps.Add(step), Status = status };

    public string Show(DateTimeOffset now) =>
        $"{string.Join(',', Steps)} {(Status == "active" && Ends < now ? "expired" : Status)} {Items.ToString(CultureInfo.InvariantCulture)} {How}";
}

/// <summary>All consents of one client, and what the doors answer.</summary>
internal sealed record ConsentModel(ImmutableSortedDictionary<int, ModelConsent> Consents)
{
    public static readonly ConsentModel Empty = new(ImmutableSortedDictionary<int, ModelConsent>.Empty);

    public int Versions => Consents.Values.Sum(static consent => consent.Steps.Length);

    public string Show(DateTimeOffset now) => string.Join("; ", Consents.Select(pair => $"{pair.Key}: {pair.Value.Show(now)}"));

    /// <summary>The state after a command, and the status code of its answer.</summary>
    public (ConsentModel After, int Code) Do(Command command, DateTimeOffset now) => command.Kind switch
    {
        CommandKind.Give => Say(command, now, "given", "active", "signed-in", recorded: false, changes: false),
        CommandKind.GiveChange => Say(command, now, "changed", "active", "signed-in", recorded: false, changes: true),
        CommandKind.Record => Say(command, now, "given", "active", "oral", recorded: true, changes: false),
        CommandKind.RecordChange => Say(command, now, "changed", "active", "oral", recorded: true, changes: true),
        CommandKind.Draft => Say(command, now, "drafted", "draft", "oral", recorded: true, changes: false),
        CommandKind.Confirm => Confirm(command, now, "oral", recorder: true),
        CommandKind.ConfirmSignedIn => Confirm(command, now, "signed-in", recorder: false),
        CommandKind.Withdraw => Withdraw(command, "signed-in", recorder: false),
        _ => Withdraw(command, "oral", recorder: true),
    };

    private (ConsentModel, int) Say(Command command, DateTimeOffset now, string step, string status, string how, bool recorded, bool changes)
    {
        var ends = command.Ends ? now.AddHours(1) : (DateTimeOffset?)null;
        if (Consents.GetValueOrDefault(command.Consent) is not { } before)
        {
            return changes ? (this, 404) : (Put(command, new ModelConsent([step], status, command.Items, ends, how, recorded, recorded)), 201);
        }

        if ((before.Status, before.Items, before.Ends, before.How, before.RecordedNow, before.WithdrawnBy) == (status, command.Items, ends, how, recorded, null))
        {
            return (this, 200);
        }

        return (changes, recorded && !before.RecordedNow, before.InForce(now)) switch
        {
            (false, _, _) => (this, 409),
            (true, true, _) => (this, 404),
            (true, false, false) => (this, 409),
            _ => (Put(command, before.After(step, status) with { Items = command.Items, Ends = ends, How = how, RecordedNow = recorded, RecordedEver = before.RecordedEver || recorded }), 201),
        };
    }

    private (ConsentModel, int) Confirm(Command command, DateTimeOffset now, string how, bool recorder)
    {
        if (Consents.GetValueOrDefault(command.Consent) is not { } before || (recorder && !before.RecordedEver))
        {
            return (this, 404);
        }

        return before.Status != "draft" ? (this, before.Steps[^1] == "given" && before.How == how ? 200 : 409)
            : before.Ends < now ? (this, 409)
            : (Put(command, before.After("given", "active") with { How = how }), 201);
    }

    private (ConsentModel, int) Withdraw(Command command, string how, bool recorder)
    {
        if (Consents.GetValueOrDefault(command.Consent) is not { } before || (recorder && !before.RecordedEver))
        {
            return (this, 404);
        }

        return before.Status == "withdrawn" ? (this, 200)
            : (Put(command, before.After(before.Status == "draft" ? "discarded" : "withdrawn", "withdrawn") with { How = how, WithdrawnBy = recorder ? "client" : null }), 200);
    }

    private ConsentModel Put(Command command, ModelConsent consent) => this with { Consents = Consents.SetItem(command.Consent, consent) };
}
