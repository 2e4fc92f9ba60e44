// The consent room as a measurement without a log needs it: it answers at once, in the gateway's own process.
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary>Knows one client and takes every entry. It stands where HTTP to the consent room would be, so the gateway still writes its entries and reads the answers; nothing is kept.</summary>
internal sealed class InstantLog : HttpMessageHandler
{
    private static readonly byte[] State = JsonSerializer.SerializeToUtf8Bytes(
        new ClientStateAnswer
        {
            States = [new ClientStateRow { State = Some.Counselled(new ConsentState { Client = FakeConsent.KeyOf(Some.Aino), Revision = 1, AgreementsRevision = 1 }), Identifier = Some.Aino, CommitmentKey = new byte[32] }],
        },
        SisoteJson.Options);

    private static readonly string One = JsonSerializer.Serialize(new AppendResult { Status = AppendStatus.Committed, Index = 1, Receipt = new string('r', 200) }, SisoteJson.Options);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.RequestUri!.AbsolutePath.EndsWith("states", StringComparison.Ordinal) ? State : Results(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
    }

    private static byte[] Results(ReadOnlySpan<byte> entries) =>
        Encoding.UTF8.GetBytes($"{{\"results\":[{string.Join(',', Enumerable.Repeat(One, entries.Count("{\"entry\":"u8)))}]}}");
}
