// Every way in which the line to a FHIR server breaks.
using Sisote.Tests.Testing;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class FhirFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A fault on the way of the writing itself, and what may be said of an entry that met it. Where the answer says nothing clear, the adapter looks what stands there.</summary>
    public static TheoryData<LineFault, int[]> Writing => new()
    {
        { LineFault.None, [200] },
        { LineFault.CutBefore, [504] },
        { LineFault.AnswerLost, [200] },
        { LineFault.Slow, [200, 504] },
        { LineFault.HalfAnswer, [200] },
        { LineFault.Garbage, [504] },
        { LineFault.Duplicate, [200] },
        { LineFault.WrongCharacters, [200] },
        { LineFault.OutOfOrder, [200] },
    };

    [Theory, MemberData(nameof(Writing))]
    public async Task AReferralOverALineThatBreaksWhileItIsWrittenArrivesOnce(LineFault fault, int[] said)
    {
        await using var record = await FhirRecord.StartAsync();
        await using var line = FaultyLine.Http(record.Port, Patience);
        await using var house = await HouseAsync(record, line);
        line.Next = () => line.Messages == 7 ? fault : LineFault.None; // the client, five types of marks, then the transaction

        var first = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));
        line.Next = static () => LineFault.None;
        var second = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));

        Assert.Contains(first.Status, said);
        Assert.Equal(200, second.Status);
        await AssertOnceAsync(record);
    }

    [Theory]
    [InlineData(LineFault.CutBefore)]
    [InlineData(LineFault.AnswerLost)]
    [InlineData(LineFault.Slow)]
    [InlineData(LineFault.HalfAnswer)]
    [InlineData(LineFault.Garbage)]
    [InlineData(LineFault.WrongCharacters)]
    public async Task AReferralOverALineThatIsBrokenBeforeItIsWrittenWasNotSent(LineFault fault)
    {
        await using var record = await FhirRecord.StartAsync();
        await using var line = FaultyLine.Http(record.Port, Patience);
        await using var house = await HouseAsync(record, line);

        line.Next = () => fault;
        var first = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));
        line.Next = static () => LineFault.None;
        Assert.Empty(await record.NativeAsync("ServiceRequest"));
        var second = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));

        Assert.Equal((503, 200), (first.Status, second.Status));
        await AssertOnceAsync(record);
    }

    [Theory]
    [InlineData(LineFault.CutBefore)]
    [InlineData(LineFault.AnswerLost)]
    [InlineData(LineFault.Slow)]
    [InlineData(LineFault.HalfAnswer)]
    [InlineData(LineFault.Garbage)]
    [InlineData(LineFault.Duplicate)]
    [InlineData(LineFault.WrongCharacters)]
    [InlineData(LineFault.OutOfOrder)]
    public async Task ARecordBehindABrokenLineIsReadWholeOrNotAtAll(LineFault fault)
    {
        await using var record = await FhirRecord.StartAsync([FhirRecord.Person("p1", SectorHouse.Aino), .. Enumerable.Range(0, 70).Select(static number => FhirRecord.Flag($"f{number}", "p1"))]);
        await using var line = FaultyLine.Http(record.Port, Patience);
        await using var house = await HouseAsync(record, line);

        foreach (var broken in new[] { 1, 2, 3 })
        {
            var before = line.Messages;
            line.Next = () => line.Messages == before + broken ? fault : LineFault.None;
            var answer = await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Aino);
            Assert.True(answer.Status == 503 ? answer.Found.Count == 0 : answer is (200, { Count: 70 }, _), $"call {broken}: {answer.Status} with {answer.Found.Count}");
            Assert.True(fault == LineFault.Duplicate || broken == 3 || answer.Status == 503, $"call {broken}: {answer.Status}"); // the third is a page, read again by itself where the line was cut
        }
    }

    [Fact]
    public async Task ARecordThatIsDownAndComesBackRestartedTakesAReferralOnce()
    {
        await using var record = await FhirRecord.StartAsync();
        await using var line = FaultyLine.Http(record.Port, Patience);
        await using var house = await HouseAsync(record, line);

        await line.StopAsync();
        var down = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));
        line.Start();
        var before = line.Messages;
        line.Next = () => line.Messages >= before + 7 ? LineFault.AnswerLost : LineFault.None; // the transaction and every look after it
        var lost = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));
        await record.RestartAsync();
        (line.Target, line.Next) = (record.Port, static () => LineFault.None);
        var back = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));

        Assert.Equal((503, 504, 200), (down.Status, lost.Status, back.Status));
        await AssertOnceAsync(record);
    }

    [Fact]
    public async Task TwoDeliveriesOfOneEntryAtTheSameTimeArriveOnce()
    {
        await using var record = await FhirRecord.StartAsync();
        await using var house = await record.HouseAsync();

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino))));

        Assert.All(sent, static one => Assert.Equal(200, one.Status));
        Assert.Single(sent.Select(static one => string.Join(' ', one.Places)).Distinct());
        await AssertOnceAsync(record);
    }

    private static Task<SectorHouse> HouseAsync(FhirRecord record, FaultyLine line) => record.HouseAsync(("address", $"http://127.0.0.1:{line.Port}/fhir"), ("timeoutSeconds", "2"));

    private static async Task AssertOnceAsync(FhirRecord record)
    {
        foreach (var type in new[] { "Patient", "ServiceRequest", "Flag", "Goal", "CarePlan", "Task" })
        {
            Assert.Single(await record.NativeAsync(type));
        }
    }
}
