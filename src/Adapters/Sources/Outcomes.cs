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

    /// <summary>The system has no such type or cannot search so (for example over all clients).</summary>
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
