// For whom a FHIR Consent is read or written.
using Sisote.Consent.Audit;
using Sisote.Consent.Consents;
using Sisote.DisclosureLog.Audit;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>Who looks, and under which name this one knows the client.</summary>
internal abstract record Viewer
{
    private Viewer()
    {
    }

    /// <summary>The client, whose own consents they are.</summary>
    public sealed record Client(Hetu Identifier, ClientId Key) : Viewer;

    /// <summary>A professional, or a connected system with one behind it: of what the organisation recorded.</summary>
    public sealed record Organisation(Recorder Recorder) : Viewer;

    /// <summary>The operator's command line.</summary>
    public sealed record Operator : Viewer;

    /// <summary>The viewer behind a call; null where the token names nobody who may.</summary>
    public static Viewer? Of(Caller caller, ConsentDesk desk, ConsentAnswers answers) => caller switch
    {
        Caller.Person { Kind: PersonKind.Client, Identifier: { } identifier } => new Client(identifier, answers.KeyOf(identifier)),
        Caller.System system when system.Id == InnerSystems.Operator && system.TokenScopes.Contains(Scopes.Inner) => new Operator(),
        _ => desk.RecorderIn(caller) is { } recorder ? new Organisation(recorder) : null,
    };

    /// <summary>The client's name in what this viewer is shown. A national identifier stands in it for the client alone: whoever has a consent's number does not learn by it whose it is.</summary>
    public AuditReference NameOf(ClientId client, ClientAliases aliases) => this switch
    {
        Client own => new AuditReference("Patient", Hetu.System, own.Identifier.Reveal()),
        _ => aliases.Of(client, Reader),
    };

    /// <summary>Whose names for clients the viewer uses.</summary>
    public OrganisationId Reader => this is Organisation of ? of.Recorder.Organisation : OrganisationId.Parse(InnerSystems.Operator.Value);
}
