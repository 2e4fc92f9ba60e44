// What a source system answers: closed sets, so that nothing unexpected passes as data.
using System.Collections.Immutable;
using Hl7.Fhir.Model;

namespace Sisote.Adapters.Sources;

/// <summary>What a search gave.</summary>
internal abstract record SearchOutcome
{
    private SearchOutcome()
    {
    }

    /// <summary>These, possibly none.</summary>
    internal sealed record Found(ImmutableArray<Resource> Resources) : SearchOutcome;

    /// <summary>The system cannot search so (over all clients). One that has no such type has found none.</summary>
    internal sealed record NotSupported : SearchOutcome;

    /// <summary>The system cannot be reached or answered something unreadable.</summary>
    internal sealed record Unavailable : SearchOutcome;
}

/// <summary>What a read gave.</summary>
internal abstract record ReadOutcome
{
    private ReadOutcome()
    {
    }

    /// <summary>This resource.</summary>
    internal sealed record Found(Resource Resource) : ReadOutcome;

    /// <summary>Nothing of this type and id.</summary>
    internal sealed record NotThere : ReadOutcome;

    /// <summary>The system cannot be reached or answered something unreadable.</summary>
    internal sealed record Unavailable : ReadOutcome;
}

/// <summary>What became of an entry.</summary>
internal abstract record CreateOutcome
{
    private CreateOutcome()
    {
    }

    /// <summary>The system took it; one id for each resource of the entry, in its order.</summary>
    internal sealed record Created(ImmutableArray<string> Ids) : CreateOutcome;

    /// <summary>The system, or the adapter before it, will not take this entry; sending it again changes nothing.</summary>
    /// <param name="Reason">Plain words for the sender, without any value of the entry.</param>
    internal sealed record Refused(string Reason) : CreateOutcome;

    /// <summary>The system cannot be reached, and nothing was sent.</summary>
    internal sealed record Unavailable : CreateOutcome;

    /// <summary>It was sent and not answered: whether it arrived is unknown, and the same key may be sent again.</summary>
    internal sealed record Unknown : CreateOutcome;
}

/// <summary>What became of a step of a task.</summary>
internal abstract record ChangeOutcome
{
    private ChangeOutcome()
    {
    }

    /// <summary>The system took it; the task's version after it.</summary>
    internal sealed record Changed(string Version) : ChangeOutcome;

    /// <summary>The task has another version than the step starts from.</summary>
    internal sealed record Stale : ChangeOutcome;

    /// <summary>The system knows no such step from where the task stands.</summary>
    internal sealed record Impossible : ChangeOutcome;

    /// <summary>The system, or the adapter before it, does not take what the step says.</summary>
    /// <param name="Reason">Plain words for the sender, without any value of the step.</param>
    internal sealed record Refused(string Reason) : ChangeOutcome;

    /// <summary>No such task of this client.</summary>
    internal sealed record NotThere : ChangeOutcome;

    /// <summary>The system cannot be reached, and nothing was sent.</summary>
    internal sealed record Unavailable : ChangeOutcome;

    /// <summary>It was sent and not answered: the same key may be sent again.</summary>
    internal sealed record Unknown : ChangeOutcome;
}
