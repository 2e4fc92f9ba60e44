// A repeated write, where it was asked for.
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors.Adapters;
using Sisote.Policy.Ids;

namespace Sisote.Host.Probe;

/// <summary>Delivers the operator's own entry twice under one key, and something else under the same key. The client is put where the entry's subjects are.</summary>
/// <param name="facade">The system.</param>
/// <param name="client">The identity code of the client.</param>
/// <param name="sender">In whose name.</param>
internal sealed class ProbeWriting(ProbeFacade facade, string client, SenderInfo sender)
{
    /// <summary>Writes, and says what came of it.</summary>
    internal async Task<IReadOnlyList<ProbeCheck>> WriteAsync(JsonObject entry, CancellationToken cancellation)
    {
        var isTransaction = (string?)entry["resourceType"] == "Bundle";
        var type = isTransaction ? null : (string?)entry["resourceType"];
        var (text, key) = (Address(entry).ToJsonString(), "probe-" + Guid.CreateVersion7().ToString("N"));
        var counted = type ?? (string?)entry["entry"]![entry["entry"]!.AsArray().Count - 1]!["resource"]!["resourceType"] ?? string.Empty;
        var before = await CountAsync(counted, cancellation);
        var first = await facade.DeliverAsync(text, type, key, sender, cancellation);
        var again = await facade.DeliverAsync(text, type, key, sender, cancellation);
        var after = await CountAsync(counted, cancellation);
        var taken = first.Status is 200 or 201;
        return
        [
            new ProbeCheck("write", counted, taken ? ProbeVerdict.Pass : ProbeVerdict.Fail, taken ? $"taken in {first.Took.TotalMilliseconds:F0} ms" : $"answered {first.Status}"),
            !taken ? new ProbeCheck("repeated write", counted, ProbeVerdict.NotTried, "the first was not taken")
                : new ProbeCheck("repeated write", counted, IsSame(first, again) ? ProbeVerdict.Pass : ProbeVerdict.Fail, IsSame(first, again) ? "the same key again is answered as before" : $"the same key again is answered {again.Status}, or with another place"),
            !taken || before is null || after is null ? new ProbeCheck("written once", counted, ProbeVerdict.NotTried, "what was written cannot be counted here")
                : new ProbeCheck("written once", counted, after <= before + 1 ? ProbeVerdict.Pass : ProbeVerdict.Fail, after <= before + 1 ? "at most one is there that was not before" : "more than one is there that was not before"),
        ];
    }

    private static bool IsSame(ProbeAnswer first, ProbeAnswer again) =>
        again.Status is 200 or 201 && first.Location == again.Location && first.Body?.GetRawText() == again.Body?.GetRawText();

    private async Task<int?> CountAsync(string type, CancellationToken cancellation) =>
        (await facade.SearchAsync(type, cancellation, (type == "Patient" ? "identifier" : "patient:identifier", $"{Hetu.System}|{client}"))).Resources?.Count;

    /// <summary>The entry about the client.</summary>
    private JsonObject Address(JsonObject entry)
    {
        var addressed = (JsonObject)entry.DeepClone();
        var resources = addressed["entry"] is JsonArray entries ? entries.Select(static one => one!["resource"]!.AsObject()) : [addressed];
        foreach (var resource in resources)
        {
            var type = (string?)resource["resourceType"];
            var identifier = JsonSerializer.SerializeToNode(new { system = Hetu.System, value = client })!;
            if (type == "Patient")
            {
                resource["identifier"] = new JsonArray(identifier);
            }
            else
            {
                resource[type switch { "Task" => "for", "EpisodeOfCare" => "patient", _ => "subject" }] = new JsonObject { ["identifier"] = identifier };
            }
        }

        return addressed;
    }
}
