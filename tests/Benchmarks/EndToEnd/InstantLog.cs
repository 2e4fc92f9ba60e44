// The consent room as a measurement without a log needs it: it answers at once, in the gateway's own process.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Recording;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary>Takes every record as soon as it is made: it is neither written out nor sent, and nothing is kept.</summary>
internal sealed class InstantLog(ConsentApi consent) : AppendQueue(consent)
{
    private static readonly Task<AppendResult?> Committed = Task.FromResult<AppendResult?>(new AppendResult { Status = AppendStatus.Committed, Index = 1, Receipt = new string('r', 200) });

    internal override Task<AppendResult?> AppendAsync(AppendItem item) => Committed;
}

/// <summary>Knows one client, whose counselling is under way.</summary>
internal sealed class OneClient : HttpMessageHandler
{
    private static readonly byte[] State = JsonSerializer.SerializeToUtf8Bytes(
        new ClientStateAnswer
        {
            States = [new ClientStateRow { State = Some.Counselled(new ConsentState { Client = FakeConsent.KeyOf(Some.Aino), Revision = 1, AgreementsRevision = 1 }), Identifier = Some.Aino, CommitmentKey = new byte[32] }],
        },
        SisoteJson.Options);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(State) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } });
}
