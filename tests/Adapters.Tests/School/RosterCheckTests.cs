// OneRoster packages: whole and sound they are taken, broken they are refused with file, row and field.
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Sisote.Adapters.School;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Adapters.School;

public sealed class RosterCheckTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sisote-roster-").FullName;

    [Fact]
    public void EveryOutsidePackageIsTakenOrRefusedAsItsAuthorsExpect()
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(SharedData.Require("oneroster", "or12-csv", "expected.json")));
        foreach (var package in expected.RootElement.EnumerateArray())
        {
            var name = package.GetProperty("package").GetString()!;

            var found = RosterCheck.Look(SharedData.Require("oneroster", "or12-csv", name));

            if (package.GetProperty("expected").GetString() == "ok")
            {
                Assert.Equal((1, 2, 1), (found.Packages, found.Rows!["users"], found.Rows["enrollments"]));
                Assert.Empty(found.Faults);
                continue;
            }

            var fault = Assert.Single(found.Faults);
            Assert.Equal((package.GetProperty("file").GetString(), package.GetProperty("rowNumber").GetInt32(), package.GetProperty("field").GetString()), (fault.File, fault.Row, fault.Field));
            Assert.Contains(package.GetProperty("targetFile").GetString()!, fault.Message, StringComparison.Ordinal);
            Assert.Null(found.Rows);
        }
    }

    [Fact]
    public void FilesOfAnotherFormatAreNoPackage() =>
        Assert.Equal((0, null), RosterCheck.Look(SharedData.Require("oneroster", "microsoft-sds-csv", "SDS v2")) is var found ? (found.Packages, found.Rows) : default);

    [Theory]
    [InlineData("o1,,,Puijonrinteen koulu", "o1,,,", "orgs.csv", 2, "name")]
    [InlineData("2027-06-05", "5.6.2027", "enrollments.csv", 2, "endDate")]
    [InlineData("2027-06-05", "2026-06-05", "enrollments.csv", 2, "endDate")]
    [InlineData("u1,student", "u1,oppilas", "enrollments.csv", 2, "role")]
    [InlineData("e1,,,c1", "e1,ext:poistettu,,c1", "enrollments.csv", 2, "status")]
    [InlineData("{HETU:150914A934N}", "150914A934N", "users.csv", 2, "userIds")]
    [InlineData("u2,,,true", "u1,,,true", "users.csv", 3, "sourcedId")]
    [InlineData("u1,,,true", "u1,,,kyllä", "users.csv", 2, "enabledUser")]
    [InlineData("co1,,homeroom", "co1,,kotiluokka", "classes.csv", 2, "classType")]
    [InlineData("as1,,,\n", "as9,,,\n", "classes.csv", 2, "termSourcedIds")]
    [InlineData("givenName,familyName", "etunimi,familyName", "users.csv", 1, "givenName")]
    [InlineData("givenName,familyName", "givenName,givenName", "users.csv", 1, "")]
    [InlineData("givenName,familyName", "\"givenName,familyName", "users.csv", 1, "")]
    [InlineData("Lauri,Laine", "Lauri", "users.csv", 3, "")]
    [InlineData("oneroster.version,1.2", "oneroster.version,1.1", "manifest.csv", 0, "oneroster.version")]
    [InlineData("file.roles,bulk", "file.roles,absent", "manifest.csv", 0, "file.roles")]
    [InlineData("file.roles,bulk", "file.roles,delta", "manifest.csv", 0, "value")]
    [InlineData("file.roles,bulk", "file.rolls,bulk", "manifest.csv", 10, "propertyName")]
    [InlineData("file.demographics,absent", "file.demographics,perhaps", "manifest.csv", 7, "value")]
    [InlineData("file.userProfiles,absent", "file.userProfiles,bulk", "userProfiles.csv", 0, "")]
    public void ABrokenPackageIsRefusedWithFileRowAndField(string old, string changed, string file, int row, string field)
    {
        RosterPackages.WriteBulk(folder, (old, changed));

        var found = RosterCheck.Look(folder);

        Assert.Contains(found.Faults, fault => (fault.File, fault.Row, fault.Field) == (file, row, field));
        Assert.Null(found.Rows);
        Assert.DoesNotContain(found.Faults, static fault => fault.ToString().Contains("150914A934N", StringComparison.Ordinal) || fault.ToString().Contains("Lumio", StringComparison.Ordinal));
    }

    [Fact]
    public void FaultsAreToldUpToABoundAndAllAreCounted()
    {
        RosterPackages.WriteBulk(folder);
        File.AppendAllLines(Path.Combine(folder, "enrollments.csv"), Enumerable.Range(10, 150).Select(static number => $"e{number},,,c1,o1,nobody,student,,,"));

        var found = RosterCheck.Look(folder);

        Assert.Equal((100, 150), (found.Faults.Length, found.FaultCount));
    }

    [Fact]
    public void OtherCharactersThanUtf8AreRefused()
    {
        RosterPackages.WriteBulk(folder);
        File.WriteAllText(Path.Combine(folder, "orgs.csv"), File.ReadAllText(Path.Combine(folder, "orgs.csv")).Replace("Puijonrinteen koulu", "Särkiniemi", StringComparison.Ordinal), Encoding.Latin1);

        Assert.Equal("is not written in UTF-8", RosterCheck.Look(folder).Faults.First().Message);
    }

    [Fact]
    public void ALinkInThePlaceOfAFileOrOfAPackageIsRefused()
    {
        var elsewhere = Directory.CreateTempSubdirectory("sisote-roster-").FullName;
        try
        {
            RosterPackages.WriteBulk(Path.Combine(elsewhere, "whole"));
            RosterPackages.WriteBulk(Path.Combine(elsewhere, "zipped"));
            RosterPackages.Zip(Path.Combine(elsewhere, "zipped"));
            RosterPackages.WriteBulk(Path.Combine(folder, "1"));
            File.Delete(Path.Combine(folder, "1", "orgs.csv"));
            File.CreateSymbolicLink(Path.Combine(folder, "1", "orgs.csv"), Path.Combine(elsewhere, "whole", "orgs.csv"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "2"), Path.Combine(elsewhere, "whole"));
            File.CreateSymbolicLink(Path.Combine(folder, "3.zip"), Path.Combine(elsewhere, "zipped.zip"));

            var found = RosterCheck.Look(folder);

            Assert.Null(found.Rows);
            Assert.Equal([("1", "is a link and no file"), ("2", "the package is a link and no folder"), ("3.zip", "the package is a link and no file")],
                found.Faults.Where(static fault => fault.Message.Contains("link", StringComparison.Ordinal)).Select(static fault => (fault.Package, fault.Message)));
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Fact]
    public async Task APipeInThePlaceOfAPackageIsNotWaitedFor()
    {
        using (var made = Process.Start("mkfifo", Path.Combine(folder, "1.zip")))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var found = await Task.Run(() => RosterCheck.Look(folder)).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal("the package is empty", Assert.Single(found.Faults).Message);
    }

    [Fact]
    public void APackageOfTomorrowIsRefusedSinceItWouldStayNewForAsLong()
    {
        RosterPackages.WriteBulk(folder);
        File.SetLastWriteTimeUtc(Path.Combine(folder, "manifest.csv"), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1));

        var found = RosterCheck.Look(folder);

        Assert.Equal("the time of the package lies in the future", Assert.Single(found.Faults).Message);
        Assert.Null(found.Rows);
    }

    [Fact]
    public void AFileOfMoreRowsThanARegisterHasIsRefused()
    {
        RosterPackages.WriteBulk(folder);
        File.WriteAllText(Path.Combine(folder, "orgs.csv"), "a\n" + string.Concat(Enumerable.Repeat("1\n", 200_001)));

        Assert.Contains(RosterCheck.Look(folder).Faults, static fault => fault is { File: "orgs.csv", Row: 200_002, Message: "more rows or cells than the adapter reads" });
    }

    [Fact]
    public void ADemographicsFileIsNotEvenOpened()
    {
        RosterPackages.WriteBulk(folder, ("file.demographics,absent", "file.demographics,bulk"));
        File.WriteAllBytes(Path.Combine(folder, "demographics.csv"), [0xFF, 0xFE, 0x00]);

        Assert.Empty(RosterCheck.Look(folder).Faults);
    }

    [Fact]
    public void AWholeRegisterAndItsChangesAreOneRegister()
    {
        RosterPackages.WriteBulk(Path.Combine(folder, "2026-11-20"));
        RosterPackages.Zip(Path.Combine(folder, "2026-11-20"));
        RosterPackages.WriteDelta(Path.Combine(folder, "2026-11-21"), "e3,active,2026-11-21T01:00:00Z,c1,o1,u2,proctor,,,", "e1,tobedeleted,2026-11-21T01:00:00Z,c1,o1,u1,student,,,");

        var found = RosterCheck.Look(folder);

        Assert.Empty(found.Faults);
        Assert.Equal((2, 2), (found.Packages, found.Rows!["enrollments"]));
    }

    [Fact]
    public void AChangeThatDoesNotSayWhatItIsAndOfWhenIsRefused()
    {
        RosterPackages.WriteBulk(Path.Combine(folder, "1"));
        RosterPackages.WriteDelta(Path.Combine(folder, "2"), "e3,,,c1,o1,u2,proctor,,,");

        Assert.Equal([("status", 2), ("dateLastModified", 2)], RosterCheck.Look(folder).Faults.Select(static fault => (fault.Field, fault.Row)));
    }

    [Fact]
    public void AChangeThatNamesNobodyKnownIsRefusedAndSoIsWhatComesAfterItUntilTheNextWholeRegister()
    {
        RosterPackages.WriteBulk(Path.Combine(folder, "1"));
        RosterPackages.WriteDelta(Path.Combine(folder, "2"), "e3,active,2026-11-21T01:00:00Z,c1,o1,u9,student,,,");
        RosterPackages.WriteDelta(Path.Combine(folder, "3"), "e4,active,2026-11-22T01:00:00Z,c1,o1,u2,proctor,,,");

        var broken = RosterCheck.Look(folder);
        RosterPackages.WriteBulk(Path.Combine(folder, "4"));
        var whole = RosterCheck.Look(folder);

        Assert.Equal([("2", "enrollments.csv", 2, "userSourcedId"), ("3", "manifest.csv", 0, "")], broken.Faults.Select(static fault => (fault.Package, fault.File, fault.Row, fault.Field)));
        Assert.Equal((2, 2, 2), (broken.Rows!["enrollments"], whole.Rows!["enrollments"], whole.FaultCount));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
