// What people read when a command fails.
using System.Security.Cryptography;
using Sisote.Adapters.Sources;
using Sisote.Consent;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Turns an exception into a line that a person can act on and an exit code; the trace only for those who ask for it.</summary>
internal static class FaultLine
{
    /// <summary>Says it and gives the exit code.</summary>
    internal static int Tell(Exception fault, TextWriter errors, bool trace)
    {
        var (line, code) = Find(fault);
        errors.WriteLine(line);
        if (trace)
        {
            errors.WriteLine(fault);
        }

        return code;
    }

    private static (string Line, int Code) Find(Exception fault) => fault switch
    {
        StartFaultException or ConsentStartException or AdapterSettingsException => (fault.Message, ExitCodes.Failed),
        TokenRefusedException => (fault.Message, ExitCodes.NotAuthenticated),
        IOException or InvalidDataException or UnauthorizedAccessException or CryptographicException or HttpRequestException => (FirstLine(fault.Message), ExitCodes.Failed),
        OperationCanceledException => ("It took too long, or was stopped.", ExitCodes.Failed),
        AggregateException { InnerException: { } inner } => Find(inner),
        _ => ($"Something went wrong that Sisote did not expect: {FirstLine(fault.Message)} Say the same with --trace to see where, and report it.", ExitCodes.Failed),
    };

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
