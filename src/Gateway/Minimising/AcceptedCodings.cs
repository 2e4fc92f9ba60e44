// The codings that may stand in one place.
namespace Sisote.Gateway.Minimising;

/// <summary>The only codings that may leave from an element that every matched item filters or binds.</summary>
internal sealed class AcceptedCodings
{
    private readonly CodingMap<ReadyCoding> codings;
    private readonly bool[] numbers;

    internal AcceptedCodings(IReadOnlyCollection<ReadyCoding> accepted)
    {
        codings = new CodingMap<ReadyCoding>(accepted.Select(static coding => (coding.System, coding.Code, coding)));
        numbers = new bool[accepted.Select(static coding => coding.Number + 1).DefaultIfEmpty(0).Max()];
        foreach (var coding in accepted)
        {
            numbers[coding.Number] = true;
        }
    }

    internal bool Holds(int number) => (uint)number < (uint)numbers.Length && numbers[number];

    internal ReadyCoding? Find(ReadOnlySpan<byte> system, ReadOnlySpan<byte> code) => codings.Find(system, code);

    internal ReadyCoding? Find(string system, string code) => codings.Find(system, code);
}
