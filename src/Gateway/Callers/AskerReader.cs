// Checks that the one who calls is registered for this call.
using System.Collections.Immutable;
using Sisote.Doors.Contexts;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Answers;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Callers;

/// <summary>The asker, or why not.</summary>
internal abstract record AskerReading
{
    private AskerReading()
    {
    }

    internal sealed record Known(Asker Asker) : AskerReading;

    /// <summary>Not served, and for which system.</summary>
    internal sealed record Refused(Refusal Refusal, SystemId? Caller) : AskerReading;
}

/// <summary>Reads the asker from the token, the address and the <c>Sisote-Context</c> header. Whatever the authority let pass is checked again: any issuer may stand behind it.</summary>
internal sealed class AskerReader(Deployment deployment)
{
    internal AskerReading Read(HttpContext context, string otherSystem)
    {
        if (context.GetCaller() is not Caller.System { Business: { PurposeOfUse: [var purpose] } business } caller
            || deployment.FindSystem(caller.Id) is not { } system
            || !SystemId.TryParse(otherSystem, out var otherId) || deployment.FindSystem(otherId) is not { Adapter: not null } other
            || business.OrganisationId != system.Organisation || !system.Roles.Contains(business.SubjectRole) || !system.Purposes.Contains(purpose))
        {
            return new AskerReading.Refused(Refusal.NotConnected, (context.GetCaller() as Caller.System)?.Id);
        }

        if (SisoteContext.Read(context.Request.Headers[SisoteContext.Header]) is not ContextReading.Read { Context: var stated })
        {
            return new AskerReading.Refused(Refusal.ContextMalformed, system.Id);
        }

        return ReadAttestations(stated, system) is { } attestations
            ? new AskerReading.Known(new Asker { System = system, Business = business, Purpose = purpose, Other = other, Attestations = attestations })
            : new AskerReading.Refused(Refusal.ContextMalformed, system.Id);
    }

    /// <summary>A flag that is false states nothing. What is stated stands in the log as it is, so it names nobody by national identifier. A caller is believed as a checking system only in what it is registered to check.</summary>
    private static ImmutableArray<Attestation>? ReadAttestations(SisoteContext stated, SystemEntry system)
    {
        var attestations = ImmutableArray.CreateBuilder<Attestation>();
        foreach (var (key, value) in stated.Entries.Where(static entry => entry.Value is not ContextValue.Flag { Value: false }))
        {
            if (!ConditionId.TryParse(key, out var condition) || Hetu.IsIn(value.Text))
            {
                return null;
            }

            attestations.Add(new Attestation { Condition = condition, Reference = value is ContextValue.Flag ? null : value.Text, BySystem = system.Attests.Contains(condition) });
        }

        return attestations.ToImmutable();
    }
}
