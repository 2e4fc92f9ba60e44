// The facade's endpoints: search, read, create; for the gateway only.
using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Sisote.Adapters.Sources;
using Sisote.Doors.Tokens;

namespace Sisote.Adapters.Facade;

/// <summary>The FHIR R4 face of every source system: <c>/{system}/{Type}/_search</c>, <c>/{system}/{Type}/{id}</c>, <c>/{system}/{Type}</c>, <c>/{system}</c>, and <c>PATCH /{system}/Task/{id}</c>.</summary>
internal static class FacadeDoor
{
    private const long MaxBody = 1024 * 1024;

    /// <summary>Maps the endpoints.</summary>
    public static void MapFacade(this WebApplication app)
    {
        var facade = app.MapGroup("/{system}")
            .RequireAuthorization(TokenDoor.Inner)
            .RequireAuthorization(static policy => policy.RequireAssertion(static context =>
                Caller.From(context.User) is Caller.System { Id: var id } && id == InnerSystems.Gateway))
            .DisableAntiforgery();
        facade.MapPost("/{type}/_search", SearchAsync);
        facade.MapGet("/{type}/{id}", ReadAsync);
        facade.MapPatch("/Task/{id}", ChangeAsync);
        facade.MapPost("/{type}", static (string system, string type, HttpContext call, SourceSystems systems) => CreateAsync(system, type, call, systems));
        facade.MapPost("/", static (string system, HttpContext call, SourceSystems systems) => CreateAsync(system, null, call, systems));
    }

    private static async Task<IResult> SearchAsync(string system, string type, HttpContext call, SourceSystems systems)
    {
        if (systems.Find(system) is not { } source)
        {
            return FacadeProblems.NothingThere();
        }

        if (call.Request.QueryString.HasValue || !call.Request.HasFormContentType
            || QueryReader.Read(type, await call.Request.ReadFormAsync(call.RequestAborted)) is not { } query)
        {
            return FacadeProblems.SearchNotUnderstood();
        }

        return await source.SearchAsync(query, call.RequestAborted) switch
        {
            SearchOutcome.Found(var resources) => Searchset([.. resources.Where(query.Accepts).Take(query.Reach)]),
            SearchOutcome.NotSupported => FacadeProblems.NotSupported(),
            _ => FacadeProblems.SourceUnavailable(),
        };
    }

    private static IResult Searchset(ImmutableArray<Resource> found) => found.Length > FacadeQuery.MaxCount ? FacadeProblems.SourceUnavailable() : FhirAnswer.Searchset(found);

    private static async Task<IResult> ReadAsync(string system, string type, string id, SourceSystems systems, CancellationToken cancellation)
    {
        if (systems.Find(system) is not { } source)
        {
            return FacadeProblems.NothingThere();
        }

        return await source.ReadAsync(type, id, cancellation) switch
        {
            ReadOutcome.Found(var resource) when resource.TypeName == type && resource.Id == id => FhirAnswer.Resource(resource),
            ReadOutcome.Unavailable => FacadeProblems.SourceUnavailable(),
            _ => FacadeProblems.NothingThere(),
        };
    }

    private static async Task<IResult> CreateAsync(string system, string? type, HttpContext call, SourceSystems systems)
    {
        if (systems.Find(system) is not { } source)
        {
            return FacadeProblems.NothingThere();
        }

        var body = await FhirBody.ReadAsync(call.Request, MaxBody, call.RequestAborted);
        if (EntryReader.Read(type, body, call.Request.Headers) is not { } entry)
        {
            return FacadeProblems.EntryNotUnderstood();
        }

        // The call's abort does not reach the source: what is being sent is finished and its outcome recorded by whoever still listens.
        return await source.CreateAsync(entry, CancellationToken.None) switch
        {
            CreateOutcome.Created(var ids) when ids.Length == entry.Resources.Length => Created(system, type, entry.Resources, ids),
            CreateOutcome.Refused(var reason) => FacadeProblems.EntryRefused(reason),
            CreateOutcome.Unavailable => FacadeProblems.SourceUnavailable(),
            CreateOutcome.Unknown => FacadeProblems.OutcomeUnknown(),
            var outcome => throw new InvalidOperationException($"An adapter answered {outcome.GetType().Name} that does not fit the entry."),
        };
    }

    private static async Task<IResult> ChangeAsync(string system, string id, HttpContext call, SourceSystems systems)
    {
        if (systems.Find(system) is not { } source)
        {
            return FacadeProblems.NothingThere();
        }

        var body = await FhirBody.ReadAsync(call.Request, MaxBody, call.RequestAborted);
        if (StepReader.Read(id, body, call.Request.Headers) is not { } step)
        {
            return FacadeProblems.StepNotUnderstood();
        }

        return await source.ChangeAsync(step, CancellationToken.None) switch // as with a create: what is being sent is finished
        {
            ChangeOutcome.Changed(var version) => FhirAnswer.Changed(version),
            ChangeOutcome.Stale => FacadeProblems.VersionStale(),
            ChangeOutcome.Impossible => FacadeProblems.StepImpossible(),
            ChangeOutcome.Refused(var reason) => FacadeProblems.EntryRefused(reason),
            ChangeOutcome.NotThere => FacadeProblems.NothingThere(),
            ChangeOutcome.Unavailable => FacadeProblems.SourceUnavailable(),
            ChangeOutcome.Unknown => FacadeProblems.OutcomeUnknown(),
            var outcome => throw new InvalidOperationException($"An adapter answered {outcome.GetType().Name} to a step."),
        };
    }

    private static FhirAnswer Created(string system, string? type, ImmutableArray<Resource> resources, ImmutableArray<string> ids) => type is null
        ? FhirAnswer.TransactionResponse(resources.Zip(ids, static (resource, id) => $"{resource.TypeName}/{id}"))
        : FhirAnswer.Created($"/{system}/{type}/{ids[0]}");
}
