// What an assertion must be, beyond its signature (which OpenIddict has checked before).
using Microsoft.IdentityModel.JsonWebTokens;
using Sisote.Doors.Tokens;
using Sisote.Identity.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sisote.Identity.Assertions;

/// <summary>The rules of client assertions (README.md of this room). Pure: no clock, no store.</summary>
internal static class AssertionRules
{
    private const int MaximumIdentifierLength = 128;
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>Judges an assertion whose signature, issuer and subject are those of the client.</summary>
    /// <param name="assertion">The assertion.</param>
    /// <param name="client">Whose it is.</param>
    /// <param name="issuer">The authority's own name.</param>
    /// <param name="requestedScopes">What the client asks for with its own credentials; null where a person's token is fetched.</param>
    /// <param name="now">The time.</param>
    internal static AssertionOutcome Judge(JsonWebToken assertion, RegisteredClient client, string issuer, IReadOnlyCollection<string>? requestedScopes, DateTimeOffset now)
    {
        if (!string.Equals(assertion.Typ, ClientAssertions.TokenType, StringComparison.OrdinalIgnoreCase))
        {
            return NotProven(AssertionReason.WrongType, $"The assertion's header typ must be {ClientAssertions.TokenType}.");
        }

        if (assertion.Audiences.ToArray() is not [var audience] || audience.TrimEnd('/') != issuer.TrimEnd('/'))
        {
            return NotProven(AssertionReason.WrongAudience, "The assertion's aud must be this issuer and nothing else.");
        }

        var end = new DateTimeOffset(DateTime.SpecifyKind(assertion.ValidTo, DateTimeKind.Utc));
        if (end <= now - Skew || end > now + ClientAssertions.Lifetime + Skew)
        {
            return NotProven(AssertionReason.WrongTime, $"The assertion's exp must lie ahead, at most {ClientAssertions.Lifetime.TotalSeconds:0} seconds.");
        }

        if (assertion.Id is not { Length: > 0 and <= MaximumIdentifierLength })
        {
            return NotProven(AssertionReason.NoIdentifier, $"The assertion needs a jti of 1 to {MaximumIdentifierLength} characters.");
        }

        return requestedScopes is null
            ? new AssertionOutcome.Accepted(assertion.Id, end, Business: null)
            : JudgeScope(assertion, client, requestedScopes, end);
    }

    private static AssertionOutcome JudgeScope(JsonWebToken assertion, RegisteredClient client, IReadOnlyCollection<string> requestedScopes, DateTimeOffset end)
    {
        if (requestedScopes.Count != 1 || requestedScopes.First() != client.Scope)
        {
            return new AssertionOutcome.Refused(AssertionReason.WrongScope, Errors.InvalidScope, $"This client can ask for the scope {client.Scope} and nothing else.");
        }

        return client.System is null
            ? new AssertionOutcome.Accepted(assertion.Id, end, Business: null)
            : BusinessContextRules.Judge(assertion, client.System) switch
            {
                BusinessContextOutcome.Accepted accepted => new AssertionOutcome.Accepted(assertion.Id, end, accepted.Business),
                BusinessContextOutcome.Refused refused => new AssertionOutcome.Refused(refused.Reason, refused.Error, refused.Description),
                _ => throw new InvalidOperationException("There is no third outcome."),
            };
    }

    private static AssertionOutcome.Refused NotProven(AssertionReason reason, string description) => new(reason, Errors.InvalidClient, description);
}
