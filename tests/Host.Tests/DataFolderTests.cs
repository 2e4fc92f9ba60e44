// The folder that Sisote makes is its owner's alone.
using Sisote.Host.House;

namespace Sisote.Tests.Host;

public sealed class DataFolderTests
{
    [Fact]
    public void AFolderThatSisoteMakesIsClosedToOthersAndOneThatWasThereKeepsItsRights()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are a matter of Unix systems.");
        var place = Directory.CreateTempSubdirectory("sisote-data-").FullName;
        var (made, kept) = (Path.Combine(place, "made"), Path.Combine(place, "kept"));
        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        try
        {
#pragma warning disable CA1416 // skipped on Windows above
            Directory.CreateDirectory(kept, Open);
            DataFolder.Claim(made);
            DataFolder.Claim(kept);

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
            Assert.Equal(Open, File.GetUnixFileMode(kept));
#pragma warning restore CA1416
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }
}
