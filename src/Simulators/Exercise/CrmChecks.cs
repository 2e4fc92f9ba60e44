// What the product does not take in.
namespace Sisote.Simulators.Exercise;

/// <summary>Checks of what comes in, with the product's own fault codes. A fault never repeats what was sent beyond a code.</summary>
internal static class CrmChecks
{
    private const int LongestText = 2000;

    /// <summary>The first fault of a referral, or null.</summary>
    public static CrmFault? Fault(IncomingReferral referral)
    {
        if (referral.ExternalReference is not { Length: > 0 and <= 100 })
        {
            return Of("tunniste_puuttuu", "Ulkoinen tunniste puuttuu tai on liian pitkä.");
        }

        if (referral.Person.NationalId.Length != 11 || referral.Person.FamilyName.Length == 0 || referral.Person.GivenNames.Length == 0)
        {
            return Of("henkilo_puutteellinen", "Henkilön tiedot ovat puutteelliset.");
        }

        if (!CrmCodes.Programmes.ContainsKey(referral.Programme))
        {
            return Of("palvelu_tuntematon", "Palvelu on tuntematon.");
        }

        if (referral.Limits.Any(static row => !CrmCodes.Limits.ContainsKey(row.Code)))
        {
            return Of("rajoite_tuntematon", "Rajoite on tuntematon.");
        }

        return referral.Instruction?.Length > LongestText
            ? Of("teksti_liian_pitka", "Ohje on liian pitkä.")
            : referral.Goals.Select(Fault).Concat(referral.Plans.Select(Fault)).FirstOrDefault(static fault => fault is not null);
    }

    /// <summary>The first fault of a step of a referral, or null.</summary>
    public static CrmFault? Fault(ReferralHandling handling) =>
        handling.ReasonCode is { } reason && !CrmCodes.Reasons.ContainsKey(reason) ? Of("syy_tuntematon", "Syy on tuntematon.")
        : handling.Feedback is "" or { Length: > LongestText } ? Of("teksti_liian_pitka", "Palaute on tyhjä tai liian pitkä.")
        : null;

    /// <summary>The first fault of a plan, or null.</summary>
    public static CrmFault? Fault(Plan plan) =>
        plan.Title.Length is 0 or > LongestText || plan.Steps.Any(static step => step.Description.Length is 0 or > LongestText)
            ? Of("suunnitelma_puutteellinen", "Suunnitelman tekstit puuttuvat tai ovat liian pitkiä.")
            : CrmCodes.WorkStates.ContainsKey(plan.State) && plan.Steps.All(static step => CrmCodes.WorkStates.ContainsKey(step.State))
                ? null
                : Of("tila_tuntematon", "Tila on tuntematon.");

    /// <summary>Whether a measurement has a known code in its own unit.</summary>
    public static bool IsKnown(Measurement row) => CrmCodes.Measurements.TryGetValue(row.Code, out var unit) && unit == row.Unit;

    private static CrmFault? Fault(Goal goal)
    {
        if (goal is { Code: null, Description: null or "" } || goal.Description?.Length > LongestText || (goal.Code is { } code && !CrmCodes.Goals.ContainsKey(code)))
        {
            return Of("tavoite_puutteellinen", "Tavoite on tuntematon tai sen kuvaus puuttuu tai on liian pitkä.");
        }

        return CrmCodes.WorkStates.ContainsKey(goal.State) && (goal.Measure is null || CrmCodes.Measurements.ContainsKey(goal.Measure))
            ? null
            : Of("tila_tuntematon", "Tavoitteen tila tai mittari on tuntematon.");
    }

    private static CrmFault Of(string code, string message) => new() { Code = code, Message = message };
}
