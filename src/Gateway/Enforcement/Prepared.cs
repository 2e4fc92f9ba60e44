// What the enforcement point makes of a request.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Forwarding;

namespace Sisote.Gateway.Enforcement;

/// <summary>Either a narrowed request goes on to the source, or the caller is answered at once.</summary>
internal abstract record Prepared
{
    private Prepared()
    {
    }

    internal sealed record Forward(Exchange Exchange, UpstreamRequest Request) : Prepared;

    /// <summary>The caller hears this, unless it repeats an entry that waits.</summary>
    internal sealed record Answer(Refusal Refusal) : Prepared
    {
        /// <summary>The entry that may wait under the key of the call; null where none can.</summary>
        internal Repetition? Repeats { get; init; }
    }
}
