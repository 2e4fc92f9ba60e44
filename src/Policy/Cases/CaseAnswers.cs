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

    private static void Write(Utf8JsonWriter writer, ItemDecision outcome)
    {
        switch (outcome)
        {
            case ItemDecision.Permit permit:
                writer.WriteString("outcome", "permit");
                writer.WriteString("rule", permit.Rule.Value);
                WriteList(writer, "basis", permit.Basis.Select(static basis => $"{basis.Statute} {basis.Section}"));
                WriteList(writer, "consents", permit.Consents.Select(static consent => consent.Id));
                WriteList(writer, "masked", permit.Masked);
                break;
            case ItemDecision.Deny deny:
                writer.WriteString("outcome", "deny");
                writer.WriteString("rule", deny.Rule?.Value ?? deny.Prohibition?.Value);
                writer.WriteString("reasonClass", CaseExpectations.Word(deny.Reason));
                break;
        }
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
