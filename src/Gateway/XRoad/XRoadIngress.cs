// The ingress for X-Road: whose call it is says the security server, and nobody else.
using System.Net.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Access;
using Sisote.Gateway.Answers;
using Sisote.Policy.Deployments;

namespace Sisote.Gateway.XRoad;

/// <summary>
/// A second listener, with TLS and the certificate of an own security server or no connection at all. A call that comes here carries <c>X-Road-Client</c>, which the security server has made sure of, and
/// the token must be that subsystem's: a token that strayed to another member of X-Road opens nothing. At every other ingress headers of X-Road are words of the caller and are not read.
/// </summary>
internal sealed class XRoadIngress(RequestDelegate next, Deployment deployment, XRoadCertificates certificates, ILogger<XRoadIngress> log)
{
    /// <summary>Who calls; X-Road Message Protocol for REST.</summary>
    internal const string ClientHeader = "X-Road-Client";

    /// <summary>The message's id; X-Road Message Protocol for REST, 4.3: the consumer's own system may choose it.</summary>
    internal const string IdHeader = "X-Road-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<ITlsHandshakeFeature>() is null) // INVARIANT: this ingress is the only listener of the room that speaks TLS itself; Add sees to it
        {
            await next(context);
            return;
        }

        if (context.Connection.ClientCertificate is not { } shown || !certificates.IsSecurityServer(shown))
        {
            context.Abort(); // the connection is older than the security server's end: one that would not be let in now
            return;
        }

        if (context.Request.Headers[IdHeader] is [{ } id] && Guid.TryParseExact(id, "D", out var message))
        {
            Log.XRoadMessage(log, context.TraceIdentifier, message); // the caller may have chosen it, and used it before: it leads from one log to the other and is no id here
        }

        var known = context.Request.Headers[ClientHeader] is [{ } text] && XRoadClient.TryParse(text, out var client) ? deployment.Systems.FirstOrDefault(system => system.XRoad == client) : null;
        var token = await context.AuthenticateAsync();
        if (!token.Succeeded && known is not null)
        {
            context.Request.Headers.Authorization = default; // INVARIANT: a token that was refused here is not looked at again behind this
            await next(context); // the doors that are open to all, and the challenge of the others
            return;
        }

        context.User = token.Principal ?? context.User;
        var caller = Caller.From(context.User) as Caller.System;
        if (known is not null && caller?.Id == known.Id)
        {
            await next(context);
            return;
        }

        // As at every other ingress, what comes without a good token leaves no record: records cannot be removed, and anybody could fill the log with them.
        var refused = caller is null
            ? new Evaluated.Failed(Refusal.NotConnected)
            : await context.RequestServices.GetRequiredService<Evaluator>().RefuseAsync(Refusal.NotConnected, known?.Id, context.TraceIdentifier);
        await (AccessAnswers.IsAt(context) ? AccessAnswers.WriteAsync(context, refused) : OutcomeWriter.WriteAsync(context, ((Evaluated.Failed)refused).Refusal));
    }

    /// <summary>Adds the listener, where the options ask for one.</summary>
    /// <exception cref="InvalidOperationException">The options are not whole, or the room's own address is https.</exception>
    internal static void Add(WebApplicationBuilder builder, XRoadOptions options)
    {
        if (options.FindFault() is { } fault)
        {
            throw new InvalidOperationException(fault);
        }

        if (options.Listen is null)
        {
            return;
        }

        var urls = builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey);
        if (urls?.Contains("https:", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw new InvalidOperationException("With `Sisote:Gateway:XRoad` the gateway's own address must be http, with TLS ended before it: the one ingress that speaks TLS itself is X-Road's.");
        }

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<XRoadCertificates>();
        builder.WebHost.UseUrls([.. urls?.Split(';') ?? [], options.Listen]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            var certificates = kestrel.ApplicationServices.GetRequiredService<XRoadCertificates>();
            https.ServerCertificateSelector = (_, _) => certificates.Own();
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (shown, _, errors) => (errors & SslPolicyErrors.RemoteCertificateNotAvailable) == 0 && certificates.IsSecurityServer(shown);
        }));
    }
}
