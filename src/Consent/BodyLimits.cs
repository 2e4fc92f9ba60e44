// How large a message to a door of this room may be.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace Sisote.Consent;

/// <summary>
/// Persons and connected systems say codes, identifiers and short texts: what is larger than a door of theirs can need is refused before it is read. The rooms of the house bring batches, and the FHIR doors have a
/// limit of their own.
/// </summary>
internal static class BodyLimits
{
    /// <summary>The largest message, in bytes.</summary>
    public const int Largest = 256 * 1024;

    private static readonly AuthorizationPolicy[] Rooms =
        [Admission.Gateway, Admission.FactTellers, Admission.Adapters, Admission.Followers, Admission.Operator, Admission.GatewayOrOperator];

    /// <summary>Limits every door that is not for the rooms of the house alone.</summary>
    public static RouteGroupBuilder AddBodyLimits(this RouteGroupBuilder doors)
    {
        ((IEndpointConventionBuilder)doors).Finally(static door =>
        {
            if (!door.Metadata.OfType<AuthorizationPolicy>().Any(Rooms.Contains) && !(door is RouteEndpointBuilder { RoutePattern.RawText: { } place } && place.StartsWith("/fhir", StringComparison.Ordinal)))
            {
                door.Metadata.Add(new BodyLimit(Largest));
            }
        });
        return doors;
    }

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
