// A small server with a certificate, a clock and documents of a test's choice.
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sisote.Tests.Host.Doctor;

/// <summary>A door on the loopback address.</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly X509Certificate2? certificate;

    private Door(WebApplication app, X509Certificate2? certificate) => (this.app, this.certificate) = (app, certificate);

    /// <summary>Where it is, under a name of the test's choice.</summary>
    internal Uri Address { get; private set; } = null!;

    /// <summary>Opens it.</summary>
    /// <param name="answers">What stands under which path, given the door's own address.</param>
    /// <param name="certificate">With what it shakes hands; null for plain HTTP.</param>
    /// <param name="clock">How far ahead its clock is.</param>
    internal static async Task<Door> OpenAsync(Dictionary<string, Func<Uri, string>>? answers = null, X509Certificate2? certificate = null, TimeSpan clock = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Listen(IPAddress.Loopback, 0, listen => Secure(listen, certificate));
        });
        var door = new Door(builder.Build(), certificate);
        door.app.Run(context => door.AnswerAsync(context, answers ?? [], clock));
        await door.app.StartAsync(TestContext.Current.CancellationToken);
        door.Address = new Uri(door.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/");
        return door;
    }

    /// <summary>A certificate that nobody signed but itself.</summary>
    internal static X509Certificate2 MakeCertificate(string name, int fromDays, int toDays)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(fromDays), now.AddDays(toDays));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate?.Dispose();
    }

    private static void Secure(ListenOptions listen, X509Certificate2? certificate)
    {
        if (certificate is not null)
        {
            listen.UseHttps(certificate);
        }
    }

    private async Task AnswerAsync(HttpContext context, Dictionary<string, Func<Uri, string>> answers, TimeSpan clock)
    {
        context.Response.Headers.Date = TimeProvider.System.GetUtcNow().Add(clock).ToString("R");
        if (!answers.TryGetValue(context.Request.Path.Value!, out var answer))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer(Address));
    }
}
