// What somebody who steals the database or the diagnostics learns of persons: nothing.
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Npgsql;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Clients;

public sealed class PrivacyTests(PostgresFixture postgres)
{
    [Fact]
    public async Task ADumpOfTheEmbeddedDatabaseAfterUseHoldsNoIdentifierAndNoFacts()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await UseAsync(room);

        var files = Directory.GetFiles(room.Folder).Where(static file => Path.GetFileName(file).StartsWith("consent.db", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(files);
        Assert.All(files, static file => AssertNobody(ReadShared(file)));
        AssertNobody(ReadShared(Path.Combine(room.Folder, "diagnostics.log")));
    }

    [Fact]
    public async Task ADumpOfThePostgresDatabaseAfterUseHoldsNoIdentifierAndNoFacts()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Postgres, postgres);
        await UseAsync(room);

        await using var source = NpgsqlDataSource.Create(room.Database["postgres:".Length..]);
        foreach (var table in new[] { "client", "consent", "relationship", "agreement", "log_entry", "log_item", "log_side", "log_edge", "room_value" })
        {
            await using var command = source.CreateCommand($"SELECT * FROM {table}");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    AssertNobody(reader.GetValue(column) is byte[] bytes ? bytes : Encoding.UTF8.GetBytes(reader.GetValue(column).ToString()!));
                }
            }
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FactsComeBackToTheGatewayAndOnlyAChangeRaisesTheRevision(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var facts = new ToldFacts { SafetyProhibition = true, SchoolForm = "basic", Capacity = [new CapacityDecision { Code = "2", Context = "health" }] };

        var first = await TellAsync(room, facts);
        var again = await TellAsync(room, facts);
        await room.ReopenAsync();
        var changed = await TellAsync(room, facts with { SafetyProhibition = false });

        var kept = (await room.StateAsync(Some.Aino)).State.Facts;
        Assert.Equal((1, 1, 2), (first, again, changed));
        Assert.Equal((false, "basic", new DateOnly(1990, 1, 1), "2"), (kept.SafetyProhibition, kept.SchoolForm, kept.BirthDate, kept.Capacity.Single().Code));
    }

    [Fact]
    public async Task AFactThatAMessageDoesNotSpeakOfStaysAsItIs()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await TellAsync(room, new ToldFacts { SafetyProhibition = true, GuardianSafetyProhibition = true, GuardianBar = true, Deceased = true, CompulsoryAge = true, SchoolForm = "basic", Capacity = [new CapacityDecision { Code = "2", Context = "health" }] });
        var before = (await room.StateAsync(Some.Aino)).State.Facts;

        var unchanged = await TellAsync(room, new ToldFacts());
        await TellAsync(room, new ToldFacts { Deceased = false, Capacity = [] });

        var kept = (await room.StateAsync(Some.Aino)).State.Facts;
        Assert.Equal(1, unchanged);
        Assert.Equal((true, true, true, true, "basic"), (before.SafetyProhibition, before.GuardianSafetyProhibition, before.GuardianBar, before.Deceased, before.SchoolForm));
        Assert.Equal(before with { Deceased = false, Capacity = kept.Capacity }, kept);
        Assert.Empty(kept.Capacity);
    }

    [Fact]
    public async Task AChangeOfFactsStandsInTheViewOfThoseWhoHaveToDoWithTheClient()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await room.AppendAsync(Some.Referral((await room.StateAsync(Some.Aino)).State, room.Clock.GetUtcNow()));

        await TellAsync(room, new ToldFacts { SafetyProhibition = true });

        var seen = new List<int>();
        foreach (var organisation in new[] { "pohjois-savo", "kuopio", "kallan-kulkijat" })
        {
            using var answer = await room.Person(PersonKind.DataProtectionOfficer, organisation, "dpo-1").GetAsync("/log?outcome=facts-recorded");
            seen.Add((await answer.ReadAsync<LogPage>()).Rows.Length);
        }

        Assert.Equal([1, 1, 0], seen);
    }

    [Fact]
    public async Task ANamelessOrMistypedIdentifierIsRefusedWithoutRepeatingIt()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);

        using var facts = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = "010190-999X", Facts = new ToldFacts() }, SisoteJson.Options);
        using var state = await room.Gateway.PostAsJsonAsync("/states", new ClientStateQuery { Identifiers = ["010190-999X"] }, SisoteJson.Options);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (facts.StatusCode, state.StatusCode));
        Assert.DoesNotContain("999X", await facts.Content.ReadAsStringAsync() + await state.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Everything in which a person occurs.</summary>
    private static async Task UseAsync(OpenRoom room)
    {
        await TellAsync(room, new ToldFacts { SafetyProhibition = true, SchoolForm = "canary-school" });
        await room.GiveAsync(Some.Aino, Some.Consent());
        var state = (await room.StateAsync(Some.Aino)).State;
        Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(Some.Referral(state, room.Clock.GetUtcNow()))).Status);
        using var mine = await room.Client(Some.Aino).GetAsync("/me/disclosures");
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.Equal(Some.Aino, (await room.StateAsync(Some.Aino)).Identifier);
    }

    private static async Task<long> TellAsync(OpenRoom room, ToldFacts facts)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = Some.Aino, Facts = facts }, SisoteJson.Options);
        return (await answer.ReadAsync<FactsRecorded>()).Revision;
    }

    private static void AssertNobody(byte[] bytes)
    {
        foreach (var trace in new[] { Some.Aino, "999W", "1990-01-01", "canary-school", "safetyProhibition" })
        {
            Assert.False(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(trace)) >= 0, $"`{trace}` stands there in clear.");
        }
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
