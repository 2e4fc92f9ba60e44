// The examples of HL7's Physical Activity guide, through the whole loop.
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class PhysicalActivityTests
{
    private const string Pa = "http://hl7.org/fhir/us/physical-activity/CodeSystem/pa-temporary-codes";

    private static readonly string[] Types = ["CarePlan", "Condition", "Goal", "Observation", "ServiceRequest", "Task"];

    private static readonly Dictionary<string, string> Clients = new()
    {
        ["1"] = SectorHouse.Aino,
        ["Scen1PatientKhatun"] = SectorHouse.Eino,
        ["Scen3PatientShevchenko"] = SectorHouse.Onni,
        ["Scen5PatientRosalie"] = SectorHouse.Lumi,
    };

    [Fact]
    public async Task EveryExampleIsReadWithItsClientAndNothingElseOfIt()
    {
        var (examples, patients) = Examples();
        await using var record = await FhirRecord.StartAsync([.. patients, .. examples]);
        await using var house = await HouseAsync(record);

        foreach (var type in Types)
        {
            var written = examples.Where(one => (string?)one["resourceType"] == type).ToList();
            Assert.NotEmpty(written);
            var all = await house.SearchAsync(FhirRecord.Id, type);
            Assert.True(all.Status == 200, $"{type}: {all.Status}");
            Assert.Equal(written.Count, all.Found.Count);
            foreach (var (patient, hetu) in Clients)
            {
                var own = await house.SearchClientAsync(FhirRecord.Id, type, hetu);
                Assert.Equal(written.Count(one => SubjectOf(one).EndsWith("/" + patient, StringComparison.Ordinal)), own.Found.Count);
                Assert.All(own.Found, found => Assert.Equal(hetu, Sisote.Adapters.Facade.SubjectReader.ReadClient(found)?.Reveal()));
                Assert.DoesNotContain("Khatun", own.Body, StringComparison.Ordinal);
                Assert.DoesNotContain("motivated by", own.Body, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task EveryExampleOfAReferralIsDeliveredAcceptedAndCompleted()
    {
        var (examples, patients) = Examples();
        await using var source = await FhirRecord.StartAsync([.. patients, .. examples]);
        await using var from = await HouseAsync(source);
        await using var target = await FhirRecord.StartAsync(patients.Select(static patient => patient.DeepClone().AsObject()));
        await using var to = await HouseAsync(target);
        var requests = (await from.SearchAsync(FhirRecord.Id, "ServiceRequest")).Found.Cast<ServiceRequest>().ToList();
        Assert.Equal(3, requests.Count);

        foreach (var (request, number) in requests.Select(static (request, number) => (request, number)))
        {
            var hetu = request.Subject!.Identifier!.Value!;
            (request.Id, request.Subject, request.Requester, request.Performer) = (null, new ResourceReference { Identifier = new Identifier(Hetu.System, hetu) }, null, []);
            var sent = await to.CreateAsync(FhirRecord.Id, $"key-{number}", request);
            Assert.True(sent.Status == 200 || sent.Status == 201, sent.Body);
            var task = (FhirTask)(await to.SearchClientAsync(FhirRecord.Id, "Task", hetu)).Found.Single(task => ((FhirTask)task).Identifier.Exists(one => one.Value == $"key-{number}"));
            var tag = FhirTaskTests.Tag(task);
            foreach (var (status, step) in new[] { "accepted", "in-progress", "completed" }.Select(static (status, step) => (status, step)))
            {
                var taken = await to.ChangeAsync(FhirRecord.Id, task.Id!, tag, FhirTaskTests.Step(status, hetu), $"step-{number}-{step}");
                Assert.Equal(200, taken.Status);
                tag = taken.Tag!;
            }
        }

        Assert.All(await target.NativeAsync("Task"), static task => Assert.Equal("completed", (string?)task["status"]));
    }

    /// <summary>The examples as a server would hold them: references to the guide's own example server are references within.</summary>
    private static (List<JsonObject> Resources, List<JsonObject> Patients) Examples()
    {
        var folder = SharedData.Require("hl7-physical-activity", "examples");
        var all = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Select(static file => JsonNode.Parse(File.ReadAllText(file).Replace("http://example.org/fhir/Patient/", "Patient/", StringComparison.Ordinal).Replace("http://example.org/Patient/", "Patient/", StringComparison.Ordinal))!.AsObject()).ToList();
        var patients = all.Where(static one => (string?)one["resourceType"] == "Patient").Append(new JsonObject { ["resourceType"] = "Patient", ["id"] = "1" }).ToList();
        foreach (var patient in patients)
        {
            var identifiers = patient["identifier"]?.DeepClone().AsArray() ?? [];
            identifiers.Add(new JsonObject { ["system"] = Hetu.System, ["value"] = Clients[(string)patient["id"]!] });
            patient["identifier"] = identifiers;
        }

        return ([.. all.Where(static one => Types.Contains((string?)one["resourceType"]))], patients);
    }

    private static string SubjectOf(JsonObject resource) => (string?)(resource["subject"] ?? resource["for"])?["reference"] ?? string.Empty;

    private static async Task<SectorHouse> HouseAsync(FhirRecord record)
    {
        var file = Path.Combine(record.Folder, "mapping.yaml");
        string[] systems = [Pa, "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org", "http://terminology.hl7.org/CodeSystem/observation-category", "http://terminology.hl7.org/CodeSystem/goal-achievement",
            "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "http://hl7.org/fhir/CodeSystem/task-code", "http://terminology.hl7.org/CodeSystem/condition-clinical", "http://terminology.hl7.org/CodeSystem/condition-ver-status",
            "http://hl7.org/fhir/us/core/CodeSystem/condition-category", "http://hl7.org/fhir/sid/icd-10-cm"];
        await File.WriteAllTextAsync(file, "tables:\n  codes:\n    rows:\n" + string.Concat(systems.Select(static system => $"      - {{native: \"{system}|*\", system: \"{system}\", code: \"*\"}}\n")));
        return await record.HouseAsync(("mapping", file), ("reads", string.Join(',', Types.Append("Patient"))), ("writes", "ServiceRequest,Task"));
    }
}
