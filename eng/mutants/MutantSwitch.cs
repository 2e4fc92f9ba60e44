// What mutated code asks: which mutant is on; and the static state of tests and code, made anew in each epoch.
using System.Reflection;

namespace Sisote.Mutants;

/// <summary>Which mutant is on and which were reached; static state that is made anew in each epoch, as in a fresh process.</summary>
public static class MutantSwitch
{
    internal const int None = -1;
    internal const byte InTest = 1;
    internal const byte InStatic = 2;
    private const int Most = 1 << 16;

    private static readonly Lock Gate = new();
    private static volatile int active = None;
    private static volatile int epoch = 1;

    /// <summary>The epoch; static state of another is made anew when it is next asked for.</summary>
    public static int Epoch => epoch;

    /// <summary>How each mutant was reached since it was cleared.</summary>
    internal static byte[] Reached { get; private set; } = new byte[Most];

    /// <summary>While it is recorded what tests reach: what the making of the state of each type reached. It is then made once only.</summary>
    internal static Dictionary<MethodBase, byte[]>? Recorded { get; set; }

    internal static int Active
    {
        set => active = value;
    }

    /// <summary>Whether the mutant is on; each place of a mutant asks this.</summary>
    public static bool IsActive(int mutant)
    {
        Reached[mutant] |= InTest;
        return mutant == active;
    }

    /// <summary>Makes the static state of a type, once in each epoch. Who asks on the same thread while it is made sees it half made, as with the runtime.</summary>
    public static void Make(ref int done, ref int begun, Action make)
    {
        ArgumentNullException.ThrowIfNull(make);
        lock (Gate)
        {
            if (begun == epoch)
            {
                return;
            }

            begun = epoch;
            try
            {
                MakeOrRecall(make);
            }
            finally
            {
                done = begun;
            }
        }
    }

    internal static void NextEpoch() => epoch++;

    internal static IEnumerable<int> Numbers(byte how) => Enumerable.Range(0, Most).Where(mutant => how == InTest ? (Reached[mutant] & InTest) != 0 : Reached[mutant] == how);

    private static void MakeOrRecall(Action make)
    {
        if (Recorded is null)
        {
            make();
            return;
        }

        if (!Recorded.TryGetValue(make.Method, out var reached))
        {
            var before = Reached;
            Reached = new byte[Most];
            make();
            Recorded[make.Method] = reached = Reached;
            Reached = before;
        }

        for (var mutant = 0; mutant < Most; mutant++)
        {
            Reached[mutant] |= reached[mutant] == 0 ? (byte)0 : InStatic;
        }
    }
}
