// One simulator as an application of its own.
namespace Sisote.Simulators;

/// <summary>A simulator's HTTP application; a kind that also listens elsewhere derives and overrides what it needs.</summary>
internal class SimulatorApplication(string kind, WebApplication app) : IAsyncDisposable
{
    /// <summary>Its kind.</summary>
    public string Kind => kind;

    /// <summary>Address of the HTTP door, once started.</summary>
    public Uri HttpAddress => new(app.Urls.First() + "/");

    /// <summary>Port of the MLLP door, once started; null where the kind has none.</summary>
    public virtual int? MllpPort => null;

    /// <summary>Where it sends messages of its own accord.</summary>
    public virtual Uri? SendsTo { get; set; }

    /// <summary>Opens its doors.</summary>
    public virtual Task StartAsync(CancellationToken cancellation) => app.StartAsync(cancellation);

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
