// What a witness says to a checkpoint.
namespace Sisote.DisclosureLog.Witness;

/// <summary>The outcome of <see cref="WitnessJudge"/>; exactly one of the nested cases.</summary>
public abstract record WitnessVerdict
{
    private WitnessVerdict()
    {
    }

    /// <summary>It continues what was seen before: to be kept, then cosigned.</summary>
    public sealed record Continues : WitnessVerdict;

    /// <summary>None of the log's known keys signed it, or one of them signed wrongly.</summary>
    public sealed record NotSigned : WitnessVerdict;

    /// <summary>The old size is larger than the checkpoint's.</summary>
    public sealed record Backwards : WitnessVerdict;

    /// <summary>The old size is not the one that was cosigned last.</summary>
    /// <param name="KnownSize">Size that was cosigned last.</param>
    /// <param name="Evidence">What proves that the log signed two histories, where this very checkpoint does.</param>
    public sealed record AnotherSize(long KnownSize, LogEvidence? Evidence) : WitnessVerdict;

    /// <summary>It does not continue what was seen before, or its proof does not show that it does.</summary>
    /// <param name="Evidence">What proves that the log signed two histories; null where the proof is merely wrong.</param>
    public sealed record DoesNotContinue(LogEvidence? Evidence) : WitnessVerdict;
}
