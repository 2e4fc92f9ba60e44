// What can be on record about a client so that less is permitted.
using Sisote.Policy;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.Probes;

/// <summary>The reasons for which a client's data stay, each as a change of what is on record.</summary>
internal static class Worlds
{
    internal static readonly PolicyDecisionPoint Point = new(GatewayWorld.Catalogue, Profiling.Deployment);
    private static readonly DateTimeOffset Past = DateTimeOffset.UnixEpoch.AddDays(1);
    private static readonly DateTimeOffset Future = Profiling.Now.AddYears(1);

    /// <summary>What could be on record so that less is permitted, and why.</summary>
    internal static readonly (string Why, Func<ConsentState, ConsentState> Change)[] All =
    [
        ("nothing on record", static state => new ConsentState { Client = state.Client, Revision = state.Revision, AgreementsRevision = state.AgreementsRevision }),
        ("no consent", static state => state with { Consents = [] }),
        ("withdrawn", Each(static consent => consent with { Status = ConsentStatus.Withdrawn })),
        ("expired", Each(static consent => consent with { To = Past })),
        ("expired by word", Each(static consent => consent with { Status = ConsentStatus.Expired })),
        ("not yet", Each(static consent => consent with { From = Future })),
        ("draft", Each(static consent => consent with { Status = ConsentStatus.Draft })),
        ("replaced", Each(static consent => consent with { Status = ConsentStatus.Superseded })),
        ("another form", Each(static consent => consent with { Form = ConsentFormId.Parse("YOUTH-EXPLICIT") })),
        ("not in writing", Each(static consent => consent with { Written = false })),
        ("another recipient", Each(static consent => consent with { RecipientOrganisation = OrganisationId.Parse("stranger") })),
        ("another purpose", Each(static consent => consent with { Purpose = PurposeId.Parse("statistics") })),
        ("given by nobody who may", Each(static consent => consent with { GivenBy = "neighbour" })),
        ("prohibition", static state => state with { Consents = [.. state.Consents, .. GatewayWorld.Catalogue.ConsentForms.Keys.Select(Prohibition)] }),
        ("no relationship", static state => state with { Relationships = [] }),
        ("relationship ended", static state => state with { Relationships = [.. state.Relationships.Select(static one => one with { Status = RelationshipStatus.Ended, To = Past })] }),
        ("relationship asked for", static state => state with { Relationships = [.. state.Relationships.Select(static one => one with { Status = RelationshipStatus.Requested })] }),
        ("no agreement", static state => state with { Agreements = [] }),
        ("agreement ended", static state => state with { Agreements = [.. state.Agreements.Select(static one => one with { To = Past })] }),
        ("unknown age", static state => state with { Facts = state.Facts with { BirthDate = null } }),
        ("dead", static state => state with { Facts = state.Facts with { Deceased = true } }),
        ("guardian barred", static state => state with { Facts = state.Facts with { GuardianBar = true } }),
        ("minor without capacity on record", static state => state with { Facts = state.Facts with { BirthDate = DateOnly.FromDateTime(Profiling.Now.DateTime).AddYears(-15), Capacity = [] } }),
        ("minor whose guardian did not consent", static state => Each(static consent => consent with { GivenBy = "client" })(state with { Facts = state.Facts with { BirthDate = DateOnly.FromDateTime(Profiling.Now.DateTime).AddYears(-13), Capacity = [.. state.Facts.Capacity.Select(static one => one with { Code = "1" })] } })),
        ("safety", static state => state with { Facts = state.Facts with { SafetyProhibition = true, GuardianSafetyProhibition = true } }),
    ];

    /// <summary>What could be on record of human decisions so that all that needs one waits.</summary>
    internal static readonly (string Why, Func<ConsentState, ConsentState> Change)[] Undecided =
    [
        ("no decision", static state => state with { Relationships = [.. state.Relationships.Where(static one => one.Scope is null)] }),
        ("decision used", Decisions(static one => one with { Scope = one.Scope! with { Items = [] } })),
        ("decision withdrawn", Decisions(static one => one with { Status = RelationshipStatus.Ended, To = Past })),
        ("decision for another recipient", Decisions(static one => one with { ToOrganisation = OrganisationId.Parse("stranger") })),
        ("decision over", Decisions(static one => one with { To = Past })),
    ];

    /// <summary>Whether nothing of a type is permitted in a world, and something of it for no other reason than that nobody decided.</summary>
    internal static bool Waits(Scene scene, string type, Func<ConsentState, ConsentState> change)
    {
        var items = GatewayWorld.Catalogue.Items.Values.Where(item => item.Selectors.Any(selector => selector.ResourceType == type)).Select(static item => item.Id).ToArray();
        return Decide(scene, items, change) is { DeniesAll: true } decision
            && decision.Denials.Any(static denial => denial.Condition is { } missing && GatewayWorld.Catalogue.Conditions[missing].IsDecided);
    }

    /// <summary>The reasons for which all items of a type are denied in a world; empty = something of it is permitted.</summary>
    internal static ReasonClass[] Denials(Scene scene, string type, Func<ConsentState, ConsentState> change) =>
        Decide(scene, GatewayWorld.Catalogue.Items.Values.Where(item => item.Selectors.Any(selector => selector.ResourceType == type)).Select(static item => item.Id), change) is { DeniesAll: true } decision
            ? [.. decision.Denials.Select(static denial => denial.Reason).Distinct()]
            : [];

    /// <summary>What the decision point says of items in a world.</summary>
    internal static Decision Decide(Scene scene, IEnumerable<DataItemId> items, Func<ConsentState, ConsentState> change)
    {
        var request = new AccessRequest
        {
            From = scene.From,
            To = scene.To,
            Direction = scene.Direction,
            Purpose = scene.Purpose,
            Items = [.. items],
            Attestations = [.. scene.Stated.Select(static condition => new Attestation { Condition = condition, Reference = "on record", BySystem = true })],
            Atomic = scene.Direction != Direction.Read,
        };
        return Point.Decide(request, change(scene.OnRecord(new ConsentState { Client = FakeConsent.KeyOf("nobody"), Revision = 1, AgreementsRevision = 1 })), Profiling.Now);
    }

    private static Func<ConsentState, ConsentState> Decisions(Func<Relationship, Relationship> change) =>
        state => state with { Relationships = [.. state.Relationships.Select(one => one.Scope is null ? one : change(one))] };

    /// <summary>States in which something of a type is permitted and something that the scene permits is not.</summary>
    internal static IEnumerable<Func<ConsentState, ConsentState>> Narrow(Scene scene, string type)
    {
        var items = scene.Permitted.Keys.Where(item => GatewayWorld.Catalogue.Items[item].Selectors.Any(selector => selector.ResourceType == type)).ToArray();
        return from change in items.Select(item => Each(consent => consent with { Items = [item] })).Concat(All.Select(static world => world.Change))
               let narrowed = (Func<ConsentState, ConsentState>)(state => change(scene.OnRecord(state)))
               let left = items.Length < 2 ? 0 : Circumstances.Decide(Point, GatewayWorld.Catalogue, scene with { OnRecord = narrowed }).Keys.Count(items.Contains)
               where left > 0 && left < items.Length
               select narrowed;
    }

    private static Func<ConsentState, ConsentState> Each(Func<ConsentRecord, ConsentRecord> change) => state => state with { Consents = [.. state.Consents.Select(change)] };

    private static ConsentRecord Prohibition(ConsentFormId form) => new()
    {
        Id = "no-" + form.Value, Version = 1, Form = form, Type = ConsentType.Prohibition, Status = ConsentStatus.Active, Items = [], AllItems = true, From = DateTimeOffset.UnixEpoch, GivenBy = "client", Written = true,
    };
}
