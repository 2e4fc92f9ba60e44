// What a FHIR server knows of a client.
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Fhir;

/// <summary>The outcome of looking for a client: nobody, one person, or something that leads to more than one or to somebody who was replaced.</summary>
internal abstract record FhirMatch
{
    /// <summary>No Patient has the code.</summary>
    public sealed record Nobody : FhirMatch;

    /// <summary>Exactly one Patient has it, and no other code.</summary>
    /// <param name="Person">The client.</param>
    public sealed record One(FhirPerson Person) : FhirMatch;

    /// <summary>Two Patients have it, or one has another beside it, or only one that another has replaced: whose data stands there cannot be said.</summary>
    public sealed record Ambiguous : FhirMatch;

    /// <summary>The person, or null for nobody.</summary>
    /// <exception cref="NativeFaultException">It cannot be said who it is.</exception>
    public FhirPerson? Certain() => this switch { One(var person) => person, Nobody => null, _ => throw FhirJson.Unreadable("a client of whom it cannot be said who it is") };
}
