// What can happen in a scenario, and what is expected of it.
using System.Text.Json.Nodes;
using Sisote.Policy.Ids;

namespace Sisote.Host.Tour.Cases;

/// <summary>One step.</summary>
internal abstract record ScenarioStep
{
    /// <summary>What happens, in a sentence.</summary>
    internal string Title { get; init; } = string.Empty;

    /// <summary>Whether it shows something that must not happen.</summary>
    internal bool IsNegative { get; init; }

    /// <summary>What must come out.</summary>
    internal Expectation Expect { get; init; } = new();
}

/// <summary>What must come out of a step. What is left out is not looked at.</summary>
internal sealed record Expectation
{
    /// <summary>Whether the answer must be yes; null where the step asks nothing.</summary>
    internal bool? Permitted { get; init; }

    /// <summary>The items released, exactly, by the log.</summary>
    internal IReadOnlyList<string>? Released { get; init; }

    /// <summary>Rules that the log must name.</summary>
    internal IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Reason class in the log by item that stayed.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Reasons { get; init; } = [];

    /// <summary>Words that the answer must hold.</summary>
    internal IReadOnlyList<string> Present { get; init; } = [];

    /// <summary>Words that the answer must not hold anywhere.</summary>
    internal IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>What the log must have recorded beside decisions, by kind or outcome.</summary>
    internal string? Logged { get; init; }

    /// <summary>The problem with which a command must be refused.</summary>
    internal string? Refused { get; init; }
}

/// <summary>Asks the gateway's AuthZEN door for a decision on data that a system moves itself; the permit is the disclosure on record.</summary>
internal sealed record AskStep(ScenarioActor Actor, PurposeId? Purpose, string Direction, IReadOnlyList<string> Items, ScenarioClient? Client, SystemId Other, IReadOnlyList<KeyValuePair<string, string>> States, string Channel, string? OnBehalfOf) : ScenarioStep;

/// <summary>Reads a client's resources out of another system through the gateway.</summary>
internal sealed record ReadStep(ScenarioActor Actor, PurposeId? Purpose, SystemId Source, IReadOnlyList<string> Types, ScenarioClient Client, IReadOnlyList<KeyValuePair<string, string>> States) : ScenarioStep;

/// <summary>Puts something on record at the consent service: a consent, a relationship, a decision, an agreement. The actor is null for the operator.</summary>
internal sealed record SayStep(ScenarioActor? Actor, PurposeId? Purpose, string Path, JsonObject Body, string Told) : ScenarioStep
{
    /// <summary>Whether it only looks.</summary>
    internal bool IsQuestion { get; init; }
}

/// <summary>Reads or writes directory, offers, groups and what else is about nobody. The actor is null for the operator, who calls the consent service.</summary>
internal sealed record NetworkStep(ScenarioActor? Actor, PurposeId? Purpose, HttpMethod Method, string Path, string Told, JsonNode? Body) : ScenarioStep;

/// <summary>A professional declines what waits about a client for a decision of the own organisation.</summary>
internal sealed record DeclineStep(ScenarioActor Actor, PurposeId? Purpose, ScenarioClient Client, string Reason) : ScenarioStep;

/// <summary>A professional accepts a client's referral on the portal's work list.</summary>
internal sealed record AcceptStep(string Person, string Family) : ScenarioStep;

/// <summary>Somebody uses a sector system's own screen; nothing of Sisote is involved on that side.</summary>
internal sealed record NativeStep(SystemId System, string User, bool IsPost, string Path, IReadOnlyList<KeyValuePair<string, string>> Form) : ScenarioStep;

/// <summary>Somebody opens a page of the portal and follows links by their text; null for the person = a visitor who does not sign in.</summary>
internal sealed record PageStep(string? Person, string Path, IReadOnlyList<string> Follow) : ScenarioStep;

/// <summary>Runs a command on the law.</summary>
internal sealed record CommandStep(IReadOnlyList<string> Arguments) : ScenarioStep;

/// <summary>Reads the deployment file with something added to it, as a start would.</summary>
internal sealed record LoadStep(string Addition) : ScenarioStep;

/// <summary>Waits until the register of a connected system has been told to the consent service.</summary>
internal sealed record WaitStep(SystemId System) : ScenarioStep;

/// <summary>A client, by the id of <c>persons.yaml</c>.</summary>
internal sealed record ScenarioClient(string Id, string Hetu);
