// A delivery as a FHIR server will get it.
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sisote.Adapters.Fhir;

/// <summary>One resource of a delivery.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Json">The resource in the server's codes; its subject is still open.</param>
/// <param name="Name">By what name the others of the delivery refer to it.</param>
/// <param name="Mark">The identifier by which it is found again: key and place of the delivery.</param>
internal sealed record FhirDraftPart(string Type, JsonObject Json, string Name, string Mark);

/// <summary>A delivery.</summary>
/// <param name="Parts">The resources; those of the entry first, in its order, then the task of a referral.</param>
/// <param name="Digest">What the entry says, in short.</param>
internal sealed record FhirDraft(ImmutableArray<FhirDraftPart> Parts, string Digest)
{
    /// <summary>Identifier system of the marks.</summary>
    public const string MarkSystem = "https://sisote.example/fhir/sid/delivery-part";

    /// <summary>Code system of the digest in <c>meta.tag</c>.</summary>
    public const string DigestSystem = "https://sisote.example/fhir/sid/delivery-digest";
}
