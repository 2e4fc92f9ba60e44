// Bodies that look like JSON and hold text that is none.
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Fhir;

public sealed class UnsoundBodyTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("""{"resourceType": "Consent", "language": "\ud800"}""")]
    [InlineData("""{"resourceType": "Consent", "identifier": [{"system": "\udc00 alone", "value": "x"}]}""")]
    [InlineData("""{"resourceType": "\ud800"}""")]
    [InlineData("""{"resourceType": "Consent", "\ud800": 1}""")]
    [InlineData("""{"resourceType": "Consent", "language": "#"}""")]
    [InlineData("""{"resourceType": "Consent", "#": "fi"}""")]
    public async Task TextThatIsNoTextIsRefusedLikeABodyThatIsNoJson(string body)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(body).Select(static one => one == (byte)'#' ? (byte)0xC3 : one)]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");

        using var answer = await room.Client(Some.Aino).PostAsync("/fhir/Consent", content);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (answer.StatusCode, (await answer.IssuesAsync()).Single().Slug));
    }
}
