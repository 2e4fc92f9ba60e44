// Reads persons.yaml strictly and reports every fault with its line; identity codes are never repeated in a message.
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Host.Demo;

/// <summary>Checks the persons of the demonstration against the law's roles and the deployment's organisations.</summary>
internal sealed class PersonsReader
{
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> codes = new(StringComparer.Ordinal);
    private readonly HashSet<(OrganisationId, ProfessionalId)> professionals = [];
    private readonly string[] organisations;
    private readonly string[] roles;

    private PersonsReader(LegalCatalogue catalogue, Deployment deployment)
    {
        organisations = [.. deployment.Organisations.Select(static organisation => organisation.Id.Value)];
        roles = [.. catalogue.Roles.Keys.Select(static role => role.Value)];
    }

    /// <summary>Reads the text of the file. Where there are faults, what was read is not to be used.</summary>
    internal static (DemoPersons Read, IReadOnlyList<CatalogueFault> Faults) Read(string fileName, string yaml, LegalCatalogue catalogue, Deployment deployment)
    {
        var faults = new List<CatalogueFault>();
        if (DemoYaml.Parse(fileName, yaml, faults) is not { } root)
        {
            return (DemoPersons.None, faults);
        }

        var reader = new PersonsReader(catalogue, deployment);
        var read = new DemoPersons
        {
            Persons = [.. root.Maps("persons").Select(reader.ReadPerson)],
            Facts = [.. root.Maps("facts").Select(reader.ReadFacts)],
            Guardians = [.. root.Maps("guardians").Select(ReadGuardian)],
        };
        root.Close();
        return (read, [.. faults.OrderBy(static fault => fault.Line)]);
    }

    private DemoPerson ReadPerson(DemoYaml map)
    {
        var id = map.Text("id");
        if (id.Length > 0 && !ProfessionalId.TryParse(id, out _))
        {
            map.Fault("id", $"`{id}` is not an id: use 1 to 64 letters, digits, '-', '_' or '.'.");
        }
        else if (id.Length > 0 && !ids.Add(id))
        {
            map.Fault("id", $"Somebody else in this file has the id `{id}` already.");
        }

        var word = map.Text("kind");
        if (!PersonKinds.TryParse(word, out var kind) && word.Length > 0)
        {
            map.Fault("kind", $"There is no kind of person `{word}`. {NearestCode.Suggest(word, Enum.GetValues<PersonKind>().Select(static known => known.ToClaim()))}");
        }

        var person = new DemoPerson { Id = id, Name = map.Text("name"), Kind = kind, Remark = map.Localised("remark") };
        person = kind == PersonKind.Client ? person with { Hetu = ReadCode(map, codes) } : ReadPlace(map, person);
        map.Close();
        return person;
    }

    private DemoPerson ReadPlace(DemoYaml map, DemoPerson person)
    {
        var read = person with
        {
            Organisation = map.Code<OrganisationId>("organisation", "organisation", organisations),
            Professional = map.Code<ProfessionalId>("professional", null, []),
            Role = person.Kind == PersonKind.Professional ? map.Code<RoleId>("role", "role", roles) : null,
        };
        if (read is { Organisation: { } organisation, Professional: { } professional } && !professionals.Add((organisation, professional)))
        {
            map.Fault("professional", $"Somebody else of `{organisation}` is `{professional}` already.");
        }

        return read;
    }

    private DemoFacts ReadFacts(DemoYaml map)
    {
        var facts = new DemoFacts
        {
            Hetu = ReadCode(map, known: null),
            SafetyProhibition = map.Flag("safetyProhibition") ?? false,
            CompulsoryAge = map.Flag("compulsoryAge"),
            SchoolForm = map.OptionalText("schoolForm"),
        };
        map.Close();
        return facts;
    }

    private static DemoGuardian ReadGuardian(DemoYaml map)
    {
        var guardian = new DemoGuardian { Child = ReadCode(map, known: null, "child"), Name = map.Text("name"), Guardian = ReadCode(map, known: null, "guardian"), Custody = map.Text("custody") };
        if (guardian.Custody is not ("sole" or "joint" or ""))
        {
            map.Fault("custody", "`custody` must be sole or joint.");
        }

        map.Close();
        return guardian;
    }

    /// <summary>An identity code that no real person has.</summary>
    private static string ReadCode(DemoYaml map, HashSet<string>? known, string key = "hetu")
    {
        var text = map.Text(key);
        if (text.Length == 0)
        {
            return text;
        }

        if (!Hetu.TryParse(text, out var code))
        {
            map.Fault(key, $"`{key}` is not a sound personal identity code.");
        }
        else if (!code.IsTestCode)
        {
            map.Fault(key, $"`{key}` may be a real person's: the demonstration takes invented people only, whose individual number is from 900 to 999.");
        }
        else if (known?.Add(text) == false)
        {
            map.Fault(key, "Somebody else in this file has the same `hetu`.");
        }

        return text;
    }
}
