// Opens REST systems of the deployment.
using Sisote.Adapters.Mapping;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Sisote.Doors;
using Sisote.Policy.Deployments;

namespace Sisote.Adapters.Rest;

/// <summary>
/// Kind <c>rest</c>: any system with a JSON API, by its mapping file. Settings: <c>address</c>, <c>mapping</c>, <c>shadowMapping</c>, <c>timeoutSeconds</c>, and one way of signing in: <c>apiKeyFile</c> (with
/// <c>apiKeyHeader</c>), <c>credentials</c> (with <c>user</c>), or <c>tokenAddress</c> with <c>clientId</c>, <c>clientSecretFile</c> and <c>scope</c>.
/// </summary>
internal sealed class RestKind(IHttpClientFactory http, RoomSettings rooms, TimeProvider clock, ILogger<RestKind> log) : IAdapterKind
{
    /// <inheritdoc />
    public string Kind => "rest";

    /// <inheritdoc />
    public ISourceSystem? Open(SystemEntry system, AdapterSettings settings)
    {
        var native = NativeHttpClient.Open(http, settings, clock);
        var address = settings.RequireHttp("address");
        var credentials = RestCredentials.Open(settings, native, clock);
        var trial = settings.Optional("shadowMapping") is null ? null : MappingOpening.Open(settings, "shadowMapping", rooms.Catalogue);
        if (MappingOpening.Open(settings, "mapping", rooms.Catalogue) is not { } mapping || credentials is null)
        {
            return null;
        }

        if (mapping.Format.Kind != "json")
        {
            settings.Fault("mapping", $"is for {mapping.Format.Kind}; this adapter speaks JSON");
            return null;
        }

        var shadow = trial is null ? null : new MappingShadow(system.Id, trial, clock);
        return new RestSystem(system.Id.Value, mapping, new RestHttpClient(address, credentials, native, mapping), shadow, clock, log);
    }
}
