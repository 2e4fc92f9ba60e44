// How a counsellor's pages get the work list and a client's data: through the gateway, like any other system.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Contexts;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.States;
using Sisote.Portal.Backends;
using Sisote.Portal.SignIn;

namespace Sisote.Portal.Visits;

/// <summary>The work list and the reading of one client.</summary>
internal sealed class Visiting(RoomSettings settings, ConsentApi consent, ExchangeApi exchange)
{
    private const string ReferralType = "ServiceRequest";
    private const string PatientType = "Patient";
    private const string NecessityKey = "necessity-statement";
    private const string ReferralKey = "referral";

    /// <summary>As whom the portal calls for this professional; null where the organisation has no portal system for the role.</summary>
    public ExchangeCaller? CallerOf(SignedIn person) =>
        person is { Organisation: { } organisation, Role: { } role, Professional: { } professional }
        && settings.Deployment.Systems.FirstOrDefault(system => system.Portal && system.Organisation == organisation && (system.ActsAs == role || system.Roles.Contains(role))) is { Purposes.Length: > 0 } system
            ? new ExchangeCaller(system, new BusinessContext
            {
                SubjectId = professional,
                SubjectName = person.Name,
                SubjectRole = role,
                OrganisationId = organisation,
                PurposeOfUse = [system.Purposes[0]],
            })
            : null;

    /// <summary>The referrals to the professional's organisation: the own ones first, then those nobody has taken, then the rest.</summary>
    public async Task<Answer<ImmutableArray<WorkItem>>> ListAsync(ExchangeCaller caller, CancellationToken cancellation)
    {
        var answer = await consent.GetReferralsAsync(cancellation);
        if (answer is not Answer<RelationshipList>.Ok { Value: var referrals })
        {
            return answer switch
            {
                Answer<RelationshipList>.SignInAgain => new Answer<ImmutableArray<WorkItem>>.SignInAgain(),
                Answer<RelationshipList>.Refused refused => new Answer<ImmutableArray<WorkItem>>.Refused(refused.Status, refused.Slug),
                _ => new Answer<ImmutableArray<WorkItem>>.Down(),
            };
        }

        var patients = await PatientsByReferralAsync(caller, referrals.Relationships, cancellation);
        var rows = referrals.Relationships
            .Where(referral => referral.ToOrganisation == caller.Business.OrganisationId && referral.Status is RelationshipStatus.Requested or RelationshipStatus.Active)
            .Select(referral => Row(referral, caller, patients.GetValueOrDefault(referral.Id)));
        return new Answer<ImmutableArray<WorkItem>>.Ok([.. rows.OrderByDescending(static row => row.Own).ThenBy(static row => row.Referral.Status).ThenByDescending(static row => row.Referral.From)]);
    }

    /// <summary>Everything that may be seen of a client now.</summary>
    public async Task<ClientView> ReadAsync(ExchangeCaller caller, Visit visit, CancellationToken cancellation)
    {
        var context = ContextOf(visit);
        var steps = ReadPlan.Make(settings, caller, visit.ReferredBy);
        var answers = await Task.WhenAll(steps.Select(async step => (Step: step, Answer: await AskAsync(exchange, caller, step, visit.Patient, context, cancellation))));
        var items = answers
            .GroupBy(static each => (each.Step.Item, System: each.Step.System.Id))
            .Select(static group => new ShownItem(group.Key.Item, group.Key.System, [.. group.SelectMany(static each => each.Answer.ValueOrDefault?.Resources ?? []).OrderByDescending(static resource => resource.Moment(), StringComparer.Ordinal)]))
            .ToList();
        return new ClientView
        {
            Items = [.. items.Where(static item => item.Resources.Length > 0)],
            SomethingMissing = items.Exists(static item => item.Resources.Length == 0),
            Silent = [.. answers.Where(static each => each.Answer is Answer<Released>.Down).Select(static each => each.Step.System.Id).Distinct()],
            Receipts = [.. answers.SelectMany(static each => each.Answer.ValueOrDefault?.Receipts ?? []).Distinct()],
        };
    }

    /// <summary>The circumstances of every call about this client.</summary>
    public static SisoteContext ContextOf(Visit visit) => new()
    {
        Entries = [new(NecessityKey, new ContextValue.String(visit.Necessity)), new(ReferralKey, new ContextValue.String(visit.Referral))],
    };

    /// <summary>Asks for what one step of a plan shows of a client.</summary>
    public static Task<Answer<Released>> AskAsync(ExchangeApi exchange, ExchangeCaller caller, ReadStep step, string patient, SisoteContext context, CancellationToken cancellation) =>
        step.Selector.ResourceType == PatientType
            ? exchange.ReadAsync(caller, step.System.Id, PatientType, patient, context, cancellation)
            : exchange.SearchAsync(caller, step.System.Id, step.Selector.ResourceType, [new("patient", patient), .. step.Parameters], context, cancellation);

    private async Task<Dictionary<string, JsonObject>> PatientsByReferralAsync(ExchangeCaller caller, ImmutableArray<Relationship> referrals, CancellationToken cancellation)
    {
        if (OwnRegister(caller) is not { } register
            || await exchange.ListAsync(caller, register.Id, ReferralType, cancellation) is not Answer<Released>.Ok { Value: var list })
        {
            return [];
        }

        var joined = ReferralMatch.Join(referrals, [.. list.Resources]);
        var handles = joined.Values.Select(static document => document["subject"].Target(PatientType)).OfType<string>().Distinct().ToList();
        var read = await Task.WhenAll(handles.Select(handle => exchange.ReadAsync(caller, register.Id, PatientType, handle, SisoteContext.Empty, cancellation)));
        var patients = handles.Zip(read).ToDictionary(static pair => pair.First, static pair => pair.Second.ValueOrDefault?.Body ?? new JsonObject { ["id"] = pair.First });
        return joined.Where(static pair => pair.Value["subject"].Target(PatientType) is not null).ToDictionary(static pair => pair.Key, pair => patients[pair.Value["subject"].Target(PatientType)!]);
    }

    private SystemEntry? OwnRegister(ExchangeCaller caller) =>
        settings.Deployment.Systems.FirstOrDefault(system => system.Organisation == caller.Business.OrganisationId && system.Sector == caller.System.Sector && system.Adapter is not null);

    private static WorkItem Row(Relationship referral, ExchangeCaller caller, JsonObject? patient) => new()
    {
        Referral = referral,
        Patient = patient?["id"].Text(),
        Name = patient?.PersonName(),
        Born = patient?["birthDate"].Date(),
        Own = referral.Professional == caller.Business.SubjectId,
    };
}
