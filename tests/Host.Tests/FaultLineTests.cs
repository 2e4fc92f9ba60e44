// Whatever goes wrong, people read a line and not a stack trace.
using Sisote.Adapters.Sources;
using Sisote.Consent;
using Sisote.Doors.Tokens;
using Sisote.Host.Commands;
using Sisote.Host.House;

namespace Sisote.Tests.Host;

public sealed class FaultLineTests
{
    public static TheoryData<Exception, int> Faults => new()
    {
        { new StartFaultException("said as it is"), ExitCodes.Failed },
        { new ConsentStartException("said as it is"), ExitCodes.Failed },
        { new AdapterSettingsException(["said as it is"]), ExitCodes.Failed },
        { new DirectoryNotFoundException("said as it is"), ExitCodes.Failed },
        { new AggregateException(new IOException("said as it is")), ExitCodes.Failed },
        { new InvalidOperationException("said as it is"), ExitCodes.Failed },
        { new TokenRefusedException("invalid_scope", "said as it is"), ExitCodes.NotAuthenticated },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void AFaultIsOneLineAndAnExitCode(Exception fault, int code)
    {
        using var errors = new StringWriter();

        Assert.Equal(code, FaultLine.Tell(fault, errors, trace: false));

        var line = Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("said as it is", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTraceIsForThoseWhoAskForIt()
    {
        using var errors = new StringWriter();

        FaultLine.Tell(new InvalidOperationException("said as it is"), errors, trace: true);

        Assert.Contains("System.InvalidOperationException", errors.ToString(), StringComparison.Ordinal);
    }
}
