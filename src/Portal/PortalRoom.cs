// The face of the room: web pages for clients, counsellors and data-protection officers.
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Portal.Backends;
using Sisote.Portal.Entries;
using Sisote.Portal.Keeping;
using Sisote.Portal.Links;
using Sisote.Portal.LogViews;
using Sisote.Portal.Rim;
using Sisote.Portal.SignIn;
using Sisote.Portal.Texts;
using Sisote.Portal.Visits;

namespace Sisote.Portal;

/// <summary>Opens the room.</summary>
public static class PortalRoom
{
    /// <summary>Adds what the room needs.</summary>
    public static void AddPortal(this WebApplicationBuilder builder, RoomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        builder.Services.AddOptions<PortalOptions>().BindConfiguration("Sisote:Portal").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PortalOptions>, PortalOptionsValidator>();
        builder.AddSignIn(settings);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped(static services => TextCatalogue.In(Language.Of(services.GetRequiredService<IHttpContextAccessor>().HttpContext!)));
        builder.Services.AddScoped<Names>();
        builder.Services.AddSingleton<SealedStore>();
        builder.Services.AddHostedService<KeptSweeper>();
        builder.Services.AddSingleton<AccessTokenSource>();
        builder.Services.AddSingleton<ConsentApi>();
        builder.Services.AddSingleton<ExchangeApi>();
        builder.Services.AddSingleton<NetworkApi>();
        builder.Services.AddSingleton<AccessApi>();
        builder.Services.AddSingleton<WaitingEntries>();
        builder.Services.AddSingleton<Visiting>();
        builder.Services.AddSingleton<EntryDesk>();
        builder.Services.AddSingleton<LinkDesk>();
        builder.Services.AddSingleton<HandOver>();
        builder.Services.AddSingleton<LinkOpening>();
        builder.Services.AddSingleton<ProofCheck>();
        builder.Services.AddAntiforgery(static antiforgery =>
        {
            antiforgery.Cookie.Name = "sisote-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
        });
        builder.Services.Configure<WebEncoderOptions>(static encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All)); // letters stay letters; what HTML needs escaped still is
        builder.Services.AddRazorPages().AddApplicationPart(typeof(PortalRoom).Assembly);
    }

    /// <summary>Maps its door.</summary>
    public static void MapPortal(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<SecurityHeaders>();
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseExceptionHandler("/error/500");
        app.Use(Language.SwitchAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<FreshAccess>();
        app.UseAuthorization();
        app.MapAssets();
        app.MapSignIn();
        app.MapEntrySaving();
        app.MapLinks();
        app.MapRazorPages();
    }
}
