// Entries that the gateway delivers become native documents.
#pragma warning disable CS8600, CS8602 // Firely marks every element as nullable; a null here fails the test, which is right
using System.Text;
using Hl7.Fhir.Model;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.PatientRecord;

public sealed class EntryTests
{
    [Fact]
    public async Task AnEntryOnBehalfStandsInTheRecordAtOnceWithAuthorRoleModeAndMeasures()
    {
        await using var world = await RecordWorld.OpenAsync();

        using var answer = await world.CreateAsync(Entries.Counselling("Sauvakävely sujuu | hyvin ^ nyt\ntoinen rivi"));

        Assert.Equal(200, (int)answer.StatusCode);
        var document = Last(await world.NativeDocumentsAsync());
        Assert.Equal(("on-behalf", "filed", "LIIKNEUV", "dr-harju"), (Text(document, "mode"), Text(document, "status"), Text(document, "type"), Text(document, "authenticator")));
        var author = document.GetProperty("author");
        Assert.Equal(("ohjaaja-salmi", "Sami Salmi", "liikuntaneuvoja", "Kuopion kaupunki"), (Text(author, "id"), Text(author, "name"), Text(author, "role"), Text(author, "organisation")));
        Assert.Equal("Sauvakävely sujuu | hyvin ^ nyt\ntoinen rivi", Text(Entry(document, "TEKSTI"), "text"));
        Assert.Equal(("4", "d/wk"), (Text(Entry(document, "M01"), "quantity"), Text(Entry(document, "M01"), "unit")));
        Assert.Equal(2, Entry(document, "M08").GetProperty("parts").GetArrayLength());
        Assert.Equal("5", Text(Entry(document, "T01").GetProperty("parts")[0], "quantity"));
    }

    [Fact]
    public async Task WhatWasWrittenIsReadBackThroughTheFacadeUnderTheIdsThatWereAnswered()
    {
        await using var world = await RecordWorld.OpenAsync();

        using var answer = await world.CreateAsync(Entries.Counselling("Hyvin menee"));
        var locations = Assert.IsType<Bundle>(Sisote.Adapters.Facade.FhirBody.Parse(await answer.Content.ReadAsByteArrayAsync())).Entry.Select(static entry => entry.Response.Location).ToList();

        Assert.Equal(4, locations.Count);
        foreach (var location in locations)
        {
            using var read = await world.GetAsync("pohjois-savo-record/" + location);
            Assert.Equal(200, (int)read.StatusCode);
        }

        var goal = Assert.IsType<Goal>((await world.FindAsync("Goal", RecordWorld.Aino))[1]);
        Assert.Equal((Goal.GoalLifecycleStatus.Active, "2027-02-28"), (goal.LifecycleStatus, ((Date)goal.Target[0].Due).Value));
    }

    [Fact]
    public async Task FeedbackWaitsUntilADoctorAcceptsIt()
    {
        await using var world = await RecordWorld.OpenAsync();

        using var answer = await world.CreateAsync(Entries.Feedback(), rule: "EX-04", type: "Communication");

        Assert.Equal(201, (int)answer.StatusCode);
        var waiting = Last(await world.NativeDocumentsAsync());
        Assert.Equal(("received", "waiting"), (Text(waiting, "mode"), Text(waiting, "status")));
        Assert.Equal("Palvelu päättyi suunnitellusti", Text(Entry(waiting, "TEKSTI").GetProperty("parts")[0], "text"));
        using var accepted = await world.AsDoctorAsync(HttpMethod.Post, $"view/documents/{Text(waiting, "id")}/accept");
        Assert.Equal(204, (int)accepted.StatusCode);
        var filed = Last(await world.NativeDocumentsAsync());
        Assert.Equal(("filed", "dr-harju"), (Text(filed, "status"), Text(filed, "acceptedBy")));
    }

    [Fact]
    public async Task TheSameDeliveryTwiceIsOneDocument()
    {
        await using var world = await RecordWorld.OpenAsync();
        var before = (await world.NativeDocumentsAsync()).GetArrayLength();

        using var first = await world.CreateAsync(Entries.Counselling("Kerran"), key: "same");
        using var second = await world.CreateAsync(Entries.Counselling("Kerran"), key: "same");
        using var other = await world.CreateAsync(Entries.Counselling("Toinen"), key: "same");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(422, (int)other.StatusCode);
        Assert.Equal(before + 1, (await world.NativeDocumentsAsync()).GetArrayLength());
    }

    [Fact]
    public async Task ADocumentSurvivesARestartOfTheRecord()
    {
        await using var world = await RecordWorld.OpenAsync();
        using var answer = await world.CreateAsync(Entries.Counselling("Säilyy"));

        await world.Simulators.DisposeAsync();
        await world.StartSimulatorsAsync();

        Assert.Equal("Säilyy", Text(Entry(Last(await world.NativeDocumentsAsync()), "TEKSTI"), "text"));
    }

    [Fact]
    public async Task AnElementThatTheRecordCannotCarryMakesTheWholeEntryRefusedByName()
    {
        await using var world = await RecordWorld.OpenAsync();
        var before = (await world.NativeDocumentsAsync()).GetArrayLength();
        var entry = Entries.Counselling("Teksti");
        ((Observation)entry.Entry[1].Resource!).Note = [new Annotation { Text = new Markdown("x") }];

        using var answer = await world.CreateAsync(entry);

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains("Observation.note", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, (await world.NativeDocumentsAsync()).GetArrayLength());
    }

    [Theory]
    [InlineData(CarePlan.CarePlanActivityStatus.Scheduled, "Uinti", 200)]
    [InlineData(CarePlan.CarePlanActivityStatus.InProgress, "Uinti", 200)]
    [InlineData(CarePlan.CarePlanActivityStatus.Cancelled, "Uinti", 422)]
    [InlineData(CarePlan.CarePlanActivityStatus.Stopped, "Uinti", 422)]
    [InlineData(CarePlan.CarePlanActivityStatus.OnHold, "Uinti", 422)]
    [InlineData(CarePlan.CarePlanActivityStatus.Completed, "Uinti", 422)]
    [InlineData(CarePlan.CarePlanActivityStatus.Scheduled, null, 422)]
    public async Task AnActivityThatIsNotToBeDoneIsNeverWrittenAsOneThatIs(CarePlan.CarePlanActivityStatus status, string? description, int expected)
    {
        await using var world = await RecordWorld.OpenAsync();
        var before = (await world.NativeDocumentsAsync()).GetArrayLength();

        using var answer = await world.CreateAsync(Entries.WithPlan(status, description));

        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Equal(expected == 200 ? before + 1 : before, (await world.NativeDocumentsAsync()).GetArrayLength());
    }

    [Theory]
    [InlineData("performer")]
    [InlineData("interpretation")]
    [InlineData("dataAbsentReason")]
    public async Task WhatAMeasureSaysBesideItsValueIsRefusedByNameAndNotLost(string element)
    {
        await using var world = await RecordWorld.OpenAsync();
        var entry = Entries.Counselling("Teksti");
        var pressure = (Observation)entry.Entry[2].Resource!;
        pressure.Performer = element == "performer" ? [new ResourceReference { Identifier = new Identifier("urn:oid:1.2", "1") }] : [];
        pressure.Component[0].Interpretation = element == "interpretation" ? [new CodeableConcept("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "H")] : [];
        pressure.Component[0].DataAbsentReason = element == "dataAbsentReason" ? new CodeableConcept("http://terminology.hl7.org/CodeSystem/data-absent-reason", "error") : null;

        using var answer = await world.CreateAsync(entry);

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains("." + element, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMeasureInAnotherUnitOrWithAnUnknownCodeIsRefusedAndNotConverted()
    {
        await using var world = await RecordWorld.OpenAsync();
        var unit = Entries.Counselling("Teksti");
        ((Quantity)((Observation)unit.Entry[1].Resource!).Value).Code = "d";
        var code = Entries.Counselling("Teksti");
        ((Observation)code.Entry[1].Resource!).Code = new CodeableConcept("http://loinc.org", "1234-5");

        using var wrongUnit = await world.CreateAsync(unit);
        using var wrongCode = await world.CreateAsync(code);

        Assert.Equal((422, 422), ((int)wrongUnit.StatusCode, (int)wrongCode.StatusCode));
    }

    [Fact]
    public async Task ARuleThatTheMappingDoesNotNameWritesNothing()
    {
        await using var world = await RecordWorld.OpenAsync();

        using var answer = await world.CreateAsync(Entries.Counselling("Teksti"), rule: "EX-01");

        Assert.Equal(422, (int)answer.StatusCode);
    }

    [Fact]
    public async Task AnEntryAboutTwoClientsOrWithoutSenderIsNotUnderstood()
    {
        await using var world = await RecordWorld.OpenAsync();
        var entry = Entries.Counselling("Teksti");
        ((Observation)entry.Entry[1].Resource!).Subject = new ResourceReference { Identifier = new Identifier("urn:oid:1.2.246.21", RecordWorld.Eino) };

        using var two = await world.CreateAsync(entry);
        using var noKey = await world.CreateAsync(Entries.Counselling("Teksti"), key: "not a key");

        Assert.Equal((400, 400), ((int)two.StatusCode, (int)noKey.StatusCode));
    }

    [Fact]
    public async Task AClientWhomTheRecordDoesNotKnowIsRefused()
    {
        await using var world = await RecordWorld.OpenAsync();

        using var answer = await world.CreateAsync(Entries.Feedback("010170-956B"), rule: "EX-04", type: "Communication");

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.DoesNotContain("010170", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static System.Text.Json.JsonElement Last(System.Text.Json.JsonElement documents) => documents[documents.GetArrayLength() - 1];

    private static string? Text(System.Text.Json.JsonElement element, string name) => element.GetProperty(name).GetString();

    private static System.Text.Json.JsonElement Entry(System.Text.Json.JsonElement document, string code) => document.GetProperty("sections").EnumerateArray()
        .SelectMany(static section => section.GetProperty("entries").EnumerateArray())
                .Single(entry => Text(entry, "code") == code);
}

/// <summary>Entries as the gateway delivers them.</summary>
internal static class Entries
{
    private const string Category = "https://sisote.example/fhir/CodeSystem/category";
    private const string Ucum = "http://unitsofmeasure.org";

    public static Bundle Counselling(string text) => new()
    {
        Type = Bundle.BundleType.Transaction,
        Entry = [.. Resources(text).Select(static resource => new Bundle.EntryComponent
        {
            FullUrl = $"urn:uuid:{Guid.CreateVersion7()}",
            Resource = resource,
            Request = new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = resource.TypeName },
        })],
    };

    public static Bundle WithPlan(CarePlan.CarePlanActivityStatus status, string? description)
    {
        var bundle = Counselling("Teksti");
        bundle.Entry.Add(new Bundle.EntryComponent
        {
            FullUrl = $"urn:uuid:{Guid.CreateVersion7()}",
            Resource = new CarePlan
            {
                Status = RequestStatus.Active,
                Intent = CarePlan.CarePlanIntent.Plan,
                Category = [new CodeableConcept(Category, "exercise-plan")],
                Title = "Kevyt alku",
                Subject = Subject(RecordWorld.Aino),
                Activity = [new CarePlan.ActivityComponent { Detail = new CarePlan.DetailComponent { Status = status, Description = description } }],
            },
            Request = new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = "CarePlan" },
        });
        return bundle;
    }

    public static Communication Feedback(string hetu = RecordWorld.Aino) => new()
    {
        Status = EventStatus.Completed,
        Category = [new CodeableConcept(Category, "service-feedback")],
        Subject = Subject(hetu),
        Sent = "2026-11-20T10:00:00+02:00",
        StatusReason = new CodeableConcept("https://sisote.example/fhir/CodeSystem/service-outcome", "completed"),
        Payload = [new Communication.PayloadComponent { Content = new FhirString("Kävi kolmesti.") }],
    };

    private static IEnumerable<DomainResource> Resources(string text)
    {
        yield return new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Category = [new CodeableConcept(Category, "exercise-counselling-entry")],
            Subject = Subject(RecordWorld.Aino),
            Date = new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.FromHours(2)),
            Content = [new DocumentReference.ContentComponent { Attachment = new Attachment { ContentType = "text/plain; charset=utf-8", Data = Encoding.UTF8.GetBytes(text) } }],
        };
        yield return Measure("89555-7", new Quantity { Value = 4, Unit = "d/wk", System = Ucum, Code = "d/wk" });
        var pressure = Measure("85354-9", null);
        pressure.Component = [Component("8480-6", 135), Component("8462-4", 84)];
        yield return pressure;
        yield return new Goal
        {
            LifecycleStatus = Goal.GoalLifecycleStatus.Active,
            Category = [new CodeableConcept(Category, "exercise")],
            Description = new CodeableConcept("https://sisote.example/fhir/CodeSystem/exercise-goal", "improve-endurance"),
            Subject = Subject(RecordWorld.Aino),
            Target = [new Goal.TargetComponent { Measure = new CodeableConcept("http://loinc.org", "89555-7"), Detail = new Quantity { Value = 5, Unit = "d/wk", System = Ucum, Code = "d/wk" }, Due = new Date("2027-02-28") }],
        };
    }

    private static Observation Measure(string code, DataType? value) => new()
    {
        Status = ObservationStatus.Final,
        Category = [new CodeableConcept("http://terminology.hl7.org/CodeSystem/observation-category", "activity")],
        Code = new CodeableConcept("http://loinc.org", code),
        Subject = Subject(RecordWorld.Aino),
        Effective = new FhirDateTime("2026-11-20"),
        Value = value,
    };

    private static Observation.ComponentComponent Component(string code, decimal value) => new()
    {
        Code = new CodeableConcept("http://loinc.org", code),
        Value = new Quantity { Value = value, Unit = "mm[Hg]", System = Ucum, Code = "mm[Hg]" },
    };

    private static ResourceReference Subject(string hetu) => new() { Identifier = new Identifier("urn:oid:1.2.246.21", hetu) };
}
