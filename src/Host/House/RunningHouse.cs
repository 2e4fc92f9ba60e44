// What a command needs to talk to an instance that runs: the same settings, read but not opened.
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Host.Demo;

namespace Sisote.Host.House;

/// <summary>The settings of an installation and the means to talk to it, for commands that open no room.</summary>
internal sealed class RunningHouse : IDisposable
{
    private readonly ServiceProvider services;

    private readonly HouseOptions options;

    private RunningHouse(HouseOptions options, RoomSettings settings)
    {
        this.options = options;
        Settings = settings;
        services = MakeServices();
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
    /// <param name="options">Where to look.</param>
    /// <param name="orDemo">Whether the demonstration may be read before its first start.</param>
    internal static RunningHouse Find(HouseOptions options, bool orDemo = false)
    {
        var catalogue = LawAndDeployment.ReadCatalogue(options.CatalogueFolder);
        var deployment = orDemo ? LawAndDeployment.ReadDeploymentOrDemo(options, catalogue) : LawAndDeployment.ReadDeployment(options.DeploymentFile, catalogue);
        return new RunningHouse(options, OpenHouse.MakeSettings(options, catalogue, deployment));
    }

    /// <summary>The invented people of the demonstration.</summary>
    /// <exception cref="StartFaultException">Their file has faults.</exception>
    internal DemoPersons ReadPersons() => DemoPersons.Read(options, Settings.Catalogue, Settings.Deployment);

    /// <summary>Whether a gateway answers there.</summary>
    internal static async Task<bool> AnswersAsync(Uri gateway, CancellationToken cancellation)
    {
        await using var services = MakeServices();
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.Timeout = TimeSpan.FromSeconds(2);
        try
        {
            using var answer = await client.GetAsync(new Uri(gateway, "health/live"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>A token of the operator, whose key lies in this installation's key folder.</summary>
    /// <exception cref="StartFaultException">The key is not there: this is not the folder of the installation.</exception>
    /// <exception cref="TokenRefusedException">The authority gave none.</exception>
    internal async Task<string> GetOperatorTokenAsync(CancellationToken cancellation)
    {
        var key = SystemKey.PrivateFile(Settings.KeyDirectory, InnerSystems.Operator.Value);
        return File.Exists(key)
            ? await Tokens.GetAsync(InnerSystems.Operator, Scopes.Inner, business: null, cancellation)
            : throw new StartFaultException($"The operator's key {key} is not there: name the data folder of the installation with --data FOLDER.");
    }

    /// <summary>What to say where nobody answers.</summary>
    internal StartFaultException NotRunning(Exception inner) =>
        new($"The authority {Settings.Issuer} does not answer: start Sisote first (`dotnet run --project src/Host`), or name the port it was started with (--port NUMBER).", inner);

    /// <inheritdoc />
    public void Dispose() => services.Dispose();

    /// <summary>HTTP clients for a command that has no installation.</summary>
    internal static ServiceProvider MakeServices()
    {
        var collection = new ServiceCollection();
        collection.AddHttpClient();
        return collection.BuildServiceProvider();
    }
}
