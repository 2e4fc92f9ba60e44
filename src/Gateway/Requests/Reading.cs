// What reading a request gives.
using Sisote.Gateway.Answers;

namespace Sisote.Gateway.Requests;

/// <summary>An understood interaction, or why not.</summary>
internal abstract record Reading
{
    private Reading()
    {
    }

    internal sealed record Understood(Interaction Interaction) : Reading;

    internal sealed record Refused(Refusal Refusal) : Reading;

    public static implicit operator Reading(Interaction interaction) => new Understood(interaction);

    public static implicit operator Reading(Refusal refusal) => new Refused(refusal);
}
