// Whether a door can be reached: its name, its port, its certificate.
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sisote.Host.Doctor;

/// <summary>Looks a name up, connects, and shakes hands; the first thing that fails ends it, because nothing behind it can work.</summary>
internal sealed class AddressCheck(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RenewalTime = TimeSpan.FromDays(14);

    /// <summary>Examines one address.</summary>
    /// <param name="door">How people call the door.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="setting">The setting or option that names the address.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async IAsyncEnumerable<Finding> ExamineAsync(string door, Uri address, string setting, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var name = await FindNameAsync(door, address, setting, cancellation);
        yield return name;
        if (name.Verdict == Verdict.Bad)
        {
            yield break;
        }

        using var connection = new TcpClient();
        var connected = await ConnectAsync(connection, door, address, setting, cancellation);
        yield return connected;
        if (connected.Verdict == Verdict.Good)
        {
            yield return address.Scheme == Uri.UriSchemeHttps ? await ShakeHandsAsync(connection, door, address, cancellation) : JudgePlain(door, address);
        }
    }

    private static async Task<Finding> FindNameAsync(string door, Uri address, string setting, CancellationToken cancellation)
    {
        var check = $"{door}: name";
        if (address.HostNameType != UriHostNameType.Dns)
        {
            return Finding.Good(check, $"{address.Host} is an address");
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(address.IdnHost, cancellation);
            return Finding.Good(check, $"{address.Host} is {string.Join(", ", found.Select(static one => one.ToString()))}");
        }
        catch (SocketException fault)
        {
            return Finding.Bad(check, $"{address.Host} is not known here ({fault.SocketErrorCode})", $"Correct {setting}, or enter the name in the DNS that this machine asks.");
        }
    }

    private static async Task<Finding> ConnectAsync(TcpClient connection, string door, Uri address, string setting, CancellationToken cancellation)
    {
        var check = $"{door}: connection";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await connection.ConnectAsync(address.IdnHost, address.Port, limit.Token);
            return Finding.Good(check, $"port {address.Port} is open");
        }
        catch (SocketException fault)
        {
            return Finding.Bad(check, $"port {address.Port} refuses ({fault.SocketErrorCode})", $"Start what should listen there, or correct the port in {setting}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Finding.Bad(check, $"port {address.Port} does not answer within {Patience.TotalSeconds:0} s", "A firewall on the way swallows the call: have it open this address and port for this machine.");
        }
    }

    private static Finding JudgePlain(string door, Uri address) => address.IsLoopback
        ? Finding.Good($"{door}: encryption", "plain HTTP that does not leave this machine")
        : Finding.Warn($"{door}: encryption", "plain HTTP: everybody on the way can read it", "Give the door an https address, or put a proxy that ends TLS before it.");

    private async Task<Finding> ShakeHandsAsync(TcpClient connection, string door, Uri address, CancellationToken cancellation)
    {
        var check = $"{door}: encryption";
        var (faults, seen) = (SslPolicyErrors.None, (X509Certificate2?)null);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        await using var tls = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, found) =>
        {
            (faults, seen) = (found, certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
            return found == SslPolicyErrors.None;
        });
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.IdnHost }, limit.Token);
            return JudgeEnd(check, seen!, tls.SslProtocol);
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Explain(check, faults, seen, address);
        }
        finally
        {
            seen?.Dispose();
        }
    }

    private Finding JudgeEnd(string check, X509Certificate2 certificate, SslProtocols protocol)
    {
        var ends = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        var until = ends.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return ends - clock.GetUtcNow() < RenewalTime
            ? Finding.Warn(check, $"the certificate ends on {until}", "Renew the certificate now.")
            : Finding.Good(check, $"{protocol}, certificate until {until}");
    }

    private Finding Explain(string check, SslPolicyErrors faults, X509Certificate2? seen, Uri address) => seen switch
    {
        null => Finding.Bad(check, "the other end does not speak TLS, or none of the same version", "Check that the port is the https one, and that it offers TLS 1.2 or 1.3."),
        _ when seen.NotAfter.ToUniversalTime() < clock.GetUtcNow().UtcDateTime => Finding.Bad(check, $"the certificate ended on {seen.NotAfter.ToUniversalTime():yyyy-MM-dd}", "Renew the certificate."),
        _ when seen.NotBefore.ToUniversalTime() > clock.GetUtcNow().UtcDateTime => Finding.Bad(check, $"the certificate begins on {seen.NotBefore.ToUniversalTime():yyyy-MM-dd} only", "Check this machine's clock; else wait, or use the certificate before."),
        _ when faults.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => Finding.Bad(check, $"the certificate is for another name than {address.Host}", "Use the name that stands in the certificate, or get one for this name."),
        _ => Finding.Bad(check, "the certificate was not issued by anybody whom this machine trusts", "Add the issuing authority to this machine's trusted certificates, and have the server send the intermediate ones."),
    };
}
