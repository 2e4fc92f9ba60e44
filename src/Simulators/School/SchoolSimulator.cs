// Opens the school's system.
using Sisote.Simulators.Keys;

namespace Sisote.Simulators.School;

/// <summary>A school's register as a OneRoster 1.2 provider, and the school's message box.</summary>
internal static class SchoolSimulator
{
    /// <summary>The client that may read the roster.</summary>
    public const string ClientId = "integration";

    /// <summary>Makes the system over the files of its folder.</summary>
    public static SimulatorApplication Open(SimulatorPlace place)
    {
        var roster = RosterSeed.Read();
        var builder = place.CreateBuilder();
        builder.Services.AddSingleton(_ => new SchoolInbox(Path.Combine(place.Folder, "viestit.jsonl"), roster, place.Clock));
        var app = builder.Build();
        var tokens = new SchoolTokens(ClientId, ApiKey.ReadOrMake(Path.Combine(place.Folder, "client-secret")), place.Clock);
        tokens.Map(app);
        RosterApi.Map(app, roster, tokens);
        InboxApi.Map(app, app.Services.GetRequiredService<SchoolInbox>(), roster, new NativeDoor(ApiKey.Open(Path.Combine(place.Folder, "api-key")), place.Accounts));
        return new SimulatorApplication(place.Entry.Kind, app);
    }
}
