// A folder that a test may fill.
namespace Sisote.Tests.Doors;

internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("sisote-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
