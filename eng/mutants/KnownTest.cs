// What is known of a test: which mutants it reaches, by itself and by the static state that it uses, how long it takes, and how often it killed.
namespace Sisote.Mutants;

/// <summary>What is known of a test.</summary>
internal sealed class KnownTest(TestCase test, HashSet<int> reached, HashSet<int> made, double milliseconds)
{
    private int kills;

    internal TestCase Test => test;

    internal double Milliseconds { get; private set; } = milliseconds;

    /// <summary>What it is worth to ask this test first.</summary>
    internal double Cost => Milliseconds / (1 + kills);

    internal bool Reaches(int mutant) => reached.Contains(mutant);

    /// <summary>The mutants that the static state which the test uses is made with.</summary>
    internal IReadOnlySet<int> Made => made;

    internal void Took(double time) => Milliseconds = Math.Min(Milliseconds, time);

    internal void Killed() => kills++;
}
