// Who plays in the tour.
using Sisote.Doors.Tokens;
using Sisote.Host.House;
using Sisote.Policy.Ids;

namespace Sisote.Host.Tour;

/// <summary>The persons and systems of the story, by the ids of the demonstration.</summary>
internal sealed class Cast(RunningHouse house)
{
    /// <summary>The patient record.</summary>
    internal const string Record = "pohjois-savo-record";

    /// <summary>The municipality's exercise-counselling register.</summary>
    internal const string Register = "kuopio-liikunta";

    /// <summary>The counsellor.</summary>
    internal const string Counsellor = "ohjaaja-salmi";

    /// <summary>The doctor.</summary>
    internal const string Doctor = "dr-harju";

    /// <summary>Aino's personal identity code.</summary>
    internal string Aino { get; } = house.ReadPersons().Persons.FirstOrDefault(static person => person.Id == "aino")?.Hetu ?? throw new TourBrokenException("persons.yaml has no client `aino`: start anew with --fresh.");

    /// <summary>The doctor at the record's own screen.</summary>
    internal NativeSystem DoctorsScreen { get; } = MakeDoctorsScreen(house);

    /// <summary>The counsellor at the register's own screen.</summary>
    internal NativeSystem CounsellorsScreen { get; } = new(house, Register, Address(house, Register, "address"), Counsellor);

    /// <summary>The register's software at the gateway, with the counsellor behind it.</summary>
    internal SystemCaller CounsellorsSystem { get; } = Caller(house, Register, Counsellor, "Sami Salmi", "exercise-counsellor");

    /// <summary>The record's software at the gateway, with the doctor behind it.</summary>
    internal SystemCaller DoctorsSystem { get; } = Caller(house, Record, Doctor, "Helmi Harju", "health-professional");

    /// <summary>The same software with a colleague behind it.</summary>
    internal SystemCaller ClubSystem { get; } = Caller(house, "kallan-kulkijat-yhteys", "seura-1", "Seuran ohjaaja", "association-worker", "voluntary-hobby");

    /// <summary>The doctor at the record's own screen.</summary>
    internal static NativeSystem MakeDoctorsScreen(RunningHouse house) => new(house, Record, Address(house, Record, "documents"), Doctor);

    private static SystemCaller Caller(RunningHouse house, string system, string person, string name, string role, string purpose = "exercise-counselling")
    {
        var entry = house.Settings.Deployment.FindSystem(SystemId.Parse(system)) ?? throw new TourBrokenException($"The deployment has no system `{system}`: start anew with --fresh.");
        return new SystemCaller(house, entry.Id, new BusinessContext
        {
            SubjectId = ProfessionalId.Parse(person),
            SubjectName = name,
            SubjectRole = RoleId.Parse(role),
            OrganisationId = entry.Organisation,
            PurposeOfUse = [PurposeId.Parse(purpose)],
        });
    }

    private static Uri Address(RunningHouse house, string system, string setting)
    {
        var settings = house.Settings.Deployment.FindSystem(SystemId.Parse(system))?.Adapter?.Settings;
        return settings?.GetValueOrDefault(setting) is { } address ? new Uri(address) : throw new TourBrokenException($"`{system}` has no setting `{setting}`.");
    }
}
