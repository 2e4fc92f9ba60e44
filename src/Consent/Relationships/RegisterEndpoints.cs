// Where registers of connected systems tell the relationships they prove.
using Sisote.Doors.Consent;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Relationships;

/// <summary><c>POST /clients/relationships</c></summary>
internal static class RegisterEndpoints
{
    private const int Most = 100_000;

    public static void MapRegister(this IEndpointRouteBuilder app) => app.MapPost("/clients/relationships", RecordAsync).RequireAuthorization(Admission.Adapters);

    private static async Task<IResult> RecordAsync(RecordRelationships message, HttpContext context, RegisterLife life, Deployment deployment)
    {
        if (deployment.Systems.FirstOrDefault(system => system.Id == message.Source && system.Adapter is not null) is not { } source)
        {
            return Problems.InvalidRequest("source", "A system of the deployment that has an adapter.");
        }

        return Fault(message, source.Organisation) is { } fault
            ? Problems.InvalidRequest(fault.Field, fault.WhatToDo)
            : TypedResults.Ok(await life.TakeOverAsync(new RegisterTelling(message, source.Organisation, context.TraceIdentifier), context.RequestAborted));
    }

    private static (string Field, string WhatToDo)? Fault(RecordRelationships message, OrganisationId organisation) => message switch
    {
        { Kinds: var kinds } when kinds.IsEmpty || !kinds.All(IsCode) => ("kinds", "At least one, each a code of the catalogue's conditions."),
        { Rows.Length: > Most } => ("rows", $"At most {Most}."),
        { Rows: var rows } when rows.DistinctBy(static row => row.Id).Count() != rows.Length => ("rows.id", "Each row has an id of its own."),
        { Rows: var rows } when !rows.All(static row => Hetu.TryParse(row.Identifier, out _)) => ("rows.identifier", "Each is a national identifier of 11 characters."),
        { Rows: var rows } when !rows.All(static row => IsCode(row.Id)) => ("rows.id", "1 to 64 letters, digits, '-', '_' or '.'."),
        { Rows: var rows } when !rows.All(row => message.Kinds.Contains(row.Kind)) => ("rows.kind", "One of the message's kinds."),

        // INVARIANT: a system proves relationships of its own organisation only.
        { Rows: var rows } when !rows.All(row => row.FromOrganisation == organisation || row.ToOrganisation == organisation) => ("rows.toOrganisation", "The source's own organisation is one side."),
        { Rows: var rows } when rows.Any(static row => row.To < row.From) => ("rows.to", "Not before the beginning."),
        { SchoolForms: var forms } when forms.Length > Most || forms.DistinctBy(static one => one.Identifier).Count() != forms.Length => ("schoolForms", $"One for each client, at most {Most}."),
        { SchoolForms: var forms } when !forms.All(static one => Hetu.TryParse(one.Identifier, out _)) => ("schoolForms.identifier", "Each is a national identifier of 11 characters."),
        { SchoolForms: var forms } when !forms.All(static one => one.SchoolForm is "basic" or "upper-secondary" or "vocational" or "tuva") => ("schoolForms.schoolForm", "basic, upper-secondary, vocational or tuva."),
        _ => null,
    };

    private static bool IsCode(string text) => SystemId.TryParse(text, out _);
}
