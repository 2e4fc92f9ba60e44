// Opens exercise-counselling products of the deployment.
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Sisote.Policy.Deployments;

namespace Sisote.Adapters.ExerciseCounselling;

/// <summary>Kind <c>exercise-counselling</c>: a product with a JSON API and an API key. Settings: <c>address</c>, <c>apiKeyFile</c>, <c>mapping</c>, <c>timeoutSeconds</c>.</summary>
internal sealed class ExerciseCounsellingKind(IHttpClientFactory http, TimeProvider clock, ILogger<ExerciseCounsellingKind> log) : IAdapterKind
{
    /// <inheritdoc />
    public string Kind => "exercise-counselling";

    /// <inheritdoc />
    public ISourceSystem? Open(SystemEntry system, AdapterSettings settings)
    {
        var address = settings.RequireHttp("address");
        var keyFile = settings.RequirePath("apiKeyFile");
        var native = NativeHttpClient.Open(http, settings, clock);
        var codes = CodeMapping.Open(settings, "exercise-counselling.yaml", "categories", "programmes", "restrictions", "goals", "referralStates", "taskStates", "referralReasons", "goalStates", "planStates", "stepStates", "measurements");
        return codes is null ? null : new ExerciseCounsellingSystem(system.Id.Value, new CrmHttpClient(address, keyFile, native), codes, clock, log);
    }
}
