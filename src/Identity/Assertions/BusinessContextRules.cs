// Who may stand behind a system's call.
using System.Globalization;
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

        return Shapes.FirstOrDefault(shape => found.TryGetProperty(shape.Member, out var value) && !shape.Holds(value)) is { Member: not null } wrong
            ? Refuse(AssertionReason.MalformedBusinessContext, Errors.InvalidRequest, $"{Place}: {wrong.Member} must be {wrong.Rule}.")
            : Read(found) is { } business
                ? Compare(business, system)
                : Refuse(AssertionReason.MalformedBusinessContext, Errors.InvalidRequest, $"{Place} holds another member than {string.Join(", ", Shapes.Select(static shape => shape.Member))}, or one twice.");
    }

    private const string CodeRule = "1 to 64 letters, digits, hyphens, underscores or dots";

    private static readonly (string Member, string Rule, Func<JsonElement, bool> Holds)[] Shapes =
    [
        ("version", "the text 1", static value => Text(value) == "1"),
        ("subject_id", CodeRule + ", and never a national identifier", static value => ProfessionalId.TryParse(Text(value), out var id) && !Hetu.TryParse(id.Value, out _)),
        ("subject_name", string.Create(CultureInfo.InvariantCulture, $"a text of 1 to {MaximumNameLength} characters without line breaks"), static value => value.ValueKind == JsonValueKind.Null || (Text(value) is { Length: > 0 and <= MaximumNameLength } name && !name.Any(char.IsControl))),
        ("subject_role", CodeRule, static value => RoleId.TryParse(Text(value), out _)),
        ("organization_id", CodeRule, static value => OrganisationId.TryParse(Text(value), out _)),
        ("purpose_of_use", string.Create(CultureInfo.InvariantCulture, $"a list (JSON array) of 1 to {MaximumPurposes} different codes"), static value => IsPurposes(value)),
    ];

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsPurposes(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        && value.EnumerateArray().Select(Text).ToArray() is { Length: > 0 and <= MaximumPurposes } codes
        && codes.All(static code => PurposeId.TryParse(code, out _))
        && codes.Distinct(StringComparer.Ordinal).Count() == codes.Length;

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

    private static BusinessContextOutcome Compare(BusinessContext business, SystemEntry system)
    {
        if (business.OrganisationId != system.Organisation)
        {
            return NotRegistered($"organization_id is not the organisation of this system, which is {system.Organisation}.");
        }

        if (!system.Roles.Contains(business.SubjectRole))
        {
            return NotRegistered($"subject_role is not registered for this system. Registered: {string.Join(", ", system.Roles)}.");
        }

        return business.PurposeOfUse.All(purpose => system.Purposes.Contains(purpose))
            ? new BusinessContextOutcome.Accepted(business)
            : NotRegistered($"purpose_of_use holds a purpose that is not registered for this system. Registered: {string.Join(", ", system.Purposes)}.");
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
