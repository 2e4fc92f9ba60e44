// The face of the room.
using Microsoft.AspNetCore.DataProtection;
using Sisote.Doors;
using Sisote.Identity.Clients;
using Sisote.Identity.Keys;
using Sisote.Identity.SignIn;
using Sisote.Identity.Storage;
using Sisote.Identity.Tokens;

namespace Sisote.Identity;

/// <summary>Opens the room: the built-in authority.</summary>
public static class IdentityRoom
{
    /// <summary>Adds what the room needs, with settings from the section <c>Sisote:Identity</c>.</summary>
    /// <exception cref="InvalidOperationException">The settings do not fit together; the message says what to change.</exception>
    public static void AddIdentity(this WebApplicationBuilder builder, RoomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddIdentity(settings, IdentityOptions.From(builder.Configuration));
    }

    /// <summary>Adds what the room needs.</summary>
    /// <exception cref="InvalidOperationException">The settings do not fit together; the message says what to change.</exception>
    public static void AddIdentity(this WebApplicationBuilder builder, RoomSettings settings, IdentityOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        StartRules.Check(settings, options);

        var keys = AuthorityKeys.Open(settings, options);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ClientRegister>();
        builder.Services.AddSingleton<ClientKeys>();
        builder.Services.AddSingleton<DemoPersons>();
        builder.Services.AddSingleton<TokenRate>();
        builder.Services.AddSingleton<UsedAssertions>();
        builder.AddIdentityStorage(settings, options);
        builder.Services.AddAuthority(settings, options, keys);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider(); // protects only sign-in forms, which need not outlive the process
        builder.Services.AddAntiforgery(static antiforgery => antiforgery.Cookie.Name = "sisote-signin");
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
    }

    /// <summary>Maps its door.</summary>
    public static void MapIdentity(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var issuer = app.Services.GetRequiredService<RoomSettings>().Issuer;

        // INVARIANT: the authority is known under one address, whatever Host header or plain inner connection a request came with.
        app.Use((context, next) =>
        {
            (context.Request.Scheme, context.Request.Host) = (issuer.Scheme, HostString.FromUriComponent(issuer));
            return next(context);
        });
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapTokens();
        app.MapSignIn();
    }
}
