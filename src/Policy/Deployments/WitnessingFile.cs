// Reads the section that says who watches whose log.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues.Reading;

namespace Sisote.Policy.Deployments;

/// <summary>Section <c>witnessing</c> of sisote.yaml. Whether a key is one is for the room to say that uses it.</summary>
internal static class WitnessingFile
{
    internal static WitnessingEntry? Read(YamlMap root)
    {
        if (root.Map("witnessing") is not { } map)
        {
            return null;
        }

        var asks = map.Maps("asks").Select(static peer => ReadPeer(peer, needsAddress: true)).ToImmutableArray();
        var entry = new WitnessingEntry
        {
            Asks = asks,
            Quorum = map.Number("quorum") ?? Math.Min(1, asks.Length),
            QuorumForReadiness = map.Flag("quorumForReadiness"),
            Watches = [.. map.Maps("watches").Select(static peer => ReadPeer(peer, needsAddress: false))],
        };
        if (entry.Quorum < 0 || entry.Quorum > asks.Length)
        {
            map.Fault($"`quorum` must be a number from 0 to {asks.Length}, the number of witnesses under `asks`.", map.LineOf("quorum"));
        }

        CheckOnce(map, "asks", entry.Asks);
        CheckOnce(map, "watches", entry.Watches);
        map.Close();
        return entry;
    }

    private static LogPeerEntry ReadPeer(YamlMap map, bool needsAddress)
    {
        var (key, text) = (map.Text("key"), needsAddress ? map.Text("address") : map.OptionalText("address"));
        Uri? address = null;
        if (text is { Length: > 0 } && !(Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out address) && address.Scheme is "http" or "https" && address is { Query: "", Fragment: "", UserInfo: "" }))
        {
            map.Fault("`address` must be an address like https://gateway.example/log/, without query and credentials.", map.LineOf("address"));
        }

        if (key.Length > 0 && key.Split('+', 3) is not [{ Length: > 0 }, { Length: 8 }, { Length: >= 44 }])
        {
            map.Fault("`key` must be a public key like name+1234abcd+base64: the line in the other side's consent.log.vkey or consent.witness.vkey.", map.LineOf("key"));
        }

        map.Close();
        return new LogPeerEntry { Key = key, Address = address };
    }

    private static void CheckOnce(YamlMap map, string key, ImmutableArray<LogPeerEntry> peers)
    {
        foreach (var twice in peers.GroupBy(static peer => peer.Key.Split('+')[0], StringComparer.Ordinal).Where(static group => group.Count() > 1))
        {
            map.Fault($"`{key}` names `{twice.Key}` more than once.", map.LineOf(key));
        }
    }
}
