// The real catalogue with one organisation and system for each of its sectors, and what each rule that asks for consent needs.
using System.Collections.Immutable;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Tests.Consent.Consents;

/// <summary>A flow that asks for a consent of one form: the first pair of the first rule that does.</summary>
internal sealed record ConsentFlow(ConsentForm Form, DisclosureRule Rule, RulePair Pair)
{
    public ImmutableArray<DataItemId> Items => Pair.Items.IsDefaultOrEmpty ? Rule.Items : Pair.Items;

    public Party From => Party(Pair.From.Sector, Pair.From.Roles[0], "giver");

    public Party To => Party(Pair.To.Sector, Pair.To.Roles[0], "receiver");

    public AccessRequest Request => new() { From = From, To = To, Direction = Rule.Direction, Purpose = Rule.Purpose, Items = Items };

    public override string ToString() => $"{Form.Id} {Rule.Id}";

    private static Party Party(SectorId sector, RoleId role, string professional) =>
        new() { Sector = sector, Role = role, Organisation = WholeLaw.OrganisationOf(sector), System = WholeLaw.SystemOf(sector), Professional = ProfessionalId.Parse(professional) };
}

internal static class WholeLaw
{
    public static readonly LegalCatalogue Catalogue = Assert.IsType<CatalogueReading.Loaded>(CatalogueReader.ReadEmbedded()).Catalogue;

    public static readonly Deployment Deployment = new()
    {
        Organisations = [.. Catalogue.Sectors.Keys.Select(static sector => new OrganisationEntry { Id = OrganisationOf(sector), Name = Label(sector.Value), Kind = "test" })],
        Systems = [.. Catalogue.Sectors.Keys.Select(static sector => new SystemEntry
        {
            Id = SystemOf(sector),
            Organisation = OrganisationOf(sector),
            Sector = sector,
            ActsAs = RolesOf(sector).First(),
            Roles = [.. RolesOf(sector)],
            Name = Label(sector.Value),
            Adapter = new AdapterEntry { Kind = "patient-record" },
        }).Where(static system => system.Roles.Length > 0)],
    };

    private static readonly PolicyDecisionPoint Point = new(Catalogue, Deployment);

    public static (LegalCatalogue, Deployment)? Law => (Catalogue, Deployment);

    /// <summary>One flow for each form that opens.</summary>
    public static IReadOnlyList<ConsentFlow> Flows { get; } =
    [
        .. from form in Catalogue.ConsentForms.Values
           where form.Narrows is null
           orderby form.Id.Value
           let rule = Catalogue.Rules.Values.Where(rule => rule.Enabled && rule.ValidFrom is null).OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)
               .First(rule => rule.Consents.Any(asked => asked.Form == form.Id && !asked.Objectable))
           select new ConsentFlow(form, rule, rule.Pairs[0]),
    ];

    public static OrganisationId OrganisationOf(SectorId sector) => OrganisationId.Parse("org-" + sector.Value);

    public static SystemId SystemOf(SectorId sector) => SystemId.Parse("sys-" + sector.Value);

    public static RecordConsent Consent(this ConsentFlow flow, Hetu who, string how = "paper") => new()
    {
        Id = Some.Id(),
        Identifier = who.Reveal(),
        Form = flow.Form.Id,
        Items = flow.Items,
        RecipientSector = flow.To.Sector,
        RecipientOrganisation = flow.To.Organisation!.Value,
        Purpose = flow.Rule.Purpose!.Value,
        To = null,
        TextLanguage = "fi",
        TextVersion = "form-1",
        How = how,
        Reference = how == "paper" ? "arkisto 2026/17" : null,
        GivenBy = "client",
    };

    /// <summary>The professional on the giving side.</summary>
    public static HttpClient Giver(this OpenRoom room, ConsentFlow flow) =>
        room.Person(PersonKind.Professional, flow.From.Organisation!.Value.Value, "giver", flow.From.Role.Value);

    public static Task<HttpResponseMessage> RecordAsync(this OpenRoom room, ConsentFlow flow, RecordConsent consent) => room.Giver(flow).PostAsJsonAsync("/consents", consent, SisoteJson.Options);

    /// <summary>Consents that other registers keep are mirrored, the others recorded; forms that last as long as a case get one.</summary>
    public static async Task<string> PutOnRecordAsync(this OpenRoom room, ConsentFlow flow, Hetu who, Func<RecordConsent, RecordConsent>? change = null)
    {
        var consent = flow.Consent(who, flow.Form.Recorded[0].ToWord());
        consent = change?.Invoke(consent) ?? consent;
        if (flow.Form.Recorded.Contains(ConsentWay.Mirrored))
        {
            await room.MirrorAsync(who, new MirroredConsent { Id = "lupa-1", Form = flow.Form.Id, Items = consent.Items, RecipientSector = consent.RecipientSector, Purpose = consent.Purpose, From = room.Clock.GetUtcNow(), To = consent.To });
            return "kanta:lupa-1";
        }

        using var answer = await room.RecordAsync(flow, consent with { Case = await room.CaseAsync(flow, who) });
        return (await answer.ReadAsync<ConsentGiven>()).Consent.Consent.Id;
    }

    public static async Task<ConsentsMirrored> MirrorAsync(this OpenRoom room, Hetu who, params MirroredConsent[] consents)
    {
        room.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var message = new MirrorConsents { Source = "kanta", AsOf = room.Clock.GetUtcNow(), Identifier = who.Reveal(), Consents = [.. consents] };
        using var answer = await room.Operator.PostAsJsonAsync("/clients/consents", message, SisoteJson.Options);
        return await answer.ReadAsync<ConsentsMirrored>();
    }

    /// <summary>A case of the client, where the form lasts as long as one; always the same for the client.</summary>
    public static async Task<string?> CaseAsync(this OpenRoom room, ConsentFlow flow, Hetu who, DateTimeOffset? ends = null)
    {
        if (flow.Form.Validity is not ("case" or "service-period"))
        {
            return null;
        }

        using var answer = await room.TellCasesAsync(flow, who, new RegisteredRelationship { Identifier = who.Reveal(), Id = "case-" + flow.Form.Id, Kind = KindOf(who), FromOrganisation = flow.From.Organisation, To = ends });
        answer.EnsureSuccessStatusCode();
        return $"{flow.From.System}:case-{flow.Form.Id}";
    }

    public static Task<HttpResponseMessage> TellCasesAsync(this OpenRoom room, ConsentFlow flow, Hetu who, params RegisteredRelationship[] rows) => room.SystemCaller("sisote-adapters").PostAsJsonAsync(
        "/clients/relationships", new RecordRelationships { Source = flow.From.System!.Value, Kinds = [KindOf(who)], Rows = [.. rows] }, SisoteJson.Options);

    /// <summary>What the gateway's next decision finds, with the search that decides, on the state that the gateway reads.</summary>
    public static async Task<IReadOnlyList<ConsentLook>> LookAsync(this OpenRoom room, ConsentFlow flow, Hetu who, Func<AccessRequest, AccessRequest>? change = null)
    {
        var state = (await room.StateAsync(who.Reveal())).State;
        return [.. Point.LookForConsents(change?.Invoke(flow.Request) ?? flow.Request, state, room.Clock.GetUtcNow()).Where(look => look.Rule == flow.Rule.Id)];
    }

    /// <summary>A register's message is complete for its kinds; one kind for each client lets tests tell of one at a time.</summary>
    public static string KindOf(Hetu who) => $"same-case-{who.Reveal()[..6]}-{who.Reveal()[7..10]}";

    private static IEnumerable<RoleId> RolesOf(SectorId sector) => Catalogue.Roles.Where(role => role.Value.Sector == sector).Select(static role => role.Key).OrderBy(static id => id.Value, StringComparer.Ordinal);

    private static LocalisedText Label(string text) => new() { Fi = text, Sv = text, En = text };
}
