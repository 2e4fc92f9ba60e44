// What this installation, as a witness, answers to a log.
namespace Sisote.Consent.Witnessing;

/// <summary>Answer to <c>add-checkpoint</c>; exactly one of the nested cases.</summary>
internal abstract record WitnessAnswer
{
    private WitnessAnswer()
    {
    }

    /// <summary>The checkpoint is kept and cosigned.</summary>
    public sealed record Cosigned(string Line) : WitnessAnswer;

    /// <summary>The body is malformed, or goes backwards.</summary>
    public sealed record Malformed : WitnessAnswer;

    /// <summary>This log is not watched here.</summary>
    public sealed record Unknown : WitnessAnswer;

    /// <summary>The log's key did not sign it.</summary>
    public sealed record NotSigned : WitnessAnswer;

    /// <summary>Another size was cosigned last.</summary>
    public sealed record AnotherSize(long KnownSize) : WitnessAnswer;

    /// <summary>It does not continue what was cosigned last, or is not shown to.</summary>
    public sealed record DoesNotContinue : WitnessAnswer;
}
