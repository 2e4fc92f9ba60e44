// sisote doctor at a running house, from inside and as a connected system.
using System.Globalization;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

[Collection(Referred.Name)]
public sealed class DoctorTests(ReferredHouse house)
{
    private static readonly string[] Counsellor = ["--system", RunningSisote.Register, "--organisation", "kuopio", "--role", "exercise-counsellor", "--purpose", "exercise-counselling", "--source", RunningSisote.Record];

    [Fact]
    public async Task AHouseInOrderIsFoundInOrderDownToTheRecordInTheLog()
    {
        var (code, said) = await ExamineAsync(Inside());

        Assert.True(code == 0, said);
        Assert.Contains("Everything is in order.", said, StringComparison.Ordinal);
        Assert.Contains("was asked about nobody, and the answer is empty", said, StringComparison.Ordinal);
        Assert.Contains("signed by its key", said, StringComparison.Ordinal);
        Assert.DoesNotContain("010190", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AConnectedSystemNeedsOnlyTheGatewaysAddressAndItsOwnKey()
    {
        var (code, said) = await ExamineAsync(["--gateway", house.Gateway.AbsoluteUri, "--keys", Path.Combine(house.Data, "keys"), .. Counsellor]);

        Assert.True(code == 0, said);
        Assert.Contains("token: given to kuopio-liikunta", said, StringComparison.Ordinal);
        Assert.Contains("was asked about nobody, and the answer is empty", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeyThatTheIssuerDoesNotKnowIsExplained()
    {
        var folder = Directory.CreateTempSubdirectory("sisote-doctor-").FullName;
        Sisote.Doors.Tokens.SystemKey.Ensure(folder, RunningSisote.Register);

        var (code, said) = await ExamineAsync(["--gateway", house.Gateway.AbsoluteUri, "--keys", folder, .. Counsellor]);

        Assert.Equal(5, code);
        Assert.Contains("invalid_client", said, StringComparison.Ordinal);
        Assert.Contains("Compare the public key set", said, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task APurposeThatIsNotRegisteredIsExplained()
    {
        var (code, said) = await ExamineAsync([.. Inside(), "--system", RunningSisote.Register, "--purpose", "student-welfare-group"]);

        Assert.Equal(5, code);
        Assert.Contains("Compare role, purpose and organisation", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereNothingRunsTheFirstClosedDoorIsNamedAndTheRestIsNotTried()
    {
        var (code, said) = await ExamineAsync(["--data", house.Data, "--port", "64980"]);

        Assert.Equal(5, code);
        Assert.Contains("FAULT    gateway: connection: port 64980 refuses", said, StringComparison.Ordinal);
        Assert.Contains("-        token: what it needs is not in order", said, StringComparison.Ordinal);
    }

    private string[] Inside() => ["--data", house.Data, "--port", house.Port.ToString(CultureInfo.InvariantCulture)];

    private static async Task<(int ExitCode, string Said)> ExamineAsync(string[] arguments)
    {
        var run = await SisoteProcess.RunAsync(["doctor", .. arguments]);
        return (run.ExitCode, run.Output + run.Errors);
    }
}
