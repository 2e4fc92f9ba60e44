// A leak put back into the gateway on purpose.
namespace Sisote.Tests.Leaks.Mutants;

/// <summary>A mutation of the gateway that a probe must find.</summary>
/// <param name="Name">Its name; the row comes first.</param>
/// <param name="What">What it does.</param>
/// <param name="Probe">The test that goes red, <c>Class.Method</c>.</param>
internal sealed record Mutant(string Name, string What, string Probe)
{
    /// <summary>The row of the matrix.</summary>
    public int Row => int.Parse(string.Concat(Name.TakeWhile(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What came of a mutant's last run.</summary>
/// <param name="IsRed">Whether its probe failed on it.</param>
/// <param name="Day">When.</param>
/// <param name="Text">On which text of the gateway; null where the mutant was fitted anew since, or where that is not known.</param>
internal sealed record MutantResult(bool IsRed, string Day, string? Text)
{
    /// <inheritdoc />
    public override string ToString() => $"{(IsRed, Text) switch { (false, _) => "NOT FOUND ", (_, null) => "fits, not run again since ", _ => "red " }}{Day}{(Text is null ? "" : $" on {Text}")}";
}

/// <summary>
/// A change of one place of the source, made in a copy of it only. What is put there asks <c>Mutant.Is("...")</c> and is the old text otherwise, so that one copy holds all mutants and
/// the gateway itself holds none.
/// </summary>
/// <param name="File">The file, below <c>src/Gateway</c>.</param>
/// <param name="Find">The text, which stands there exactly once.</param>
/// <param name="Put">What takes its place.</param>
internal sealed record Edit(string File, string Find, string Put)
{
    /// <summary>An edit that puts a text before another.</summary>
    public static Edit Before(string file, string find, string put) => new(file, find, put + find);
}
