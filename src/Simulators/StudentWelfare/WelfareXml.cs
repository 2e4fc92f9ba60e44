// The record's XML, written and read.
using System.Xml;
using System.Xml.Linq;
using Sisote.Simulators.People;

namespace Sisote.Simulators.StudentWelfare;

/// <summary>Documents of the record's interface, namespace <c>urn:esimerkki:opiskeluhuolto:1</c>.</summary>
internal static class WelfareXml
{
    /// <summary>The namespace.</summary>
    public static readonly XNamespace Ns = "urn:esimerkki:opiskeluhuolto:1";

    private static readonly XmlReaderSettings Reading = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 256 * 1024,
    };

    /// <summary>The root element of a body, or null where it is no XML.</summary>
    public static async Task<XElement?> ReadAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            using var reader = XmlReader.Create(body, Reading);
            return await XElement.LoadAsync(reader, LoadOptions.None, cancellation);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Everything recorded of a pupil.</summary>
    public static XElement Pupil(WelfarePupil pupil) => new(
        Ns + "oppilas",
        new XAttribute("id", pupil.Id),
        Person(pupil),
        new XElement(Ns + "koulu", pupil.School),
        new XElement(Ns + "jarjestelytarpeet", pupil.Needs.Select(Need)),
        new XElement(Ns + "asiantuntijaryhmat", pupil.Groups.Select(static group => new XElement(
            Ns + "ryhma",
            new XAttribute("id", group.Id),
            new XAttribute("alkaa", group.From),
            group.Members.Select(static member => new XElement(Ns + "jasen", new XAttribute("tunnus", member.Id), new XAttribute("tehtava", member.Role))),
            new XElement(Ns + "suunnitelma", group.Plan)))),
        new XElement(Ns + "kertomus", pupil.Journal.Select(static entry => Text("merkinta", entry))),
        new XElement(Ns + "kuraattorinKirjaukset", pupil.CuratorEntries.Select(static entry => Text("kirjaus", entry))));

    /// <summary>A need of a pupil, alone.</summary>
    public static XElement NeedOf(WelfarePupil pupil, ArrangementNeed need) => new(Ns + "tarvevastaus", new XAttribute("oppilas", pupil.Id), Person(pupil), Need(need));

    /// <summary>The notice to a teacher as it is sent.</summary>
    public static XElement Notice(TeacherNotice notice, WelfarePupil pupil, ArrangementNeed need)
    {
        var author = InventedPeople.Shared.Professionals.FirstOrDefault(one => one.Id == notice.Author);
        return new XElement(
            Ns + "ilmoitus",
            new XAttribute("tunniste", notice.Id),
            new XElement(Ns + "laatija", new XAttribute("tunnus", notice.Author), new XAttribute("nimi", author is null ? notice.Author : $"{author.Given} {author.Family}"), new XAttribute("tehtava", author?.Title ?? "kuraattori")),
            new XElement(Ns + "oppilas", new XAttribute("id", pupil.Id), Person(pupil)),
            Need(need));
    }

    /// <summary>A notice's state.</summary>
    public static XElement State(TeacherNotice notice)
    {
        var element = new XElement(Ns + "ilmoituksenTila", new XAttribute("tunniste", notice.Id), new XAttribute("tarve", notice.NeedId), new XAttribute("tila", notice.State), new XAttribute("tehty", notice.Made));
        if (notice.Receipt is not null)
        {
            element.SetAttributeValue("kuitti", notice.Receipt);
        }

        return element;
    }

    private static XElement Person(WelfarePupil pupil)
    {
        var person = InventedPeople.Shared.Person(pupil.Person);
        return new XElement(
            Ns + "henkilo",
            new XElement(Ns + "henkilotunnus", person.Hetu),
            new XElement(Ns + "sukunimi", person.Family),
            new XElement(Ns + "etunimet", person.Given));
    }

    private static XElement Need(ArrangementNeed need)
    {
        var element = new XElement(
            Ns + "tarve",
            new XAttribute("id", need.Id),
            new XAttribute("koodi", need.Code),
            new XAttribute("alkaa", need.From),
            new XAttribute("kirjaaja", need.Author),
            new XElement(Ns + "valttamattomyys", need.Necessity));
        if (need.To is not null)
        {
            element.SetAttributeValue("paattyy", need.To);
        }

        return element;
    }

    private static XElement Text(string name, WelfareText entry) => new(
        Ns + name, new XAttribute("id", entry.Id), new XAttribute("pvm", entry.Date), new XAttribute("kirjaaja", entry.Author), entry.Text);
}
