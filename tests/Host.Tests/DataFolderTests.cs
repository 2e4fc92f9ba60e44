// The folder that Sisote makes is its owner's alone.
using Microsoft.Extensions.Configuration;
using Sisote.Host.Demo;
using Sisote.Host.House;

namespace Sisote.Tests.Host;

public sealed class DataFolderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("# mine\n", "", "sisote.yaml.20261122-204000")]
    [InlineData("", "# mine\n", "persons.yaml.20261122-204000")]
    [InlineData("# mine\n", "# mine\n", "sisote.yaml.20261122-204000", "persons.yaml.20261122-204000")]
    public void EmptyingTheFolderKeepsSettingsThatWereChangedByHandAndNothingElse(string change, string changeOfPersons, params string[] copies)
    {
        var folder = Directory.CreateTempSubdirectory("sisote-data-").FullName;
        try
        {
            DataFolder.Claim(folder);
            var options = HouseOptions.Read(new ConfigurationBuilder().Build(), folder);
            File.WriteAllText(options.DeploymentFile, DemoWorld.DeploymentText(9400) + change);
            File.WriteAllText(options.PersonsFile, DemoPersons.FirstText() + changeOfPersons);
            File.WriteAllText(Path.Combine(folder, "consent.db"), "entries");
            Directory.CreateDirectory(Path.Combine(folder, "keys"));

            var kept = DataFolder.Clear(options, new DateTimeOffset(2026, 11, 22, 20, 40, 0, TimeSpan.Zero));

            Assert.Equal(copies.Length, Directory.EnumerateFileSystemEntries(folder).Count());
            Assert.Equal(copies.Select(copy => Path.Combine(folder, copy)), kept);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

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
