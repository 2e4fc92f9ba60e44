// A student register that drops files in a folder is connected by a mapping file and settings alone.
using System.Text;
using Hl7.Fhir.Model;
using Sisote.Adapters.Sources;
using Sisote.Tests.Adapters.Mapping;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Files;

public sealed class FilesTests
{
    private const string System = "rekisteri";
    private const string Header = "Oppilasnumero;Henkilötunnus;Sukunimi;Etunimet;Huoltaja;Järjestely;Alkaen;Muuta\n";
    private const string Lumi = "O/1001;150914A934N;Lumio;Lumi;Ida Lumio;T;10.8.2026;SALAISUUS\n";
    private const string Onni = "O/1002;230790-9456;Ojala;Onni;;;;\n";

    [Fact]
    public async Task TheNewestListIsReadAndNothingThatIsWithheld()
    {
        await using var house = await StartAsync(static folder =>
        {
            Drop(folder, "oppilas-2026-11-20.csv", Header + Onni);
            Drop(folder, "oppilas-2026-11-21.csv", Header + Lumi + Onni);
        });

        var (_, pupils, _) = await house.SearchAsync(System, "Patient");
        var (_, flags, body) = await house.SearchClientAsync(System, "Flag", SectorHouse.Lumi);

        Assert.Equal(2, pupils.Count);
        var flag = Assert.IsType<Flag>(Assert.Single(flags));
        FacadeContract.Holds(flag, SectorHouse.Lumi, "study-arrangement");
        Assert.True(flag.IsExactly((await house.ReadAsync(System, "Flag", flag.Id!)).Found!));
        Assert.DoesNotContain("SALAISUUS", body, StringComparison.Ordinal);
        Assert.Empty((await house.SearchClientAsync(System, "Flag", SectorHouse.Onni)).Found);
        Assert.Equal(422, (await house.CreateAsync(System, "key-1", flag)).Status);
    }

    [Theory]
    [InlineData("O/1001;150914A934N;Lumio;Lumi;;X;10.8.2026;\n", "record 1: Järjestely: a code that its table does not know")]
    [InlineData("O/1001;150914A935N;Lumio;Lumi;;T;10.8.2026;\n", "record 1: Henkilötunnus: no proper personal identity code")]
    [InlineData("O/1001;150914A934N;Lumio;Lumi;;T;2026-08-10;\n", "record 1: Alkaen: not in the agreed form")]
    [InlineData("O/1002;230790-9456;Ojala;Onni;;;;\nO/1002;230790-9456;Ojala;Onni;;;;\n", "record 2: an id that stands in the file before")]
    [InlineData("O/1002;230790-9456;Ojala;Onni;;;;\nO/1002;150914A934N;Lumio;Lumi;;;;\n", "record 2: the client's number stands for another client before")]
    [InlineData("O/1001;150914A934N;Lumio;Lumi;;T;10.8.2026;\nO/1002;150914A934N;Lumio;Lumi;;;;\n", "record 2: the client's code stands under another number before")]
    [InlineData("O/1001;150914A934N;Lumio;Lumi\n", "no CSV in row 2: 4 cells where the header has 8")]
    public async Task ABrokenFileIsPutAsideWithReasonsThatNameNobodyAndTheOneBeforeItStays(string rows, string reason)
    {
        await using var house = await StartAsync(static folder => Drop(folder, "oppilas-1.csv", Header + Lumi));
        var folder = Path.Combine(house.Folder, "pudotus");

        Drop(folder, "oppilas-2.csv", Header + rows);
        var (status, found, _) = await house.SearchClientAsync(System, "Flag", SectorHouse.Lumi);

        Assert.Equal((200, 1), (status, found.Count));
        Assert.Equal(["oppilas-1.csv"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
        Assert.True(File.Exists(Path.Combine(folder, "rejected", "oppilas-2.csv")));
        var reasons = File.ReadAllText(Path.Combine(folder, "rejected", "oppilas-2.csv.reason.txt"));
        Assert.Contains(reason, reasons, StringComparison.Ordinal);
        Assert.DoesNotContain("Lumi", reasons, StringComparison.Ordinal);
        Assert.DoesNotContain("150914", reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileOfUnknownColumnsIsRefusedAndTheirNamesAreToldNowhere()
    {
        await using var house = await StartAsync(static folder => Drop(folder, "oppilas-1.csv", Header.Replace("Muuta", "Muuta;Lumi Lumion diagnoosi", StringComparison.Ordinal) + Lumi.Replace("SALAISUUS", "x;F32", StringComparison.Ordinal)));

        Assert.Equal(503, (await house.SearchAsync(System, "Patient")).Status);
        Assert.Equal("record 1: 1 fields that the mapping does not know\n", File.ReadAllText(Path.Combine(house.Folder, "pudotus", "rejected", "oppilas-1.csv.reason.txt")).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task AFileThatIsStillBeingWrittenIsNotLookedAt()
    {
        await using var house = await StartAsync(static folder => Drop(folder, "oppilas-1.csv", Header + Lumi));
        var folder = Path.Combine(house.Folder, "pudotus");

        Drop(folder, ".oppilas-2.csv", Header + "O/10");
        var before = await house.SearchAsync(System, "Patient");
        Drop(folder, ".oppilas-2.csv", Header + Lumi + Onni);
        File.Move(Path.Combine(folder, ".oppilas-2.csv"), Path.Combine(folder, "oppilas-2.csv"));
        var after = await house.SearchAsync(System, "Patient");

        Assert.Equal((1, 2), (before.Found.Count, after.Found.Count));
        Assert.False(Directory.Exists(Path.Combine(folder, "rejected")));
    }

    [Fact]
    public async Task WithoutAFileOrWithAnOldOneTheSystemIsUnavailable()
    {
        await using var house = await StartAsync(static _ => { });
        var file = Path.Combine(house.Folder, "pudotus", "oppilas-1.csv");
        var none = await house.SearchAsync(System, "Patient");

        File.WriteAllText(file, Header + Lumi, Encoding.Latin1);
        var fresh = await house.SearchAsync(System, "Patient");
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-73));
        var old = await house.SearchAsync(System, "Patient");

        Assert.Equal((503, 200, 503), (none.Status, fresh.Status, old.Status));
        Assert.Equal(200, (await house.SearchAsync(System, "Observation")).Status); // the system has none
    }

    [Fact]
    public async Task AListThatKnowsItsClientsByNumberWaitsForTheListThatNamesThem()
    {
        await using var house = await StartAsync(
            static folder => Drop(folder, "tarve-1.csv", "Oppilasnumero;Tunnus;Koodi\nO/1001;t1;RK\n"),
            "  tarve:\n    client: {id: Oppilasnumero, form: hash}\n    resources:\n      - type: Flag\n        elements:\n          id: {from: Tunnus}\n          status: {constant: active}\n          category: {constant: \"https://sisote.example/fhir/CodeSystem/category|study-arrangement\"}\n          code: {from: Koodi, table: arrangements, required: true}\n");
        var early = await house.SearchClientAsync(System, "Flag", SectorHouse.Lumi);

        Drop(Path.Combine(house.Folder, "pudotus"), "oppilas-1.csv", Header + Lumi);
        var both = await house.SearchClientAsync(System, "Flag", SectorHouse.Lumi);

        Assert.Equal((503, 200, 2), (early.Status, both.Status, both.Found.Count));
        Assert.All(both.Found, static flag => FacadeContract.Holds(flag, SectorHouse.Lumi));
    }

    [Theory]
    [InlineData("O/1001", 200)]
    [InlineData("O/1009", 503)]
    public async Task AClientWhomTwoListsKnowUnderTwoNumbersIsTakenFromNeitherOfThem(string number, int said)
    {
        await using var house = await StartAsync(
            folder =>
            {
                Drop(folder, "oppilas-1.csv", Header + Lumi);
                Drop(folder, "tarve-1.csv", $"Oppilasnumero;Hetu;Tunnus;Koodi\n{number};150914A934N;t1;RK\n");
            },
            "  tarve:\n    client: {code: Hetu, id: Oppilasnumero, form: hash}\n    resources:\n      - type: Flag\n        elements:\n          id: {from: Tunnus}\n          status: {constant: active}\n          category: {constant: \"https://sisote.example/fhir/CodeSystem/category|study-arrangement\"}\n          code: {from: Koodi, table: arrangements, required: true}\n");

        Assert.Equal(said, (await house.SearchClientAsync(System, "Flag", SectorHouse.Lumi)).Status);
    }

    [Fact]
    public async Task AMissingFolderSettingAndAMissingMappingStopTheStart()
    {
        var refusal = await Assert.ThrowsAsync<AdapterSettingsException>(() => SectorHouse.StartAsync(static (_, _) => [SectorHouse.Entry(System, "files", "kuopion-koulut", ("mapping", "ei-ole.yaml"))]));

        Assert.Contains("`folder` is missing", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("`mapping` cannot be read", refusal.Message, StringComparison.Ordinal);
    }

    private static void Drop(string folder, string name, string text) => File.WriteAllText(Path.Combine(folder, name), text, Encoding.Latin1);

    private static Task<SectorHouse> StartAsync(Action<string> put, string moreRecords = "") => SectorHouse.StartAsync((_, folder) =>
    {
        File.WriteAllText(Path.Combine(folder, "rekisteri.yaml"), MappingSamples.Text("pupils.yaml") + moreRecords);
        put(Directory.CreateDirectory(Path.Combine(folder, "pudotus")).FullName);
        return [SectorHouse.Entry(System, "files", "kuopion-koulut", ("folder", "pudotus"), ("mapping", "rekisteri.yaml"))];
    });
}
