// Says which rows of the leak matrix a test holds.
namespace Sisote.Tests.Leaks.Matrix;

/// <summary>The rows of <c>docs/leak-matrix.md</c> that a probe holds.</summary>
/// <param name="rows">The rows.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChannelAttribute(params int[] rows) : Attribute
{
    /// <summary>The rows.</summary>
    public IReadOnlyList<int> Rows { get; } = rows;

    /// <summary>Whether the probe runs for every recipient profile of the catalogue.</summary>
    public bool EveryProfile { get; init; }
}
