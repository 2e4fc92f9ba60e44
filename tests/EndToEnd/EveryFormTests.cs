// Every form of consent, said at the consent room's doors and seen in the gateway's very next answer.
using System.Text.Json.Nodes;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.EndToEnd.House;

namespace Sisote.Tests.EndToEnd;

public sealed class EveryFormTests(FormHouse house) : IClassFixture<FormHouse>
{
    public static TheoryData<string> Forms => [.. FormFlow.All.Select(static flow => flow.Form)];

    [Theory, MemberData(nameof(Forms))]
    public async Task WhatIsGivenIsSeenInTheNextAnswer(string form)
    {
        var (flow, who) = await BeginAsync(form);

        Assert.Equal(flow.IsProhibition, await IsOpenAsync(flow, who.Who));
        await PutAsync(flow, who);

        Assert.Equal(!flow.IsProhibition, await IsOpenAsync(flow, who.Who));
        Assert.Equal(!flow.IsProhibition && !flow.IsUsedOnce, await IsOpenAsync(flow, who.Who));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task WhatIsWithdrawnIsSeenInTheNextAnswer(string form)
    {
        var (flow, who) = await BeginAsync(form);
        var id = await PutAsync(flow, who);
        Assert.True(flow.IsUsedOnce || await IsOpenAsync(flow, who.Who) != flow.IsProhibition);

        if (flow.IsMirrored)
        {
            await MirrorAsync(flow, who.Who);
        }
        else
        {
            await house.SayAsync($"consents/{id}/withdraw", house.Giver(flow), new RecordWithdrawal { How = "oral", GivenBy = "client" });
        }

        Assert.Equal(flow.IsProhibition, await IsOpenAsync(flow, who.Who));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task WhatHasEndedByItselfIsSeenInTheNextAnswer(string form)
    {
        var (flow, who) = await BeginAsync(form);
        await PutAsync(flow, who, consent => consent with { To = house.Clock.GetUtcNow().AddSeconds(1) });
        Assert.True(flow.IsUsedOnce || await IsOpenAsync(flow, who.Who) != flow.IsProhibition);

        house.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(flow.IsProhibition, await IsOpenAsync(flow, who.Who));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task NoOtherFormStandsInForIt(string form)
    {
        var (flow, who) = await BeginAsync(form);
        foreach (var other in FormFlow.All.Where(other => other.Form != form && !flow.Beside.Contains(ConsentFormId.Parse(other.Form))))
        {
            var consent = Consent(flow, who) with { Form = ConsentFormId.Parse(other.Form), To = house.Clock.GetUtcNow().AddDays(1) };
            var answer = await house.TryAsync("consents", house.Giver(flow), consent);
            Assert.True(answer.Status is 201 or 422, $"{other.Form}: {answer.Status} {answer.Body}");
        }

        if (!flow.IsProhibition)
        {
            var other = flow.Form == "LUPA" ? "KIELTO" : "LUPA";
            await house.SayAsync("clients/consents", house.Inner(InnerSystems.Operator), Telling(who.Who, Mirrored(other, flow, static consent => consent)));
        }

        Assert.Equal(flow.IsProhibition, await IsOpenAsync(flow, who.Who));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task AnotherPersonsCountsForThatPersonAlone(string form)
    {
        var (flow, who) = await BeginAsync(form);
        var (_, other) = await BeginAsync(form);

        await PutAsync(flow, other);

        Assert.Equal(flow.IsProhibition, await IsOpenAsync(flow, who.Who));
        Assert.NotEqual(flow.IsProhibition, await IsOpenAsync(flow, other.Who));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task OneForAnotherRecipientChangesNothingForThisOne(string form)
    {
        var (flow, who) = await BeginAsync(form);

        await PutAsync(flow, who, consent => consent with { RecipientOrganisation = flow.Elsewhere.Organisation });

        Assert.Equal(flow.IsProhibition, await IsOpenAsync(flow, who.Who));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task OnlyTheItemsThatItNamesAreConcerned(string form)
    {
        var (flow, who) = await BeginAsync(form);
        var (named, others) = (flow.Items[0], flow.Items.Skip(1).ToList());

        await PutAsync(flow, who, consent => consent with { Items = [named] });

        Assert.False(await house.IsOpenAsync(flow, who.Who, flow.Items));
        Assert.All(others, other => Assert.Equal(flow.IsProhibition, house.IsOpenAsync(flow, who.Who, other).Result));
        Assert.Equal(!flow.IsProhibition, await house.IsOpenAsync(flow, who.Who, named));
        Assert.True(!flow.IsRead || await house.IsFoundAsync(flow, who.Who)); // a prohibition of one item leaves the others of the same person
    }

    [Fact]
    public async Task AConsentThatCameInAsFhirIsSeenInTheGatewaysNextAnswer()
    {
        var (flow, who) = await BeginAsync("SECRECY");
        var given = await house.SayAsync("consents", house.Giver(flow), Consent(flow, who));
        await house.SayAsync($"consents/{given["consent"]!["consent"]!["id"]}/withdraw", house.Giver(flow), new RecordWithdrawal { How = "oral", GivenBy = "client" });
        var (_, other) = await BeginAsync("SECRECY");
        var told = await house.SayAsync("consents", house.Giver(flow), Consent(flow, other));
        var fhir = (await house.GetAsync($"fhir/Consent/{told["consent"]!["consent"]!["id"]}", house.Giver(flow))).AsObject();
        Assert.False(await IsOpenAsync(flow, who.Who));

        fhir["identifier"]![0]!["value"] = Guid.CreateVersion7().ToString("N");
        foreach (var person in new[] { fhir["patient"]!, fhir["performer"]![0]! })
        {
            person["identifier"] = new JsonObject { ["system"] = Hetu.System, ["value"] = who.Who };
        }

        await house.SayAsync("fhir/Consent", house.Giver(flow), fhir);

        Assert.True(await IsOpenAsync(flow, who.Who));
    }

    [Fact]
    public void TheDocumentationNamesTheRuleAndDirectionOfEachForm()
    {
        var text = Documents.Text("docs/consents.md");

        Assert.Equal(FormFlow.Catalogue.ConsentForms.Keys.Select(static id => id.Value).Order(StringComparer.Ordinal), FormFlow.All.Select(static flow => flow.Form).Order(StringComparer.Ordinal));
        Assert.All(FormFlow.All, flow => Assert.Contains($"| `{flow.Form}` | {flow.RuleId} | {flow.Rule.Direction.ToString().ToLowerInvariant()} | {flow.FromRole} | {flow.ToRole} |", text, StringComparison.Ordinal));
    }

    /// <summary>Whether everything that the flow names is open: by the gateway's decision, and where the form opens reads, by what a read in FHIR brings.</summary>
    private async Task<bool> IsOpenAsync(FormFlow flow, string who)
    {
        var isOpen = await house.IsOpenAsync(flow, who, flow.Items);
        Assert.True(!flow.IsRead || isOpen == await house.IsFoundAsync(flow, who));
        return isOpen;
    }

    /// <summary>A client with everything that the rule asks for but the form in question; of a prohibition, with what it closes.</summary>
    private async Task<(FormFlow Flow, (string Who, string Case) Who)> BeginAsync(string form)
    {
        var flow = FormFlow.All.Single(flow => flow.Form == form);
        var who = await house.SomebodyAsync(flow);
        if (flow.IsProhibition)
        {
            await MirrorAsync(flow, who.Who);
        }

        foreach (var beside in flow.Beside)
        {
            await house.SayAsync("consents", house.Giver(flow), Consent(flow, who) with { Form = beside });
        }

        return (flow, who);
    }

    /// <summary>Puts a consent of the flow's form on record; its identifier.</summary>
    private async Task<string> PutAsync(FormFlow flow, (string Who, string Case) who, Func<RecordConsent, RecordConsent>? change = null)
    {
        var consent = change?.Invoke(Consent(flow, who)) ?? Consent(flow, who);
        if (!flow.IsMirrored)
        {
            await house.SayAsync("consents", house.Giver(flow), consent);
            return consent.Id;
        }

        await MirrorAsync(flow, who.Who, Mirrored(flow.Form, flow, _ => consent));
        return "kanta:" + flow.Form;
    }

    /// <summary>Tells the whole state of the other register: for a prohibition, what it closes stands beside it.</summary>
    private Task<JsonNode> MirrorAsync(FormFlow flow, string who, params MirroredConsent[] consents) => house.SayAsync(
        "clients/consents",
        house.Inner(InnerSystems.Operator),
        Telling(who, [.. consents, .. flow.IsProhibition ? [Mirrored(flow.Kind.Narrows!.Value.Value, flow, static consent => consent)] : Array.Empty<MirroredConsent>()]));

    private MirrorConsents Telling(string who, params MirroredConsent[] consents)
    {
        house.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return new MirrorConsents { Source = "kanta", AsOf = house.Clock.GetUtcNow(), Identifier = who, Consents = [.. consents] };
    }

    private MirroredConsent Mirrored(string form, FormFlow flow, Func<RecordConsent, RecordConsent> change)
    {
        var consent = change(Consent(flow, (RunningSisote.Nobody, string.Empty)));
        return new MirroredConsent
        {
            Id = form,
            Form = ConsentFormId.Parse(form),
            Items = consent.Items,
            RecipientSector = consent.RecipientSector,
            RecipientOrganisation = consent.RecipientOrganisation,
            Purpose = consent.Purpose,
            From = house.Clock.GetUtcNow(),
            To = consent.To,
        };
    }

    private RecordConsent Consent(FormFlow flow, (string Who, string Case) who) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Identifier = who.Who,
        Form = ConsentFormId.Parse(flow.Form),
        Items = flow.Items,
        RecipientSector = flow.ToSector,
        RecipientOrganisation = flow.To.Organisation,
        Purpose = flow.Purpose,
        To = flow.Kind.Validity == "service-period" ? house.Clock.GetUtcNow().AddDays(30) : null,
        Case = flow.Kind.Validity == "case" ? who.Case : null,
        TextLanguage = "fi",
        TextVersion = "lomake-1",
        How = "paper",
        Reference = "kansio 4",
        GivenBy = "client",
    };
}
