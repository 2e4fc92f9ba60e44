// Where the gateway stands behind X-Road.
namespace Sisote.Gateway.XRoad;

/// <summary>The ingress for the own X-Road security servers; section <c>Sisote:Gateway:XRoad</c>. docs/xroad.md says how it is set up.</summary>
public sealed record XRoadOptions
{
    /// <summary>Where it listens, <c>https://0.0.0.0:8446</c>; null = there is no such ingress.</summary>
    public string? Listen { get; init; }

    /// <summary>PEM file with the certificate that the security servers are shown. A new one needs no restart.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with its private key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>PEM file with the certificates of the security servers that may come here, one behind the other. A new one needs no restart.</summary>
    public string? SecurityServersFile { get; init; }

    /// <summary>Why they are no ingress; null where they are one, or there is to be none.</summary>
    internal string? FindFault() =>
        Listen is null ? (CertificateFile ?? KeyFile ?? SecurityServersFile) is null ? null : "`Sisote:Gateway:XRoad:Listen` is missing: without it the other settings mean nothing."
        : !Uri.TryCreate(Listen, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps ? "`Sisote:Gateway:XRoad:Listen` is no https address, such as https://0.0.0.0:8446."
        : new[] { CertificateFile, KeyFile, SecurityServersFile }.Any(string.IsNullOrWhiteSpace) ? "`Sisote:Gateway:XRoad` needs `CertificateFile`, `KeyFile` and `SecurityServersFile`: who comes to this ingress is known by certificate alone."
        : null;
}
