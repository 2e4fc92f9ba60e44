// What the commands over retention have in common: they talk to an instance that runs.
using System.CommandLine;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Runs a command against the consent service, and says in a line what went wrong.</summary>
internal static class RetentionRun
{
    /// <summary>Runs it.</summary>
    internal static async Task<int> TryAsync(HouseOptions options, InvocationConfiguration streams, Func<RetentionApi, Task<int>> run)
    {
        using var house = RunningHouse.Find(options);
        try
        {
            return await run(new RetentionApi(house));
        }
        catch (TokenRefusedException refusal) when (refusal.Error == TokenRefusedException.Unreachable)
        {
            throw house.NotRunning(refusal);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException)
        {
            await streams.Error.WriteLineAsync(fault.Message);
            return ExitCodes.Failed;
        }
    }
}
