// A search over consents, and how it is read.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Sisote.Consent.Audit;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>A search: whose consents, and which of them.</summary>
/// <param name="Client">Whose.</param>
/// <param name="Terms">What each has to meet: one of the values of every parameter.</param>
internal sealed record ConsentQuery(ClientId Client, ImmutableArray<(string Name, ImmutableArray<string> Values)> Terms)
{
    /// <summary>Whether a consent is among those asked for.</summary>
    public bool Matches(ShownConsent shown) => Terms.All(term => term.Values.Any(value => term.Name switch
    {
        "_id" => shown.Id == value,
        "status" => IsToken(value, "http://hl7.org/fhir/consent-state-codes", ConsentJson.StatusOf(shown.Consent)),
        "identifier" => IsToken(value, ConsentCodes.Consents, shown.Consent.Consent.Id),
        "category" => IsToken(value, ConsentCodes.Forms, shown.Consent.Consent.Form.Value) || IsToken(value, ConsentCodes.Loinc, ConsentCodes.PatientConsent),
        _ => false,
    }));

    /// <summary>The parameters that tell nothing of a person, as a link repeats them.</summary>
    public string ToQuery() => Terms.IsEmpty ? string.Empty : "?" + string.Join('&', Terms.Select(static term => $"{term.Name}={Uri.EscapeDataString(string.Join(',', term.Values))}"));

    private static bool IsToken(string asked, string system, string code) => asked.Split('|') switch
    {
        [var plain] => plain == code,
        [var named, ""] => named == system,
        [var named, var plain] => named == system && plain == code,
        _ => false,
    };
}

/// <summary>A search, or why it was not understood.</summary>
internal sealed record ConsentQueryReading(ConsentQuery? Query, ProblemHttpResult? Problem);

/// <summary>Reads searches; nothing is ignored. Whose consents are asked for is said in a body and nowhere else.</summary>
internal sealed class ConsentQueryReader(Clients.ClientKeys keys, ClientAliases aliases)
{
    private const int MostValues = 20;

    /// <summary>Parameters that name a client.</summary>
    public static readonly ImmutableArray<string> Naming = ["patient.identifier", "patient:identifier"];

    /// <summary>Parameters that tell nothing of a person.</summary>
    public static readonly ImmutableArray<string> Others = ["_id", "status", "identifier", "category"];

    public ConsentQueryReading Read(IEnumerable<KeyValuePair<string, StringValues>> parameters, Viewer viewer, bool inBody)
    {
        ClientId? client = null;
        var terms = ImmutableArray.CreateBuilder<(string, ImmutableArray<string>)>();
        foreach (var (name, values) in parameters)
        {
            if (Naming.Contains(name) || name == "patient")
            {
                if (!inBody || client is not null || values is not [{ } one] || ClientOf(name, one, viewer) is not { } named)
                {
                    return Malformed("patient.identifier", WhomToName(viewer));
                }

                client = named;
            }
            else if (name == "_format")
            {
                if (values is not ["json" or "application/json" or "application/fhir+json"])
                {
                    return new(null, Problems.NotAcceptable());
                }
            }
            else if (!Others.Contains(name))
            {
                return new(null, Problems.ParameterUnknown());
            }
            else if (Values(values) is { } read)
            {
                terms.AddRange(read.Select(term => (name, term)));
            }
            else
            {
                return Malformed(name, $"1 to {MostValues} values [system|]code, none of them empty.");
            }
        }

        return (client ?? (viewer as Viewer.Client)?.Key) is { } whose ? new(new ConsentQuery(whose, terms.ToImmutable()), null) : Malformed("patient.identifier", WhomToName(viewer));
    }

    private ClientId? ClientOf(string name, string text, Viewer viewer)
    {
        var found = text.Split('|') switch
        {
            [Hetu.System, var code] when name != "patient" => Hetu.TryParse(code, out var identifier) ? keys.KeyOf(identifier) : (ClientId?)null,
            [var system, var alias] when name != "patient" && system == ClientAliases.SystemOf(viewer.Reader) => aliases.Find(alias, viewer.Reader),
            _ => null,
        };
        return viewer is Viewer.Client own && found != own.Key ? null : found;
    }

    /// <summary>Each repetition of a parameter narrows; values between commas widen. Null where one is empty or too long, or could be a national identifier.</summary>
    private static List<ImmutableArray<string>>? Values(StringValues all)
    {
        var read = all.Select(static one => (one ?? string.Empty).Split(',').ToImmutableArray()).ToList();
        return read.TrueForAll(static term => term.Length <= MostValues && term.All(static value => value.Length is > 0 and <= 200 && !PersonalCodes.AreIn(value))) ? read : null;
    }

    private static string WhomToName(Viewer viewer) => viewer is Viewer.Client
        ? "Leave it out, or name yourself in a POST body: patient.identifier=urn:oid:1.2.246.21|CODE."
        : "Name one client in a POST body: patient.identifier=urn:oid:1.2.246.21|CODE, or the name that this door gives you.";

    private static ConsentQueryReading Malformed(string field, string whatToDo) => new(null, Problems.InvalidRequest(field, whatToDo));
}
