// Finds consents for whoever may see them.
using System.Collections.Immutable;
using Sisote.Consent.Audit;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>
/// The client sees the own ones, an organisation what its people recorded, the operator all. INVARIANT: what somebody else recorded is not there, whatever it says: nobody finds out here whether
/// a consent or a prohibition exists.
/// </summary>
internal sealed class ConsentShelf(Database database, ConsentAnswers answers, RecordedReader recorded, ConsentScope scope, ClientAliases aliases, ConsentIds ids)
{
    /// <summary>All of a client that the viewer may see, newest change first.</summary>
    public async Task<ImmutableArray<ShownConsent>> OfAsync(Viewer viewer, ClientId client, CancellationToken cancellation)
    {
        // INVARIANT: whoever recorded nothing is answered before anything of the client is read, so that the time does not tell either.
        return viewer is Viewer.Organisation of
            ? [.. (await recorded.OfClientAsync(of.Recorder, client, cancellation)).OrderByDescending(static one => one.Shown.Consent.History[^1].At).Select(one => Show(viewer, client, one.Shown))]
            : [.. (await answers.ListAsync(client, cancellation)).Select(one => Show(viewer, client, one))];
    }

    /// <summary>One by its logical id, with whose it is; null where the viewer may see none.</summary>
    public async Task<(ClientId Client, ShownConsent Consent)?> FindAsync(Viewer viewer, string id, CancellationToken cancellation) =>
        await ClientOfAsync(viewer, id, cancellation) is { } client && (await OfAsync(viewer, client, cancellation)).FirstOrDefault(one => one.Id == id) is { } found ? (client, found) : null;

    private async Task<ClientId?> ClientOfAsync(Viewer viewer, string id, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var named = ids.ClientIn(id);
        if (viewer is Viewer.Client own)
        {
            // What another register keeps has an id of the identity under which it was shown, which may be another one of the same person.
            return named is { } shown && await Identities.StandsForAsync(session, shown, cancellation) == await Identities.StandsForAsync(session, own.Key, cancellation) ? shown : own.Key;
        }

        if (named is not null)
        {
            return named;
        }

        return viewer is Viewer.Organisation of
            ? (await ConsentPlaces.RecordedAsync(session, id, of.Recorder.Organisation, cancellation))?.Client
            : (await ConsentPlaces.GivenHereAsync(session, id, cancellation))?.Client;
    }

    private ShownConsent Show(Viewer viewer, ClientId client, RecordedConsent one)
    {
        var record = one.Consent.Consent;
        ImmutableArray<OrganisationId> custodians = one.Consent.Evidence?.RecordedFor is { } organisation ? [organisation] : record.SourceOrganisations is { } sources ? sources : [.. scope.HoldersOf(record).OrderBy(static id => id.Value, StringComparer.Ordinal)];
        return new ShownConsent(ids.Of(client, record.Id), viewer.NameOf(client, aliases), one.Consent, viewer is Viewer.Client ? null : one.RecordedBy, custodians);
    }
}
