// The file of names outlives what happens to files.
using Sisote.Adapters.Fhir;
using Sisote.Adapters.Native;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class FhirIdsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sisote-ids-").FullName;

    private string Names => Path.Combine(folder, "adapters", "x.ids");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AFileThatIsRemovedWhileTheAdapterRunsIsMadeAnewWithItsKeyAndAllNames()
    {
        string first, second;
        using var running = Open();
        first = running.Give("Flag", "f1");
        File.Delete(Names);
        second = running.Give("Flag", "f2");

        running.Dispose();
        using var later = Open();

        Assert.Equal(("f1", "f2"), (later.Find("Flag", first), later.Find("Flag", second)));
        Assert.Equal(first, later.Give("Flag", "f1"));
    }

    [Fact]
    public void AFileThatACrashLeftEmptyIsMadeAnew()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Names)!);
        File.WriteAllText(Names, string.Empty);

        using var running = Open();
        var name = running.Give("Flag", "f1");
        running.Dispose();
        using var later = Open();

        Assert.Equal("f1", later.Find("Flag", name));
        Assert.Equal([Names], Directory.GetFiles(Path.GetDirectoryName(Names)!, "*.ids*").Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaa Flag f1\n")]
    [InlineData("00FF\n")]
    public void AFileWithoutItsKeyIsAFaultThatTheAdapterAnswersFor(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Names)!);
        File.WriteAllText(Names, text);

        using var ids = Open();

        Assert.Throws<NativeFaultException>(() => ids.Give("Flag", "f1"));
        Assert.Throws<NativeFaultException>(() => ids.Find("Flag", "aaaaaaaaaaaaaaa"));
    }

    [Fact]
    public void ANameThatCouldNotBeWrittenIsNotGivenOutAndTheNextOneIsWhole()
    {
        using var running = Open();
        running.Give("Flag", "f1");
        var aside = Names + "-aside";
        File.Move(Names, aside);
        Directory.CreateDirectory(Names); // what stands there now takes no line

        Assert.True(Assert.Throws<NativeFaultException>(() => running.Give("Flag", "f2")).MayHaveArrived);
        Directory.Delete(Names);
        File.Move(aside, Names);
        File.AppendAllText(Names, "half a li");
        var name = running.Give("Flag", "f2");

        running.Dispose();
        using var later = Open();
        Assert.Equal("f2", later.Find("Flag", name));
    }

    [Fact]
    public async Task WithoutItsFileOfNamesASystemIsUnavailableAndNotBroken()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino), FhirRecord.Flag("f1", "p1"));
        await using var house = await record.HouseAsync();
        Directory.CreateDirectory(Path.Combine(house.Folder, "adapters"));
        var file = Path.Combine(house.Folder, "adapters", FhirRecord.Id + ".ids");
        await File.WriteAllTextAsync(file, "no key\n", TestContext.Current.CancellationToken);

        Assert.Equal(503, (await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Aino)).Status);
        Assert.Equal(503, (await house.ReadAsync(FhirRecord.Id, "Flag", "aaaaaaaaaaaaaaa")).Status);
        var sent = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"));
        Assert.Equal(504, sent.Status); // it stands there, but has no name here
        File.Delete(file);
        Assert.Equal(201, (await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"))).Status);
        Assert.Equal(2, (await record.NativeAsync("Flag")).Count);
    }

    [Fact]
    public void TwoProcessesDoNotShareAFileOfNames()
    {
        using var first = Open();
        using var second = Open();
        var name = first.Give("Flag", "f1");

        Assert.Throws<NativeFaultException>(() => second.Give("Flag", "f2"));
        Assert.Throws<NativeFaultException>(() => second.Find("Flag", name));
        first.Dispose();
        Assert.Equal("f1", second.Find("Flag", name));
    }

    private FhirIds Open() => new(Names, new Uri("https://record.example/fhir/"));
}
