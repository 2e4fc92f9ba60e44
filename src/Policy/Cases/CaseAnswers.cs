// Writes the decision of a case as one line of JSON.
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sisote.Policy.Decisions;

namespace Sisote.Policy.Cases;

internal static class CaseAnswers
{
    internal static string Word(Decision decision) => decision.PermitsAll ? "permit" : decision.DeniesAll ? "deny" : "partial";

    internal static string Write(DecisionCase @case, Decision decision)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("id", @case.Id);
            writer.WriteString("decision", Word(decision));
            writer.WriteStartObject("items");
            foreach (var (name, outcome) in @case.ItemNames.Zip(decision.Items).DistinctBy(static pair => pair.First))
            {
                writer.WriteStartObject(name);
                Write(writer, outcome);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            WriteList(writer, "obligations", decision.Obligations);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>All fields for every item, so that a reader need not ask which are there.</summary>
    private static void Write(Utf8JsonWriter writer, ItemDecision outcome)
    {
        var permit = outcome as ItemDecision.Permit;
        var deny = outcome as ItemDecision.Deny;
        writer.WriteString("outcome", permit is null ? "deny" : "permit");
        writer.WriteString("rule", permit?.Rule.Value ?? deny?.Rule?.Value ?? deny?.Prohibition?.Value);
        writer.WriteString("reasonClass", deny is null ? null : CaseExpectations.Word(deny.Reason));
        WriteList(writer, "basis", permit?.Basis.Select(static basis => $"{basis.Statute} {basis.Section}") ?? []);
        WriteList(writer, "consents", permit?.Consents.Select(static consent => consent.Id) ?? []);
        WriteList(writer, "masked", permit?.Masked ?? []);
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
