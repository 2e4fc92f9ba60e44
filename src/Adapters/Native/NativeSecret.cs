// A sector system's credentials, read from a file.
namespace Sisote.Adapters.Native;

/// <summary>Secrets lie in files that the deployment names; they are read at each use, so that a rotated one needs no restart.</summary>
internal static class NativeSecret
{
    /// <summary>The secret.</summary>
    /// <exception cref="NativeFaultException">The file is not there, not readable or empty.</exception>
    public static async Task<string> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return (await File.ReadAllTextAsync(file, cancellation)).Trim() is { Length: > 0 } secret
                ? secret
                : throw new NativeFaultException(NativeFault.NotLetIn, "the file of a secret is empty");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new NativeFaultException(NativeFault.NotLetIn, "the file of a secret cannot be read", fault);
        }
    }
}
