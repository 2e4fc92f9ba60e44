// The action "tell the teacher".
using System.Net;
using System.Text;
using System.Xml.Linq;
using Sisote.Simulators.Keys;

namespace Sisote.Simulators.StudentWelfare;

/// <summary>Sends a notice to the address that the administrator set, with the record's own key; what is not answered waits and is sent again under the same id.</summary>
internal sealed class NoticeSender(WelfareRecord record, IHttpClientFactory http, string key)
{
    /// <summary>Where notices go; null = nowhere yet.</summary>
    public Uri? Target { get; set; }

    /// <summary>Sends a notice and keeps what became of it.</summary>
    public async Task<TeacherNotice> SendAsync(TeacherNotice notice, WelfarePupil pupil, ArrangementNeed need, CancellationToken cancellation)
    {
        if (Target is null)
        {
            return notice;
        }

        try
        {
            using var client = http.CreateClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, Target);
            request.Headers.Add(ApiKey.Header, key);
            request.Content = new StringContent(WelfareXml.Notice(notice, pupil, need).ToString(SaveOptions.DisableFormatting), Encoding.UTF8, "application/xml");
            using var answer = await client.SendAsync(request, cancellation);
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            var receipt = await WelfareXml.ReadAsync(body, cancellation);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK when receipt?.Name == WelfareXml.Ns + "kuittaus" => record.Settle(notice, "toimitettu", receipt.Attribute("kuitti")?.Value),
                HttpStatusCode.UnprocessableEntity => record.Settle(notice, "hylatty", receipt?.Attribute("syy")?.Value),
                _ => notice,
            };
        }
        catch (HttpRequestException)
        {
            return notice;
        }
    }
}
