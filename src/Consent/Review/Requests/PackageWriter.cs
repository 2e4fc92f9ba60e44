// Writes what the client gets: JSON for keeping, CSV for reading.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sisote.Consent.Audit;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;

namespace Sisote.Consent.Review.Requests;

/// <summary>Names by the catalogue and deployment of today; what they do not name stands under its code.</summary>
internal sealed class PackageWriter(UsageTexts texts, RoomSettings settings)
{
    private static readonly LocalisedText Introduction = new()
    {
        Fi = "Tästä näet, kuka on käyttänyt tietojasi, kenelle niitä on annettu ja millä perusteella. Luettelossa ei ole itse tietoja. Perustuu asiakastietolain (703/2023) 11 §:ään.",
        Sv = "Här ser du vem som har använt dina uppgifter, vem de har lämnats till och på vilken grund. Själva uppgifterna finns inte i listan. Grundar sig på 11 § i kunduppgiftslagen (703/2023).",
        En = "This tells you who has used your data, to whom it was given and on which ground. The data itself is not in the list. It rests on section 11 of the Client Data Act (703/2023).",
    };

    private static readonly LocalisedText LeftOut = new()
    {
        Fi = "Kaikkia merkintöjä ei voida antaa sinulle. Voit viedä asian tietosuojavaltuutetun ratkaistavaksi.",
        Sv = "Alla anteckningar kan inte lämnas ut till dig. Du kan föra ärendet till dataombudsmannen för avgörande.",
        En = "Not all entries can be given to you. You can take the matter to the Data Protection Ombudsman.",
    };

    private static readonly LocalisedText[] Headings =
    [
        new() { Fi = "Aika", Sv = "Tid", En = "Time" },
        new() { Fi = "Mitä tapahtui", Sv = "Vad som hände", En = "What happened" },
        new() { Fi = "Kenen tietoja", Sv = "Vems uppgifter", En = "Who held the data" },
        new() { Fi = "Kuka sai tai käytti", Sv = "Vem fick eller använde", En = "Who received or used it" },
        new() { Fi = "Henkilö", Sv = "Person", En = "Person" },
        new() { Fi = "Peruste", Sv = "Grund", En = "Ground" },
    ];

    /// <summary>The package as JSON.</summary>
    public byte[] Write(LogRequest request, IEnumerable<RequestedEntry> included, bool leftOut) => JsonSerializer.SerializeToUtf8Bytes(
        new LogPackage
        {
            Request = request.Id,
            Organisation = settings.Deployment.FindOrganisation(request.Organisation)?.Name ?? Same(request.Organisation.Value),
            Introduction = Introduction,
            Since = request.Since,
            Until = request.OpenedAt,
            Entries = [.. included.Select(Show)],
            LeftOut = leftOut ? LeftOut : null,
        },
        SisoteJson.Options);

    /// <summary>The package as a table in one language: comma-separated (RFC 4180), with a byte order mark so that spreadsheets read the letters right.</summary>
    public static byte[] ToCsv(byte[] package, string language)
    {
        var read = JsonSerializer.Deserialize<LogPackage>(package, SisoteJson.Options) ?? throw new InvalidDataException("A package is empty.");
        var text = new StringBuilder();
        Line(text, [read.Organisation.In(language)]);
        Line(text, [read.Introduction.In(language)]);
        if (read.LeftOut is { } leftOut)
        {
            Line(text, [leftOut.In(language)]);
        }

        Line(text, Headings.Select(heading => heading.In(language)));
        foreach (var entry in read.Entries)
        {
            Line(text,
            [
                TimeOf(entry.Time), entry.What.In(language), PartyOf(entry.From, language), PartyOf(entry.To, language),
                string.Join(", ", new[] { entry.To?.Professional?.Value, entry.To?.Role?.In(language) }.OfType<string>()),
                string.Join("; ", entry.Basis.Select(static basis => $"{basis.Statute} {basis.Section}").Concat(entry.Consents)),
            ]);
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private PackageEntry Show(RequestedEntry requested)
    {
        var entry = requested.Entry;
        return new PackageEntry
        {
            Time = entry.Time,
            What = new LocalisedText
            {
                Fi = texts.Show(entry, requested.Outcome, "fi").Action, Sv = texts.Show(entry, requested.Outcome, "sv").Action, En = texts.Show(entry, requested.Outcome, "en").Action,
            },
            From = Show(entry.From),
            To = Show(entry.To),
            Basis = [.. entry.Items.Where(static item => item.Released).SelectMany(static item => item.Basis).Distinct()],
            Consents = [.. entry.Items.Where(static item => item.Released).SelectMany(static item => item.Consents).Select(static consent => $"{consent.Form} {consent.Id} ({consent.Version})").Distinct()],
        };
    }

    private PackageParty? Show(LogParty? party) => party is null ? null : new PackageParty
    {
        Organisation = party.Organisation is { } organisation ? settings.Deployment.FindOrganisation(organisation)?.Name ?? Same(organisation.Value) : null,
        System = party.System is { } system ? settings.Deployment.FindSystem(system)?.Name ?? Same(system.Value) : null,
        Professional = party.Professional,
        Role = party.Role is { } role ? settings.Catalogue.Roles.GetValueOrDefault(role)?.Labels ?? Same(role.Value) : null,
    };

    private static LocalisedText Same(string code) => new() { Fi = code, Sv = code, En = code };

    private static string PartyOf(PackageParty? party, string language) => string.Join(", ", new[] { party?.Organisation?.In(language), party?.System?.In(language) }.OfType<string>());

    /// <summary>Finnish time, as people here read it.</summary>
    private static string TimeOf(DateTimeOffset time) => FinnishTime.LocalOf(time).ToString("d.M.yyyy HH.mm", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>Quoted, and harmless to a spreadsheet that would take a leading sign for a formula.</summary>
    private static string Cell(string value) => $"\"{(value.Length > 0 && "=+-@\t\r".Contains(value[0], StringComparison.Ordinal) ? "'" : string.Empty)}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
