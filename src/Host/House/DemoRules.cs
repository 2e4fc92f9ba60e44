// What the demonstration must never be mixed with.
namespace Sisote.Host.House;

/// <summary>Demo mode brings invented people and sign-in without proof: it refuses anything that smells of real use.</summary>
internal static class DemoRules
{
    /// <summary>Refuses forbidden mixtures.</summary>
    /// <exception cref="StartFaultException">Demo together with strict mode or PostgreSQL; simulators, or a start that removes data, outside demo mode.</exception>
    internal static void Require(HouseOptions options, bool fresh = false)
    {
        if (fresh && !options.Demo)
        {
            throw new StartFaultException("--fresh removes everything and is for the demonstration only: outside it, remove by hand what you want to be without.");
        }

        if (options is { Demo: true, Strict: true })
        {
            throw new StartFaultException("Demo mode and strict mode exclude one another: set Sisote__Demo=false for real use, or Sisote__Strict=false to try out.");
        }

        if (options.Demo && Databases(options).Any(static database => database.StartsWith("postgres", StringComparison.OrdinalIgnoreCase)))
        {
            throw new StartFaultException("Demo mode does not run against PostgreSQL, where real data may be: set Sisote__Demo=false, or leave the databases at their default.");
        }

        if (!options.Demo && options.Rooms.Contains(RoomName.Simulators))
        {
            throw new StartFaultException("The simulators open in demo mode only: take `simulators` out of Sisote__Rooms.");
        }
    }

    private static IEnumerable<string> Databases(HouseOptions options) =>
        new[] { options.Configuration["Sisote:Consent:Database"], options.Configuration["Sisote:Identity:PostgreSql"] is { Length: > 0 } ? "postgres" : null }.OfType<string>();
}
