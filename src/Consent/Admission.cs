// Who may come in at which door of this room.
using Microsoft.AspNetCore.Authorization;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent;

/// <summary>Policies by the caller's own identity, on top of the scope: rooms by their client id, persons by the capacity in which they signed in.</summary>
internal static class Admission
{
    /// <summary>The gateway.</summary>
    public static AuthorizationPolicy Gateway { get; } = Of(static caller => IsRoom(caller, InnerSystems.Gateway));

    /// <summary>Whoever may tell facts of clients.</summary>
    public static AuthorizationPolicy FactTellers { get; } = Of(static caller => IsRoom(caller, InnerSystems.Operator, InnerSystems.Adapters));

    /// <summary>The adapters, which tell what registers of connected systems prove.</summary>
    public static AuthorizationPolicy Adapters { get; } = Of(static caller => IsRoom(caller, InnerSystems.Adapters));

    /// <summary>The rooms that keep what they were told, and follow its changes.</summary>
    public static AuthorizationPolicy Followers { get; } = Of(static caller => IsRoom(caller, InnerSystems.Gateway, InnerSystems.Portal));

    /// <summary>The operator's command line.</summary>
    public static AuthorizationPolicy Operator { get; } = Of(static caller => IsRoom(caller, InnerSystems.Operator));

    /// <summary>The gateway, or the operator's command line.</summary>
    public static AuthorizationPolicy GatewayOrOperator { get; } = Of(static caller => IsRoom(caller, InnerSystems.Gateway, InnerSystems.Operator));

    /// <summary>A signed-in client with a national identifier.</summary>
    public static AuthorizationPolicy Client { get; } = Of(IsClient);

    /// <summary>A signed-in professional of an organisation.</summary>
    public static AuthorizationPolicy Professional { get; } = Of(static caller => IsOf(caller, PersonKind.Professional) && caller is Caller.Person { Professional: not null });

    /// <summary>Those who record what clients said to them: signed-in professionals, and connected systems with a professional behind the call.</summary>
    public static AuthorizationPolicy Recorders { get; } = Of(IsRecorder);

    /// <summary>Those who read what their organisation is told: signed-in professionals, and connected systems.</summary>
    public static AuthorizationPolicy Recipients { get; } = Of(static caller => (IsOf(caller, PersonKind.Professional) && caller is Caller.Person { Professional: not null }) || IsConnected(caller));

    /// <summary>A signed-in administrator of a controller.</summary>
    public static AuthorizationPolicy Administrator { get; } = Of(static caller => IsOf(caller, PersonKind.ControllerAdmin));

    /// <summary>A signed-in data-protection officer of an organisation.</summary>
    public static AuthorizationPolicy Officer { get; } = Of(static caller => IsOf(caller, PersonKind.DataProtectionOfficer));

    /// <summary>A signed-in data-protection officer or auditor of an organisation.</summary>
    public static AuthorizationPolicy OfficerOrAuditor { get; } = Of(static caller => IsOf(caller, PersonKind.DataProtectionOfficer) || IsOf(caller, PersonKind.Auditor));

    /// <summary>Those who put consents on record in FHIR: the client, and recorders.</summary>
    public static AuthorizationPolicy ConsentTellers { get; } = Of(IsTeller);

    /// <summary>Those who read consents in FHIR: the same, and the operator.</summary>
    public static AuthorizationPolicy ConsentReaders { get; } = Of(static caller => IsTeller(caller) || IsRoom(caller, InnerSystems.Operator));

    /// <summary>Whoever may use one of the FHIR doors.</summary>
    public static AuthorizationPolicy FhirCallers { get; } =
        Of(static caller => IsTeller(caller) || IsRoom(caller, InnerSystems.Operator) || IsOf(caller, PersonKind.DataProtectionOfficer) || IsOf(caller, PersonKind.Auditor));

    /// <summary>The operator, or a signed-in data-protection officer.</summary>
    public static AuthorizationPolicy OfficerOrOperator { get; } =
        Of(static caller => IsOf(caller, PersonKind.DataProtectionOfficer) || IsRoom(caller, InnerSystems.Operator));

    /// <summary>The operator, or a signed-in administrator of a controller.</summary>
    public static AuthorizationPolicy AdministratorOrOperator { get; } = Of(static caller => IsOf(caller, PersonKind.ControllerAdmin) || IsRoom(caller, InnerSystems.Operator));

    /// <summary>Those who keep the log: the operator, data-protection officers and administrators of controllers.</summary>
    public static AuthorizationPolicy Keepers { get; } =
        Of(static caller => IsOf(caller, PersonKind.DataProtectionOfficer) || IsOf(caller, PersonKind.ControllerAdmin) || IsRoom(caller, InnerSystems.Operator));

    private static bool IsRoom(Caller caller, params ReadOnlySpan<SystemId> rooms) =>
        caller is Caller.System system && system.TokenScopes.Contains(Scopes.Inner) && rooms.Contains(system.Id);

    private static bool IsConnected(Caller caller) => caller is Caller.System system && system.TokenScopes.Contains(Scopes.Exchange);

    private static bool IsRecorder(Caller caller) =>
        (IsOf(caller, PersonKind.Professional) && caller is Caller.Person { Professional: not null }) || (IsConnected(caller) && caller is Caller.System { Business: not null });

    private static bool IsTeller(Caller caller) => IsClient(caller) || IsRecorder(caller);

    private static bool IsClient(Caller caller) => caller is Caller.Person { Kind: PersonKind.Client, Identifier: not null };

    private static bool IsOf(Caller caller, PersonKind kind) => caller is Caller.Person { Organisation: not null } person && person.Kind == kind;

    private static AuthorizationPolicy Of(Func<Caller, bool> admits) =>
        new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireAssertion(context => Caller.From(context.User) is { } caller && admits(caller))
            .Build();
}
