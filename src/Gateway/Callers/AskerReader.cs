// Checks that the one who calls is registered for this call.
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sisote.Doors.Contexts;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Answers;
using Sisote.Policy.Catalogues;
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

/// <summary>A calling system whose token says only what it is registered for.</summary>
internal sealed record Registered(SystemEntry System, BusinessContext Business, PurposeId Purpose);

/// <summary>Reads the asker from the token, the address and the <c>Sisote-Context</c> header. Whatever the authority let pass is checked again: any issuer may stand behind it.</summary>
/// <remarks>Nothing but these three goes into it, so of a token that is kept the last asker is kept with it.</remarks>
internal sealed class AskerReader(Deployment deployment, LegalCatalogue catalogue)
{
    private readonly ConditionalWeakTable<CallerIdentity, Last> last = [];

    internal AskerReading Read(HttpContext context, string otherSystem)
    {
        if (context.User.Identity is not CallerIdentity identity || context.Request.Headers[SisoteContext.Header] is not [{ } stated])
        {
            return ReadAnew(context, otherSystem);
        }

        if (last.TryGetValue(identity, out var kept) && kept.OtherSystem == otherSystem && kept.Stated == stated)
        {
            return kept.Reading;
        }

        var reading = ReadAnew(context, otherSystem);
        if (reading is AskerReading.Known)
        {
            last.AddOrUpdate(identity, new Last(otherSystem, stated, reading));
        }

        return reading;
    }

    private AskerReading ReadAnew(HttpContext context, string otherSystem)
    {
        if (Recognise(context.GetCaller()) is not { } caller
            || !SystemId.TryParse(otherSystem, out var otherId) || deployment.FindSystem(otherId) is not { Adapter: not null } other)
        {
            return new AskerReading.Refused(Refusal.NotConnected, (context.GetCaller() as Caller.System)?.Id);
        }

        if (SisoteContext.Read(context.Request.Headers[SisoteContext.Header]) is not ContextReading.Read { Context: var stated })
        {
            return new AskerReading.Refused(Refusal.ContextMalformed, caller.System.Id);
        }

        var statements = stated.Entries.Where(static entry => entry.Value is not ContextValue.Flag { Value: false })
            .Select(static entry => (entry.Key, entry.Value is ContextValue.Flag ? null : entry.Value.Text));
        return Attest(statements, caller.System) is not { } attestations ? new AskerReading.Refused(Refusal.ContextMalformed, caller.System.Id)
            : attestations.FirstOrDefault(one => !catalogue.Conditions.ContainsKey(one.Condition)) is { } unknown ? new AskerReading.Refused(Refusal.ContextUnknown(unknown.Condition), caller.System.Id)
            : new AskerReading.Known(new Asker { System = caller.System, Business = caller.Business, Purpose = caller.Purpose, Other = other, Attestations = attestations });
    }

    /// <summary>The caller, if it is registered for the organisation, role and one purpose that its token states.</summary>
    internal Registered? Recognise(Caller caller) =>
        caller is Caller.System { Business: { PurposeOfUse: [var purpose] } business } known
        && deployment.FindSystem(known.Id) is { } system
        && business.OrganisationId == system.Organisation && system.Roles.Contains(business.SubjectRole) && system.Purposes.Contains(purpose)
            ? new Registered(system, business, purpose)
            : null;

    /// <summary>What a caller states, each with its reference or none; null where one cannot be taken. It stands in the log as it is, so it names nobody by national identifier. A caller is believed as a checking system only in what it is registered to check.</summary>
    internal static ImmutableArray<Attestation>? Attest(IEnumerable<(string Condition, string? Reference)> statements, SystemEntry system)
    {
        var attestations = ImmutableArray.CreateBuilder<Attestation>();
        foreach (var (key, reference) in statements)
        {
            if (!ConditionId.TryParse(key, out var condition) || Hetu.IsIn(key) || (reference is not null && Hetu.IsIn(reference)))
            {
                return null;
            }

            attestations.Add(new Attestation { Condition = condition, Reference = reference, BySystem = system.Attests.Contains(condition) });
        }

        return attestations.ToImmutable();
    }

    private sealed record Last(string OtherSystem, string Stated, AskerReading Reading);
}
