// The doors of guardians.
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Consents;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.States;

namespace Sisote.Consent.Minors;

/// <summary><c>/me/children</c></summary>
/// <remarks>INVARIANT: where there is nothing to show or do, every door here gives the same bytes after the same steps of time, whatever the reason.</remarks>
internal static class ChildEndpoints
{
    public static void MapChildren(this IEndpointRouteBuilder app)
    {
        var children = app.MapGroup("/me/children").RequireAuthorization(Admission.Client);
        children.MapGet("/", ListAsync);
        children.MapGet("/{child}/disclosures", DisclosuresAsync);
        children.MapGet("/{child}/consents", ConsentsAsync);
        children.MapPost("/{child}/consents", GiveAsync);
        children.MapPost("/{child}/consents/{id}/give", ConfirmAsync);
        children.MapPost("/{child}/consents/{id}/withdraw", WithdrawAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, GuardianDoor door, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var children = await door.ChildrenAsync(session, door.KeyOf(context.Me()), clock.GetUtcNow(), cancellation);
        return TypedResults.Ok(new MyChildren { Children = [.. children.Select(one => new MyChild { Id = door.NameOf(one.Guardianship), Name = one.Guardianship.Name })] });
    }

    private static Task<IResult> DisclosuresAsync(string child, HttpContext context, ChildDesk desk, ChildDisclosuresReader reader, CancellationToken cancellation) => GuardianLooks.EvenAsync(
        async () => await desk.LookAsync(CallOf(context, desk, child), "guardian-disclosures", (session, acting) => reader.ReadAsync(session, acting, cancellation), cancellation) is { IsEmpty: false } rows
            ? TypedResults.Ok(new ChildDisclosures { Disclosures = rows })
            : ChildDesk.Nothing,
        cancellation);

    private static Task<IResult> ConsentsAsync(string child, HttpContext context, ChildDesk desk, CancellationToken cancellation) => GuardianLooks.EvenAsync(
        async () => await desk.LookAsync(CallOf(context, desk, child), "guardian-consents", (session, acting) => desk.ListAsync(session, acting, cancellation), cancellation) is { IsEmpty: false } consents
            ? TypedResults.Ok(new ChildConsents { Consents = consents })
            : ChildDesk.Nothing,
        cancellation);

    private static async Task<IResult> GiveAsync(string child, GiveConsent command, HttpContext context, ConsentDesk consents, ChildDesk desk, ChildConsentLife life, CancellationToken cancellation)
    {
        // What is wrong with the words themselves is said to anybody, before anything of the child is asked.
        if (command.Changes)
        {
            return Problems.InvalidRequest("changes", "Withdraw the consent and give another one.");
        }

        var words = new ConsentGiving { Whose = desk.KeyOf(context.Me()), Identifier = context.Me(), Terms = command, Way = ConsentWay.SignedIn, Sources = command.SourceOrganisations, CorrelationId = context.TraceIdentifier };
        return consents.Check(words) is { } problem
            ? problem
            : await GuardianLooks.EvenAsync(async () => desk.Answer(await life.GiveAsync(CallOf(context, desk, child), command)), cancellation);
    }

    private static Task<IResult> ConfirmAsync(string child, string id, HttpContext context, ChildDesk desk, ChildConsentLife life, CancellationToken cancellation) =>
        GuardianLooks.EvenAsync(async () => desk.Answer(await life.ConfirmAsync(CallOf(context, desk, child), id)), cancellation);

    private static Task<IResult> WithdrawAsync(string child, string id, HttpContext context, ChildDesk desk, ChildConsentLife life, Notices notices, CancellationToken cancellation) =>
        GuardianLooks.EvenAsync(
            async () =>
            {
                var outcome = await life.WithdrawAsync(CallOf(context, desk, child), id);
                if (outcome is { Item2: var stands })
                {
                    await notices.TellAsync(stands);
                }

                return desk.Answer(outcome);
            },
            cancellation);

    private static GuardianCall CallOf(HttpContext context, ChildDesk desk, string child) => new(desk.KeyOf(context.Me()), child, context.TraceIdentifier);
}

/// <summary>Looks on behalf of guardians, and shows them consents.</summary>
internal sealed class ChildDesk(Database database, GuardianDoor door, GuardianView view, GuardianLooks looks, ChildShowing showing)
{
    /// <summary>The one answer where there is nothing, without the id of the call, so that its bytes are always the same.</summary>
    public static ContentHttpResult Nothing { get; } = TypedResults.Text(
        JsonSerializer.Serialize(Problems.NothingToShow().ProblemDetails), "application/problem+json", Encoding.UTF8, StatusCodes.Status404NotFound);

    public Policy.Ids.ClientId KeyOf(Policy.Ids.Hetu guardian) => door.KeyOf(guardian);

    /// <summary>What the guardian sees, once the look is on record; nothing for anybody else, whose look is on record too.</summary>
    /// <remarks>INVARIANT: who acts is found anew in the view of the database that is read: a bar or an end that came between the look and the reading holds.</remarks>
    public async Task<ImmutableArray<T>> LookAsync<T>(GuardianCall call, string what, Func<Session, ActingGuardian, Task<ImmutableArray<T>>> read, CancellationToken cancellation)
    {
        ActingGuardian? looking;
        await using (var session = await database.ReadAsync(cancellation))
        {
            looking = await door.FindAsync(session, call.Guardian, call.Child, showing.Now, cancellation);
        }

        await looks.RecordAsync(looking, what, call.CorrelationId);
        await using var reading = await database.ReadAsync(cancellation);
        return await door.FindAsync(reading, call.Guardian, call.Child, showing.Now, cancellation) is { } acting ? await read(reading, acting) : [];
    }

    /// <summary>The consents that the guardian sees, newest change first.</summary>
    public async Task<ImmutableArray<ChildConsent>> ListAsync(Session session, ActingGuardian acting, CancellationToken cancellation)
    {
        var versions = await ConsentStore.AllAsync(session, acting.Child, cancellation);
        var relationships = await ConsentAnswers.RelationshipsAsync(session, acting.Child);
        return [.. versions.GroupBy(static version => version.Record.Id).Select(static group => group.Last()).OrderByDescending(static newest => newest.At)
            .Where(newest => view.Shows(acting, newest.Record, showing.Now)).Select(newest => showing.Show(acting, newest, relationships))];
    }

    /// <summary>201 or 200 with what stands, or the one answer for nothing.</summary>
    public IResult Answer((ActingGuardian Acting, ConsentOutcome.Stands Stands)? outcome) => outcome is var (acting, stands) ? showing.Answer(acting, stands) : Nothing;
}

/// <summary>Shows a consent to a guardian.</summary>
internal sealed class ChildShowing(NoteSigner signer, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The newest version as it stands now.</summary>
    public ChildConsent Show(ActingGuardian acting, ConsentVersion newest, IReadOnlyCollection<Relationship> relationships)
    {
        var now = ConsentViews.Now(newest, relationships, Now);
        return new ChildConsent
        {
            Id = now.Record.Id,
            Form = now.Record.Form,
            Status = now.Record.Status,
            Items = now.Record.Items,
            RecipientSector = now.Record.RecipientSector,
            RecipientOrganisation = now.Record.RecipientOrganisation,
            RecipientRole = now.Record.RecipientRole,
            Purpose = now.Record.Purpose,
            From = now.Record.From,
            To = now.Record.To,
            SourceOrganisations = now.Record.SourceOrganisations,
            GivenByMe = now.Evidence.Guardians?.Contains(acting.Mark) == true,
            MayGive = now.Record.Status == ConsentStatus.Draft && now.IsGuardiansOwn && now.Evidence.Guardians?.Contains(acting.Mark) != true,
            MayWithdraw = !now.IsMirrored && (now.Record.Status is ConsentStatus.Active or ConsentStatus.Draft),
        };
    }

    /// <summary>What a step did.</summary>
    public IResult Answer(ActingGuardian acting, ConsentOutcome.Stands stands)
    {
        var answer = new ChildConsentAnswer
        {
            Consent = Show(acting, stands.Versions[^1], []),
            At = stands.Versions[^1].At,
            Receipt = stands.Logged.Receipt(signer),
            Index = stands.Logged.Index,
            Alone = stands.Alone && stands.Versions[^1].Record.Status != ConsentStatus.Draft,
        };
        return stands.Fresh ? TypedResults.Created((string?)null, answer) : TypedResults.Ok(answer);
    }
}
