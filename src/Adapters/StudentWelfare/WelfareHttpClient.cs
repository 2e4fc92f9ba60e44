// The student-welfare record's interface from the caller's side.
using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.StudentWelfare;

/// <summary>Asks the record; a personal identity code goes in bodies only.</summary>
internal sealed class WelfareHttpClient(Uri address, string keyFile, NativeHttpClient http)
{
    private static readonly XNamespace Ns = WelfareXml.Ns;

    /// <summary>The pupil with this code, or null.</summary>
    public async Task<WelfarePupil?> FindAsync(Hetu client, CancellationToken cancellation)
    {
        var question = new XElement(Ns + "haku", new XElement(Ns + "henkilotunnus", client.Reveal()));
        using var body = new StringContent(question.ToString(SaveOptions.DisableFormatting), Encoding.UTF8, "application/xml");
        var pupils = ReadPupils(await SendAsync(HttpMethod.Post, "palvelu/haku", body, cancellation));
        return pupils switch
        {
            [] => null,
            [var only] when only.Person.Client == client => only,
            _ => throw new NativeFaultException(NativeFault.Unreadable, "another pupil than the one asked for"),
        };
    }

    /// <summary>All pupils.</summary>
    public async Task<ImmutableArray<WelfarePupil>> AllAsync(CancellationToken cancellation) =>
        ReadPupils(await SendAsync(HttpMethod.Get, "palvelu/oppilaat", null, cancellation));

    /// <summary>One need with its pupil, or null.</summary>
    public async Task<(string PupilId, WelfarePerson Person, WelfareNeed Need)?> NeedAsync(string id, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Get, $"palvelu/tarpeet/{Uri.EscapeDataString(id)}", null, cancellation);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        var root = WelfareXml.Read(answer.Body, "tarvevastaus");
        return (FacadeId.Accept(root.Attribute("oppilas")?.Value), WelfareXml.ReadPerson(WelfareXml.Child(root, "henkilo")), WelfareXml.ReadNeed(WelfareXml.Child(root, "tarve")));
    }

    private static ImmutableArray<WelfarePupil> ReadPupils(NativeAnswer answer) => answer.IsGood
        ? [.. WelfareXml.Read(answer.Body, "oppilaat").Elements(Ns + "oppilas").Select(WelfareXml.ReadPupil)]
        : throw new NativeFaultException(NativeFault.Unreadable, "a refusal of a plain reading");

    private async Task<NativeAnswer> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = body };
        request.Headers.Add("X-Api-Key", await NativeSecret.ReadAsync(keyFile, cancellation));
        return await http.SendAsync(request, cancellation);
    }
}
