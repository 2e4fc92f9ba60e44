// Opens exercise-counselling products of the deployment.
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Sisote.Policy.Deployments;

namespace Sisote.Adapters.ExerciseCounselling;

/// <summary>Kind <c>exercise-counselling</c>: a product with a JSON API and an API key. Settings: <c>address</c>, <c>api-key-file</c>, <c>mapping-file</c>, <c>timeout-seconds</c>.</summary>
internal sealed class ExerciseCounsellingKind(IHttpClientFactory http, TimeProvider clock, ILogger<ExerciseCounsellingKind> log) : IAdapterKind
{
    /// <inheritdoc />
    public string Kind => "exercise-counselling";

    /// <inheritdoc />
    public ISourceSystem? Open(SystemEntry system, AdapterSettings settings)
    {
        var address = settings.RequireHttp("address");
        var keyFile = settings.RequirePath("api-key-file");
        var native = new NativeHttpClient(http, settings.Seconds("timeout-seconds", 10), clock);
        var codes = CodeMapping.Open(settings, "exercise-counselling.yaml", "categories", "programmes", "restrictions", "referralStates", "goalStates", "planStates", "stepStates", "measurements");
        return codes is null ? null : new ExerciseCounsellingSystem(system.Id.Value, new CrmHttpClient(address, keyFile, native), codes, clock, log);
    }
}
