// The door to a gateway.
namespace Sisote.Client;

/// <summary>A connected system's way to a Sisote gateway. Made once and used by many at the same time; it keeps each professional's token until shortly before it ends.</summary>
/// <remarks>The name avoids "client", which here is the person whose data it is.</remarks>
public sealed class SisoteApi
{
    private readonly GatewayCalls calls;

    /// <summary>Makes it.</summary>
    /// <param name="http">As an HTTP client factory gives it; use <see cref="MakeHandler"/> as its primary handler.</param>
    /// <param name="options">Which gateway, and as which system.</param>
    /// <param name="clock">The clock; null = the system's.</param>
    /// <exception cref="ArgumentException">The gateway's address is plain http and leads off this machine.</exception>
    public SisoteApi(HttpClient http, SisoteOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        if (!Safety.IsProtected(options.Gateway) || (options.Issuer is { } issuer && !Safety.IsProtected(issuer)))
        {
            throw new ArgumentException("The gateway and the issuer are called by https; by http only on this machine.", nameof(options));
        }

        var gateway = new Uri(options.Gateway.AbsoluteUri.TrimEnd('/') + "/");
        calls = new GatewayCalls(http, options with { Gateway = gateway }, clock ?? TimeProvider.System);
    }

    /// <summary>The handler that the HTTP client should have: it follows no redirects, which would carry a question about a client elsewhere, and keeps no cookies.</summary>
    public static SocketsHttpHandler MakeHandler() => new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    /// <summary>Calls in the task of a professional.</summary>
    /// <param name="professional">Who.</param>
    /// <param name="statement">Why now; null = nothing is stated, and rules that ask for a reason give nothing.</param>
    public ProfessionalApi As(Professional professional, Statement? statement = null) => new(calls, professional, statement ?? Statement.None);
}
