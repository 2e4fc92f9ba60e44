// Reads an evaluation from JSON.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Doors.Contexts;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Access;

/// <summary>Reads evaluations; a member of the wrong kind is a fault that names it, a member that nobody knows is ignored.</summary>
internal sealed class EvaluationReader(GatewayOptions options)
{
    private const int LongestText = 256;
    private const int LongestCode = 64;
    private const int MostInList = 64;

    /// <summary>Reads one evaluation; a member that it lacks is taken whole from the defaults of its call.</summary>
    internal EvaluationReading Read(JsonElement evaluation, JsonElement defaults)
    {
        var reading = new Members();
        var subject = reading.Object(Either(evaluation, defaults, "subject"), "subject", isRequired: true);
        var action = reading.Object(Either(evaluation, defaults, "action"), "action", isRequired: true);
        var resource = reading.Object(Either(evaluation, defaults, "resource"), "resource", isRequired: true);
        var context = reading.Object(Either(evaluation, defaults, "context"), "context", isRequired: false);
        var ofSubject = reading.Object(Find(subject, "properties"), "subject.properties", isRequired: false);
        var ofResource = reading.Object(Find(resource, "properties"), "resource.properties", isRequired: false);
        reading.Object(Find(action, "properties"), "action.properties", isRequired: false);
        var text = new EvaluationText
        {
            SubjectType = reading.Text(subject, "type", "subject.type"),
            SubjectId = reading.Text(subject, "id", "subject.id"),
            Actor = reading.OptionalCode(ofSubject, "actor", "subject.properties.actor"),
            Action = reading.Text(action, "name", "action.name"),
            ResourceType = reading.Text(resource, "type", "resource.type"),
            ResourceId = reading.Text(resource, "id", "resource.id"),
            Items = reading.Texts(ofResource, "items", "resource.properties.items"),
            System = reading.OptionalText(ofResource, options.Access.SystemProperty, $"resource.properties.{options.Access.SystemProperty}"),
            OtherActor = reading.OptionalCode(ofResource, "actor", "resource.properties.actor"),
            Recipient = reading.OptionalCode(ofResource, "professional", "resource.properties.professional"),
            Labels = reading.Texts(ofResource, "labels", "resource.properties.labels"),
            Purpose = reading.OptionalText(context, "purpose", "context.purpose"),
            HasNoPurpose = context is { } stated && stated.TryGetProperty("purpose", out var purpose) && purpose.ValueKind == JsonValueKind.Null,
            Channel = reading.OptionalText(context, "channel", "context.channel"),
            Attestations = ReadAttestations(reading, context),
        };
        return reading.Fault is { } fault ? new EvaluationReading(null, fault) : new EvaluationReading(text, null);
    }

    private static ImmutableArray<(string, string?)> ReadAttestations(Members reading, JsonElement? context)
    {
        if (reading.Object(Find(context, "attestations"), "context.attestations", isRequired: false) is not { } all)
        {
            return [];
        }

        var attestations = ImmutableArray.CreateBuilder<(string, string?)>();
        foreach (var member in all.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.String when member.Value.GetString() is { Length: <= SisoteContext.MaximumLength } reference && !reference.Any(char.IsControl):
                    attestations.Add((member.Name, reference));
                    break;
                case JsonValueKind.True:
                    attestations.Add((member.Name, null));
                    break;
                case JsonValueKind.False: // states nothing
                    break;
                default:
                    reading.Refuse("context.attestations");
                    break;
            }
        }

        if (attestations.Count > SisoteContext.MaximumKeys)
        {
            reading.Refuse("context.attestations");
        }

        return attestations.ToImmutable();
    }

    private static JsonElement? Either(JsonElement evaluation, JsonElement defaults, string name) => Find(evaluation, name) ?? Find(defaults, name);

    private static JsonElement? Find(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Reads members and remembers the first that was missing or of the wrong kind.</summary>
    private sealed class Members
    {
        internal string? Fault { get; private set; }

        internal void Refuse(string path) => Fault ??= path;

        internal JsonElement? Object(JsonElement? value, string path, bool isRequired)
        {
            if (value is { ValueKind: not JsonValueKind.Object } || (value is null && isRequired))
            {
                Refuse(path);
                return null;
            }

            return value;
        }

        internal string Text(JsonElement? parent, string name, string path)
        {
            if (OptionalText(parent, name, path) is { } text)
            {
                return text;
            }

            Refuse(path);
            return string.Empty;
        }

        internal string? OptionalText(JsonElement? parent, string name, string path)
        {
            if (Find(parent, name) is not { } value)
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestText } text)
            {
                return text;
            }

            Refuse(path);
            return null;
        }

        /// <summary>The code of a body or professional. It stands in the log as it is, so it is no free text and names nobody.</summary>
        internal string? OptionalCode(JsonElement? parent, string name, string path)
        {
            if (OptionalText(parent, name, path) is not { } text)
            {
                return null;
            }

            if (OrganisationId.TryParse(text, out _) && !Hetu.IsIn(text))
            {
                return text;
            }

            Refuse(path);
            return null;
        }

        internal ImmutableArray<string> Texts(JsonElement? parent, string name, string path)
        {
            if (Find(parent, name) is not { } value)
            {
                return [];
            }

            if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is > 0 and <= MostInList
                && value.EnumerateArray().All(static entry => entry.ValueKind == JsonValueKind.String && entry.GetString() is { Length: > 0 and <= LongestCode } text && !Hetu.IsIn(text)))
            {
                return [.. value.EnumerateArray().Select(static entry => entry.GetString()!).Distinct()];
            }

            Refuse(path);
            return [];
        }
    }
}
