// What a record became.
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sisote.Adapters.Mapping;

/// <summary>One record, mapped. With a fault nothing of it may be used.</summary>
/// <param name="Resources">The resources as FHIR JSON.</param>
/// <param name="Faults">Paths of the mapping and what is wrong there; never a value.</param>
/// <param name="Unmapped">Fields that the mapping does not know. Their names are the product's: they may be anything, so they are shown to the integrator and never logged.</param>
/// <param name="Withheld">How many resources or parts were left out because a table withholds their code.</param>
internal sealed record MappedRecord(ImmutableArray<JsonObject> Resources, ImmutableArray<string> Faults, ImmutableArray<string> Unmapped, int Withheld);

/// <summary>A client whom a lookup found.</summary>
/// <param name="Id">The product's own number.</param>
/// <param name="Code">The personal identity code.</param>
internal sealed record KnownClient(string Id, Policy.Ids.Hetu Code);
