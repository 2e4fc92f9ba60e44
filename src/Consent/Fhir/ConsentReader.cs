// Reads a FHIR Consent that is to go on record.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Consent.Audit;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>
/// Closed world: an element, code, extension or reference that is not known here makes the whole Consent unreadable, and all of them are said at once. What is left out without a fault changes
/// nothing of the meaning: displays, a generated narrative, the sender's own ids and versions, when it was given.
/// </summary>
internal sealed class ConsentReader(LegalCatalogue catalogue, Deployment deployment, TimeProvider clock)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public ConsentReading Read(JsonElement body, Viewer viewer)
    {
        var faults = new List<ConsentFault>();
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("resourceType", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "Consent")
        {
            return new ConsentReading(null, [new ConsentFault(ConsentFault.Structure, "Consent.resourceType", "A Consent stands here.")]);
        }

        var root = new FhirNode(body, "Consent", faults);
        var read = Read(root, viewer);
        root.Close();
        return faults.Count == 0 && read is not null ? new ConsentReading(read, []) : new ConsentReading(null, [.. faults.Distinct()]);
    }

    private ImportedConsent? Read(FhirNode root, Viewer viewer)
    {
        ReadFrame(root);
        var id = IdOf(root);
        var draft = IsDraft(root, viewer);
        var form = new FormReader(catalogue).Read(root);
        var patient = PatientOf(root, viewer);
        ReadTime(root);
        var custodians = CustodiansOf(root, viewer);
        var text = TextOf(root);
        var evidence = EvidenceReader.Read(root, viewer);
        ReadPerformers(root, patient, evidence);
        var recipient = RecipientReader.Read(root, catalogue, deployment);
        var provision = ProvisionReader.Read(root, catalogue, clock.GetUtcNow());
        return id is null || form is null || patient is null || text is not { Language: { } language, Version: { } version } || evidence is null
            || recipient is not { Sector: { } sector, Organisation: { } organisation } || provision is not { Purpose: { } purpose }
            ? null
            : new ImportedConsent(patient, TermsOf(), evidence, draft, viewer is Viewer.Client && !custodians.IsEmpty ? custodians : null);

        ConsentTerms TermsOf() => new GiveConsent
        {
            Id = id,
            Form = form.Value,
            Items = provision.Items,
            RecipientSector = sector,
            RecipientOrganisation = organisation,
            RecipientRole = recipient.Role,
            RecipientSystem = recipient.Unit,
            RecipientPerson = recipient.Person,
            Purpose = purpose,
            To = provision.To,
            Case = provision.Case,
            TextLanguage = language,
            TextVersion = version,
        };
    }

    private static void ReadFrame(FhirNode root)
    {
        root.Pass("resourceType", "id", "language");
        if (root.One("meta") is { } meta)
        {
            meta.Pass("versionId", "lastUpdated", "profile", "source");
            meta.Close();
        }

        if (root.One("text") is { } narrative)
        {
            if (narrative.Text("status") != "generated")
            {
                narrative.Refuse("status", ConsentFault.NotHeld, "generated: a narrative that says more than the elements is not held.");
            }

            narrative.Pass("div");
            narrative.Close();
        }

        const string scope = "patient-privacy of consentscope.";
        if (root.Needed("scope", scope) is { } concept)
        {
            FhirCodings.Concept(concept).In(ConsentCodes.Scope, scope, static code => code == ConsentCodes.Privacy);
        }
    }

    private static string? IdOf(FhirNode root)
    {
        const string whatToDo = "Exactly one identifier: the consent's own, 32 hexadecimal digits of a UUID version 7, chosen by the sender.";
        if (root.Many("identifier") is not [var identifier])
        {
            root.Refuse("identifier", ConsentFault.Required, whatToDo);
            return null;
        }

        return FhirCodings.Identifier(identifier).In(ConsentCodes.Consents, whatToDo, static value => FreshId.Is(value) && !value.Any(char.IsAsciiLetterUpper));
    }

    private static bool IsDraft(FhirNode root, Viewer viewer)
    {
        var status = root.NeededText("status", "active, or draft.");
        if (status is not (null or "active") && (status != "draft" || viewer is Viewer.Client))
        {
            root.Refuse("status", ConsentFault.Rule, viewer is Viewer.Client ? "active: a client gives." : "active, or draft: what has ended is not begun here.");
        }

        return status == "draft";
    }

    private static ReadCode? PatientOf(FhirNode root, Viewer viewer)
    {
        const string whatToDo = "The client by national identifier (urn:oid:1.2.246.21), or by the name that this door gives you.";
        if (root.Needed("patient", whatToDo) is not { } patient || FhirCodings.Named(patient, "Patient") is not { } named)
        {
            return null;
        }

        if (IsClient(named, viewer))
        {
            return named;
        }

        named.At.Refuse(ConsentFault.Value, viewer is Viewer.Client ? "Yourself, by national identifier (urn:oid:1.2.246.21)." : whatToDo);
        return null;
    }

    private static bool IsClient(ReadCode named, Viewer viewer) => viewer switch
    {
        Viewer.Client own => named.System == Hetu.System && Hetu.TryParse(named.Code, out var said) && said == own.Identifier,
        _ when named.System == Hetu.System => Hetu.TryParse(named.Code, out _),
        _ => named.System == ClientAliases.SystemOf(viewer.Reader) && ClientId.TryParse(named.Code, out _),
    };

    private void ReadTime(FhirNode root)
    {
        const string whatToDo = "When it was given: a day, or an instant with its zone, not in the future.";
        if (root.NeededText("dateTime", whatToDo) is { } text && !(ProvisionReader.TryReadTime(text, isEnd: false, out var given) && given <= clock.GetUtcNow() + Skew))
        {
            root.Refuse("dateTime", ConsentFault.Value, whatToDo);
        }
    }

    /// <summary>Who keeps a consent follows from who records it; another one could not be held. A client's own one opens the data of those named, and of nobody else.</summary>
    private ImmutableArray<OrganisationId> CustodiansOf(FhirNode root, Viewer viewer)
    {
        var custodians = new List<OrganisationId>();
        const string whatToDo = "Your own organisation, or for the client's own one that is connected here.";
        foreach (var one in root.Many("organization"))
        {
            FhirCodings.Named(one, "Organization").In(ConsentCodes.Organisations, whatToDo, code => OrganisationId.TryParse(code, out var id)
                && (viewer is Viewer.Organisation of ? of.Recorder.Organisation == id : deployment.FindOrganisation(id) is not null) && Add(id));
        }

        return [.. custodians];

        bool Add(OrganisationId id)
        {
            custodians.Add(id);
            return true;
        }
    }

    private static (string? Language, string? Version)? TextOf(FhirNode root)
    {
        if (root.Needed("sourceAttachment", "Language and version (title) of the text that was shown or read out.") is not { } text)
        {
            return null;
        }

        var (language, version) = (text.NeededText("language", "fi, sv or en."), text.NeededText("title", "Version of the text."));
        text.Close();
        return (language, version);
    }

    private static void ReadPerformers(FhirNode root, ReadCode? patient, ImportedEvidence? evidence)
    {
        var (client, another) = (0, 0);
        foreach (var performer in root.Many("performer"))
        {
            if (performer.Text("type") == "Patient")
            {
                client++;
                if (FhirCodings.Named(performer, "Patient") is { } named && patient is not null)
                {
                    named.In(patient.System, "The client as in patient.", value => value == patient.Code);
                }
            }
            else
            {
                another++;
                if (performer.NeededText("type", "Patient or RelatedPerson.") is not (null or "RelatedPerson"))
                {
                    performer.Refuse("type", ConsentFault.Value, "Patient or RelatedPerson.");
                }

                performer.Pass("display");
                performer.Close();
            }
        }

        if (evidence is not null && (client != (Givers.IsClientAmong(evidence.GivenBy) ? 1 : 0) || another != (Givers.IsAnotherAmong(evidence.GivenBy) ? 1 : 0)))
        {
            root.Refuse("performer", ConsentFault.Structure, "As the giver says: the Patient, a RelatedPerson without name, or both.");
        }
    }
}
