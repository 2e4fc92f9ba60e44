// What a simulator finds when it is opened.
namespace Sisote.Simulators;

/// <summary>A simulator's entry, its own folder, its accounts and the people it knows.</summary>
internal sealed record SimulatorPlace
{
    /// <summary>Kind and ports.</summary>
    public required SimulatorEntry Entry { get; init; }

    /// <summary>Folder of this simulator's files.</summary>
    public required string Folder { get; init; }

    /// <summary>Who may come in.</summary>
    public required NativeAccounts Accounts { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Makes folder and accounts.</summary>
    public static SimulatorPlace Prepare(SimulatorEntry entry, SimulatorSettings settings)
    {
        var folder = Path.Combine(settings.DataDirectory, entry.Name);
        Directory.CreateDirectory(folder);
        var users = People.InventedPeople.Shared.Accounts.Where(account => account.Simulators.Contains(entry.Kind)).Select(static account => account.User);
        return new SimulatorPlace
        {
            Entry = entry,
            Folder = folder,
            Accounts = NativeAccounts.Open(Path.Combine(settings.DataDirectory, entry.Name + ".credentials"), users),
            Clock = settings.Clock,
        };
    }

    /// <summary>An application's beginning: own port on the loopback address, silent, small bodies.</summary>
    public WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(SimulatorPlace).Assembly.GetName().Name, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Entry.HttpPort}");
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        builder.Host.UseConsoleLifetime(static console => console.SuppressStatusMessages = true);
        builder.Services.AddSingleton(Clock);
        return builder;
    }
}
