// A consent that becomes narrower is a withdrawal of a part.
using System.Collections.Immutable;
using System.Net.Http.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Consents;

public sealed class NarrowingTests(PostgresFixture postgres)
{
    private static readonly ConsentFlow Flow = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoHoldsWhatAConsentNoLongerNamesIsToldToStopUsingThatAndNothingElse(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var command = SignedIn(Flow.Consent(who));
        await room.GiveAsync(who.Reveal(), command);
        var state = (await room.StateAsync(who.Reveal())).State;
        await room.AppendAsync(Disclosing(room, Flow, state, [Flow.Items[0]], handle: "kept"));
        await room.AppendAsync(Disclosing(room, Flow, state, [Flow.Items[1]], handle: "dropped"));
        var receiver = room.Person(PersonKind.Professional, Flow.To.Organisation!.Value.Value, "receiver", Flow.To.Role.Value);

        await room.GiveAsync(who.Reveal(), command with { Changes = true, Items = [Flow.Items[0]] });
        var narrowed = await NoticesAsync(receiver);
        await room.GiveAsync(who.Reveal(), command with { Changes = true, Items = [Flow.Items[0]], To = room.Clock.GetUtcNow().AddDays(3) });
        var shortened = await NoticesAsync(receiver);

        var notice = narrowed.Single();
        Assert.Equal([Flow.Items[1]], notice.Items);
        Assert.Equal(["Patient/dropped"], notice.Resources);
        Assert.Single(shortened);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task APurposeOrRecipientThatFallsAwayIsToldForAllThatWasReceived(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        var command = SignedIn(Flow.Consent(who));
        await room.GiveAsync(who.Reveal(), command);
        await room.AppendAsync(Disclosing(room, Flow, (await room.StateAsync(who.Reveal())).State, [Flow.Items[0]]));
        var receiver = room.Person(PersonKind.Professional, Flow.To.Organisation!.Value.Value, "receiver", Flow.To.Role.Value);

        await room.GiveAsync(who.Reveal(), command with { Changes = true, RecipientPerson = ProfessionalId.Parse("somebody-else") });

        Assert.Equal([Flow.Items[0]], (await NoticesAsync(receiver)).Single().Items);
    }

    [Fact]
    public async Task APermissionThatTheOtherRegisterTellsNarrowerIsToldToo()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (flow, who) = (WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "LUPA"), Some.Person(1));
        var permission = new MirroredConsent { Id = "lupa", Form = flow.Form.Id, AllItems = true, From = room.Clock.GetUtcNow() };
        await room.MirrorAsync(who, permission);
        await room.AppendAsync(Disclosing(room, flow, (await room.StateAsync(who.Reveal())).State, [flow.Items[0], flow.Items[1]]));
        var receiver = room.Person(PersonKind.Professional, flow.To.Organisation!.Value.Value, "receiver", flow.To.Role.Value);

        await room.MirrorAsync(who, permission with { AllItems = false, Items = [.. flow.Items.Where(item => item != flow.Items[1])] });

        Assert.Equal([flow.Items[1]], (await NoticesAsync(receiver)).Single().Items);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AMessageOfTheSameInstantMayCloseButNeverOpen(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var (flow, who) = (WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "LUPA"), Some.Person(1));
        var permission = new MirroredConsent { Id = "lupa", Form = flow.Form.Id, AllItems = true, From = room.Clock.GetUtcNow().AddDays(-500) };
        var prohibition = new MirroredConsent { Id = "kielto", Form = ConsentFormId.Parse("KIELTO"), Items = [flow.Items[^1]], From = room.Clock.GetUtcNow().AddDays(-400) };
        var first = new MirrorConsents { Source = "kanta", AsOf = room.Clock.GetUtcNow(), Identifier = who.Reveal(), Consents = [permission] };
        var second = first with { Consents = [permission, prohibition] };

        using var begun = await TellAsync(room, first);
        using var repeated = await TellAsync(room, first);
        using var forbidden = await TellAsync(room, second);
        using var retried = await TellAsync(room, first);
        using var again = await TellAsync(room, second);
        using var narrower = await TellAsync(room, second with { Consents = [permission, prohibition with { Items = [flow.Items[0]] }] });

        Assert.Equal((1, 0), ((await begun.ReadAsync<ConsentsMirrored>()).Begun, (await repeated.ReadAsync<ConsentsMirrored>()).Begun));
        Assert.Equal((1, 0), ((await forbidden.ReadAsync<ConsentsMirrored>()).Begun, (await again.ReadAsync<ConsentsMirrored>()).Begun));
        Assert.Equal(("mirror-outdated", "mirror-outdated"), (await retried.SlugAsync(), await narrower.SlugAsync()));
        Assert.Equal(ReasonClass.Prohibition, (await room.LookAsync(flow, who)).Single(look => look.Item == flow.Items[^1]).Missing);
    }

    [Fact]
    public async Task AProhibitionTowardsAnUnknownOrganisationIsNotTakenInAsIfItClosedSomething()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (flow, who) = (WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "LUPA"), Some.Person(1));
        var prohibition = new MirroredConsent { Id = "kielto", Form = ConsentFormId.Parse("KIELTO"), Items = [flow.Items[0]], From = room.Clock.GetUtcNow(), RecipientOrganisation = OrganisationId.Parse("1.2.246.10.1") };
        var message = new MirrorConsents { Source = "kanta", AsOf = room.Clock.GetUtcNow(), Identifier = who.Reveal(), Consents = [prohibition] };

        using var refused = await TellAsync(room, message);
        using var known = await TellAsync(room, message with { Consents = [prohibition with { RecipientOrganisation = flow.To.Organisation }] });

        Assert.Equal("consent-not-in-law", await refused.SlugAsync());
        Assert.Equal(1, (await known.ReadAsync<ConsentsMirrored>()).Begun);
    }

    /// <summary>What a client signed in would say with the same terms.</summary>
    internal static GiveConsent SignedIn(RecordConsent consent) => new()
    {
        Id = Some.Id(),
        Form = consent.Form,
        Items = consent.Items,
        RecipientSector = consent.RecipientSector,
        RecipientOrganisation = consent.RecipientOrganisation,
        Purpose = consent.Purpose,
        TextLanguage = consent.TextLanguage,
        TextVersion = consent.TextVersion,
    };

    /// <summary>A disclosure of some items on the strength of all consents that the state has.</summary>
    internal static AppendItem Disclosing(OpenRoom room, ConsentFlow flow, ConsentState state, ImmutableArray<DataItemId> items, string? from = null, string handle = "handle-1") => new()
    {
        Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()) with
        {
            From = Party(flow.From) with { Organisation = from is null ? flow.From.Organisation : OrganisationId.Parse(from) },
            To = Party(flow.To),
            Catalogue = WholeLaw.Catalogue.Version,
            Items = [.. items.Select(item => new LogItem { Item = item, Released = true, Rule = flow.Rule.Id, Consents = [.. state.Consents.Select(static consent => new ConsentReference { Id = consent.Id, Version = consent.Version, Form = consent.Form })] })],
            Resources = [new LogResource { Type = "Patient", Handle = handle }],
        },
        Expect = new AppendExpectation { ClientRevision = state.Revision, AgreementsRevision = state.AgreementsRevision, Catalogue = WholeLaw.Catalogue.Version },
    };

    internal static async Task<IReadOnlyList<ConsentNotice>> NoticesAsync(HttpClient caller)
    {
        using var answer = await caller.GetAsync("/notices");
        return (await answer.ReadAsync<ConsentNotices>()).Notices;
    }

    private static Task<HttpResponseMessage> TellAsync(OpenRoom room, MirrorConsents message) => room.Operator.PostAsJsonAsync("/clients/consents", message, SisoteJson.Options);

    private static LogParty Party(Party party) => new() { Organisation = party.Organisation, System = party.System, Sector = party.Sector, Role = party.Role, Professional = party.Professional };
}
