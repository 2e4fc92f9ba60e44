// Finds the consents that a rule asks for, or says how near the nearest comes.
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>The consents found, or why not. The memory is used again for the next item and the next request.</summary>
internal sealed class ConsentFinding
{
    /// <summary>The consents that the flow rests on; what stands here says nothing where one is missing.</summary>
    internal List<ConsentRecord> Used { get; } = [];

    /// <summary>Why one is missing; null = none is.</summary>
    internal ReasonClass? Missing { get; private set; }

    internal bool Covers(DataItemId item)
    {
        foreach (var consent in Used)
        {
            if (consent.AllItems || consent.Items.AsSpan().Contains(item))
            {
                return true;
            }
        }

        return false;
    }

    internal void Clear()
    {
        Used.Clear();
        Missing = null;
    }

    internal void Miss(ReasonClass reason) => Missing = reason;
}

/// <summary>
/// Forms never stand in for one another. A prohibition of the same form, or of a form that narrows it, wins over any permit while it is in force,
/// whichever came first: the client opens again by withdrawing it.
/// </summary>
internal static class ConsentSearch
{
    /// <summary>Finds what a flow asks for an item, given which consents name it, into a finding that is clear.</summary>
    internal static void Find(Flow flow, ReadOnlySpan<bool> named, in Circumstances circumstances, ConsentFinding finding, ref Holding holding)
    {
        foreach (var requirement in flow.Consents)
        {
            if (IsForbidden(requirement, named, circumstances, ref holding))
            {
                finding.Miss(ReasonClass.Prohibition);
                return;
            }

            if (!requirement.Objectable && Collect(requirement, named, circumstances, finding, ref holding) is { } missing)
            {
                finding.Miss(missing);
                return;
            }
        }
    }

    private static bool IsForbidden(Requirement requirement, ReadOnlySpan<bool> named, in Circumstances circumstances, ref Holding holding)
    {
        var consents = circumstances.State.Consents;
        for (var index = 0; index < consents.Length; index++)
        {
            var prohibition = consents[index];
            if (prohibition.Type == ConsentType.Permit || prohibition.Status is ConsentStatus.Draft or ConsentStatus.Withdrawn or ConsentStatus.Superseded
                || !requirement.ClosedBy.Contains(prohibition.Form) || !Touches(prohibition, named[index], circumstances))
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

    /// <summary>A prohibition reaches as far as it leaves unsaid.</summary>
    private static bool Touches(ConsentRecord prohibition, bool namesItem, in Circumstances circumstances)
    {
        var to = circumstances.Request.To;
        return (namesItem || prohibition.AllItems || prohibition.Items.IsDefaultOrEmpty)
            && (prohibition.RecipientSector is null || prohibition.RecipientSector == to.Sector)
            && (prohibition.RecipientRole is null || prohibition.RecipientRole == to.Role)
            && (prohibition.RecipientOrganisation is null || to.Organisation is null || prohibition.RecipientOrganisation == to.Organisation)
            && (prohibition.RecipientSystem is null || to.System is null || prohibition.RecipientSystem == to.System)
            && (prohibition.RecipientPerson is null || to.Professional is null || prohibition.RecipientPerson == to.Professional)
            && (prohibition.Purpose is null || prohibition.Purpose == circumstances.Request.Purpose);
    }

    private static ReasonClass? Collect(
        Requirement requirement, ReadOnlySpan<bool> named, in Circumstances circumstances, ConsentFinding finding, ref Holding holding)
    {
        var needed = MinorsConsent.Needed(requirement, circumstances, ref holding);
        var nearest = Step.Nothing;
        ConsentRecord? byClient = null;
        ConsentRecord? byGuardian = null;
        for (var index = 0; index < named.Length; index++)
        {
            var consent = circumstances.State.Consents[index];
            var giver = MinorsConsent.GiverOf(consent);
            var step = Judge(consent, requirement, named[index], giver, needed, circumstances);
            if (step != Step.Found)
            {
                nearest = step > nearest ? step : nearest;
            }
            else
            {
                byClient = (giver & Givers.Client) != 0 ? Longer(byClient, consent) : byClient;
                byGuardian = (giver & Givers.Guardian) != 0 ? Longer(byGuardian, consent) : byGuardian;
            }
        }

        return Take(needed, byClient, byGuardian, ReasonOf(nearest), finding, ref holding);
    }

    private static ReasonClass? Take(
        Givers needed, ConsentRecord? byClient, ConsentRecord? byGuardian, ReasonClass nearest, ConsentFinding finding, ref Holding holding)
    {
        switch (needed)
        {
            case Givers.Both when byClient is not null && byGuardian is not null:
                Use(byClient, finding, ref holding);
                if (byGuardian != byClient)
                {
                    Use(byGuardian, finding, ref holding);
                }

                return null;
            case Givers.Both when byClient is not null || byGuardian is not null:
                return ReasonClass.Guardian;
            case Givers.Client or Givers.Either when byClient is not null:
                Use(byClient, finding, ref holding);
                return null;
            case Givers.Guardian or Givers.Either when byGuardian is not null:
                Use(byGuardian, finding, ref holding);
                return null;
            default:
                return nearest;
        }
    }

    private static void Use(ConsentRecord consent, ConsentFinding finding, ref Holding holding)
    {
        finding.Used.Add(consent);
        holding.EndsAt(consent.To);
    }

    private static ConsentRecord Longer(ConsentRecord? one, ConsentRecord other) =>
        one is null || Lasting.IsLonger(other.To, other.Id, one.To, one.Id) ? other : one;

    /// <summary>How far a consent comes; the later the step at which it fails, the nearer it is.</summary>
    private static Step Judge(ConsentRecord consent, Requirement requirement, bool namesItem, Givers giver, Givers needed, in Circumstances circumstances)
    {
        if (consent.Type != ConsentType.Permit || !(namesItem || (consent.AllItems && (!requirement.Itemised || consent.Form != requirement.Form))))
        {
            return Step.Nothing;
        }

        if (consent.Form != requirement.Form)
        {
            return Step.Form;
        }

        if (!NamesSource(consent, circumstances.Request.From.Organisation) || !NamesRecipient(consent, requirement.Itemised, circumstances))
        {
            return Step.Recipient;
        }

        if (consent.Purpose is null ? requirement.Itemised : consent.Purpose != circumstances.Request.Purpose)
        {
            return Step.Purpose;
        }

        if (requirement.Written && !consent.Written)
        {
            return Step.Form;
        }

        return Untimely(consent, circumstances.At) is { } step ? step
            : (needed & giver) == Givers.Nobody && (needed != Givers.Either || giver == Givers.Nobody) ? Step.Giver
            : Step.Found;
    }

    private static bool NamesSource(ConsentRecord consent, OrganisationId? source) =>
        consent.SourceOrganisations is not { } sources || (source is { } holder && sources.Contains(holder));

    private static bool NamesRecipient(ConsentRecord consent, bool itemised, in Circumstances circumstances)
    {
        var to = circumstances.Request.To;
        return (consent.RecipientSector is null ? !itemised : consent.RecipientSector == to.Sector)
            && (consent.RecipientRole is null || consent.RecipientRole == to.Role)
            && (consent.RecipientOrganisation is null || consent.RecipientOrganisation == to.Organisation)
            && (consent.RecipientSystem is null || consent.RecipientSystem == to.System)
            && (consent.RecipientPerson is null || consent.RecipientPerson == to.Professional);
    }

    /// <summary>Status word and dates must both hold.</summary>
    private static Step? Untimely(ConsentRecord consent, DateTimeOffset at) => consent switch
    {
        { Status: ConsentStatus.Withdrawn } => Step.Withdrawn,
        { Status: not (ConsentStatus.Active or ConsentStatus.Expired) } => Step.NotGiven,
        _ when consent.From > at => Step.NotYetValid,
        _ when consent.To < at => Step.Expired,
        { Status: ConsentStatus.Expired } => Step.Expired,
        _ => null,
    };

    private static ReasonClass ReasonOf(Step step) => step switch
    {
        Step.Form => ReasonClass.WrongForm,
        Step.Recipient => ReasonClass.WrongRecipient,
        Step.Purpose => ReasonClass.WrongPurpose,
        Step.NotYetValid => ReasonClass.NotYetValid,
        Step.Expired => ReasonClass.Expired,
        Step.Withdrawn => ReasonClass.Withdrawn,
        Step.Giver => ReasonClass.Guardian,
        _ => ReasonClass.NoConsent,
    };

    /// <summary>In this order: of several consents that fail, the last step tells the reason, so that the order on record does not matter.</summary>
    private enum Step
    {
        Nothing,
        Form,
        Recipient,
        Purpose,
        NotGiven,
        NotYetValid,
        Expired,
        Withdrawn,
        Giver,
        Found,
    }
}
