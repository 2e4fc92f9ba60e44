// What every resource of the facade must be like.
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Adapters;

/// <summary>The contract that the gateway relies on.</summary>
internal static partial class FacadeContract
{
    /// <summary>Id, client and category are as agreed; nothing but the client's own data.</summary>
    public static void Holds(Resource resource, string hetu, string? category = null)
    {
        Assert.Matches(Id(), resource.Id);
        Assert.Equal(hetu, SubjectReader.ReadClient(resource)?.Reveal());
        if (resource is not Patient)
        {
            Assert.True(resource.TryGetValue(resource switch { EpisodeOfCare => "patient", Hl7.Fhir.Model.Task => "for", _ => "subject" }, out var subject));
            var reference = Assert.IsType<ResourceReference>(subject);
            Assert.Matches(PatientReference(), reference.Reference);
            Assert.Equal(Hetu.System, reference.Identifier?.System);
        }

        if (category is not null)
        {
            Assert.True(resource.TryGetValue("category", out var concepts));
            Assert.Contains(((IEnumerable<CodeableConcept>)concepts).SelectMany(static concept => concept.Coding), coding => coding.System == SectorHouse.Category && coding.Code == category);
        }
    }

    [GeneratedRegex("^[a-z0-9-]{1,15}$")]
    private static partial Regex Id();

    [GeneratedRegex("^Patient/[a-z0-9-]{1,15}$")]
    private static partial Regex PatientReference();
}
