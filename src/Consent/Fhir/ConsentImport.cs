// A FHIR Consent goes on record.
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Audit;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Storage;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>What became of an import: what the life of consents said, or an answer that refuses.</summary>
internal sealed record Imported(ClientId Client, ConsentOutcome? Outcome, IResult? Refusal);

/// <summary>Takes a Consent in: what it says is checked as at every door, and lives as every consent does.</summary>
internal sealed class ConsentImport(ConsentReader reader, ConsentDesk desk, ConsentLife life, ConsentScope scope, ImportedClients clients)
{
    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["id"] = "Consent.identifier[0].value",
        ["form"] = "Consent.policyRule",
        ["items"] = "Consent.provision.class",
        ["recipientOrganisation"] = "Consent.contained[0].organization",
        ["recipientSystem"] = "Consent.contained[0].healthcareService[0]",
        ["purpose"] = "Consent.provision.purpose",
        ["to"] = "Consent.provision.period.end",
        ["sourceOrganisations"] = "Consent.organization",
        ["case"] = "Consent.provision.modifierExtension",
        ["textLanguage"] = "Consent.sourceAttachment.language",
        ["textVersion"] = "Consent.sourceAttachment.title",
        ["draft"] = "Consent.status",
        ["how"] = "Consent.extension[0]",
        ["givenBy"] = "Consent.extension[0]",
        ["reference"] = "Consent.extension[0]",
        ["authority"] = "Consent.extension[0]",
    };

    public async Task<Imported> TakeInAsync(JsonElement body, Viewer viewer, string correlationId, DateTimeOffset now)
    {
        var reading = reader.Read(body, viewer);
        if (reading.Consent is not { } consent)
        {
            return new Imported(default, null, FhirAnswers.Faults(reading.Faults));
        }

        if (await clients.FindAsync(consent.Patient, viewer) is not { } identifier)
        {
            return new Imported(default, null, FhirAnswers.Faults([new ConsentFault(ConsentFault.Value, "Consent.patient.identifier", "Your organisation recorded no consent under this name: use the national identifier.")]));
        }

        var giving = GivingOf(consent, identifier, viewer, correlationId);
        return desk.Check(giving) is { } problem
            ? new Imported(giving.Whose, null, Refused(problem, consent, now))
            : new Imported(giving.Whose, await life.GiveAsync(giving), null);
    }

    /// <summary>A problem of the life of consents, with its place.</summary>
    public static IResult Refused(ProblemHttpResult problem) => FhirAnswers.Problem(problem, FieldOf(problem) is { } field ? Places.GetValueOrDefault(field) : null);

    private ConsentGiving GivingOf(ImportedConsent consent, Hetu identifier, Viewer viewer, string correlationId) => new()
    {
        Whose = clients.KeyOf(identifier),
        Identifier = identifier,
        Terms = consent.Terms,
        Way = consent.Evidence.Way,
        GivenBy = consent.Evidence.GivenBy,
        Reference = consent.Evidence.Reference,
        Authority = consent.Evidence.Authority,
        Draft = consent.Draft,
        Sources = consent.Sources,
        Recorder = (viewer as Viewer.Organisation)?.Recorder,
        CorrelationId = correlationId,
    };

    /// <summary>A malformed field is one more thing that was not understood; items that no rule carries are named one by one.</summary>
    private IResult Refused(ProblemHttpResult problem, ImportedConsent consent, DateTimeOffset now)
    {
        var field = FieldOf(problem);
        if (problem.StatusCode == StatusCodes.Status400BadRequest && field is not null)
        {
            return FhirAnswers.Faults([new ConsentFault(ConsentFault.Value, Places.GetValueOrDefault(field, "Consent"), problem.ProblemDetails.Detail ?? string.Empty)]);
        }

        return field == "items"
            ? FhirAnswers.Problem(problem, consent.Terms.Items.Index().Where(one => scope.Check(consent.Terms with { Items = [one.Item] }, now) is not null).Select(static one => $"Consent.provision.class[{one.Index}]"))
            : Refused(problem);
    }

    private static string? FieldOf(ProblemHttpResult problem) => problem.ProblemDetails.Extensions.TryGetValue("field", out var field) ? field as string : null;
}

/// <summary>Finds the client that a Consent names. INVARIANT: a name stands for a client only where the organisation itself recorded a consent of that client; every other name is answered alike, so that
/// nobody finds out here who is on record.</summary>
internal sealed class ImportedClients(Database database, ClientStore clients, ClientKeys keys, ClientAliases aliases)
{
    public ClientId KeyOf(Hetu identifier) => keys.KeyOf(identifier);

    public async Task<Hetu?> FindAsync(ReadCode patient, Viewer viewer)
    {
        if (patient.System == Hetu.System)
        {
            return Hetu.Parse(patient.Code);
        }

        await using var session = await database.ReadAsync(CancellationToken.None);
        return aliases.Find(patient.Code, viewer.Reader) is { } client && await ConsentPlaces.IsRecordedAsync(session, client, viewer.Reader, CancellationToken.None)
            ? (await clients.FindAsync(session, client, CancellationToken.None))?.Identifier
            : null;
    }
}
