// How Sisote shows a FHIR server who it is.
using System.Net.Http.Headers;
using System.Text;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Fhir;

/// <summary>Credentials of Sisote at one server. Secrets lie in files and are read at each use.</summary>
internal abstract class FhirCredentials
{
    /// <summary>Puts them on a request.</summary>
    /// <exception cref="NativeFaultException">There are none now.</exception>
    public abstract Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellation);

    /// <summary>Drops what was kept, because the server no longer takes it; true where new ones may help.</summary>
    public virtual bool Forget() => false;
}

/// <summary>A token that somebody put into a file.</summary>
internal sealed class BearerFile(string file) : FhirCredentials
{
    /// <inheritdoc />
    public override async Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await NativeSecret.ReadAsync(file, cancellation));
}

/// <summary>An API key in a header of its own.</summary>
internal sealed class ApiKeyFile(string header, string file) : FhirCredentials
{
    /// <inheritdoc />
    public override async Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        request.Headers.Add(header, await NativeSecret.ReadAsync(file, cancellation));
}

/// <summary>HTTP basic credentials: the line of a user in a file of <c>user:password</c> lines.</summary>
internal sealed class BasicFile(string user, string file) : FhirCredentials
{
    /// <inheritdoc />
    public override async Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var line = (await NativeSecret.ReadAsync(file, cancellation)).Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => line.StartsWith(user + ":", StringComparison.Ordinal))
            ?? throw new NativeFaultException(NativeFault.NotLetIn, "the file of credentials lacks the user");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(line)));
    }
}
