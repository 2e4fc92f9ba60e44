// Where a school's register comes from.
using System.Collections.Immutable;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.School;

/// <summary>A register as a provider gives it, whole.</summary>
internal sealed record RosterContent(ImmutableArray<OneRosterOrg> Organisations, ImmutableArray<OneRosterUser> Users, ImmutableArray<OneRosterEnrollment> Enrollments)
{
    /// <summary>The last day on which it proves anything; null where the provider is asked each time.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>Gives the whole register: over HTTP, or from the packages of a folder.</summary>
internal interface IRosterSource
{
    /// <summary>The register as it is now.</summary>
    /// <exception cref="NativeFaultException">There is none that can be used.</exception>
    Task<RosterContent> ReadAsync(CancellationToken cancellation);
}
