// The invented people that all simulators share.
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Sisote.Simulators.People;

/// <summary>People, professionals and accounts of the demonstration (<c>people.yaml</c>). Personal identity codes have individual numbers 900-999, which no real person gets.</summary>
internal sealed record InventedPeople
{
    /// <summary>The shared people.</summary>
    public static InventedPeople Shared { get; } = Read<InventedPeople>("people.yaml");

    /// <summary>Clients.</summary>
    public List<InventedPerson> People { get; init; } = [];

    /// <summary>Professionals.</summary>
    public List<InventedProfessional> Professionals { get; init; } = [];

    /// <summary>Who may sign in to which simulator.</summary>
    public List<InventedAccount> Accounts { get; init; } = [];

    /// <summary>Whether there is a file of this name.</summary>
    public static bool Has(string file) => typeof(InventedPeople).Assembly.GetManifestResourceInfo("people/" + file) is not null;

    /// <summary>Reads another file of the same folder; unknown keys are refused.</summary>
    public static T Read<T>(string file)
    {
        using var stream = typeof(InventedPeople).Assembly.GetManifestResourceStream("people/" + file) ?? throw new FileNotFoundException(file);
        using var reader = new StreamReader(stream);
        return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<T>(reader);
    }

    /// <summary>The person with this id.</summary>
    public InventedPerson Person(string id) => People.First(person => person.Id == id);
}

/// <summary>A client.</summary>
internal sealed record InventedPerson
{
    /// <summary>Short id inside the files.</summary>
    public string Id { get; init; } = "";

    /// <summary>Personal identity code.</summary>
    public string Hetu { get; init; } = "";

    /// <summary>Family name.</summary>
    public string Family { get; init; } = "";

    /// <summary>Given names.</summary>
    public string Given { get; init; } = "";

    /// <summary>F or M.</summary>
    public string Gender { get; init; } = "";

    /// <summary>Date of birth, yyyy-MM-dd.</summary>
    public string BirthDate { get; init; } = "";

    /// <summary>Street address.</summary>
    public string Street { get; init; } = "";

    /// <summary>Postal code.</summary>
    public string PostalCode { get; init; } = "";

    /// <summary>City.</summary>
    public string City { get; init; } = "";

    /// <summary>Telephone.</summary>
    public string Phone { get; init; } = "";

    /// <summary>E-mail.</summary>
    public string Email { get; init; } = "";

    /// <summary>Language of service: fi, sv, ...</summary>
    public string Language { get; init; } = "";

    /// <summary>Whether contact data is protected (turvakielto).</summary>
    public bool Protected { get; init; }
}

/// <summary>A professional.</summary>
internal sealed record InventedProfessional
{
    /// <summary>User name and id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Family name.</summary>
    public string Family { get; init; } = "";

    /// <summary>Given name.</summary>
    public string Given { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";
}

/// <summary>An account.</summary>
internal sealed record InventedAccount
{
    /// <summary>User name.</summary>
    public string User { get; init; } = "";

    /// <summary>Kinds of simulator it opens.</summary>
    public List<string> Simulators { get; init; } = [];
}
