// What each form of consent must say, and which forms a prohibition of another form closes.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingFormTests
{
    /// <summary>A consent of the general form that says nothing but that it is one.</summary>
    private static readonly ConsentRecord General = MadeLaw.Consent with
    {
        Form = ConsentFormId.Parse("GENERAL"), Items = [], AllItems = true, RecipientSector = null, Purpose = null,
    };

    private static readonly ConsentRecord Bar = MadeLaw.Consent with { Id = "p-1", Type = ConsentType.Prohibition, Form = ConsentFormId.Parse("BAR") };

    [Fact]
    public void AFormThatNeedsToNameNothingOpensUnsaidAndForNothingButWhatItSays()
    {
        Assert.Null(Reason(Asking("GENERAL"), General));
        Assert.Null(Reason(Asking("GENERAL"), General with { RecipientSector = SectorId.Parse("sports"), Purpose = PurposeId.Parse("sports"), Items = DemoWorld.Ids("weight"), AllItems = false }));
        Assert.Equal(ReasonClass.WrongRecipient, Reason(Asking("GENERAL"), General with { RecipientSector = SectorId.Parse("health") }));
        Assert.Equal(ReasonClass.WrongPurpose, Reason(Asking("GENERAL"), General with { Purpose = PurposeId.Parse("care") }));
        Assert.Equal(ReasonClass.NoConsent, Reason(Asking("GENERAL"), General with { Items = DemoWorld.Ids("name"), AllItems = false }));
    }

    [Fact]
    public void ARuleMayAskAGeneralFormToNameItemRecipientAndPurpose()
    {
        var itemised = MadeLaw.Asks("GENERAL") with { Itemised = true };
        var named = General with { RecipientSector = SectorId.Parse("sports"), Purpose = PurposeId.Parse("sports"), Items = DemoWorld.Ids("weight"), AllItems = false };

        Assert.Null(Reason(itemised, named));
        Assert.Equal(ReasonClass.NoConsent, Reason(itemised, General));
        Assert.Equal(ReasonClass.WrongRecipient, Reason(itemised, named with { RecipientSector = null }));
        Assert.Equal(ReasonClass.WrongPurpose, Reason(itemised, named with { Purpose = null }));
    }

    [Fact]
    public void AFormThatTheCatalogueDoesNotKnowMustNameEverything()
    {
        var unknown = ConsentFormId.Parse("UNHEARD-OF");

        Assert.Null(Reason(MadeLaw.Asks(unknown.Value), MadeLaw.Consent with { Form = unknown }));
        Assert.Equal(ReasonClass.NoConsent, Reason(MadeLaw.Asks(unknown.Value), General with { Form = unknown }));
    }

    [Fact]
    public void AProhibitionClosesItsOwnFormAndTheOneItNarrowsAndNoOther()
    {
        Assert.Equal(ReasonClass.Prohibition, Reason(Asking("SECRECY"), MadeLaw.Consent, Bar));
        Assert.Equal(ReasonClass.Prohibition, Reason(Asking("SECRECY"), MadeLaw.Consent, Bar with { Form = ConsentFormId.Parse("SECRECY") }));
        Assert.Null(Reason(Asking("SECRECY"), MadeLaw.Consent, Bar with { Form = ConsentFormId.Parse("OTHER") }));
        Assert.Null(Reason(Asking("SECRECY"), MadeLaw.Consent, Bar with { Form = ConsentFormId.Parse("GENERAL") }));
        Assert.Null(Reason(Asking("GENERAL"), General, Bar));
    }

    [Fact]
    public void WhereARuleAsksForTwoConsentsBothAreCitedAndOneAloneOpensNothing()
    {
        var law = new MadeLaw { Rules = [MadeLaw.Rule with { Consents = [Asking("SECRECY"), Asking("GENERAL")] }] };
        Decision With(params ImmutableArray<ConsentRecord> consents) => law.Decide(state: MadeLaw.Adult with { Consents = consents });

        Assert.Equal(["c-1", "c-2"], Assert.Single(With(General with { Id = "c-2" }, MadeLaw.Consent).Permits).Consents.Select(static consent => consent.Id));
        Assert.True(With(MadeLaw.Consent).DeniesAll);
        Assert.True(With(General).DeniesAll);
    }

    [Fact]
    public void ItemsThatDifferentConsentsNameCiteEachItsOwn()
    {
        var law = new MadeLaw { Rules = [MadeLaw.Rule with { Consents = [Asking("SECRECY")] }] };
        var weight = MadeLaw.Consent with { Id = "c-weight", Items = DemoWorld.Ids("weight") };
        var name = MadeLaw.Consent with { Id = "c-name", Items = DemoWorld.Ids("name") };
        var request = MadeLaw.Request with { Items = DemoWorld.Ids("weight", "name", "name", "weight") };

        var decision = law.Decide(request, MadeLaw.Adult with { Consents = [weight, name] });

        Assert.Equal(["c-weight", "c-name", "c-name", "c-weight"], decision.Permits.Select(static permit => Assert.Single(permit.Consents).Id));
    }

    private static ConsentRequirement Asking(string form) => MadeLaw.Asks(form);

    private static ReasonClass? Reason(ConsentRequirement asked, params ImmutableArray<ConsentRecord> consents) =>
        new MadeLaw { Rules = [MadeLaw.Rule with { Consents = [asked] }] }.Denial(state: MadeLaw.Adult with { Consents = consents })?.Reason;
}
