// The face of the room.
using Microsoft.Extensions.Options;
using Sisote.Consent.Agreements;
using Sisote.Consent.Audit;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.Consent.Relationships;
using Sisote.Consent.Replaying;
using Sisote.Consent.Review;
using Sisote.Consent.States;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Tiles;
using Sisote.Doors;
using Sisote.Doors.Tokens;

namespace Sisote.Consent;

/// <summary>Opens the consent service: consents and prohibitions, relationships, agreements, facts of clients, and the disclosure log's keeper. The only room with a database.</summary>
/// <remarks>Starting it can throw <see cref="ConsentStartException"/>, whose message is for the operator.</remarks>
public static class ConsentRoom
{
    /// <summary>Adds what the room needs.</summary>
    public static void AddConsent(this WebApplicationBuilder builder, RoomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        builder.AddTokenDoor(settings);
        builder.Services.AddOptions<ConsentOptions>().BindConfiguration(ConsentOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ConsentOptions>, ConsentOptionsValidator>();
        builder.Services.AddSingleton(static services => services.GetRequiredService<IOptions<ConsentOptions>>().Value);
        builder.Services.AddExceptionHandler<Faults>();
        AddStorage(builder.Services, settings);
        AddKeeping(builder.Services);
        AddDomain(builder.Services);
        builder.Services.AddAuditFaces();
    }

    /// <summary>Maps its door.</summary>
    public static void MapConsent(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/health/ready", static async (LogHealth health) => await health.IsWritableAsync() ? Results.Ok() : Results.StatusCode(503)).AllowAnonymous();
        app.MapStates();
        app.MapAppends();
        app.MapFacts();
        app.MapConsents();
        app.MapRelationships();
        app.MapRegister();
        app.MapAgreements();
        app.MapReview();
        app.MapLog();
        app.MapBacktests();
        app.MapAuditFaces();
    }

    private static void AddStorage(IServiceCollection services, RoomSettings settings)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<ConsentOptions>();
            return Database.Open(options.Database, settings.DataDirectory, options.CommandSeconds);
        });
        services.AddSingleton(provider => ClientKeys.Read(settings.KeyDirectory, MakesKeys(provider)));
        services.AddSingleton(provider => LogKey.Read(
            settings.KeyDirectory, provider.GetRequiredService<ConsentOptions>().LogOrigin, settings.Gateway.Authority + "/log", MakesKeys(provider)));
        services.AddSingleton<ClientStore>();
    }

    private static void AddKeeping(IServiceCollection services)
    {
        services.AddSingleton<StartTools>();
        services.AddHostedService<ConsentStart>();
        services.AddSingleton<LogWriter>();
        services.AddHostedService(static provider => provider.GetRequiredService<LogWriter>());
        services.AddSingleton<LogHealth>();
        services.AddSingleton<InputStore>();
        services.AddHostedService<KeptNarrowings>();
        services.AddSingleton<Appending>();
        services.AddSingleton(new TileCache());
    }

    private static void AddDomain(IServiceCollection services)
    {
        services.AddSingleton<StateReader>();
        services.AddSingleton<ConsentScope>();
        services.AddSingleton<ConsentLife>();
        services.AddSingleton<ConsentAnswers>();
        services.AddSingleton<WithdrawalEffects>();
        services.AddSingleton<RelationshipLife>();
        services.AddSingleton<FactsLife>();
        services.AddSingleton<RegisterLife>();
        services.AddSingleton<AgreementLife>();
        services.AddHostedService<AgreementTakeOver>();
        services.AddSingleton<MyDisclosuresReader>();
        services.AddSingleton<LogSearch>();
        services.AddSingleton<LogReads>();
        services.AddSingleton<Backtest>();
    }

    private static bool MakesKeys(IServiceProvider provider) =>
        provider.GetRequiredService<ConsentOptions>().MakeKeys ?? provider.GetRequiredService<Database>().IsEmbedded;
}
