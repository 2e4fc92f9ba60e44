// Reads the student-welfare record's XML.
using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.StudentWelfare;

/// <summary>A pupil with the parts of the record that the adapter knows. The journal and the kuraattori's entries are not read into anything.</summary>
internal sealed record WelfarePupil(string Id, WelfarePerson Person, ImmutableArray<WelfareNeed> Needs, ImmutableArray<WelfareGroup> Groups);

/// <summary>The person.</summary>
internal sealed record WelfarePerson(Hetu Client, string FamilyName, string GivenNames);

/// <summary>A need of arrangements in teaching.</summary>
internal sealed record WelfareNeed(string Id, string Code, DateOnly From, DateOnly? To, string Author, string Necessity);

/// <summary>An expert group with its plan.</summary>
internal sealed record WelfareGroup(string Id, DateOnly From, ImmutableArray<(string Id, string Role)> Members, string Plan);

/// <summary>A notice to a teacher.</summary>
internal sealed record WelfareNotice(string Id, string Author, string AuthorName, string AuthorRole, WelfarePerson Person, WelfareNeed Need);

/// <summary>Hardened reading: no DTD, no external entities, bounded in size and depth; what is missing or of another shape is a fault.</summary>
internal static class WelfareXml
{
    /// <summary>The record's namespace.</summary>
    public static readonly XNamespace Ns = "urn:esimerkki:opiskeluhuolto:1";

    private const int DeepestElement = 12;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 4 * 1024 * 1024,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The root of a document.</summary>
    /// <exception cref="NativeFaultException">Not XML, with a DTD, too large, too deep, or with another root.</exception>
    public static XElement Read(byte[] document, string root)
    {
        try
        {
            CheckDepth(document);
            using var reader = XmlReader.Create(new MemoryStream(document), Settings);
            return XElement.Load(reader) is { } element && element.Name == Ns + root
                ? element
                : throw new NativeFaultException(NativeFault.Unreadable, "another document than the agreed one");
        }
        catch (XmlException fault)
        {
            throw new NativeFaultException(NativeFault.Unreadable, "not XML of the agreed shape", fault);
        }
    }

    /// <summary>A pupil.</summary>
    public static WelfarePupil ReadPupil(XElement pupil) => new(
        FacadeId.Accept(Attribute(pupil, "id")),
        ReadPerson(Child(pupil, "henkilo")),
        [.. Child(pupil, "jarjestelytarpeet").Elements(Ns + "tarve").Select(ReadNeed)],
        [.. Child(pupil, "asiantuntijaryhmat").Elements(Ns + "ryhma").Select(ReadGroup)]);

    /// <summary>The person of a pupil.</summary>
    public static WelfarePerson ReadPerson(XElement person) => new(
        Hetu.TryParse(Child(person, "henkilotunnus").Value, out var hetu) ? hetu : throw Missing(),
        Text(person, "sukunimi"),
        Text(person, "etunimet"));

    /// <summary>A need.</summary>
    public static WelfareNeed ReadNeed(XElement need) => new(
        FacadeId.Accept(Attribute(need, "id")),
        Attribute(need, "koodi"),
        Day(Attribute(need, "alkaa")),
        need.Attribute("paattyy") is { } end ? Day(end.Value) : null,
        Attribute(need, "kirjaaja"),
        Text(need, "valttamattomyys"));

    /// <summary>A notice.</summary>
    public static WelfareNotice ReadNotice(XElement notice)
    {
        var author = Child(notice, "laatija");
        return new WelfareNotice(
            FacadeId.Accept(Attribute(notice, "tunniste")),
            Attribute(author, "tunnus"),
            Attribute(author, "nimi"),
            Attribute(author, "tehtava"),
            ReadPerson(Child(Child(notice, "oppilas"), "henkilo")),
            ReadNeed(Child(notice, "tarve")));
    }

    /// <summary>A child that must be there once.</summary>
    public static XElement Child(XElement parent, string name) => parent.Elements(Ns + name).ToList() is [var only] ? only : throw Missing();

    private static WelfareGroup ReadGroup(XElement group) => new(
        FacadeId.Accept(Attribute(group, "id")),
        Day(Attribute(group, "alkaa")),
        [.. group.Elements(Ns + "jasen").Select(static member => (Attribute(member, "tunnus"), Attribute(member, "tehtava")))],
        Text(group, "suunnitelma"));

    private static string Attribute(XElement element, string name) => element.Attribute(name)?.Value is { Length: > 0 } value ? value : throw Missing();

    private static string Text(XElement parent, string name) => Child(parent, name).Value.Trim() is { Length: > 0 } text ? text : throw Missing();

    private static DateOnly Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Missing();

    private static void CheckDepth(byte[] document)
    {
        using var reader = XmlReader.Create(new MemoryStream(document), Settings);
        while (reader.Read())
        {
            if (reader.Depth > DeepestElement)
            {
                throw Missing();
            }
        }
    }

    private static NativeFaultException Missing() => new(NativeFault.Unreadable, "a part is missing, doubled or of another shape");
}
