// Who may come in to a simulated system.
namespace Sisote.Simulators.Keys;

/// <summary>Lets in another system with the API key and a person with an account; nobody else.</summary>
internal sealed class NativeDoor(ApiKey key, NativeAccounts accounts)
{
    /// <summary>The account of another system.</summary>
    public const string Integration = "integration";

    /// <summary>Who calls: a person's account name, <see cref="Integration"/>, or null for nobody known.</summary>
    public string? Recognise(HttpRequest request) => key.Opens(request) ? Integration : accounts.Recognise(request);

    /// <summary>Guards endpoints; strangers get what <paramref name="refusal"/> makes.</summary>
    public TBuilder Guard<TBuilder>(TBuilder endpoints, Func<IResult> refusal)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter((call, next) => Recognise(call.HttpContext.Request) is null ? ValueTask.FromResult<object?>(refusal()) : next(call));
}
