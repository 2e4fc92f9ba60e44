// Tests that measure run while no other test does.
namespace Sisote.Tests.Leaks.Probes;

/// <summary>The tests that run alone.</summary>
[CollectionDefinition(TimingTests.Alone, DisableParallelization = true)]
public sealed class AloneCollection;
