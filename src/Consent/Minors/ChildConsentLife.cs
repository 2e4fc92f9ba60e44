// Guardians give, complete and withdraw consents for a child.
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Minors;

/// <summary>Who asks, for which child, in which call.</summary>
internal sealed record GuardianCall(ClientId Guardian, string Child, string CorrelationId);

/// <summary>
/// Every step asks inside its transaction who is a guardian now and what is open now: what a page showed a moment ago carries nothing. A refusal has one shape, whatever its reason.
/// </summary>
internal sealed class ChildConsentLife(LogWriter writer, GuardianDoor door, GuardianView view, ConsentLife consents)
{
    /// <summary>Gives a consent; where other guardians decide too it is a draft until all gave it. Null = nothing to do here.</summary>
    public Task<(ActingGuardian, ConsentOutcome.Stands)?> GiveAsync(GuardianCall call, GiveConsent terms) => TakeAsync(call, async (transaction, acting) =>
    {
        var giving = new ConsentGiving
        {
            Whose = acting.Child,
            Identifier = acting.Identifier,
            Terms = terms,
            Way = ConsentWay.SignedIn,
            Sources = terms.SourceOrganisations,
            GivenBy = "guardian",
            Guardian = acting.Mark,
            CorrelationId = call.CorrelationId,
        };
        var contexts = view.ContextsOf(Scope(terms));
        var needed = await door.NeededAsync(transaction.Session, acting, contexts, transaction.Now, CancellationToken.None);
        return view.IsOpen(acting, contexts, transaction.Now)
            ? await consents.GiveAsync(transaction, needed.Count > 1 ? giving with { GivenBy = "guardians", Draft = true } : giving)
            : new ConsentOutcome.Absent();
    });

    /// <summary>Adds this guardian's word to a draft. Null = nothing to do here.</summary>
    public Task<(ActingGuardian, ConsentOutcome.Stands)?> ConfirmAsync(GuardianCall call, string id) => TakeAsync(call, async (transaction, acting) =>
        await FindAsync(transaction, acting, id) is { } newest
            ? await consents.ConfirmAsync(transaction, Step(call, acting, id) with
            {
                Guardian = new ActingStep(acting.Mark, await door.NeededAsync(transaction.Session, acting, view.ContextsOf(newest.Record), transaction.Now, CancellationToken.None)),
            })
            : new ConsentOutcome.Absent());

    /// <summary>Withdraws a consent or discards a draft: either of several guardians may. Null = nothing to do here.</summary>
    public Task<(ActingGuardian, ConsentOutcome.Stands)?> WithdrawAsync(GuardianCall call, string id) => TakeAsync(call, async (transaction, acting) =>
        await FindAsync(transaction, acting, id) is not null
            ? await consents.WithdrawAsync(transaction, Step(call, acting, id) with { Guardian = new ActingStep(acting.Mark, new HashSet<string>()) })
            : new ConsentOutcome.Absent());

    private Task<(ActingGuardian, ConsentOutcome.Stands)?> TakeAsync(GuardianCall call, Func<LogTransaction, ActingGuardian, Task<ConsentOutcome>> step) => writer.WriteAsync<(ActingGuardian, ConsentOutcome.Stands)?>(async transaction =>
        await door.FindAsync(transaction.Session, call.Guardian, call.Child, transaction.Now, CancellationToken.None) is { } acting && await step(transaction, acting) is ConsentOutcome.Stands stands
            ? (acting, stands)
            : null);

    /// <summary>The newest version of a consent that the guardian sees.</summary>
    private async Task<ConsentVersion?> FindAsync(LogTransaction transaction, ActingGuardian acting, string id) =>
        await ConsentStore.VersionsAsync(transaction.Session, acting.Child, id, CancellationToken.None) is [.., var newest] && view.Shows(acting, newest.Record, transaction.Now) ? newest : null;

    private static ConsentStep Step(GuardianCall call, ActingGuardian acting, string id) => new(id, ConsentWay.SignedIn, call.CorrelationId) { Whose = acting.Child, SaidBy = "guardian" };

    private static ConsentRecord Scope(GiveConsent terms) => new()
    {
        Id = terms.Id,
        Version = 1,
        Form = terms.Form,
        Type = ConsentType.Permit,
        Status = ConsentStatus.Draft,
        Items = terms.Items,
        RecipientSector = terms.RecipientSector,
        RecipientRole = terms.RecipientRole,
        RecipientOrganisation = terms.RecipientOrganisation,
        Purpose = terms.Purpose,
        From = DateTimeOffset.MinValue,
        GivenBy = "guardian",
    };
}
