// What a doctor sees of a patient's documents.
using System.Net;
using System.Text;
using Sisote.Simulators.People;

namespace Sisote.Simulators.Record;

/// <summary>Plain pages of the record.</summary>
internal static class RecordPage
{
    private const string Head = "<!doctype html><html lang=\"fi\"><meta charset=\"utf-8\"><title>Potilaskertomus (simulaattori)</title><h1>Potilaskertomus (simulaattori, keksittyjä ihmisiä)</h1>";

    /// <summary>The page that asks for a patient.</summary>
    public const string Search = Head + "<form method=\"post\" action=\"/view/documents\"><label>Henkilötunnus <input name=\"hetu\" autocomplete=\"off\"></label> <button>Avaa asiakirjat</button></form></html>";

    /// <summary>A patient's documents.</summary>
    public static string Documents(InventedPerson person, IEnumerable<NativeDocument> documents)
    {
        var page = new StringBuilder(Head).Append("<h2>").Append(Text($"{person.Family} {person.Given}")).Append("</h2>");
        foreach (var document in documents)
        {
            page.Append("<article><h3>").Append(Text($"{document.Id} {document.Title}")).Append("</h3><p>")
                .Append(Text($"{document.Time} · {document.Author.Name}, {document.Author.Role}, {document.Author.Organisation} · {Mode(document)} · {State(document)}")).Append("</p>");
            foreach (var section in document.Sections)
            {
                page.Append("<h4>").Append(Text(section.Title)).Append("</h4><p>").Append(Text(section.Narrative)).Append("</p>");
            }

            if (document.Status == "waiting")
            {
                page.Append("<form method=\"post\" action=\"/view/documents/").Append(Text(document.Id)).Append("/accept\"><button>Hyväksy asiakirja</button></form>");
            }

            page.Append("</article>");
        }

        return page.Append("</html>").ToString();
    }

    private static string Mode(NativeDocument document) => document.Mode switch
    {
        "on-behalf" => "kirjattu hyvinvointialueen lukuun",
        "received" => "saatu muualta",
        _ => "oma kirjaus",
    };

    private static string State(NativeDocument document) => document.Status == "waiting" ? "odottaa hyväksyntää" : "kirjattu";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
