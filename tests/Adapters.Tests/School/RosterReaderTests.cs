// A register is of its day, however lately it was read.
using Sisote.Adapters.Native;
using Sisote.Adapters.School;
using Sisote.Adapters.Sources;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Adapters.School;

public sealed class RosterReaderTests
{
    [Theory]
    [InlineData("2026-11-22T21:59:00Z", "2026-11-22T21:59:59Z", true)]
    [InlineData("2026-11-22T21:59:00Z", "2026-11-22T22:00:00Z", false)]
    [InlineData("2026-06-22T20:59:30Z", "2026-06-22T21:00:00Z", false)]
    [InlineData("2026-06-22T21:00:00Z", "2026-06-22T21:04:59Z", true)]
    [InlineData("2026-06-22T12:00:00Z", "2026-06-22T12:05:00Z", false)]
    public async Task ARegisterIsReadAnewWhenItIsOldOrTheDayInFinlandHasChanged(string read, string asked, bool isKept)
    {
        var (clock, source) = (new Clock(), new Source());
        using var reader = Open(source, clock);

        clock.Now = DateTimeOffset.Parse(read, null);
        await reader.SnapshotAsync(TestContext.Current.CancellationToken);
        clock.Now = DateTimeOffset.Parse(asked, null);
        await reader.SnapshotAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isKept ? 1 : 2, source.Reads);
    }

    [Fact]
    public async Task WhoseLastDayWasYesterdayIsNoPupilFromMidnightOn()
    {
        var (clock, source) = (new Clock(), new Source());
        using var reader = Open(source, clock);

        clock.Now = new DateTimeOffset(2026, 11, 22, 21, 59, 0, TimeSpan.Zero);
        var before = await reader.ReadAsync(TestContext.Current.CancellationToken);
        clock.Now = new DateTimeOffset(2026, 11, 22, 22, 0, 0, TimeSpan.Zero);
        var after = await reader.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, 0), (before.Length, after.Length));
    }

    private static RosterReader Open(IRosterSource source, TimeProvider clock)
    {
        var entry = SectorHouse.Entry("kuopio-koulu", "school", "kuopion-koulut");
        var codes = CodeMapping.Open(new AdapterSettings(entry, Path.GetTempPath()), "school.yaml", "categories", "arrangements", "relationships")!;
        return new RosterReader(source, codes, new SchoolSettings { System = entry.Id, Organisation = OrganisationId.Parse("kuopion-koulut"), HetuType = "HETU", Refresh = TimeSpan.FromSeconds(300), Sync = TimeSpan.FromSeconds(300) }, clock);
    }

    /// <summary>One pupil, whose role ends on a day of November.</summary>
    private sealed class Source : IRosterSource
    {
        public int Reads { get; private set; }

        public Task<RosterContent> ReadAsync(CancellationToken cancellation)
        {
            Reads++;
            var pupil = new OneRosterUser
            {
                SourcedId = "p",
                Status = "active",
                GivenName = "Lumi",
                FamilyName = "Lumio",
                Roles = [new OneRosterRole("student") { To = new DateOnly(2026, 11, 22) }],
                UserIds = [new OneRosterUserId("HETU", SectorHouse.Lumi)],
            };
            return Task.FromResult(new RosterContent([], [pupil], []));
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
