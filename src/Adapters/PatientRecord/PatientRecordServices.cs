// What this kind adds to the room.
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.PatientRecord;

/// <summary>Adds the kind <c>patient-record</c>.</summary>
internal static class PatientRecordServices
{
    private static readonly TimeSpan GatewayTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Adds the kind and its HTTP clients, which follow no redirect and keep no cookie.</summary>
    public static void AddPatientRecord(this IServiceCollection services)
    {
        services.AddSingleton<IAdapterKind, PatientRecordKind>();
        services.AddHttpClient(RecordDocuments.Client).ConfigurePrimaryHttpMessageHandler(MakeHandler);
        services.AddHttpClient(ReferralDelivery.Client, static client => client.Timeout = GatewayTimeout).ConfigurePrimaryHttpMessageHandler(MakeHandler);
    }

    private static SocketsHttpHandler MakeHandler() => new() { AllowAutoRedirect = false, UseCookies = false };
}
