// What the enforcement point makes of a request.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Forwarding;

namespace Sisote.Gateway.Enforcement;

/// <summary>Either a narrowed request goes on to the source, or the caller is answered at once.</summary>
internal abstract record Prepared
{
    private Prepared()
    {
    }

    internal sealed record Forward(Exchange Exchange, UpstreamRequest Request) : Prepared;

    internal sealed record Answer(Refusal Refusal) : Prepared;
}
