// Who may stand behind a system's call.
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sisote.Identity.Assertions;

/// <summary>Reads <c>extensions.hl7-b2b</c> of an assertion and compares it with what the system is registered for.</summary>
internal static class BusinessContextRules
{
    private const int MaximumNameLength = 200;
    private const int MaximumPurposes = 10;
    private const string Place = $"{BusinessContext.Claim}.{BusinessContext.Name}";

    internal static BusinessContextOutcome Judge(JsonWebToken assertion, SystemEntry system)
    {
        if (Find(assertion) is not { } found)
        {
            return Refuse(AssertionReason.NoBusinessContext, Errors.InvalidRequest, $"The assertion needs {Place}: version, subject_id, subject_role, organization_id, purpose_of_use.");
        }

        var missing = new[] { "subject_id", "subject_role", "organization_id", "purpose_of_use" }.Where(name => !found.TryGetProperty(name, out _)).ToArray();
        if (missing.Length > 0)
        {
            return Refuse(AssertionReason.NoBusinessContext, Errors.InvalidRequest, $"{Place} lacks {string.Join(", ", missing)}.");
        }

        return Read(found) is { } business && IsWellFormed(business)
            ? Compare(business, system)
            : Refuse(AssertionReason.MalformedBusinessContext, Errors.InvalidRequest,
                $"{Place} is malformed: version 1; ids and codes of 1 to 64 letters, digits, hyphens, underscores or dots; subject_id never a national identifier; subject_name of at most {MaximumNameLength} characters; 1 to {MaximumPurposes} different purposes; no other members.");
    }

    private static JsonElement? Find(JsonWebToken assertion) =>
        assertion.TryGetPayloadValue<JsonElement>(BusinessContext.Claim, out var extensions)
        && extensions.ValueKind == JsonValueKind.Object
        && extensions.TryGetProperty(BusinessContext.Name, out var context)
        && context.ValueKind == JsonValueKind.Object
            ? context
            : null;

    private static BusinessContext? Read(JsonElement context)
    {
        try
        {
            return context.Deserialize<BusinessContext>(SisoteJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWellFormed(BusinessContext business) =>
        business.Version == "1"
        && !Hetu.TryParse(business.SubjectId.Value, out _)
        && business.SubjectName is null or { Length: > 0 and <= MaximumNameLength }
        && business.SubjectName?.Any(char.IsControl) != true
        && business.PurposeOfUse is { IsDefault: false, Length: > 0 and <= MaximumPurposes }
        && business.PurposeOfUse.Distinct().Count() == business.PurposeOfUse.Length;

    private static BusinessContextOutcome Compare(BusinessContext business, SystemEntry system)
    {
        if (business.OrganisationId != system.Organisation)
        {
            return NotRegistered("organization_id is not the organisation of this system.");
        }

        if (!system.Roles.Contains(business.SubjectRole))
        {
            return NotRegistered("subject_role is not registered for this system.");
        }

        return business.PurposeOfUse.All(purpose => system.Purposes.Contains(purpose))
            ? new BusinessContextOutcome.Accepted(business)
            : NotRegistered("purpose_of_use holds a purpose that is not registered for this system.");
    }

    private static BusinessContextOutcome.Refused NotRegistered(string description) => Refuse(AssertionReason.NotRegistered, Errors.InvalidScope, description);

    private static BusinessContextOutcome.Refused Refuse(AssertionReason reason, string error, string description) => new(reason, error, description);
}

internal abstract record BusinessContextOutcome
{
    private BusinessContextOutcome()
    {
    }

    internal sealed record Accepted(BusinessContext Business) : BusinessContextOutcome;

    internal sealed record Refused(AssertionReason Reason, string Error, string Description) : BusinessContextOutcome;
}
