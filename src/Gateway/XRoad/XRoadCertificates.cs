// Certificates on both sides of the X-Road ingress.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sisote.Gateway.XRoad;

/// <summary>Reads certificates from their files, anew when what stands in a file has changed. A file that cannot be read lets nobody in.</summary>
internal sealed class XRoadCertificates(XRoadOptions options, TimeProvider clock, ILogger<XRoadCertificates> log)
{
    private readonly Lock gate = new();
    private (string Text, X509Certificate2? Certificate) own = (string.Empty, null);
    private (string Text, X509Certificate2Collection? Certificates) servers = (string.Empty, null);

    /// <summary>The own certificate with its key; null where it cannot be read.</summary>
    internal X509Certificate2? Own()
    {
        lock (gate)
        {
            own = Read(own, [options.CertificateFile!, options.KeyFile!], static texts =>
            {
                using var pem = X509Certificate2.CreateFromPem(texts[0], texts[1]);
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
            servers = Read(servers, [options.SecurityServersFile!], static texts =>
            {
                var read = new X509Certificate2Collection();
                read.ImportFromPem(texts[0]);
                return read;
            });
            return servers.Certificates?.Any(known => CryptographicOperations.FixedTimeEquals(known.RawDataMemory.Span, shown.RawDataMemory.Span)) == true;
        }
    }

    /// <summary>Compares what stands in the files, not their times: a file behind a link keeps the link's time when it is exchanged. They are small.</summary>
    private (string Text, TRead? Read) Read<TRead>((string Text, TRead? Read) before, string[] files, Func<string[], TRead> read)
        where TRead : class
    {
        try
        {
            var texts = files.Select(File.ReadAllText).ToArray();
            var text = string.Concat(texts);
            return text == before.Text && before.Read is not null ? before : (text, read(texts));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            Log.XRoadCertificateUnreadable(log, Path.GetFileName(files[0]), fault.GetType().Name);
            return (string.Empty, null);
        }
    }
}
