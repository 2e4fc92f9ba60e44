// The probes of this suite, found by their attribute.
using System.Reflection;

namespace Sisote.Tests.Leaks.Matrix;

/// <summary>A test that holds rows of the matrix.</summary>
/// <param name="Name"><c>Class.Method</c>.</param>
/// <param name="Rows">The rows.</param>
/// <param name="EveryProfile">Whether it runs for every recipient profile.</param>
internal sealed record Probe(string Name, IReadOnlyList<int> Rows, bool EveryProfile)
{
    internal static IReadOnlyList<Probe> All { get; } =
    [
        .. from type in typeof(Probe).Assembly.GetTypes()
           from method in type.GetMethods()
           let channel = method.GetCustomAttribute<ChannelAttribute>()
           where channel is not null
           let name = $"{type.Name}.{method.Name}"
           orderby name
           select new Probe(name, channel.Rows, channel.EveryProfile),
    ];
}
