// The adapters' room with a product behind it that is connected by a mapping file and settings alone.
using Sisote.Policy.Deployments;
using Sisote.Tests.Adapters.Mapping;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Adapters.Rest;

/// <summary>A workshop's register connected as <c>paja</c>, through a line that a test can break.</summary>
internal sealed class RestHouse : IAsyncDisposable
{
    public const string System = "paja";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private RestHouse(SectorHouse house, WorkshopProduct product, FaultyLine line) => (House, Product, Line) = (house, product, line);

    public SectorHouse House { get; }

    public WorkshopProduct Product { get; }

    public FaultyLine Line { get; }

    /// <summary>Opens the room; the mapping may be changed, and other settings may stand in place of the API key.</summary>
    public static async Task<RestHouse> StartAsync((string Old, string New)[]? changes = null, (string Name, string Value)[]? settings = null, Action<WorkshopProduct>? prepare = null, (string Old, string New)[]? shadow = null, TimeProvider? clock = null)
    {
        var product = new WorkshopProduct();
        prepare?.Invoke(product);
        await product.StartAsync();
        var line = FaultyLine.Http(product.Address.Port, Patience);
        var house = await SectorHouse.StartAsync((_, folder) => [Entry(folder, line.Port, changes ?? [], shadow ?? [], settings ?? [("apiKeyFile", "key")])], clock: clock);
        return new RestHouse(house, product, line);
    }

    public static SystemEntry Entry(string folder, int port, (string Old, string New)[] changes, (string Old, string New)[] shadow, (string Name, string Value)[] settings)
    {
        File.WriteAllText(Path.Combine(folder, "key"), WorkshopProduct.ApiKey);
        File.WriteAllText(Path.Combine(folder, "secret"), "s/1");
        File.WriteAllText(Path.Combine(folder, "users"), "int:sala\n");
        File.WriteAllText(Path.Combine(folder, "paja.yaml"), Change(changes));
        File.WriteAllText(Path.Combine(folder, "varjo.yaml"), Change(shadow));
        return SectorHouse.Entry(System, "rest", "kuopio", [("address", $"http://127.0.0.1:{port}/api"), ("mapping", "paja.yaml"), ("timeoutSeconds", "2"), .. settings.Select(pair => (pair.Name, pair.Value.Replace("PORT", $"{port}", StringComparison.Ordinal)))]);
    }

    private static string Change((string Old, string New)[] changes) => changes.Aggregate(MappingSamples.Text("workshop.yaml"), static (text, change) =>
    {
        Assert.Contains(change.Old, text, StringComparison.Ordinal);
        return text.Replace(change.Old, change.New, StringComparison.Ordinal);
    });

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Line.DisposeAsync();
        await Product.DisposeAsync();
    }
}
