// What the facade of a patient record promises to the gateway.
#pragma warning disable CS8600, CS8602 // Firely marks every element as nullable; a null here fails the test, which is right
using System.Text.Json;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.PatientRecord;

public sealed class FacadeContractTests
{
    private const string Category = "https://sisote.example/fhir/CodeSystem/category";
    private static readonly string[] Types = ["Flag", "Goal", "CarePlan", "Observation", "Condition", "MedicationStatement", "DocumentReference"];

    [Fact]
    public async Task EveryResourceNamesItsClientByReferenceAndByIdentifier()
    {
        await using var world = await RecordWorld.OpenAsync();

        var patient = Assert.IsType<Patient>(Assert.Single(await world.FindAsync("Patient", RecordWorld.Aino)));
        foreach (var type in Types)
        {
            var found = await world.FindAsync(type, RecordWorld.Aino);
            Assert.NotEmpty(found);
            foreach (var resource in found)
            {
                Assert.True(resource.TryGetValue("subject", out var subject));
                var reference = Assert.IsType<ResourceReference>(subject);
                Assert.Equal($"Patient/{patient.Id}", reference.Reference);
                Assert.Equal(("urn:oid:1.2.246.21", RecordWorld.Aino), (reference.Identifier.System, reference.Identifier.Value));
                Assert.Matches("^[a-z0-9-]{1,15}$", resource.Id);
            }
        }
    }

    [Fact]
    public async Task EveryResourceIsReadAgainByItsId()
    {
        await using var world = await RecordWorld.OpenAsync();

        foreach (var type in Types.Append("Patient"))
        {
            foreach (var resource in await world.FindAsync(type, RecordWorld.Aino))
            {
                using var answer = await world.GetAsync($"pohjois-savo-record/{type}/{resource.Id}");
                Assert.Equal(JsonSerializer.Serialize(resource, FhirBody.Options), await answer.Content.ReadAsStringAsync());
            }
        }
    }

    [Fact]
    public async Task TheWholeRecordStandsBehindTheFacadeSoThatTheGatewayHasSomethingToKeepBack()
    {
        await using var world = await RecordWorld.OpenAsync();

        var note = Assert.IsType<DocumentReference>(Assert.Single(await world.FindAsync("DocumentReference", RecordWorld.Aino)));
        Assert.Equal("PSY", Assert.Single(note.Meta.Security).Code);
        Assert.Equal(["I10", "M51.2"], (await world.FindAsync("Condition", RecordWorld.Aino)).Cast<Condition>().Select(static condition => condition.Code.Coding[0].Code));
        Assert.Equal("C07AB07", ((CodeableConcept)((MedicationStatement)(await world.FindAsync("MedicationStatement", RecordWorld.Aino))[0]).Medication).Coding[0].Code);
        Assert.Equal(2, (await world.FindAsync("Observation", RecordWorld.Aino, "&category=" + Uri.EscapeDataString("http://terminology.hl7.org/CodeSystem/observation-category|laboratory"))).Count);
    }

    [Fact]
    public async Task LimitsAndGoalsCarryTheCodesOfTheCatalogue()
    {
        await using var world = await RecordWorld.OpenAsync();

        var limits = await world.FindAsync("Flag", RecordWorld.Aino, "&category=" + Uri.EscapeDataString($"{Category}|exercise-restriction"));
        Assert.Equal(["avoid-heavy-lifting", "heart-rate-ceiling"], limits.Cast<Flag>().Select(static flag => flag.Code.Coding[0].Code));
        Assert.All(limits.Cast<Flag>(), static flag => Assert.Equal(Category, flag.Code.Coding[0].System));
        var goal = Assert.IsType<Goal>(Assert.Single(await world.FindAsync("Goal", RecordWorld.Aino, "&category=" + Uri.EscapeDataString($"{Category}|exercise"))));
        Assert.Equal("89555-7", goal.Target[0].Measure.Coding[0].Code);
        var plan = Assert.IsType<CarePlan>(Assert.Single(await world.FindAsync("CarePlan", RecordWorld.Aino, "&category=" + Uri.EscapeDataString($"{Category}|exercise-plan") + "&status=active")));
        Assert.Equal(2, plan.Activity.Count);
    }

    [Fact]
    public async Task MeasuresAreFoundByTheirCodeAndNothingElseComesAlong()
    {
        await using var world = await RecordWorld.OpenAsync();

        var found = await world.FindAsync("Observation", RecordWorld.Aino, "&code=" + Uri.EscapeDataString("http://loinc.org|89555-7,http://loinc.org|85354-9"));
        Assert.Equal(["89555-7", "85354-9"], found.Cast<Observation>().Select(static measure => measure.Code.Coding[0].Code));
        Assert.Equal([138m, 86m], ((Observation)found[1]).Component.Select(static component => ((Quantity)component.Value).Value!.Value));
        Assert.Empty(await world.FindAsync("CarePlan", RecordWorld.Aino, "&status=completed"));
        Assert.Empty(await world.FindAsync("Flag", RecordWorld.Aino, "&category=" + Uri.EscapeDataString("http://another.example|exercise-restriction")));
    }

    [Fact]
    public async Task ProtectedContactDataIsMarkedAndOpenContactDataIsNot()
    {
        await using var world = await RecordWorld.OpenAsync();

        var eino = (Patient)(await world.FindAsync("Patient", RecordWorld.Eino))[0];
        var aino = (Patient)(await world.FindAsync("Patient", RecordWorld.Aino))[0];
        Assert.Equal("TURVAKIELTO", Assert.Single(eino.Meta.Security).Code);
        Assert.Null(aino.Meta);
        Assert.Equal("fi", aino.Communication[0].Language.Coding[0].Code);
        Assert.Equal("Aaltonen", aino.Name[0].Family);
    }

    [Fact]
    public async Task NarrativeTextNeverPassesTheFacade()
    {
        await using var world = await RecordWorld.OpenAsync();

        foreach (var type in Types)
        {
            using var answer = await world.SearchAsync(type, "patient%3Aidentifier=urn%3Aoid%3A1.2.246.21%7C" + RecordWorld.Aino);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("välilevyongelman", body, StringComparison.Ordinal);
            Assert.DoesNotContain("parisuhteesta", body, StringComparison.Ordinal);
            Assert.DoesNotContain("Helmi", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("patient:identifier=urn:oid:1.2.246.21|120385-911F&name=x")]
    [InlineData("patient:identifier=120385-911F")]
    [InlineData("patient:identifier=urn:oid:1.2.246.21|120385-911A")]
    [InlineData("identifier=urn:oid:1.2.246.21|120385-911F")]
    [InlineData("category=exercise")]
    [InlineData("_count=0")]
    [InlineData("status=active&status=active")]
    public async Task ASearchThatIsNotUnderstoodIsRefused(string parameters)
    {
        await using var world = await RecordWorld.OpenAsync();

        using var answer = await world.SearchAsync("Flag", parameters);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("adapter-search-not-understood", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyTheGatewayMayAsk()
    {
        await using var world = await RecordWorld.OpenAsync();

        using var portal = await world.SearchAsync("Flag", "_count=1", caller: "sisote-portal");
        using var nobody = await world.Http.GetAsync("pohjois-savo-record/Patient/p-10001");

        Assert.Equal((403, 401), ((int)portal.StatusCode, (int)nobody.StatusCode));
    }

    [Fact]
    public async Task TheRecordIsNoRegisterToListAllClients()
    {
        await using var world = await RecordWorld.OpenAsync();

        using var all = await world.SearchAsync("Flag", "_count=5");
        using var unknownSystem = await world.GetAsync("another-record/Patient/p-10001");
        using var unknownId = await world.GetAsync("pohjois-savo-record/Flag/999999-1");

        Assert.Equal((404, 404, 404), ((int)all.StatusCode, (int)unknownSystem.StatusCode, (int)unknownId.StatusCode));
        Assert.Empty(await world.FindAsync("Flag", "010170-956B"));
        Assert.Empty(await world.FindAsync("MedicationRequest", RecordWorld.Aino)); // metadata may list a type that this record does not keep
    }
}
