// The face of the room.
using Microsoft.Extensions.Options;
using Sisote.Consent.Agreements;
using Sisote.Consent.Audit;
using Sisote.Consent.Changes;
using Sisote.Consent.Clients;
using Sisote.Consent.Clients.Keys;
using Sisote.Consent.Clients.Merging;
using Sisote.Consent.Consents;
using Sisote.Consent.Describing;
using Sisote.Consent.Fhir;
using Sisote.Consent.Figures;
using Sisote.Consent.Keeping;
using Sisote.Consent.Minors;
using Sisote.Consent.Network;
using Sisote.Consent.Outbox;
using Sisote.Consent.Phenomena;
using Sisote.Consent.Relationships;
using Sisote.Consent.Releases;
using Sisote.Consent.Replaying;
using Sisote.Consent.Retention;
using Sisote.Consent.Review;
using Sisote.Consent.Statements;
using Sisote.Consent.States;
using Sisote.Consent.Storage;
using Sisote.Consent.Subscriptions;
using Sisote.Consent.Witnessing;
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
        builder.Services.AddFhirFaces();
        builder.Services.AddOpenApiFace();
        builder.Services.AddReviewing();
        builder.Services.AddRetention(settings);
        builder.Services.AddWitnessing(settings, MakesKeys);
    }

    /// <summary>Maps its door.</summary>
    public static void MapConsent(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseAuthentication();
        app.UseAuthorization();
        var doors = app.MapGroup(string.Empty).AddDescriptions().AddBodyLimits();
        doors.MapGet("/health/ready", static (WitnessReadiness readiness, CancellationToken cancellation) => readiness.AnswerAsync(cancellation)).AllowAnonymous();
        doors.MapStates();
        doors.MapAppends();
        doors.MapFacts();
        doors.MapMerging();
        doors.MapMinors();
        doors.MapGuardians();
        doors.MapChildren();
        doors.MapKeys();
        doors.MapChanges();
        doors.MapConsents();
        doors.MapRecording();
        doors.MapMirror();
        doors.MapNotices();
        doors.MapStaff();
        doors.MapReminders();
        doors.MapConsentQuestions();
        doors.MapRelationships();
        doors.MapRegister();
        doors.MapRecordedRelationships();
        doors.MapReleases();
        doors.MapAgreements();
        doors.MapIndicators();
        doors.MapPhenomena();
        doors.MapStatements();
        doors.MapNetwork();
        doors.MapReview();
        doors.MapReviewing();
        doors.MapLog();
        doors.MapBacktests();
        doors.MapAuditFaces();
        doors.MapFhirFaces();
        doors.MapRetention();
        doors.MapWitness();
        doors.MapOutbox();
        doors.MapSubscriptions();
        app.MapOpenApiFace();
    }

    private static void AddStorage(IServiceCollection services, RoomSettings settings)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<ConsentOptions>();
            return Database.Open(options.Database, settings.DataDirectory, options.CommandSeconds);
        });
        services.AddSingleton(provider => new StartKeys(settings.KeyDirectory, provider.GetRequiredService<Database>().IsFileInUse(), MakesKeys(provider)));
        services.AddSingleton(provider => EnvelopeKeys.Read(settings.KeyDirectory, provider.GetRequiredService<StartKeys>().AreMade));
        services.AddSingleton(provider => ClientKeys.Read(settings.KeyDirectory, provider.GetRequiredService<StartKeys>().AreMade, provider.GetRequiredService<EnvelopeKeys>()));
        services.AddSingleton(provider => LogKey.Read(
            settings.KeyDirectory, provider.GetRequiredService<ConsentOptions>().LogOrigin, settings.Gateway.Authority + "/log", provider.GetRequiredService<StartKeys>().AreMade));
        services.AddSingleton<ClientStore>();
        services.AddSingleton<KeyDesk>();
        services.AddSingleton<Resealing>();
    }

    private static void AddKeeping(IServiceCollection services)
    {
        services.AddSingleton<StartTools>();
        services.AddHostedService<ConsentStart>();
        services.AddSingleton<ChangeBell>();
        services.AddSingleton<ChangeReader>();
        services.AddSingleton<ChangeTrimming>();
        services.AddHostedService(static provider => provider.GetRequiredService<ChangeTrimming>());
        services.AddSingleton<LogWriter>();
        services.AddHostedService(static provider => provider.GetRequiredService<LogWriter>());
        services.AddSingleton<LogHealth>();
        services.AddSingleton<InputStore>();
        services.AddHostedService<KeptNarrowings>();
        services.AddHostedService(static provider => provider.GetRequiredService<Resealing>());
        services.AddSingleton<Appending>();
        services.AddSingleton(new TileCache());
    }

    private static void AddDomain(IServiceCollection services)
    {
        services.AddSingleton<StateReader>();
        services.AddConsents();
        services.AddMinors();
        services.AddSingleton<RelationshipRoles>();
        services.AddSingleton<RelationshipLife>();
        services.AddSingleton<RecordingLife>();
        services.AddReleases();
        services.AddSingleton<FactsLife>();
        services.AddSingleton<MergeLife>();
        services.AddSingleton<UnmergeLife>();
        services.AddSingleton<RegisterLife>();
        services.AddSingleton<AgreementLife>();
        services.AddSingleton<AgreementEffects>();
        services.AddSingleton<AgreementCounting>();
        services.AddHostedService<AgreementTakeOver>();
        services.AddSingleton<NetworkLog>();
        services.AddSingleton<IndicatorRules>();
        services.AddSingleton<IndicatorPublishing>();
        services.AddSingleton<IndicatorLife>();
        services.AddSingleton<IndicatorReading>();
        services.AddSingleton<PhenomenonLife>();
        services.AddSingleton<StatementLife>();
        services.AddNetwork();
        services.AddSingleton<MyDisclosuresReader>();
        services.AddSingleton<LogSearch>();
        services.AddSingleton<LogReads>();
        services.AddSingleton<Backtest>();
        services.AddSingleton<OutboxStore>();
        services.AddSingleton<OutboxLeases>();
        services.AddSingleton<OutboxCancelling>();
        services.AddSingleton<OutboxStanding>();
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<SubscriptionLeases>();
    }

    private static bool MakesKeys(IServiceProvider provider) =>
        provider.GetRequiredService<ConsentOptions>().MakeKeys ?? provider.GetRequiredService<Database>().IsEmbedded;
}
