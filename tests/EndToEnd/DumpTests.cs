// What a thief of a database finds in it.
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Npgsql;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class DumpTests
{
    private const string Planted = "planted-word";
    private static readonly string[] NotOurs = ["simulators", "persons.yaml", ".running"];

    [Fact]
    public async Task ADumpOfEveryTableAndAllDiagnosticsNameNobody()
    {
        await using var server = await PostgresServer.StartAsync(durable: false);
        await using var house = new ApartHouse(server, "Verbose");
        await house.InitializeAsync();
        await UseAsync(house);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await PlantAsync(database);
        var needles = new Needles([.. CanaryTests.Names, .. CanaryTests.Codes, .. CanaryTests.Contacts, "Kaarna", RunningSisote.Nobody, Planted]);

        var (tables, hits) = await SearchAsync(database, needles);

        Assert.Equal(["planted: " + Planted], hits); // the search sees what stands in a table
        Assert.Superset(
            new HashSet<string> { "change_event", "client", "client_merge", "consent", "decision_input", "guardianship", "likeness", "log_entry", "relationship" },
            tables.Where(static table => table.Value > 0).Select(static table => table.Key).ToHashSet());
        Assert.Contains("\"Room\":\"", house.Said, StringComparison.Ordinal);
        Assert.Empty(needles.FindIn(Encoding.UTF8.GetBytes(house.Said)));
        Assert.Equal([], Directory.EnumerateFiles(house.Data, "*", SearchOption.AllDirectories)
            .Where(file => !NotOurs.Any(start => Path.GetRelativePath(house.Data, file).StartsWith(start, StringComparison.Ordinal)))
            .SelectMany(file => needles.FindIn(Read(file)).Select(word => $"{file}: {word}")));
    }

    /// <summary>Reading, and everything by which a person comes into a table that the referral does not touch.</summary>
    private static async Task UseAsync(ApartHouse house)
    {
        await house.ConsentAsync("aino");
        Assert.Equal("delivered", await house.ReferAsync(RunningSisote.Aino));
        await house.AcceptAsync("Aaltonen");
        foreach (var hetu in CanaryTests.Codes)
        {
            await house.FindAsync(hetu);
        }

        await OperateAsync(house, "clients/facts", new RecordFacts { Identifier = RunningSisote.Onni, Facts = new ToldFacts { SafetyProhibition = true, SchoolForm = "basic" } });
        await OperateAsync(house, "clients/guardians", new RecordGuardians
        {
            Source = SystemId.Parse("vtj"),
            AsOf = TimeProvider.System.GetUtcNow().AddMinutes(-1),
            Identifier = "150914A934N",
            Name = "Kaarna",
            Guardians = [new ToldGuardian { Identifier = RunningSisote.Aino, Custody = "sole", From = TimeProvider.System.GetUtcNow().AddYears(-1) }],
        });
        await OperateAsync(house, "review/likenesses", new RecordLikeness { ClientIdentifier = RunningSisote.Aino, Surnames = ["Aaltonen"], Addresses = ["Keksitynkatu 5 A 2"] });
        await OperateAsync(house, "clients/merge", new MergeClients { Prior = RunningSisote.Nobody, Surviving = RunningSisote.Onni });
        await OperateAsync(house, "keys/rotate", null);
    }

    private static async Task OperateAsync(ApartHouse house, string path, object? body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Address(3), path)) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: SisoteJson.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.TokenAsync("sisote-operator", scope: Scopes.Inner));
        var answer = await house.SendAsync(request);
        Assert.True((int)answer.Status < 300, $"{path}: {(int)answer.Status} {answer.Body}");
    }

    private static async Task PlantAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("CREATE TABLE planted AS SELECT @content AS content");
        command.Parameters.AddWithValue("content", Encoding.UTF8.GetBytes($"... {Planted} ..."));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many rows each table has, and which words stand in which.</summary>
    private static async Task<(Dictionary<string, int> Tables, List<string> Hits)> SearchAsync(NpgsqlDataSource source, Needles needles)
    {
        var (tables, hits) = (new Dictionary<string, int>(), new List<string>());
        foreach (var table in await TablesAsync(source))
        {
            tables[table] = 0;
            await using var command = source.CreateCommand($"SELECT * FROM {table}");
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                tables[table]++;
                for (var column = 0; column < row.FieldCount; column++)
                {
                    var value = row.GetValue(column);
                    hits.AddRange(needles.FindIn(value as byte[] ?? Encoding.UTF8.GetBytes(value.ToString()!)).Select(word => $"{table}: {word}"));
                }
            }
        }

        return (tables, hits);
    }

    private static async Task<List<string>> TablesAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
        await using var row = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await row.ReadAsync())
        {
            tables.Add(row.GetString(0));
        }

        return tables;
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        return whole.ToArray();
    }
}
