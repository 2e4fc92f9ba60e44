// Finds the consents that a rule asks for, or says how near the nearest comes.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>The consents found, or why not.</summary>
internal readonly record struct ConsentFinding(ImmutableArray<ConsentRecord> Used, ReasonClass? Missing)
{
    internal bool Covers(DataItemId item)
    {
        foreach (var consent in Used.IsDefault ? [] : Used)
        {
            if (consent.AllItems || consent.Items.Contains(item))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>
/// Forms never stand in for one another. A prohibition of the same form, or of a form that narrows it, wins over any permit while it is in force,
/// whichever came first: the client opens again by withdrawing it.
/// </summary>
internal static class ConsentSearch
{
    internal static ConsentFinding Find(Flow flow, DataItemId item, Circumstances circumstances, ref Holding holding)
    {
        if (flow.Rule.Consents.IsEmpty)
        {
            return new ConsentFinding([], null);
        }

        var used = ImmutableArray.CreateBuilder<ConsentRecord>(flow.Rule.Consents.Length);
        foreach (var requirement in flow.Rule.Consents)
        {
            if (IsForbidden(requirement, item, circumstances, ref holding))
            {
                return new ConsentFinding([], ReasonClass.Prohibition);
            }

            if (!requirement.Objectable && Collect(requirement, item, circumstances, used, ref holding) is { } missing)
            {
                return new ConsentFinding([], missing);
            }
        }

        return new ConsentFinding(used.DrainToImmutable(), null);
    }

    private static bool IsForbidden(ConsentRequirement requirement, DataItemId item, Circumstances circumstances, ref Holding holding)
    {
        foreach (var prohibition in circumstances.State.Consents)
        {
            if (prohibition.Type != ConsentType.Prohibition || prohibition.Status is not (ConsentStatus.Active or ConsentStatus.Expired)
                || !Closes(prohibition, requirement.Form, circumstances.Catalogue) || !Touches(prohibition, item, circumstances))
            {
                continue;
            }

            if (prohibition.From > circumstances.At)
            {
                holding.EndsAt(prohibition.From.AddTicks(-1));
            }
            else if (prohibition.To is null || circumstances.At <= prohibition.To)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Closes(ConsentRecord prohibition, ConsentFormId form, LegalCatalogue catalogue) =>
        prohibition.Form == form || (catalogue.ConsentForms.TryGetValue(prohibition.Form, out var closing) && closing.Narrows == form);

    /// <summary>A prohibition reaches as far as it leaves unsaid.</summary>
    private static bool Touches(ConsentRecord prohibition, DataItemId item, Circumstances circumstances)
    {
        var to = circumstances.Request.To;
        return (prohibition.AllItems || prohibition.Items.IsDefaultOrEmpty || prohibition.Items.Contains(item))
            && (prohibition.RecipientSector is null || prohibition.RecipientSector == to.Sector)
            && (prohibition.RecipientRole is null || prohibition.RecipientRole == to.Role)
            && (prohibition.RecipientOrganisation is null || to.Organisation is null || prohibition.RecipientOrganisation == to.Organisation)
            && (prohibition.RecipientPerson is null || to.Professional is null || prohibition.RecipientPerson == to.Professional)
            && (prohibition.Purpose is null || prohibition.Purpose == circumstances.Request.Purpose);
    }

    private static ReasonClass? Collect(
        ConsentRequirement requirement, DataItemId item, Circumstances circumstances, ImmutableArray<ConsentRecord>.Builder used, ref Holding holding)
    {
        var needed = MinorsConsent.Needed(requirement, circumstances, ref holding);
        var nearest = (Step: Step.Nothing, Reason: ReasonClass.NoConsent);
        ConsentRecord? byClient = null;
        ConsentRecord? byGuardian = null;
        foreach (var consent in circumstances.State.Consents)
        {
            var giver = MinorsConsent.GiverOf(consent);
            var (step, reason) = Judge(consent, requirement, item, giver, needed, circumstances);
            if (step != Step.Found)
            {
                nearest = step > nearest.Step ? (step, reason) : nearest;
            }
            else
            {
                byClient = giver.HasFlag(Givers.Client) ? Longer(byClient, consent) : byClient;
                byGuardian = giver.HasFlag(Givers.Guardian) ? Longer(byGuardian, consent) : byGuardian;
            }
        }

        return Take(needed, byClient, byGuardian, nearest.Reason, used, ref holding);
    }

    private static ReasonClass? Take(
        Givers needed, ConsentRecord? byClient, ConsentRecord? byGuardian, ReasonClass nearest, ImmutableArray<ConsentRecord>.Builder used, ref Holding holding)
    {
        switch (needed)
        {
            case Givers.Both when byClient is not null && byGuardian is not null:
                Use(byClient, used, ref holding);
                if (byGuardian != byClient)
                {
                    Use(byGuardian, used, ref holding);
                }

                return null;
            case Givers.Both when byClient is not null || byGuardian is not null:
                return ReasonClass.Guardian;
            case Givers.Client or Givers.Either when byClient is not null:
                Use(byClient, used, ref holding);
                return null;
            case Givers.Guardian or Givers.Either when byGuardian is not null:
                Use(byGuardian, used, ref holding);
                return null;
            default:
                return nearest;
        }
    }

    private static void Use(ConsentRecord consent, ImmutableArray<ConsentRecord>.Builder used, ref Holding holding)
    {
        used.Add(consent);
        holding.EndsAt(consent.To);
    }

    private static ConsentRecord Longer(ConsentRecord? one, ConsentRecord other)
    {
        var difference = (other.To ?? DateTimeOffset.MaxValue).CompareTo(one?.To ?? DateTimeOffset.MaxValue);
        return one is null || difference > 0 || (difference == 0 && string.CompareOrdinal(other.Id, one.Id) < 0) ? other : one;
    }

    /// <summary>How far a consent comes; the later the step at which it fails, the nearer it is.</summary>
    private static (Step Step, ReasonClass Reason) Judge(
        ConsentRecord consent, ConsentRequirement requirement, DataItemId item, Givers giver, Givers needed, Circumstances circumstances)
    {
        var form = circumstances.Catalogue.ConsentForms.GetValueOrDefault(requirement.Form);
        var itemised = requirement.Itemised || form is null || form.Itemised;
        if (consent.Type != ConsentType.Permit || !(consent.Items.Contains(item) || (consent.AllItems && (!itemised || consent.Form != requirement.Form))))
        {
            return (Step.Nothing, ReasonClass.NoConsent);
        }

        if (consent.Form != requirement.Form)
        {
            return (Step.Form, ReasonClass.WrongForm);
        }

        if (!NamesRecipient(consent, itemised, circumstances))
        {
            return (Step.Recipient, ReasonClass.WrongRecipient);
        }

        if (consent.Purpose is null ? itemised : consent.Purpose != circumstances.Request.Purpose)
        {
            return (Step.Purpose, ReasonClass.WrongPurpose);
        }

        if (form?.Written == true && !consent.Written)
        {
            return (Step.Form, ReasonClass.WrongForm);
        }

        return InForce(consent, circumstances.At) is { } reason ? (Step.Time, reason)
            : (needed & giver) == Givers.Nobody && (needed != Givers.Either || giver == Givers.Nobody) ? (Step.Giver, ReasonClass.Guardian)
            : (Step.Found, default);
    }

    private static bool NamesRecipient(ConsentRecord consent, bool itemised, Circumstances circumstances)
    {
        var to = circumstances.Request.To;
        return (consent.RecipientSector is null ? !itemised : consent.RecipientSector == to.Sector)
            && (consent.RecipientRole is null || consent.RecipientRole == to.Role)
            && (consent.RecipientOrganisation is null || consent.RecipientOrganisation == to.Organisation)
            && (consent.RecipientPerson is null || consent.RecipientPerson == to.Professional);
    }

    /// <summary>Status word and dates must both hold.</summary>
    private static ReasonClass? InForce(ConsentRecord consent, DateTimeOffset at) => consent switch
    {
        { Status: ConsentStatus.Withdrawn } => ReasonClass.Withdrawn,
        { Status: ConsentStatus.Draft or ConsentStatus.Superseded } => ReasonClass.NoConsent,
        _ when consent.From > at => ReasonClass.NotYetValid,
        _ when consent.To < at => ReasonClass.Expired,
        { Status: ConsentStatus.Expired } => ReasonClass.Expired,
        _ => null,
    };

    private enum Step
    {
        Nothing,
        Form,
        Recipient,
        Purpose,
        Time,
        Giver,
        Found,
    }
}
