// Writes the members of an entry in canonical order.
using System.Collections.Immutable;
using Sisote.Policy.Decisions;
using Sisote.Policy.Requests;

namespace Sisote.DisclosureLog.Entries;

/// <summary>One method per record, members in the order of their names; what is null or empty is left out.</summary>
internal static class EntryWriter
{
    internal static void Write(CanonicalWriter json, LogEntry entry)
    {
        json.StartObject();
        Text(json, "ageClass", entry.AgeClass);
        Number(json, "agreementsRevision", entry.AgreementsRevision);
        Array(json, "attestations", entry.Attestations, WriteAttestation);
        Text(json, "catalogue", entry.Catalogue?.Value);
        Text(json, "channel", entry.Channel is { } channel ? EntryCodes.Of(channel) : null);
        Text(json, "client", entry.Client?.Reveal());
        Number(json, "clientRevision", entry.ClientRevision);
        Text(json, "concerns", entry.Concerns);
        Text(json, "correlationId", entry.CorrelationId);
        Text(json, "decidedAt", entry.DecidedAt is { } decided ? CanonicalTime.Write(decided) : null);
        Text(json, "deployment", entry.Deployment?.Value);
        Text(json, "direction", entry.Direction is { } direction ? EntryCodes.Of(direction) : null);
        KeepingWriter.Write(json, entry.Erasure);
        Party(json, "from", entry.From);
        KeepingWriter.Write(json, entry.Hold);
        Text(json, "holdsUntil", entry.HoldsUntil is { } until ? CanonicalTime.Write(until) : null);
        Text(json, "id", entry.Id);
        Text(json, "inputs", entry.Inputs?.ToString());
        Array(json, "items", entry.Items, WriteItem);
        Text(json, "kind", EntryCodes.Of(entry.Kind));
        Array(json, "obligations", entry.Obligations, static (json, code) => json.Text(code));
        Text(json, "outcome", entry.Outcome);
        Text(json, "purpose", entry.Purpose?.Value);
        Text(json, "relates", entry.Relates);
        Array(json, "resources", entry.Resources, WriteResource);
        ReviewWriter.Write(json, entry.Review);
        Number(json, "schema", entry.Schema);
        Text(json, "time", CanonicalTime.Write(entry.Time));
        Party(json, "to", entry.To);
        WriteVisibility(json, entry.Visibility);
        json.EndObject();
    }

    private static void Party(CanonicalWriter json, string name, LogParty? party)
    {
        if (party is null)
        {
            return;
        }

        json.Name(name);
        json.StartObject();
        Text(json, "actor", party.Actor);
        Text(json, "organisation", party.Organisation?.Value);
        Text(json, "professional", party.Professional?.Value);
        Text(json, "role", party.Role?.Value);
        Text(json, "sector", party.Sector?.Value);
        Text(json, "system", party.System?.Value);
        json.EndObject();
    }

    private static void WriteItem(CanonicalWriter json, LogItem item)
    {
        json.StartObject();
        Array(json, "basis", item.Basis, WriteBasis);
        Array(json, "conditions", item.Conditions, WriteCondition);
        Array(json, "consents", item.Consents, WriteConsent);
        Text(json, "item", item.Item.Value);
        Array(json, "masked", item.Masked, static (json, path) => json.Text(path));
        Text(json, "missingCondition", item.MissingCondition?.Value);
        Text(json, "prohibition", item.Prohibition?.Value);
        Text(json, "reason", item.Reason is { } reason ? EntryCodes.Of(reason) : null);
        json.Name("released");
        json.Truth(item.Released);
        Text(json, "rule", item.Rule?.Value);
        Array(json, "withheld", item.Withheld, WriteWithholding);
        json.EndObject();
    }

    private static void WriteWithholding(CanonicalWriter json, LogWithholding withheld)
    {
        json.StartObject();
        Text(json, "prohibition", withheld.Prohibition?.Value);
        Text(json, "reason", EntryCodes.Of(withheld.Reason));
        json.EndObject();
    }

    private static void WriteBasis(CanonicalWriter json, LegalBasisCitation basis)
    {
        json.StartObject();
        Text(json, "section", basis.Section);
        Text(json, "statute", basis.Statute);
        json.EndObject();
    }

    private static void WriteCondition(CanonicalWriter json, ConditionEvidence evidence)
    {
        json.StartObject();
        Text(json, "condition", evidence.Condition.Value);
        Text(json, "reference", evidence.Reference);
        Text(json, "source", evidence.Source);
        json.EndObject();
    }

    private static void WriteConsent(CanonicalWriter json, ConsentReference consent)
    {
        json.StartObject();
        Text(json, "form", consent.Form.Value);
        Text(json, "id", consent.Id);
        Number(json, "version", consent.Version);
        json.EndObject();
    }

    private static void WriteAttestation(CanonicalWriter json, Attestation attestation)
    {
        json.StartObject();
        json.Name("bySystem");
        json.Truth(attestation.BySystem);
        Text(json, "condition", attestation.Condition.Value);
        Text(json, "reference", attestation.Reference);
        json.EndObject();
    }

    private static void WriteResource(CanonicalWriter json, LogResource resource)
    {
        json.StartObject();
        Text(json, "content", resource.Content?.ToString());
        Text(json, "handle", resource.Handle);
        Text(json, "type", resource.Type);
        json.EndObject();
    }

    private static void WriteVisibility(CanonicalWriter json, LogVisibility visibility)
    {
        json.Name("visibility");
        json.StartObject();
        json.Name("client");
        json.Truth(visibility.Client);
        Text(json, "from", visibility.From is { } from ? CanonicalTime.Write(from) : null);
        json.Name("guardian");
        json.Truth(visibility.Guardian);
        json.EndObject();
    }

    private static void Text(CanonicalWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.Name(name);
            json.Text(value);
        }
    }

    private static void Number(CanonicalWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.Name(name);
            json.Number(number);
        }
    }

    private static void Array<T>(CanonicalWriter json, string name, ImmutableArray<T> values, Action<CanonicalWriter, T> write)
    {
        if (values.IsDefaultOrEmpty)
        {
            return;
        }

        json.Name(name);
        json.StartArray();
        foreach (var value in values)
        {
            write(json, value);
        }

        json.EndArray();
    }
}
