// Which gateway, and as which system.
namespace Sisote.Client;

/// <summary>What a connected system knows of itself and of the gateway.</summary>
public sealed record SisoteOptions
{
    /// <summary>Address of the gateway, <c>https://sisote.example.fi/</c>; plain http only on this machine.</summary>
    public required Uri Gateway { get; init; }

    /// <summary>The system's id in the deployment file, which is its <c>client_id</c>.</summary>
    public required string System { get; init; }

    /// <summary>The private half of its key; read for every token, so that the file may be replaced while the program runs.</summary>
    public required Func<PrivateKey> Key { get; init; }

    /// <summary>The issuer to which assertions may go; null = the one that the gateway names.</summary>
    public Uri? Issuer { get; init; }

    /// <summary>The most that one answer may hold, in bytes. <value>32 MiB</value></summary>
    public long LargestAnswer { get; init; } = 32 * 1024 * 1024;

    /// <summary>The most pages of one search that are followed. <value>100</value></summary>
    public int MostPages { get; init; } = 100;
}
