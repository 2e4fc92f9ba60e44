// Where tokens and codes may go.
namespace Sisote.Client;

/// <summary>Judges addresses.</summary>
internal static class Safety
{
    /// <summary>Whether nobody on the way can read what goes there.</summary>
    internal static bool IsProtected(Uri address) => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>Whether an address lies below another: same scheme, host and port, and a path that begins with its path.</summary>
    internal static bool IsBelow(this Uri address, Uri above) =>
        address.IsAbsoluteUri && address.Scheme == above.Scheme && address.Host == above.Host && address.Port == above.Port && address.UserInfo.Length == 0
        && address.AbsolutePath.StartsWith(above.AbsolutePath, StringComparison.Ordinal);
}
