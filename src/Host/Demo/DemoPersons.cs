// The invented people of the demonstration.
using System.Collections.Immutable;
using System.Text;
using Sisote.Doors.Tokens;
using Sisote.Host.House;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Host.Demo;

/// <summary>Who can sign in to one installation of the demonstration, and what is known about clients: <c>persons.yaml</c> of its data folder, written at the first start.</summary>
internal sealed record DemoPersons
{
    /// <summary>Nobody.</summary>
    internal static DemoPersons None { get; } = new();

    /// <summary>Who can sign in.</summary>
    public ImmutableArray<DemoPerson> Persons { get; init; } = [];

    /// <summary>What is known about the clients before the first message about them arrives.</summary>
    public ImmutableArray<DemoFacts> Facts { get; init; } = [];

    /// <summary>Who is whose guardian, as a population register would tell it.</summary>
    public ImmutableArray<DemoGuardian> Guardians { get; init; } = [];

    /// <summary>What the file holds when it is first written.</summary>
    internal static string FirstText()
    {
        using var stream = typeof(DemoPersons).Assembly.GetManifestResourceStream("demo/persons.yaml") ?? throw new InvalidOperationException("persons.yaml is built in.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Reads the file; where there is none yet, what would be written.</summary>
    /// <exception cref="StartFaultException">It cannot be read, or has faults; the message lists them all.</exception>
    internal static DemoPersons Read(HouseOptions options, LegalCatalogue catalogue, Deployment deployment, bool anew = false)
    {
        var isThere = !anew && File.Exists(options.PersonsFile);
        var (read, faults) = PersonsReader.Read(HouseOptions.PersonsName, isThere ? ReadText(options.PersonsFile) : FirstText(), catalogue, deployment);
        return faults.Count == 0 ? read
            : isThere ? throw LawAndDeployment.Faulty("The file of persons", options.PersonsFile, faults)
            : throw LawAndDeployment.Faulty("There is no file of persons yet, and the one that the demonstration would write does not fit its deployment file: write your own. That one", options.PersonsFile, faults);
    }

    /// <summary>Who can sign in, as the authority wants to know it.</summary>
    internal ImmutableArray<Identity.SignIn.DemoPerson> ForSignIn() => [.. Persons.Select(static person => new Identity.SignIn.DemoPerson
    {
        Id = person.Id,
        Name = person.Name,
        Kind = person.Kind,
        Hetu = person.Hetu is null ? null : Hetu.Parse(person.Hetu),
        Role = person.Role,
        Organisation = person.Organisation,
        Professional = person.Professional,
        Remark = person.Remark,
    })];

    private static string ReadText(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException($"The file of persons {file} is there, but cannot be read ({fault.Message}): give this user the right to.", fault);
        }
    }
}

/// <summary>A person who can sign in to the demonstration.</summary>
internal sealed record DemoPerson
{
    /// <summary>Id to sign in with.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>In which capacity.</summary>
    public required PersonKind Kind { get; init; }

    /// <summary>Personal identity code of a client.</summary>
    public string? Hetu { get; init; }

    /// <summary>Role of a professional.</summary>
    public RoleId? Role { get; init; }

    /// <summary>Organisation of anybody but a client.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>Identifier of anybody but a client, as the organisation's own systems name them.</summary>
    public ProfessionalId? Professional { get; init; }

    /// <summary>What is special about the person.</summary>
    public required LocalisedText Remark { get; init; }
}

/// <summary>A guardian of a child of the demonstration.</summary>
internal sealed record DemoGuardian
{
    /// <summary>Personal identity code of the child.</summary>
    public required string Child { get; init; }

    /// <summary>What the child is called.</summary>
    public required string Name { get; init; }

    /// <summary>Personal identity code of the guardian.</summary>
    public required string Guardian { get; init; }

    /// <summary>sole or joint.</summary>
    public required string Custody { get; init; }
}

/// <summary>Facts about a client of the demonstration.</summary>
internal sealed record DemoFacts
{
    /// <summary>Personal identity code.</summary>
    public required string Hetu { get; init; }

    /// <summary>Turvakielto.</summary>
    public bool SafetyProhibition { get; init; }

    /// <summary>Whether compulsory education continues.</summary>
    public bool? CompulsoryAge { get; init; }

    /// <summary>Form of school.</summary>
    public string? SchoolForm { get; init; }
}
