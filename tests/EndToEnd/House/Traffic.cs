// Everything that a test received over HTTP, byte for byte.
using System.Collections.Concurrent;
using System.Text;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>Keeps the status line, headers and body of every answer, with the address that gave it.</summary>
internal sealed class Traffic() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
{
    private readonly ConcurrentQueue<Received> received = new();

    /// <summary>All of it, oldest first.</summary>
    internal IReadOnlyCollection<Received> Answers => received;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var head = $"{(int)answer.StatusCode} {answer.ReasonPhrase}\n{answer.Headers}{answer.Content.Headers}{answer.TrailingHeaders}";
        received.Enqueue(new Received(request.Method, request.RequestUri!, Encoding.UTF8.GetBytes(head), await answer.Content.ReadAsByteArrayAsync(cancellationToken)));
        return answer;
    }
}

/// <summary>One answer.</summary>
internal sealed record Received(HttpMethod Method, Uri Address, byte[] Head, byte[] Body);
