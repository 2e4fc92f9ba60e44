// What one system may do at one source, as a FHIR CapabilityStatement.
using System.Buffers;
using System.Text.Json;
using Sisote.Doors;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Deciding;
using Sisote.Policy.Deployments;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Statements;

/// <summary>Generates the statement from the rules between the calling system and the source: types, interactions and search parameters, never a client.</summary>
internal sealed class CapabilityWriter(RoomSettings settings, ItemMasks masks, TimeProvider clock)
{
    // The day on which the newest rule came into force, so that the statement is the same in every replica and after every start.
    private readonly DateOnly date = settings.Catalogue.Rules.Values.Select(static rule => rule.ValidFrom).Where(day => day <= FinnishTime.DateOf(clock.GetUtcNow())).Max() ?? FirstEdition;

    private static readonly DateOnly FirstEdition = new(2026, 1, 1);

    internal ReadOnlyMemory<byte> Write(SystemEntry caller, SystemEntry source)
    {
        var flows = from role in caller.Roles
                    from purpose in caller.Purposes
                    from direction in Enum.GetValues<Direction>()
                    select (direction, sight: SightOf(caller, source, role, purpose, direction));
        var all = flows.ToArray();
        var readable = all.Where(static flow => flow.direction == Direction.Read).Select(static flow => flow.sight).ToArray();
        var writable = all.Where(static flow => flow.direction != Direction.Read).SelectMany(static flow => flow.sight.Types).ToHashSet();
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(buffer);
        WriteHead(json, source);
        json.WriteStartArray("resource");
        foreach (var type in readable.SelectMany(static sight => sight.Types).Union(writable).Where(type => masks.ShapeOf(type) is { HasClient: true }).Order(StringComparer.Ordinal))
        {
            WriteType(json, type, [.. readable.Where(sight => sight.Types.Contains(type))], writable.Contains(type));
        }

        if (caller.Notify is not null && readable.Any(static sight => sight.Types.Any()))
        {
            json.WriteStartObject();
            json.WriteString("type", "Subscription");
            WriteInteractions(json, "create", "read", "search-type", "delete");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (writable.Count > 0)
        {
            WriteInteractions(json, "transaction");
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteHead(Utf8JsonWriter json, SystemEntry source)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "CapabilityStatement");
        json.WriteString("status", "active");
        json.WriteString("date", date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("kind", "instance");
        json.WriteStartObject("implementation");
        json.WriteString("description", source.Name.Fi);
        json.WriteString("url", new Uri(settings.Gateway, $"fhir/{source.Id}").AbsoluteUri);
        json.WriteEndObject();
        json.WriteString("fhirVersion", "4.0.1");
        json.WriteStartArray("format");
        json.WriteStringValue("json");
        json.WriteEndArray();
        json.WriteStartArray("rest");
        json.WriteStartObject();
        json.WriteString("mode", "server");
    }

    private static void WriteType(Utf8JsonWriter json, string type, Sight[] readable, bool isWritable)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        WriteInteractions(json, [.. readable.Length > 0 ? new[] { "read", "search-type" } : [], .. isWritable ? [type == "Task" ? "patch" : "create"] : Array.Empty<string>()]);
        if (readable.Length > 0)
        {
            json.WriteStartArray("searchParam");
            foreach (var (name, kind) in type == "Patient" ? [("identifier", "token")] : Parameters(type, readable))
            {
                WriteParameter(json, name, kind);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>What any of these sights may ask; the same table decides whether a search is accepted.</summary>
    private static IEnumerable<(string Name, string Kind)> Parameters(string type, Sight[] readable)
    {
        var tables = readable.Select(sight => sight.Searching(type)).ToArray();
        return tables.SelectMany(static table => table.ClientNames.Select(static name => (name, "reference"))).Distinct()
            .Concat(tables.SelectMany(static table => table.Parameters.Select(static parameter => (parameter.Name, parameter.Kind.ToString().ToLowerInvariant()))).Distinct().OrderBy(static pair => pair.Name, StringComparer.Ordinal));
    }

    private static void WriteParameter(Utf8JsonWriter json, string name, string type)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private static void WriteInteractions(Utf8JsonWriter json, params ReadOnlySpan<string> codes)
    {
        json.WriteStartArray("interaction");
        foreach (var code in codes)
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private Sight SightOf(SystemEntry caller, SystemEntry source, Policy.Ids.RoleId role, Policy.Ids.PurposeId purpose, Direction direction)
    {
        var self = new Party { Sector = caller.Sector, Role = role, Organisation = caller.Organisation, System = caller.Id };
        var other = new Party { Sector = source.Sector, Role = source.ActsAs, Organisation = source.Organisation, System = source.Id };
        var (from, to) = direction == Direction.Read ? (other, self) : (self, other);
        return Sight.Of(settings.Catalogue, settings.Deployment, masks, (from, to, purpose, direction), caller.Organisation == source.Organisation);
    }
}
