// What of a deployment decides.
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Replaying;

/// <summary>Rules switched off and access classes of roles: all of a deployment that the decision point reads. Names and addresses of systems are not in it, so moving a system changes no version.</summary>
/// <remarks>What a system may attest decides too, but at the door: the record of a call says of each attestation whether it was believed.</remarks>
public sealed record DeploymentNarrowing
{
    /// <summary>Rules that this installation does not use, sorted.</summary>
    public required ImmutableArray<RuleId> RulesOff { get; init; }

    /// <summary>Access classes, sorted, their items too.</summary>
    public required ImmutableArray<RoleScope> RoleScopes { get; init; }

    /// <summary>The narrowing of a deployment, in the one order that does not depend on the file's.</summary>
    public static DeploymentNarrowing Of(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        return new DeploymentNarrowing
        {
            RulesOff = [.. deployment.RulesOff.Distinct().OrderBy(static rule => rule.Value, StringComparer.Ordinal)],
            RoleScopes =
            [
                .. deployment.RoleScopes
                    .Select(static scope => scope with { Items = [.. scope.Items.Distinct().OrderBy(static item => item.Value, StringComparer.Ordinal)] })
                    .OrderBy(static scope => scope.Role.Value, StringComparer.Ordinal)
                    .ThenBy(static scope => scope.Organisation?.Value, StringComparer.Ordinal)
                    .ThenBy(static scope => string.Join(' ', scope.Items), StringComparer.Ordinal),
            ],
        };
    }

    /// <summary>A deployment that narrows like this and has nothing else.</summary>
    public Deployment ToDeployment() => new() { Organisations = [], Systems = [], RulesOff = RulesOff, RoleScopes = RoleScopes };

    /// <summary>The bytes whose digest is the version.</summary>
    public byte[] ToArray() => JsonSerializer.SerializeToUtf8Bytes(this, ReplayJson.Options);

    /// <summary>The version.</summary>
    public DeploymentVersion Version() => DeploymentVersion.Parse(Convert.ToHexStringLower(SHA256.HashData(ToArray())));

    /// <summary>Reads bytes of <see cref="ToArray"/>; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DeploymentNarrowing? narrowing)
    {
        try
        {
            narrowing = JsonSerializer.Deserialize<DeploymentNarrowing>(bytes, ReplayJson.Options);
        }
        catch (JsonException)
        {
            narrowing = null;
        }

        return narrowing is not null;
    }
}
