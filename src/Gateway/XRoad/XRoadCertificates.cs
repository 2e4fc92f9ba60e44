// Certificates on both sides of the X-Road ingress.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sisote.Gateway.XRoad;

/// <summary>Reads certificates from their files, anew when a file has changed. A file that cannot be read lets nobody in.</summary>
internal sealed class XRoadCertificates(XRoadOptions options, TimeProvider clock, ILogger<XRoadCertificates> log)
{
    private readonly Lock gate = new();
    private (DateTime Written, X509Certificate2? Certificate) own;
    private (DateTime Written, X509Certificate2Collection Certificates) servers = (DateTime.MinValue, []);

    /// <summary>The own certificate with its key; null where it cannot be read.</summary>
    internal X509Certificate2? Own()
    {
        lock (gate)
        {
            own = Read(own, [options.CertificateFile!, options.KeyFile!], () =>
            {
                using var pem = X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.KeyFile!);
                return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null); // a key that lives in memory alone is not one that every platform's TLS takes
            });
            return own.Certificate;
        }
    }

    /// <summary>Whether a certificate is, byte for byte, that of one of the security servers, and in its time.</summary>
    internal bool IsSecurityServer(X509Certificate2 shown)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (now < shown.NotBefore.ToUniversalTime() || now > shown.NotAfter.ToUniversalTime())
        {
            return false;
        }

        lock (gate)
        {
            servers = Read((servers.Written, servers.Certificates), [options.SecurityServersFile!], () =>
            {
                var read = new X509Certificate2Collection();
                read.ImportFromPemFile(options.SecurityServersFile!);
                return read;
            }) is (var written, { } certificates) ? (written, certificates) : (DateTime.MinValue, []);
            return servers.Certificates.Any(known => CryptographicOperations.FixedTimeEquals(known.RawDataMemory.Span, shown.RawDataMemory.Span));
        }
    }

    private (DateTime Written, TRead? Read) Read<TRead>((DateTime Written, TRead? Read) before, string[] files, Func<TRead> read)
        where TRead : class
    {
        try
        {
            var written = files.Max(File.GetLastWriteTimeUtc);
            return written == before.Written && before.Read is not null ? before : (written, read());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Log.XRoadCertificateUnreadable(log, Path.GetFileName(files[0]), fault.GetType().Name);
            return (DateTime.MinValue, null);
        }
    }
}
