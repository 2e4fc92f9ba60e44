// The invented people of the demonstration.
using System.Collections.Immutable;
using System.Text;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Sisote.Host.Demo;

/// <summary>Reads <c>persons.yaml</c>.</summary>
internal static class DemoPersons
{
    private static readonly Lazy<Document> Content = new(Load);

    /// <summary>Who can sign in.</summary>
    internal static IReadOnlyList<DemoPerson> Read() => Content.Value.Persons;

    /// <summary>What is known about the clients before the first message about them arrives.</summary>
    internal static IReadOnlyList<DemoFacts> ReadFacts() => Content.Value.Facts;

    /// <summary>Who can sign in, as the authority wants to know it.</summary>
    internal static ImmutableArray<Identity.SignIn.DemoPerson> ForSignIn() => [.. Read().Select(static person => new Identity.SignIn.DemoPerson
    {
        Id = person.Id,
        Name = person.Name,
        Kind = PersonKinds.TryParse(person.Kind, out var kind) ? kind : throw new InvalidOperationException($"persons.yaml: unknown kind `{person.Kind}`."),
        Hetu = person.Hetu is null ? null : Hetu.Parse(person.Hetu),
        Role = person.Role is null ? null : RoleId.Parse(person.Role),
        Organisation = person.Organisation is null ? null : OrganisationId.Parse(person.Organisation),
        Professional = person.Professional is null ? null : ProfessionalId.Parse(person.Professional),
        Remark = person.Remark.ToLocalised(),
    })];

    private static Document Load()
    {
        using var stream = typeof(DemoPersons).Assembly.GetManifestResourceStream("demo/persons.yaml") ?? throw new InvalidOperationException("persons.yaml is built in.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<Document>(reader);
    }

    private sealed record Document
    {
        public List<DemoPerson> Persons { get; init; } = [];

        public List<DemoFacts> Facts { get; init; } = [];
    }
}

/// <summary>A person who can sign in to the demonstration.</summary>
internal sealed record DemoPerson
{
    /// <summary>Id to sign in with.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>Name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Claim value of the kind of person.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>Personal identity code of a client.</summary>
    public string? Hetu { get; init; }

    /// <summary>Role of a professional.</summary>
    public string? Role { get; init; }

    /// <summary>Organisation.</summary>
    public string? Organisation { get; init; }

    /// <summary>Identifier of a professional.</summary>
    public string? Professional { get; init; }

    /// <summary>What is special about the person.</summary>
    public DemoText Remark { get; init; } = new();
}

/// <summary>A text of the demonstration in three languages.</summary>
internal sealed record DemoText
{
    /// <summary>Finnish.</summary>
    public string Fi { get; init; } = string.Empty;

    /// <summary>Swedish.</summary>
    public string Sv { get; init; } = string.Empty;

    /// <summary>English.</summary>
    public string En { get; init; } = string.Empty;

    /// <summary>As the product's own kind of text.</summary>
    internal LocalisedText ToLocalised() => new() { Fi = Fi, Sv = Sv, En = En };
}

/// <summary>Facts about a client of the demonstration.</summary>
internal sealed record DemoFacts
{
    /// <summary>Personal identity code.</summary>
    public string Hetu { get; init; } = string.Empty;

    /// <summary>Turvakielto.</summary>
    public bool SafetyProhibition { get; init; }

    /// <summary>Whether compulsory education continues.</summary>
    public bool? CompulsoryAge { get; init; }

    /// <summary>Form of school.</summary>
    public string? SchoolForm { get; init; }
}
