// Adding one's word to a consent that waits for it, or withdrawing one: one page with what it does, one press.
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Consent;
using Sisote.Portal.Backends;
using Sisote.Portal.Consents;
using Sisote.Portal.Keeping;

namespace Sisote.Portal.Pages;

internal sealed class ChildConsentStepModel(ConsentApi consent, SealedStore store) : GuardianPage(consent)
{
    public ChildConsent One { get; private set; } = null!;

    public bool Withdraws { get; private set; }

    public async Task<IActionResult> OnGetAsync(string child, string id, string step, CancellationToken cancellation)
    {
        if (await FindChildAsync(child, cancellation) is { } ended)
        {
            return ended;
        }

        var answer = await Consent.GetConsentsOfAsync(Child, cancellation);
        if (answer is not Answer<ChildConsents>.Ok { Value: var all })
        {
            return Nothing(answer);
        }

        Withdraws = step == "withdraw";
        One = all.Consents.FirstOrDefault(each => each.Id == id)!;
        return One switch
        {
            null => Redirect(NothingAddress),
            { MayWithdraw: true } when Withdraws => Page(),
            { MayGive: true } when !Withdraws => Page(),
            _ => Redirect($"{Place}/consents"),
        };
    }

    public async Task<IActionResult> OnPostAsync(string child, string id, string step, CancellationToken cancellation)
    {
        if (await FindChildAsync(child, cancellation) is { } ended)
        {
            return ended;
        }

        var answer = await Consent.StepForAsync(Child, id, step == "withdraw", cancellation);
        if (answer is not Answer<ChildConsentAnswer>.Ok { Value: var done })
        {
            return Nothing(answer);
        }

        var receipt = SealedStore.NewId();
        await store.PutAsync(Person.Subject, ChildReceipt.Kind, receipt, new ChildReceipt(Child.Id, done), cancellation);
        return Redirect($"{Place}/consents/receipt/{receipt}");
    }
}
