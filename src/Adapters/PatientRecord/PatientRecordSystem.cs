// One patient record behind the facade.
using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Sisote.Adapters.Cda;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Sources;
using Sisote.Policy.Ids;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Adapters.PatientRecord;

/// <summary>
/// Shows the documents of a patient record as FHIR resources, everything of them that the mapping knows: what may leave is the gateway's matter. Writes entries as native
/// documents, and listens for the record's referrals.
/// </summary>
internal sealed class PatientRecordSystem(
    RecordMapping mapping,
    RecordDocuments documents,
    EntryWriter writer,
    ReferralListener? referrals,
    (SystemId Id, ILogger Log) diagnostics) : ISourceSystem, IHostedService
{
    private readonly ResourceMapper mapper = new(mapping);
    private readonly IReadOnlySet<CdaCode> sections = mapping.ReadSections();

    /// <inheritdoc />
    public async Task<SearchOutcome> SearchAsync(FacadeQuery query, CancellationToken cancellation)
    {
        if (query.Type != "Patient" && !mapping.Sections.Exists(section => section.Resource == query.Type))
        {
            return new SearchOutcome.Found([]); // it has none of this type
        }

        if (query.Client is not { } client)
        {
            return new SearchOutcome.NotSupported();
        }

        if (await documents.ListAsync("hetu", client.Reveal(), cancellation) is not { } list)
        {
            return new SearchOutcome.Unavailable();
        }

        var found = ImmutableArray.CreateBuilder<Resource>();
        foreach (var listed in list.Where(listed => mapping.DocumentTypes.Contains(listed.Type)))
        {
            if (await OpenAsync(listed.Id, cancellation) is not { } opened || opened.Known?.Incomplete.Contains(query.Type) == true)
            {
                return new SearchOutcome.Unavailable();
            }

            if (opened.Known is { } document && document.Client == client)
            {
                found.AddRange(document.Resources.Where(resource => resource.TypeName == query.Type && !found.Any(known => known.Id == resource.Id)));
            }
        }

        return new SearchOutcome.Found(found.ToImmutable());
    }

    /// <inheritdoc />
    public async Task<ReadOutcome> ReadAsync(string type, string id, CancellationToken cancellation)
    {
        var number = type == "Patient" ? await FindBaseDocumentAsync(id, cancellation) : (true, id.Split('-')[0]);
        if (number is not (true, var document))
        {
            return new ReadOutcome.Unavailable();
        }

        if (document is null || !RecordDocuments.IsNumber(document))
        {
            return new ReadOutcome.NotThere();
        }

        return await OpenAsync(document, cancellation) switch
        {
            null => new ReadOutcome.Unavailable(),
            { Known: { } known } when known.Resources.Find(resource => resource.TypeName == type && resource.Id == id) is { } resource => new ReadOutcome.Found(resource),
            _ => new ReadOutcome.NotThere(),
        };
    }

    /// <inheritdoc />
    public Task<CreateOutcome> CreateAsync(EntryToCreate entry, CancellationToken cancellation) => writer.WriteAsync(entry, cancellation);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        referrals?.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (referrals is not null)
        {
            await referrals.DisposeAsync();
        }
    }

    /// <summary>The port on which referrals are awaited, once started.</summary>
    public int? ReferralPort => referrals?.Port;

    private async Task<(bool Answered, string? Number)> FindBaseDocumentAsync(string patientId, CancellationToken cancellation)
    {
        if (!patientId.StartsWith("p-", StringComparison.Ordinal) || !RecordDocuments.IsNumber(patientId[2..]))
        {
            return (true, null);
        }

        return await documents.ListAsync("patientNumber", patientId[2..], cancellation) is { } list
            ? (true, list.FirstOrDefault(listed => mapping.DocumentTypes.Contains(listed.Type))?.Id)
            : (false, null);
    }

    /// <summary>Null where the record cannot be asked or a document cannot be read; <c>Known</c> null where there is none, or none about a client that can be named.</summary>
    private async Task<OpenedDocument?> OpenAsync(string number, CancellationToken cancellation)
    {
        switch (await documents.FetchAsync(number, cancellation))
        {
            case (true, var bytes) when CdaReader.Read(bytes, sections) is { } document:
                return new OpenedDocument(Map(document, number));
            case (true, _):
                Log.DocumentUnreadable(diagnostics.Log, diagnostics.Id);
                return null;
            case (false, _):
                return new OpenedDocument(null);
            default:
                Log.SourceUnavailable(diagnostics.Log, diagnostics.Id);
                return null;
        }
    }

    private MappedDocument? Map(CdaDocument document, string number)
    {
        var person = document.Patient.Ids.Where(id => id.Root == mapping.PersonIdRoot).ToList();
        var local = document.Patient.Ids.FirstOrDefault(id => id.Root == mapping.PatientNumberRoot)?.Extension;
        if (person is not [var only] || !Hetu.TryParse(only.Extension, out var client) || local is null || !RecordDocuments.IsNumber(local))
        {
            Log.DocumentAboutNobody(diagnostics.Log, diagnostics.Id);
            return null;
        }

        var patientId = "p-" + local;
        var (resources, withheld, incomplete) = mapper.Map(document, number, client, patientId);
        if (withheld > 0)
        {
            Log.EntriesWithheld(diagnostics.Log, diagnostics.Id, withheld);
        }

        resources.Add(PatientMapper.Map(document.Patient, client, patientId));
        return new MappedDocument(client, resources, incomplete);
    }

    private sealed record OpenedDocument(MappedDocument? Known);

    private sealed record MappedDocument(Hetu Client, List<Resource> Resources, IReadOnlySet<string> Incomplete);
}
