// Every way in which a line to a sector system breaks, for every adapter that writes.
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Hl7.Fhir.Model;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Adapters.Native;
using Sisote.Policy.Deployments;
using Sisote.Tests.Adapters.PatientRecord;
using Sisote.Tests.Testing;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters;

public sealed class FaultMatrixTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A fault, and what may be said of an entry that met it: taken (200), nothing arrived (503), nobody knows (504). Never refused, and never taken when it was not.</summary>
    public static TheoryData<LineFault, int[]> Faults => new()
    {
        { LineFault.None, [200] },
        { LineFault.CutBefore, [504] },
        { LineFault.AnswerLost, [504] },
        { LineFault.Slow, [504] },
        { LineFault.HalfAnswer, [504] },
        { LineFault.Garbage, [504] },
        { LineFault.Duplicate, [200] },
        { LineFault.WrongCharacters, [200, 504] },
        { LineFault.OutOfOrder, [200, 504] },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task APatientRecordBehindABrokenLineFilesAnEntryOnce(LineFault fault, int[] said)
    {
        await using var world = await RecordWorld.OpenAsync();
        await using var line = FaultyLine.Mllp(world.Simulators.MllpPort("patient-record"), Patience);
        await using var behind = await RecordWorld.OpenAsync(sendMllp: new Uri($"mllp://127.0.0.1:{line.Port}"));
        var before = (await world.NativeDocumentsAsync()).GetArrayLength();

        line.Next = () => fault;
        using var first = await behind.CreateAsync(Entries.Counselling("Kerran"));
        line.Next = static () => LineFault.None;
        using var second = await behind.CreateAsync(Entries.Counselling("Kerran"));

        Assert.Contains((int)first.StatusCode, said);
        Assert.Equal(200, (int)second.StatusCode);
        Assert.Equal(before + 1, (await world.NativeDocumentsAsync()).GetArrayLength());
    }

    [Fact]
    public async Task APatientRecordThatIsDownAndComesBackRestartedFilesAnEntryOnce()
    {
        await using var world = await RecordWorld.OpenAsync();
        await using var line = FaultyLine.Mllp(world.Simulators.MllpPort("patient-record"), Patience);
        await using var behind = await RecordWorld.OpenAsync(sendMllp: new Uri($"mllp://127.0.0.1:{line.Port}"));
        var before = (await world.NativeDocumentsAsync()).GetArrayLength();

        await line.StopAsync();
        using var down = await behind.CreateAsync(Entries.Counselling("Kerran"));
        line.Start();
        line.Next = static () => LineFault.AnswerLost;
        using var lost = await behind.CreateAsync(Entries.Counselling("Kerran"));
        await world.Simulators.DisposeAsync();
        await world.StartSimulatorsAsync();
        (line.Target, line.Next) = (world.Simulators.MllpPort("patient-record"), static () => LineFault.None);
        using var back = await behind.CreateAsync(Entries.Counselling("Kerran"));

        Assert.Equal([503, 504, 200], new[] { down, lost, back }.Select(static answer => (int)answer.StatusCode));
        Assert.Equal(before + 1, (await world.NativeDocumentsAsync()).GetArrayLength());
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task AnExerciseRegisterBehindABrokenLineTakesAReferralOnce(LineFault fault, int[] said)
    {
        await using var house = await HouseAsync("exercise", out var line);
        await using var _ = line;

        line.Next = () => fault;
        var first = await house.CreateAsync("kuopio-liikunta", "key-1", SomeReferral.Of(SectorHouse.Aino));
        line.Next = static () => LineFault.None;
        var second = await house.CreateAsync("kuopio-liikunta", "key-1", SomeReferral.Of(SectorHouse.Aino));

        Assert.Contains(first.Status, said);
        Assert.Equal(200, second.Status);
        Assert.Equal(1, await ReferralsAsync(house));
    }

    [Fact]
    public async Task AnExerciseRegisterThatIsDownTakesAReferralOnceWhenItIsBack()
    {
        await using var house = await HouseAsync("exercise", out var line);
        await using var _ = line;

        await line.StopAsync();
        var down = await house.CreateAsync("kuopio-liikunta", "key-1", SomeReferral.Of(SectorHouse.Aino));
        line.Start();
        var back = await house.CreateAsync("kuopio-liikunta", "key-1", SomeReferral.Of(SectorHouse.Aino));

        Assert.Equal((503, 200, 1), (down.Status, back.Status, await ReferralsAsync(house)));
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task ASchoolBehindABrokenLineGetsAMessageOnce(LineFault fault, int[] said)
    {
        await using var house = await HouseAsync("school", out var line);
        await using var _ = line;

        line.Next = () => fault;
        var first = await house.CreateAsync("kuopio-koulu", "key-1", Need());
        line.Next = static () => LineFault.None;
        var second = await house.CreateAsync("kuopio-koulu", "key-1", Need());

        Assert.Contains(first.Status, said.Select(static status => status == 200 ? 201 : status));
        Assert.Equal(201, second.Status);
        Assert.Equal(1, await MessagesAsync(house));
    }

    [Theory]
    [InlineData(LineFault.AnswerLost)]
    [InlineData(LineFault.Slow)]
    [InlineData(LineFault.Garbage)]
    public async Task ASchoolWhoseRosterDoesNotAnswerWasSentNothing(LineFault fault)
    {
        await using var house = await HouseAsync("school-roster", out var line);
        await using var _ = line;

        line.Next = () => fault;
        var first = await house.CreateAsync("kuopio-koulu", "key-1", Need());
        line.Next = static () => LineFault.None;
        var second = await house.CreateAsync("kuopio-koulu", "key-1", Need());

        Assert.Equal((503, 201, 1), (first.Status, second.Status, await MessagesAsync(house)));
    }

    [Fact]
    public async Task ASystemThatSwallowsConnectionsIsDownAndWasSentNothing()
    {
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(1);
        var address = (IPEndPoint)deaf.LocalEndPoint!;
        using var services = new ServiceCollection().AddHttpClient(NativeHttpClient.Name)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromMilliseconds(500) }).Services.BuildServiceProvider();
        var native = new NativeHttpClient(services.GetRequiredService<IHttpClientFactory>(), TimeSpan.FromSeconds(20), TimeProvider.System);
        var crowd = Enumerable.Range(0, 8).Select(_ => Knock(address)).ToArray();

        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{address}/viestit");
        var fault = await Assert.ThrowsAsync<NativeFaultException>(() => native.SendAsync(request, TestContext.Current.CancellationToken));

        Array.ForEach(crowd, static socket => socket.Dispose());
        Assert.Equal((NativeFault.Down, false), (fault.Fault, fault.MayHaveArrived));
    }

    [Fact]
    public async Task ASchoolThatIsDownGetsAMessageOnceWhenItIsBack()
    {
        await using var house = await HouseAsync("school", out var line);
        await using var _ = line;

        await line.StopAsync();
        var down = await house.CreateAsync("kuopio-koulu", "key-1", Need());
        line.Start();
        var back = await house.CreateAsync("kuopio-koulu", "key-1", Need());

        Assert.Equal((503, 201, 1), (down.Status, back.Status, await MessagesAsync(house)));
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task AStudentWelfareRecordBehindABrokenLineIsReadWholeOrNotAtAll(LineFault fault, int[] said)
    {
        Assert.NotEmpty(said);
        await using var house = await HouseAsync("student-welfare", out var line);
        await using var _ = line;
        var whole = await house.SearchClientAsync("kuopio-opiskeluhuolto", "Flag", SectorHouse.Lumi);

        line.Next = () => fault;
        var broken = await house.SearchClientAsync("kuopio-opiskeluhuolto", "Flag", SectorHouse.Lumi);
        line.Next = static () => LineFault.None;
        var back = await house.SearchClientAsync("kuopio-opiskeluhuolto", "Flag", SectorHouse.Lumi);
        var write = await house.CreateAsync("kuopio-opiskeluhuolto", "key-1", Need());

        Assert.NotEmpty(whole.Found);
        Assert.True(broken.Status == 503 ? broken.Found.Count == 0 : broken.Status == 200 && broken.Found.Count == whole.Found.Count, $"{broken.Status} with {broken.Found.Count}");
        Assert.Equal(whole.Found.Select(static one => one.Id), back.Found.Select(static one => one.Id));
        Assert.Equal(422, write.Status);
    }

    /// <summary>A house in which the line to one kind of system is the test's.</summary>
    private static Task<SectorHouse> HouseAsync(string kind, out FaultyLine line)
    {
        var opened = FaultyLine.Http(1, Patience);
        line = opened;
        return StartAsync();

        async Task<SectorHouse> StartAsync()
        {
            var house = await SectorHouse.StartAsync((systems, _) => [.. systems.Select(system => Through(system, kind, opened.Port))]);
            opened.Target = house.Simulators.HttpAddress(kind.Split("-roster")[0]).Port;
            return house;
        }
    }

    private static SystemEntry Through(SystemEntry system, string kind, int port)
    {
        var (setting, isIt) = kind switch { "exercise" => ("address", system.Adapter!.Kind == "exercise-counselling"), "school" => ("inboxAddress", system.Adapter!.Kind == "school"), "school-roster" => ("rosterAddress", system.Adapter!.Kind == "school"), _ => ("address", system.Adapter!.Kind == "student-welfare") };
        if (!isIt)
        {
            return system;
        }

        var settings = system.Adapter!.Settings;
        var through = new UriBuilder(settings[setting]) { Port = port };
        return system with { Adapter = system.Adapter with { Settings = settings.SetItem(setting, through.Uri.AbsoluteUri).SetItem("timeoutSeconds", "2") } };
    }

    private static Flag Need() => new()
    {
        Status = Flag.FlagStatus.Active,
        Category = [new CodeableConcept(SectorHouse.Category, "study-arrangement")],
        Code = new CodeableConcept(SectorHouse.Category, "extra-breaks"),
        Subject = new ResourceReference { Identifier = new Identifier("urn:oid:1.2.246.21", SectorHouse.Lumi) },
        Period = new Period { Start = "2026-11-23" },
    };

    /// <summary>Stands in the line of connections that nobody takes.</summary>
    private static Socket Knock(IPEndPoint address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            socket.Connect(address);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return socket;
        }

        return socket;
    }

    private static async Task<int> ReferralsAsync(SectorHouse house)
    {
        using var page = JsonDocument.Parse((await house.AskNativeAsync("exercise", HttpMethod.Get, "api/v1/lahetteet")).Body);
        return page.RootElement.GetProperty("rivit").GetArrayLength();
    }

    private static async Task<int> MessagesAsync(SectorHouse house)
    {
        using var all = JsonDocument.Parse((await house.AskNativeAsync("school", HttpMethod.Get, "viestit")).Body);
        return all.RootElement.GetArrayLength();
    }
}
