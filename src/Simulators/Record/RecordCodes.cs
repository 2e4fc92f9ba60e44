// The record's own code systems and codes.
namespace Sisote.Simulators.Record;

/// <summary>Code systems of this record (below an invented business id) and the headings and types it treats in its own way.</summary>
internal static class RecordCodes
{
    public const string PersonId = "1.2.246.21";
    public const string DocumentTypes = "1.2.246.10.99999999.1";
    public const string Sections = "1.2.246.10.99999999.2";
    public const string Limits = "1.2.246.10.99999999.3";
    public const string Goals = "1.2.246.10.99999999.4";
    public const string Plans = "1.2.246.10.99999999.5";
    public const string Access = "1.2.246.10.99999999.6";
    public const string Measures = "1.2.246.10.99999999.7";
    public const string Outcomes = "1.2.246.10.99999999.8";
    public const string Fields = "1.2.246.10.99999999.9";
    public const string PatientNumber = "1.2.246.10.99999999.10";
    public const string Diagnoses = "1.2.246.537.6.1";

    /// <summary>Documents that others write for this record under its own responsibility: filed at once.</summary>
    public const string OnBehalfType = "LIIKNEUV";

    /// <summary>Documents that come from elsewhere: they wait until a professional takes them in.</summary>
    public const string ReceivedType = "ULKOPAL";

    /// <summary>The heading under which an incoming value is filed, by the code system it comes with; null for a system that this record does not know.</summary>
    public static (string Code, string Title)? SectionOf(string system) => system switch
    {
        Measures => ("MITT", "Mittaukset"),
        Goals => ("LIIKTAV", "Liikuntatavoitteet"),
        Plans => ("LIIKSUUN", "Liikuntasuunnitelma"),
        Outcomes => ("PALAUTE", "Palaute"),
        Fields => ("KIRJAUS", "Kirjaus"),
        _ => null,
    };
}
