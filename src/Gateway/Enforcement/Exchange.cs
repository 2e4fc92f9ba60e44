// One call on its way through the gateway.
using Sisote.Gateway.Callers;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Requests;
using Sisote.Gateway.Searching;

namespace Sisote.Gateway.Enforcement;

/// <summary>What the enforcement point knows of a call while the source has it.</summary>
internal abstract class Exchange(Call call)
{
    internal Call Call { get; } = call;
}

/// <summary>A read or search.</summary>
internal sealed class ReadExchange(Call call) : Exchange(call)
{
    internal required Interaction Interaction { get; init; }

    internal required TypeShape Shape { get; init; }

    internal required Sight Sight { get; init; }

    internal required Handles.Handles Handles { get; init; }

    /// <summary>The client asked about; null in a list of the own register and where the handle means nobody.</summary>
    internal required Judged? Client { get; init; }

    /// <summary>Whether the source was asked about nobody, because nothing may leave whatever it holds: an answer with content is not looked at.</summary>
    internal required bool IsBlind { get; init; }

    /// <summary>The source's id that the handle of a read stands for.</summary>
    internal required string UpstreamId { get; init; }

    /// <summary>The address of a search as the caller may see it again; a read has none.</summary>
    internal required string SelfAddress { get; init; }

    /// <summary>The selectors whose items may leave as decided when the search began, one bit each.</summary>
    internal required ulong Ground { get; init; }

    /// <summary>What a search asks for; null for any other interaction.</summary>
    internal SearchTerms? Terms => (Interaction as Interaction.Search)?.Terms;

    /// <summary>What is asked of the resources that may leave.</summary>
    internal Question Question => Terms?.Question ?? Question.Everything;

    internal bool IsSearch => Interaction is not Interaction.Read;
}
