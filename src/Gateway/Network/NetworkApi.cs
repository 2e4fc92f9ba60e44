// The gateway's side of the network's registers.
using Sisote.Doors.Network;
using Sisote.Gateway.Clients;

namespace Sisote.Gateway.Network;

/// <summary>Calls the room that keeps them. Null means that it could not be asked.</summary>
internal sealed class NetworkApi(ConsentApi consent)
{
    internal async Task<NetworkRows<NetworkRow>> FindAsync(NetworkQuestion question, CancellationToken cancellation) =>
        await consent.PostAsync<NetworkQuestion, NetworkFound>("network/find", question, cancellation) is { } found ? new(true, found.Rows, found.More) : new(false, []);

    /// <summary>Not to be cancelled: what was written is written, whoever hangs up.</summary>
    internal Task<NetworkAnswer?> PutAsync(NetworkPut put) => consent.PostAsync<NetworkPut, NetworkAnswer>("network/put", put, CancellationToken.None);

    internal Task<NetworkAnswer?> SetPlacesAsync(NetworkPlaces places) => consent.PostAsync<NetworkPlaces, NetworkAnswer>("network/places", places, CancellationToken.None);

    internal Task<NetworkAnswer?> EndAsync(NetworkEnd end) => consent.PostAsync<NetworkEnd, NetworkAnswer>("network/end", end, CancellationToken.None);
}
