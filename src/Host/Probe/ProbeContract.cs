// What every resource of the facade must be like.
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sisote.Policy.Ids;

namespace Sisote.Host.Probe;

/// <summary>The facade's contract (<c>docs/adapters.md</c>) as checks of one type's resources; each says what is wrong without saying what is there.</summary>
/// <param name="client">The identity code that was asked about.</param>
/// <param name="codeSystems">The code systems of the catalogue.</param>
internal sealed partial class ProbeContract(string client, FrozenSet<string> codeSystems)
{
    private static readonly string[] Subjects = ["subject", "patient", "for"];
    private static readonly string[] Times = ["authoredOn", "lastModified", "date", "sent", "recordedDate", "birthDate", "startDate", "effectiveDateTime", "onsetDateTime", "start", "end"];

    /// <summary>Checks the resources of a type.</summary>
    internal IEnumerable<ProbeCheck> Check(string type, IReadOnlyList<JsonElement> resources) => resources.Count == 0 ? [] :
    [
        Make("ids", type, "ids of 1 to 15 characters a-z, 0-9, '-', each once", FaultOfIds(type, resources)),
        Make("subject", type, "each names the client that was asked for, by reference and identity code", resources.Select(FaultOfSubject).OfType<string>().FirstOrDefault()),
        Make("codes", type, "categories are of code systems of the catalogue, and every code has a system", resources.Select(FaultOfCodes).OfType<string>().FirstOrDefault()),
        Make("times", type, "dates and times are FHIR's", resources.Select(static resource => FaultOfTimes(resource)).OfType<string>().FirstOrDefault()),
        Make("minimal", type, "no narrative, no contained resource, no modifier extension", resources.Select(FaultOfRest).OfType<string>().FirstOrDefault()),
    ];

    private static ProbeCheck Make(string name, string type, string good, string? fault) => new ProbeCheck(name, type, fault is null ? ProbeVerdict.Pass : ProbeVerdict.Fail, fault ?? good);

    private static string? FaultOfIds(string type, IReadOnlyList<JsonElement> resources)
    {
        var ids = resources.Select(static resource => ProbeAnswer.Text(resource, "id")).ToList();
        return resources.Any(resource => ProbeAnswer.Text(resource, "resourceType") != type) ? "a resource of another type"
            : ids.Exists(static id => id is null || !Id().IsMatch(id)) ? "an id of another shape"
            : ids.Distinct().Count() < ids.Count ? "an id twice" : null;
    }

    private string? FaultOfSubject(JsonElement resource)
    {
        if (ProbeAnswer.Text(resource, "resourceType") == "Patient")
        {
            return Objects(resource, "identifier").Any(identifier => IsClient(identifier)) ? null : "a Patient without the identity code that was asked for";
        }

        var subject = Subjects.Select(name => resource.TryGetProperty(name, out var found) ? found : default).FirstOrDefault(static found => found.ValueKind == JsonValueKind.Object);
        return subject.ValueKind != JsonValueKind.Object || ProbeAnswer.Text(subject, "reference") is not { } reference || !Reference().IsMatch(reference) ? "a subject that is no reference Patient/id"
            : subject.TryGetProperty("identifier", out var identifier) && IsClient(identifier) ? null : "a subject without the identity code that was asked for";
    }

    private string? FaultOfCodes(JsonElement resource)
    {
        foreach (var (concept, isCategory) in Objects(resource, "category").Select(static concept => (concept, true)).Concat(Objects(resource, "code").Select(static concept => (concept, false))))
        {
            var codings = Objects(concept, "coding").ToList();
            if (codings.Count == 0 || codings.Exists(static coding => ProbeAnswer.Text(coding, "code") is not { Length: > 0 } || ProbeAnswer.Text(coding, "system") is not { Length: > 0 }))
            {
                return "a category or code without a coding, or a coding without its system";
            }

            if (isCategory && codings.Exists(coding => !codeSystems.Contains(ProbeAnswer.Text(coding, "system")!)))
            {
                return "a category of a code system that the catalogue does not have";
            }
        }

        return null;
    }

    private static string? FaultOfTimes(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(static member => Times.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.String && !Time().IsMatch(member.Value.GetString()!)
            ? $"a value of {member.Name} that is no date or time"
            : FaultOfTimes(member.Value)).OfType<string>().FirstOrDefault(),
        JsonValueKind.Array => element.EnumerateArray().Select(FaultOfTimes).OfType<string>().FirstOrDefault(),
        _ => null,
    };

    private static string? FaultOfRest(JsonElement resource) =>
        new[] { "text", "contained", "modifierExtension", "implicitRules" }.FirstOrDefault(name => resource.TryGetProperty(name, out _)) is { } name ? $"a resource with {name}" : null;

    private bool IsClient(JsonElement identifier) => ProbeAnswer.Text(identifier, "system") == Hetu.System && ProbeAnswer.Text(identifier, "value") == client;

    private static IEnumerable<JsonElement> Objects(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(static one => one.ValueKind == JsonValueKind.Object)
        : value.ValueKind == JsonValueKind.Object ? [value] : [];

    [GeneratedRegex("^[a-z0-9-]{1,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex("^Patient/[a-z0-9-]{1,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex("^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
