// Reading clinical documents, those of others and hostile ones.
using System.Text;
using Sisote.Adapters.Cda;
using Sisote.Adapters.PatientRecord;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Adapters.Cda;

public sealed class CdaReaderTests
{
    private static readonly CdaCode Section = new("1.2.3", "LIMITS");
    private static readonly IReadOnlySet<CdaCode> Allowed = new HashSet<CdaCode> { Section };

    [Fact]
    public void EveryDocumentThatOthersWroteIsReadOrRefusedWithoutHarm()
    {
        var files = Directory.GetFiles(SharedData.Require("cda-documents"), "*", SearchOption.AllDirectories);
        var allowed = new HashSet<CdaCode> { new("2.16.840.1.113883.6.1", "11450-4"), new("2.16.840.1.113883.6.1", "8716-3"), new("2.16.840.1.113883.6.1", "10160-0") };

        var read = files.Select(file => CdaReader.Read(File.ReadAllBytes(file), allowed)).OfType<CdaDocument>().ToList();

        Assert.True(read.Count > 10, $"{read.Count} documents");
        Assert.Contains(read, static document => document.Entries.Length > 0);
        Assert.All(read.SelectMany(static document => document.Entries), entry => Assert.Contains(entry.Section, allowed));
    }

    [Fact]
    public void ASectionThatIsNotAllowedStaysUnread()
    {
        var document = Read(Body("LIMITS", Entry("R01")) + Body("DIAGNOSES", Entry("I10")));

        Assert.Equal("R01", Assert.Single(document.Entries).Code.Code);
    }

    [Theory]
    [InlineData("<name>Aino Maria Aaltonen</name>", "|Aino Maria Aaltonen")]
    [InlineData("<name><given>Aino</given></name>", "Aino|")]
    [InlineData("<name><given>Aino</given><family>Aaltonen</family></name>", "Aino Aaltonen|")]
    [InlineData("<name> </name>", null)]
    [InlineData("", null)]
    public void ANameIsReadAlsoWhereItIsWrittenInOnePiece(string name, string? said)
    {
        var document = Document("").Replace("</patientRole>", $"<patient>{name}</patient></patientRole>", StringComparison.Ordinal);

        var patient = PatientMapper.Map(CdaReader.Read(Encoding.UTF8.GetBytes(document), Allowed)!.Patient, Hetu.Parse("120385-911F"), "p1");

        Assert.Equal(said, patient.Name.Select(static one => $"{string.Join(' ', one.Given.Append(one.Family).OfType<string>())}|{one.Text}").SingleOrDefault());
    }

    [Fact]
    public void NarrativeTextIsNeverRead()
    {
        var document = Read(Body("LIMITS", Entry("R01"), "secret words"));

        Assert.DoesNotContain("secret", document.ToString() + document.Entries[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("negationInd=\"true\"")]
    [InlineData("nullFlavor=\"UNK\"")]
    public void ANegatedOrEmptyStatementIsNoStatement(string attribute)
    {
        var document = Read(Body("LIMITS", Entry("R01").Replace("<observation ", $"<observation {attribute} ", StringComparison.Ordinal)));

        Assert.Empty(document.Entries);
    }

    [Fact]
    public void ADocumentAboutTwoPeopleIsNotTaken()
    {
        var twice = Document("").Replace("<recordTarget>", "<recordTarget><patientRole/></recordTarget><recordTarget>", StringComparison.Ordinal);

        Assert.Null(CdaReader.Read(Encoding.UTF8.GetBytes(twice), Allowed));
    }

    [Fact]
    public void AnEntityBombIsRefusedUnexpanded()
    {
        const string Bomb = "<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";

        Assert.Null(CdaReader.Read(Encoding.UTF8.GetBytes(Bomb + Document("<title>&c;</title>")), Allowed));
    }

    [Fact]
    public void AnOutsideEntityIsNotFetched()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "outside");

        var document = CdaReader.Read(Encoding.UTF8.GetBytes($"<!DOCTYPE b [<!ENTITY x SYSTEM \"file://{file}\">]>" + Document("<title>&x;</title>")), Allowed);

        File.Delete(file);
        Assert.Null(document);
    }

    [Fact]
    public void ADeeplyNestedOrOversizeDocumentIsRefused()
    {
        var deep = Document(string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000)));
        var large = Document("<title>" + new string('x', CdaXml.MaxCharacters) + "</title>");

        Assert.Null(CdaReader.Read(Encoding.UTF8.GetBytes(deep), Allowed));
        Assert.Null(CdaReader.Read(Encoding.UTF8.GetBytes(large), Allowed));
    }

    [Fact]
    public void ProtectionThatTheDocumentDoesNotMentionIsUnknownAndNotNo()
    {
        Assert.Null(Read("").Patient.Protected);
    }

    private static CdaDocument Read(string content)
    {
        var document = CdaReader.Read(Encoding.UTF8.GetBytes(Document($"<component><structuredBody>{content}</structuredBody></component>")), Allowed);
        Assert.NotNull(document);
        return document;
    }

    private static string Document(string content) =>
        "<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><code code=\"T\" codeSystem=\"1.2.3\"/>"
        + "<recordTarget><patientRole><id root=\"1.2.246.21\" extension=\"120385-911F\"/></patientRole></recordTarget>" + content + "</ClinicalDocument>";

    private static string Body(string section, string entry, string narrative = "") =>
        $"<component><section><code code=\"{section}\" codeSystem=\"1.2.3\"/><text>{narrative}</text>{entry}</section></component>";

    private static string Entry(string code) =>
        $"<entry><observation classCode=\"OBS\" moodCode=\"EVN\"><code code=\"{code}\" codeSystem=\"1.2.4\"><originalText>secret</originalText></code><statusCode code=\"active\"/></observation></entry>";
}
