// What a command needs to talk to an instance that runs: the same settings, read but not opened.
using Sisote.Doors;
using Sisote.Doors.Tokens;

namespace Sisote.Host.House;

/// <summary>The settings of an installation and the means to talk to it, for commands that open no room.</summary>
internal sealed class RunningHouse : IDisposable
{
    private readonly ServiceProvider services;

    private RunningHouse(RoomSettings settings)
    {
        Settings = settings;
        var collection = new ServiceCollection();
        collection.AddHttpClient();
        services = collection.BuildServiceProvider();
        Http = services.GetRequiredService<IHttpClientFactory>();
        Tokens = new AccessTokenSource(settings, Http, TimeProvider.System);
    }

    /// <summary>Addresses, law, deployment.</summary>
    internal RoomSettings Settings { get; }

    /// <summary>HTTP clients.</summary>
    internal IHttpClientFactory Http { get; }

    /// <summary>Access tokens for systems whose keys lie in the key folder.</summary>
    internal AccessTokenSource Tokens { get; }

    /// <summary>Reads the settings of the installation in the data folder.</summary>
    /// <exception cref="StartFaultException">There is none, or something in it has faults.</exception>
    internal static RunningHouse Find(HouseOptions options)
    {
        var catalogue = LawAndDeployment.ReadCatalogue(options.CatalogueFolder);
        var deployment = LawAndDeployment.ReadDeployment(options.DeploymentFile, catalogue);
        return new RunningHouse(OpenHouse.MakeSettings(options, catalogue, deployment));
    }

    /// <summary>Whether the gateway of this installation answers.</summary>
    internal async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        using var client = Http.CreateClient();
        client.Timeout = TimeSpan.FromSeconds(2);
        try
        {
            using var answer = await client.GetAsync(new Uri(Settings.Gateway, "health/live"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose() => services.Dispose();
}
