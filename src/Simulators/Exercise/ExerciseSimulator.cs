// Opens the exercise-counselling product.
using Sisote.Simulators.Keys;
using Sisote.Simulators.People;

namespace Sisote.Simulators.Exercise;

/// <summary>A municipality's exercise-counselling product: customers, referrals, plans, visits and measurements behind a JSON API.</summary>
internal static class ExerciseSimulator
{
    /// <summary>Makes the product over the files of its folder.</summary>
    public static SimulatorApplication Open(SimulatorPlace place)
    {
        var builder = place.CreateBuilder();
        builder.Services.AddSingleton(_ => new CrmBook(Path.Combine(place.Folder, "tapahtumat.jsonl"), place.Clock));
        var app = builder.Build();
        var book = app.Services.GetRequiredService<CrmBook>();
        if (book.EventsAfter(0).IsEmpty)
        {
            FirstCustomers(book, place.Clock.GetUtcNow());
        }

        CrmApi.Map(app, book, new NativeDoor(ApiKey.Open(Path.Combine(place.Folder, "api-key")), place.Accounts));
        return new SimulatorApplication(place.Entry.Kind, app);
    }

    /// <summary>A customer who came on his own: the municipality's register knows him, health care never referred him.</summary>
    private static void FirstCustomers(CrmBook book, DateTimeOffset now)
    {
        var onni = InventedPeople.Shared.Person("onni");
        var customer = book.Register(new IncomingPerson
        {
            NationalId = onni.Hetu,
            FamilyName = onni.Family,
            GivenNames = onni.Given,
            Phone = onni.Phone,
            Language = onni.Language,
            Protected = onni.Protected,
        });
        book.Record(new VisitRecording
        {
            Visit = new Visit { CustomerId = customer.Id, At = now.AddDays(-30), Manner = "vastaanotto", Counsellor = "ohjaaja-niemi", Note = "Tuli omasta aloitteesta; kiinnostunut kuntosalin aloitusryhmästä." },
            Measurements =
            [
                new Measurement { Code = "reipas_pv_vk", Value = 2, Unit = "pv/vk" },
                new Measurement { Code = "verenpaine", Value = 128, SecondValue = 82, Unit = "mmHg" },
                new Measurement { Code = "askeleet", Value = 6200, Unit = "/pv" },
            ],
        });
    }
}
