// What a folder of dropped files may hold by mistake or by malice: other people's numbers, links, pipes, files without end.
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Sisote.Adapters.Files;
using Sisote.Adapters.Mapping;
using Sisote.Policy.Ids;
using Sisote.Tests.Adapters.Mapping;

namespace Sisote.Tests.Adapters.Files;

public sealed class HostileFilesTests : IDisposable
{
    private const string Pupils = "Oppilasnumero;Henkilötunnus;Sukunimi;Etunimet;Huoltaja;Järjestely;Alkaen;Muuta\n";
    private const string Lumi = "1;150914A934N;Lumio;Lumi;;;;\n";
    private const string Needs = "Oppilasnumero;Tunnus;Koodi\n";
    private const string Clubs = "Oppilasnumero;Henkilötunnus;Tunnus;Koodi\n";
    private const string Flags = "    resources:\n      - type: Flag\n        elements:\n          id: {from: Tunnus}\n          status: {constant: active}\n          category: {constant: \"https://sisote.example/fhir/CodeSystem/category|study-arrangement\"}\n          code: {from: Koodi, table: arrangements, required: true}\n";
    private const string Records = "  kerho:\n    client: {code: Henkilötunnus, id: Oppilasnumero, form: hash}\n" + Flags + "  tarve:\n    client: {id: Oppilasnumero, form: hash}\n" + Flags;

    private readonly string folder = Directory.CreateTempSubdirectory("sisote-files-").FullName;
    private readonly MappingFile mapping = MappingFileReader.Read("rekisteri.yaml", MappingSamples.Text("pupils.yaml") + Records, new CarriedElements(MappingSamples.Catalogue)).Mapping!;

    [Fact]
    public void ANumberThatIsAnotherClientsInAListOfAnotherKindMakesThatListUnusableAndNoListByNumberIsServed()
    {
        Drop("oppilas-1.csv", Pupils + Lumi);
        Drop("kerho-1.csv", Clubs + "1;230790-9456;k1;RK\n");
        Drop("tarve-1.csv", Needs + "1;t1;RK\n");
        var drop = Open();

        Assert.Equal(["oppilas"], Kinds(drop));
        Assert.Equal(["oppilas"], Kinds(drop)); // also when the list at fault is away
        Assert.Equal("record 1: the client's number stands for another client before", Reason("kerho-1.csv"));

        Drop("kerho-2.csv", Clubs + "2;230790-9456;k1;RK\n");
        Assert.Equal(["kerho", "oppilas", "tarve"], Kinds(drop));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void AnEmptyNumberStandsForNobody(string number)
    {
        Drop("oppilas-1.csv", Pupils + Lumi.Replace("1;150914", number + ";150914", StringComparison.Ordinal));
        Drop("kerho-1.csv", Clubs);
        Drop("tarve-1.csv", Needs + number + ";t1;RK\n");

        Assert.Equal(["kerho"], Kinds(Open()));
        Assert.Equal("record 1: Oppilasnumero: is missing", Reason("oppilas-1.csv"));
    }

    [Fact]
    public void AListByNumberIsAsOldAsTheOldestListThatNamesItsClients()
    {
        Drop("oppilas-1.csv", Pupils + Lumi, hours: -71);
        Drop("kerho-1.csv", Clubs);
        Drop("tarve-1.csv", Needs + "1;t1;RK\n");

        var needs = Open().Read().Single(static list => list.Kind.Name == "tarve");

        Assert.Equal(File.GetLastWriteTimeUtc(Path.Combine(folder, "oppilas-1.csv")), needs.AsOf.UtcDateTime);
    }

    [Fact]
    public void AListThatIsTooOldNamesNobody()
    {
        Drop("oppilas-1.csv", Pupils + Lumi, hours: -73);
        Drop("kerho-1.csv", Clubs);
        Drop("tarve-1.csv", Needs + "1;t1;RK\n");

        Assert.Equal(["kerho", "oppilas"], Kinds(Open())); // the list itself is refused by its age where it is asked for
        Assert.True(File.Exists(Path.Combine(folder, "tarve-1.csv")));
    }

    [Fact]
    public void AFileOfTomorrowIsRefusedSinceItWouldStayNewForAsLong()
    {
        Drop("oppilas-1.csv", Pupils + Lumi, hours: 1);

        Assert.Empty(Kinds(Open()));
        Assert.Equal("the time of the file lies in the future", Reason("oppilas-1.csv"));
    }

    [Fact]
    public void AFileThatLandsWhileOthersAreReadIsSeenTheNextTime()
    {
        Drop("oppilas-1.csv", Pupils);
        Drop("oppilas-2.csv", Pupils + "broken\n");
        var drop = Open(new Landing(() => Drop("oppilas-3.csv", Pupils + Lumi)));

        Assert.Empty(Resources(drop));
        Assert.Single(Resources(drop));
    }

    [Fact]
    public void ALinkToAnotherFileIsNotRead()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(folder, "muut")).FullName;
        File.WriteAllText(Path.Combine(elsewhere, "x"), Pupils + Lumi, Encoding.Latin1);
        File.CreateSymbolicLink(Path.Combine(folder, "oppilas-1.csv"), Path.Combine(elsewhere, "x"));
        File.CreateSymbolicLink(Path.Combine(folder, "oppilas-2.csv"), Path.Combine(elsewhere, "nobody"));

        Assert.Empty(Kinds(Open()));
        Assert.Equal(("is a link and no file", "is a link and no file"), (Reason("oppilas-1.csv"), Reason("oppilas-2.csv")));
        Assert.True(File.Exists(Path.Combine(elsewhere, "x")));
    }

    [Fact]
    public async Task APipeIsNotWaitedFor()
    {
        using (var made = Process.Start("mkfifo", Path.Combine(folder, "oppilas-1.csv")))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(await Task.Run(() => Kinds(Open())).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal("is empty", Reason("oppilas-1.csv"));
    }

    [Fact]
    public void AFileThatCannotBeReadIsAFaultOfThatFileAlone()
    {
        Drop("oppilas-1.csv", Pupils + Lumi);
        Drop("oppilas-2.csv", Pupils + Lumi);
        using var locked = new FileStream(Path.Combine(folder, "oppilas-2.csv"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal(["oppilas"], Kinds(Open()));
        Assert.Equal("the file cannot be read (IOException)", Reason("oppilas-2.csv"));
    }

    [Fact]
    public void ReasonsAreNotWrittenThroughALink()
    {
        var precious = Path.Combine(folder, "precious");
        File.WriteAllText(precious, "kept");
        Directory.CreateDirectory(Path.Combine(folder, "rejected"));
        File.CreateSymbolicLink(Path.Combine(folder, "rejected", "oppilas-1.csv.reason.txt"), precious);
        Drop("oppilas-1.csv", Pupils + "broken\n");

        Assert.Empty(Kinds(Open()));
        Assert.Equal("kept", File.ReadAllText(precious));
        Assert.StartsWith("no CSV in row 2", Reason("oppilas-1.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void AGoodFileThatTakesThePlaceOfARefusedOneMeanwhileIsNotPutAside()
    {
        Drop("oppilas-1.csv", Pupils + "broken\n");
        var drop = Open(new Landing(() => Drop("oppilas-1.csv", Pupils + Lumi)));

        Assert.Empty(Kinds(drop));
        Assert.Equal(["oppilas"], Kinds(drop));
        Assert.Empty(Rejected());
    }

    [Fact]
    public void ARefusedFileIsNotWrittenOverAnotherThatWasRefusedUnderItsName()
    {
        Drop("oppilas-1.csv", Pupils + "broken\n");
        Assert.Empty(Kinds(Open()));
        Drop("oppilas-1.csv", Pupils + "1;x;Lumio;Lumi;;;;\n");
        Assert.Empty(Kinds(Open()));

        Assert.Equal(["oppilas-1.csv", "oppilas-1.csv.2", "oppilas-1.csv.2.reason.txt", "oppilas-1.csv.reason.txt"], Rejected());
        Assert.StartsWith("no CSV in row 2", Reason("oppilas-1.csv"), StringComparison.Ordinal);
        Assert.StartsWith("record 1: ", Reason("oppilas-1.csv.2"), StringComparison.Ordinal);
    }

    [Fact]
    public void OfTwoWhoRefuseAFileAtTheSameTimeOnePutsItAsideOnce()
    {
        Drop("oppilas-1.csv", Pupils + "broken\n");
        var other = Open();
        var drop = Open(new Landing(() => Assert.Empty(Kinds(other))));

        Assert.Empty(Kinds(drop));

        Assert.Equal(["oppilas-1.csv", "oppilas-1.csv.reason.txt"], Rejected());
    }

    [Fact]
    public void NothingIsPutIntoAFolderThatALinkStandsFor()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(folder, "muut")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(folder, "rejected"), elsewhere);
        Drop("oppilas-1.csv", Pupils + "broken\n");

        Assert.Empty(Kinds(Open()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
    }

    [Fact]
    public void AFileOfManyWrongRowsIsToldByItsFirstFaults()
    {
        Drop("oppilas-1.csv", Pupils + string.Concat(Enumerable.Repeat("1;x;Lumio;Lumi;;;;\n", 500)));

        Assert.Empty(Kinds(Open()));
        Assert.Equal(100, File.ReadAllLines(Path.Combine(folder, "rejected", "oppilas-1.csv.reason.txt")).Length);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private FileDrop Open(ILogger? log = null) => new(SystemId.Parse("rekisteri"), mapping, folder, TimeSpan.FromHours(72), TimeProvider.System, log ?? new Landing(static () => { }));

    private static ImmutableArray<string> Kinds(FileDrop drop) => [.. drop.Read().Select(static list => list.Kind.Name).Order(StringComparer.Ordinal)];

    private static IEnumerable<string?> Resources(FileDrop drop) => drop.Read().SelectMany(static list => list.Resources).Select(static one => one.Id);

    private IEnumerable<string?> Rejected() => Directory.Exists(Path.Combine(folder, "rejected")) ? Directory.EnumerateFileSystemEntries(Path.Combine(folder, "rejected")).Select(Path.GetFileName).Order(StringComparer.Ordinal) : [];

    private string Reason(string file) => File.ReadAllLines(Path.Combine(folder, "rejected", file + ".reason.txt")).First();

    private void Drop(string name, string text, int hours = 0)
    {
        File.WriteAllText(Path.Combine(folder, name), text, Encoding.Latin1);
        File.SetLastWriteTimeUtc(Path.Combine(folder, name), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(hours));
    }

    /// <summary>Something happens in the middle of a reading: when a refusal is noted.</summary>
    private sealed class Landing(Action land) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => land();
    }
}
