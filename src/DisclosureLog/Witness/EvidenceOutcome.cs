// What the check of an evidence file found.
namespace Sisote.DisclosureLog.Witness;

/// <summary>Exactly one of the nested cases.</summary>
public abstract record EvidenceOutcome
{
    private EvidenceOutcome()
    {
    }

    /// <summary>The log's own signatures prove that it went against what it had signed: nobody has to be believed.</summary>
    public sealed record Proven : EvidenceOutcome;

    /// <summary>Both checkpoints are the log's own; what the witness says of them (that one was shown after the other, what else was changed) is its word.</summary>
    public sealed record Testimony : EvidenceOutcome;

    /// <summary>The file shows nothing.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Broken(EvidenceFault Fault) : EvidenceOutcome;
}

/// <summary>Why an evidence file shows nothing.</summary>
public enum EvidenceFault
{
    /// <summary>It is not in the one form of such a file.</summary>
    Malformed,

    /// <summary>It is about another log than the one whose key was given.</summary>
    AnotherKey,

    /// <summary>One of the checkpoints is not signed by the log.</summary>
    Signature,

    /// <summary>Its proof does not lead to the larger checkpoint.</summary>
    Proof,

    /// <summary>The two checkpoints do go together.</summary>
    NoContradiction,
}
