// Starting: migrations, keys that belong to the database, and one clear line when something is wrong.
using System.Net.Http.Json;
using Sisote.Consent;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Storage;

public sealed class StartTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task MigrationsAreAppliedOnceAlsoWhenSeveralRunAtTheSameTime(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("sisote-consent-").FullName;
        var setting = kind == DatabaseKind.Sqlite ? "sqlite:" + Path.Combine(folder, "consent.db") : "postgres:" + await postgres.CreateDatabaseAsync();

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ConsentDatabase.MigrateAsync(setting, folder, TimeProvider.System, CancellationToken.None))));

        Assert.Equal(Migrations.All.Select(static migration => migration.Name), runs.SelectMany(static run => run));
        Assert.Empty(await ConsentDatabase.MigrateAsync(setting, folder, TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public void EveryMigrationHasItsOwnNumberAndEveryTableAndColumnIsExplained()
    {
        var numbers = Migrations.All.Select(static migration => migration.Version).ToArray();
        Assert.Equal(1, numbers[0]);
        Assert.Equal(numbers.Distinct().Order(), numbers);
        foreach (var (_, name) in Migrations.All)
        {
            using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(name)!);
            var lines = reader.ReadToEnd().Split('\n');
            for (var i = 1; i < lines.Length; i++)
            {
                Assert.True(!lines[i].StartsWith("CREATE TABLE", StringComparison.Ordinal) || lines[i - 1].StartsWith("-- ", StringComparison.Ordinal), lines[i]);
                Assert.True(!lines[i].StartsWith("  ", StringComparison.Ordinal) || lines[i].StartsWith("  PRIMARY KEY", StringComparison.Ordinal) || lines[i].Contains(" -- ", StringComparison.Ordinal), lines[i]);
            }
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WithoutMigrationAtStartAnEmptyDatabaseIsRefusedWithWhatToDo(DatabaseKind kind)
    {
        var fault = await Assert.ThrowsAsync<ConsentStartException>(() => OpenRoom.OpenAsync(kind, postgres, ("MigrateAtStart", "false")));

        Assert.Contains("sisote migrate", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseThatCannotBeWrittenGetsOneLineThatNamesIt()
    {
        var file = Path.GetTempFileName();

        var below = await Assert.ThrowsAsync<ConsentStartException>(() => OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, ("Database", $"sqlite:{file}/data/consent.db")));
        var itself = await Assert.ThrowsAsync<ConsentStartException>(() => OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, ("Database", $"sqlite:{Path.GetTempPath()}")));
        var nowhere = await Assert.ThrowsAsync<ConsentStartException>(() => OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, ("Database", "postgres:Host=/nowhere;Username=x"), ("DatabasePatience", "00:00:01")));
        var unknown = await Assert.ThrowsAsync<ConsentStartException>(() => OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, ("Database", "mysql:x")));

        Assert.Contains(file, below.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetTempPath(), itself.Message, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL", nowhere.Message, StringComparison.Ordinal);
        Assert.Contains("sqlite:FILE", unknown.Message, StringComparison.Ordinal);
        Assert.All([below, itself, nowhere, unknown], static one => Assert.DoesNotContain('\n', one.Message));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnotherPseudonymKeyIsNoticedBeforeTheDoorOpens(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        File.Delete(Path.Combine(room.Folder, "keys", "consent.pseudonym.key"));

        var fault = await Assert.ThrowsAsync<ConsentStartException>(room.ReopenAsync);

        Assert.Contains("consent.pseudonym.key", fault.Message, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnotherLogKeyIsNoticedBeforeTheDoorOpens(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        File.Delete(Path.Combine(room.Folder, "keys", "consent.log.key"));

        var fault = await Assert.ThrowsAsync<ConsentStartException>(room.ReopenAsync);

        Assert.Contains("consent.log.key", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysThatAreMissingBesideADatabaseAreAllNamedAndNoneIsMade()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        string[] names = ["consent.pseudonym.key", "consent.log.key", "consent.envelope.key"];
        foreach (var name in names)
        {
            File.Move(Path.Combine(room.Folder, "keys", name), Path.Combine(room.Folder, name));
        }

        var fault = await Assert.ThrowsAsync<ConsentStartException>(room.ReopenAsync);

        Assert.All(names, name => Assert.Contains($"`{name}`", fault.Message, StringComparison.Ordinal));
        Assert.All(names, name => Assert.False(File.Exists(Path.Combine(room.Folder, "keys", name)), name));
        foreach (var name in names)
        {
            File.Move(Path.Combine(room.Folder, name), Path.Combine(room.Folder, "keys", name));
        }

        await room.ReopenAsync();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnotherEnvelopeKeyIsNoticedBeforeTheDoorOpens(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        using var told = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = Some.Aino, Facts = new ToldFacts { SchoolForm = "basic" } }, SisoteJson.Options, TestContext.Current.CancellationToken);
        told.EnsureSuccessStatusCode();
        await File.WriteAllTextAsync(Path.Combine(room.Folder, "keys", "consent.envelope.key"), Convert.ToBase64String(new byte[32]), TestContext.Current.CancellationToken);

        var fault = await Assert.ThrowsAsync<ConsentStartException>(room.ReopenAsync);

        Assert.Contains("consent.envelope.key", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Put the right key files back", fault.Message, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NoSecondLogBeginsUnderTheSameKeyWhereTheDatabaseIsLost(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var elsewhere = kind == DatabaseKind.Sqlite ? "sqlite:" + Path.Combine(room.Folder, "another.db") : "postgres:" + await postgres.CreateDatabaseAsync();

        var fault = await Assert.ThrowsAsync<ConsentStartException>(() => room.ReopenOnAsync(elsewhere));
        var again = await Assert.ThrowsAsync<ConsentStartException>(() => room.ReopenOnAsync(elsewhere)); // also when the refused start left an empty database

        Assert.Contains("Put the database back", fault.Message, StringComparison.Ordinal);
        Assert.Equal(fault.Message, again.Message);
    }

    [Fact]
    public async Task MissingKeysAreNotMadeWhereTheyMustBeMounted()
    {
        var fault = await Assert.ThrowsAsync<ConsentStartException>(() => OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, ("MakeKeys", "false")));

        Assert.Contains("consent.envelope.key", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyFilesAreForTheirOwnerAlone()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);

        foreach (var name in new[] { "consent.pseudonym.key", "consent.envelope.key", "consent.log.key" })
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(room.Folder, "keys", name)) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), name);
        }
    }
}
