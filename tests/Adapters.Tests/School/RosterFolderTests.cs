// A school whose register comes as files in a folder.
using Hl7.Fhir.Model;
using Sisote.Adapters.School;
using Sisote.Adapters.Sources;
using Sisote.Policy.Ids;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.School;

public sealed class RosterFolderTests
{
    private const string School = "kuopio-koulu";

    [Fact]
    public async Task APupilOfAPackageIsFoundAndTaughtAsFromTheServer()
    {
        await using var house = await StartAsync(static folder => RosterPackages.WriteBulk(Path.Combine(folder, "1")));

        var pupil = Assert.IsType<Patient>(Assert.Single((await house.SearchClientAsync(School, "Patient", SectorHouse.Lumi)).Found));
        var right = Assert.IsType<EpisodeOfCare>(Assert.Single((await house.SearchClientAsync(School, "EpisodeOfCare", SectorHouse.Lumi)).Found));
        var told = await house.Source<SchoolSystem>(School).Roster.ReadAsync(TestContext.Current.CancellationToken);

        FacadeContract.Holds(pupil, SectorHouse.Lumi);
        Assert.Equal(("Puijonrinteen koulu", "2027-06-05"), (right.ManagingOrganization?.Display, right.Period?.End));
        Assert.Equal(["", "ope-laine"], told.Single(static one => one.Client == Hetu.Parse(SectorHouse.Lumi)).Relationships.Select(static one => $"{one.Professional}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ABrokenPackageChangesNothingAndThePackageBeforeItStaysInUse()
    {
        await using var house = await StartAsync(static folder =>
        {
            RosterPackages.WriteBulk(Path.Combine(folder, "1"));
            RosterPackages.WriteBulk(Path.Combine(folder, "2"), ("u1,student", "u7,student"), ("Lumio", "Muu"));
        });

        var found = (await house.SearchClientAsync(School, "Patient", SectorHouse.Lumi)).Found;

        Assert.Equal("Lumio", ((Patient)Assert.Single(found)).Name.Single().Family);
    }

    [Theory]
    [InlineData("r2,,,u2,primary,teacher,,,o1,", "r2,tobedeleted,,u2,primary,teacher,,,o1,")]
    [InlineData("r2,,,u2,primary,teacher,,,o1,", "")]
    public async Task ATeacherWhoseRoleThePackageDeletesOrLacksIsToldOfNoPupil(string role, string instead)
    {
        await using var house = await StartAsync(folder => RosterPackages.WriteBulk(Path.Combine(folder, "1"), (role + "\n", instead.Length == 0 ? instead : instead + "\n")));

        var told = await house.Source<SchoolSystem>(School).Roster.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["enrolment"], Assert.Single(told).Relationships.Select(static one => one.Kind));
    }

    [Theory]
    [InlineData("u1,,,true", "u1,,,false", "")]
    [InlineData("u2,,,true", "u2,,,false", "enrolment")]
    public async Task WhoIsNotEnabledIsNoPupilAndNoTeacher(string user, string instead, string kinds)
    {
        await using var house = await StartAsync(folder => RosterPackages.WriteBulk(Path.Combine(folder, "1"), (user, instead)));

        var told = await house.Source<SchoolSystem>(School).Roster.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(kinds, string.Join(' ', told.SelectMany(static pupil => pupil.Relationships).Select(static one => one.Kind)));
    }

    [Fact]
    public async Task AnOldRegisterIsNoRegister()
    {
        await using var house = await StartAsync(static folder =>
        {
            RosterPackages.WriteBulk(Path.Combine(folder, "1"));
            File.SetLastWriteTimeUtc(Path.Combine(folder, "1", "manifest.csv"), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-73));
        });

        Assert.Equal((503, 0), await house.SearchClientAsync(School, "Patient", SectorHouse.Lumi) is var (status, found, _) ? (status, found.Count) : default);
    }

    [Fact]
    public async Task WhatIsToldOfARegisterEndsWithItAlsoWhereNobodyComesToEndIt()
    {
        await using var house = await StartAsync(static folder => RosterPackages.WriteBulk(Path.Combine(folder, "1"), ("2026-08-10,2027-06-05", "2026-08-10,")));

        var told = (await house.Source<SchoolSystem>(School).Roster.ReadAsync(TestContext.Current.CancellationToken)).Single().Relationships;

        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal(2, told.Length);
        Assert.All(told, one => Assert.InRange(one.To!.Value, now.AddHours(72 - 1), now.AddHours(2 * 72 + 24)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(72)]
    [InlineData(744)]
    public void TheEndThatIsToldCoversTheRegistersTimeAndChangesSeldom(int hours)
    {
        var (start, longest, days) = (new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(hours), (hours + 23) / 24);
        var told = Enumerable.Range(0, 300 * 24).Select(hour => (AsOf: start.AddHours(hour), Last: RosterFolder.LastDay(start.AddHours(hour), longest))).ToList();

        Assert.All(told, one => Assert.InRange(new DateTimeOffset(one.Last.ToDateTime(new TimeOnly(23, 59, 59)), TimeSpan.FromHours(3)), one.AsOf + longest, one.AsOf + longest + TimeSpan.FromDays(days) + TimeSpan.FromHours(1)));
        Assert.InRange(told.Select(static one => one.Last).Distinct().Count(), 1, (300 / days) + 2);
    }

    [Theory]
    [InlineData("u1,primary,student,2026-08-10,2026-11-22", 0)]
    [InlineData("u1,primary,student,2026-11-24,", 0)]
    [InlineData("u1,primary,student,2026-08-10,2026-11-23", 1)]
    public void AUserWhoseRoleHasEndedOrNotBegunIsNoPupil(string role, int pupils)
    {
        var folder = Directory.CreateTempSubdirectory("sisote-roster-").FullName;
        try
        {
            RosterPackages.WriteBulk(folder, ("u1,primary,student,,", role));
            var now = new DateTimeOffset(2026, 11, 22, 22, 30, 0, TimeSpan.Zero); // in Finland the next day has begun
            var register = RosterFolder.ReadChain(folder, DateTimeOffset.MaxValue.AddDays(-1)).Register!.ToContent();

            Assert.Equal(pupils, new RosterSnapshot(register.Organisations, register.Users, register.Enrollments, "HETU", now).Pupils.Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WithoutAnySoundPackageTheSchoolIsUnavailable(bool isThere)
    {
        await using var house = await StartAsync(folder =>
        {
            if (isThere)
            {
                RosterPackages.WriteBulk(Path.Combine(folder, "1"), ("2027-06-05", "5.6.2027"));
            }
        });

        Assert.Equal(503, (await house.SearchClientAsync(School, "Patient", SectorHouse.Lumi)).Status);
    }

    [Fact]
    public async Task AFolderBesideAnAddressStopsTheStart()
    {
        var refusal = await Assert.ThrowsAsync<AdapterSettingsException>(() => StartAsync(static _ => { }, ("rosterAddress", "http://127.0.0.1:1/"), ("rosterMaxAgeHours", "0")));

        Assert.Contains("`rosterFolder` stands beside `rosterAddress`", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("`rosterMaxAgeHours` is not a number from 1 to 744", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<SectorHouse> StartAsync(Action<string> put, params (string Name, string Value)[] more) => SectorHouse.StartAsync((_, folder) =>
    {
        put(Directory.CreateDirectory(Path.Combine(folder, "roster")).FullName);
        return [SectorHouse.Entry(School, "school", "kuopion-koulut", [("rosterFolder", "roster"), ("inboxAddress", "http://127.0.0.1:1/"), ("inboxKeyFile", "key"), .. more])];
    });
}
