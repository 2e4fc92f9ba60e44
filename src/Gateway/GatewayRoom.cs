// The face of the room.
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Access;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Describing;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Network;
using Sisote.Gateway.Outbox;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Release;
using Sisote.Gateway.Requests;
using Sisote.Gateway.Searching;
using Sisote.Gateway.Statements;
using Sisote.Gateway.Subscriptions;
using Sisote.Gateway.XRoad;
using Sisote.Policy;

namespace Sisote.Gateway;

/// <summary>Opens the gateway: the outer door for connected systems, and the policy enforcement point behind it.</summary>
public static class GatewayRoom
{
    /// <summary>Adds what the room needs.</summary>
    public static void AddGateway(this WebApplicationBuilder builder, RoomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        builder.AddTokenDoor(settings);
        builder.Services.AddSingleton<KnownTokens>();
        builder.Services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, KnownTokensAtTheDoor>();
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<GatewayOptions>, AccessWordsCheck>();
        builder.Services.AddSingleton(static services => services.GetRequiredService<IOptions<GatewayOptions>>().Value);
        builder.Services.AddExceptionHandler<FaultAnswer>();
        AddEdges(builder.Services, settings);
        AddEnforcement(builder.Services);
        AddAccess(builder.Services);
        AddOutbox(builder.Services);
        AddSubscriptions(builder.Services);
        var options = builder.Configuration.GetSection(GatewayOptions.Section).Get<GatewayOptions>() ?? new GatewayOptions();
        XRoadIngress.Add(builder, options.XRoad);
        AddForwarder(builder, settings, options);
    }

    /// <summary>Maps its door.</summary>
    public static void MapGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetService<XRoadOptions>() is not null)
        {
            app.UseMiddleware<XRoadIngress>();
        }

        app.UseMiddleware<KnownCallerDoor>();
        app.UseStatusCodePages(static context => FaultAnswer.FillAsync(context.HttpContext));
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapStatements();
        app.MapAccess();
        app.MapNetwork();
        app.MapEntryStatus();
        app.MapSubscriptions();
        app.MapOpenApiFace();
        app.MapReverseProxy(static proxy => proxy.UseMiddleware<EnforcementMiddleware>());
    }

    private static void AddEdges(IServiceCollection services, RoomSettings settings)
    {
        foreach (var name in new[] { ConsentApi.HttpName, SourceTasks.HttpName })
        {
            services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        }

        services.AddSingleton<AccessTokenSource>();
        services.AddSingleton<ConsentApi>();
        services.AddSingleton<ClientStates>();
        services.AddHostedService<ChangeFollower>();
        services.AddSingleton<AppendQueue>();
        services.AddHostedService(static provider => provider.GetRequiredService<AppendQueue>());
        services.AddSingleton(HandleKey.Open(settings.KeyDirectory, mayCreate: !settings.Strict));
        services.AddSingleton<HandleRing>();
        services.AddSingleton<IssuerDiscovery>();
    }

    private static void AddEnforcement(IServiceCollection services)
    {
        services.AddSingleton<PolicyDecisionPoint>();
        services.AddSingleton<ItemMasks>();
        services.AddSingleton<AskerReader>();
        services.AddSingleton<SightFinder>();
        services.AddSingleton<CursorSeal>();
        services.AddSingleton<SearchReader>();
        services.AddSingleton<SearchLinks>();
        services.AddSingleton<RequestReader>();
        services.AddSingleton<Decider>();
        services.AddSingleton<Records>();
        services.AddSingleton<ReadPreparation>();
        services.AddSingleton<EntryReader>();
        services.AddSingleton<EntryDrafting>();
        services.AddSingleton<Beginnings>();
        services.AddSingleton<EntryAnswers>();
        services.AddSingleton<SourceTasks>();
        services.AddSingleton<StepChecking>();
        services.AddSingleton<StepPreparation>();
        services.AddSingleton<WriteDecision>();
        services.AddSingleton<WritePreparation>();
        services.AddSingleton<Preparation>();
        services.AddSingleton<CapabilityWriter>();
    }

    private static void AddOutbox(IServiceCollection services)
    {
        services.AddSingleton<OutboxApi>();
        services.AddSingleton<OutboxSeal>();
        services.AddSingleton<Holding>();
        services.AddSingleton<OutboxPatience>();
        services.AddSingleton<EntryStatusAnswer>();
        services.AddSingleton<EntrySending>();
        services.AddSingleton<FirstAttempt>();
        services.AddSingleton<HeldCalls>();
        services.AddSingleton<EntryEnds>();
        services.AddSingleton<FurtherAttempt>();
        services.AddSingleton<OutboxLeases>();
        services.AddSingleton<WaitingEntries>();
        services.AddSingleton<OutboxFigures>();
        services.AddHostedService<OutboxWorker>();
    }

    private static void AddSubscriptions(IServiceCollection services)
    {
        services.AddHttpClient(NotificationSending.HttpName).ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null });
        services.AddSingleton<SubscriptionApi>();
        services.AddSingleton<SubscriptionSeal>();
        services.AddSingleton<SubscriptionReader>();
        services.AddSingleton<SubscriptionWriter>();
        services.AddSingleton<SubscriptionTimes>();
        services.AddSingleton<SubscriptionCallers>();
        services.AddSingleton<SubscriptionIntake>();
        services.AddSingleton<SubscriptionDesk>();
        services.AddSingleton<SubscribedCalls>();
        services.AddSingleton<SourceAsking>();
        services.AddSingleton<Looking>();
        services.AddSingleton<NotificationKeys>();
        services.AddSingleton<NotificationSending>();
        services.AddSingleton<NotificationRecords>();
        services.AddSingleton<SubscriptionLook>();
        services.AddSingleton<SubscriptionDelivery>();
        services.AddSingleton<SubscriptionRound>();
        services.AddHostedService<SubscriptionWorker>();
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.AddSingleton<AccessWords>();
        services.AddSingleton<EvaluationReader>();
        services.AddSingleton<EvaluationMapping>();
        services.AddSingleton<Evaluator>();
        services.AddSingleton<EvaluationRecords>();
        services.AddSingleton<Evaluations>();
        services.AddSingleton<AccessEndpoints.Door>();
        services.AddSingleton<NetworkItems>();
        services.AddSingleton<GiverDecisions>();
        services.AddSingleton<NetworkApi>();
        services.AddSingleton<FigureApi>();
        services.AddSingleton<NetworkDoor>();
    }

    private static void AddForwarder(WebApplicationBuilder builder, RoomSettings settings, GatewayOptions options)
    {
        builder.Services.AddSingleton<SourceToken>();
        builder.Services.AddSingleton<UpstreamAnswerReader>();
        builder.Services.AddSingleton<SourceReading>();
        builder.Services.AddSingleton<ClientSorting>();
        builder.Services.AddSingleton<Drafting>();
        builder.Services.AddSingleton<Paging>();
        builder.Services.AddSingleton<Releasing>();
        builder.Services.AddSingleton<Beat>();
        builder.Services.AddSingleton<ReleaseTransform>();
        builder.Services.AddSingleton<TargetAnswers>();
        builder.Services.AddSingleton<DeliveryAnswer>();
        builder.Services.AddSingleton<DeliveryTransform>();
        builder.Services.AddSingleton<Refusing>();
        builder.Services.AddSingleton<SourceFaults>();
        builder.Services.AddSingleton<Answering>();
        builder.Services.AddSingleton<SourceTimes>();
        builder.Services.AddSingleton<SourceCalls>();
        builder.Services.AddSingleton<AnswerRoom>();
        builder.Services.AddSingleton<Turnstile>();
        builder.Services.AddReverseProxy()
            .LoadFromMemory(SourceRoutes.Routes(settings), SourceRoutes.Clusters(settings))
            .ConfigureHttpClient((_, handler) => SourceRoutes.Configure(handler, options));
    }
}
