// The FHIR data types that are rebuilt instead of copied.
using System.Text.Json;

namespace Sisote.Gateway.Minimising;

internal sealed partial class Minimiser
{
    /// <summary>System and code as they came, the display from the catalogue; the source's display only where an item names it.</summary>
    private bool TryWriteCoding(int row, MaskField field)
    {
        if (json.MarkOf(row) is > 0 and var number && labels.Of(number) is var ready && (ready.HasLabel || !field.KeepsDisplay))
        {
            return (field.Codings is null || field.Codings.Holds(number)) && Write(ready);
        }

        if (!json.IsObject(row))
        {
            return false;
        }

        var (system, code, display) = (0, 0, 0);
        for (int member = row + 1, end = json.EndOf(row); member < end; member = json.Next(member))
        {
            var value = json.IsText(member) ? member : 0;
            switch (json.NumberOf(member))
            {
                case ElementNames.System:
                    system = value;
                    break;
                case ElementNames.Code:
                    code = value;
                    break;
                case ElementNames.Display:
                    display = value;
                    break;
            }
        }

        return code != 0 && WriteCoding(system, json.Say(code), field.KeepsDisplay ? display : 0, field.Codings);
    }

    private bool Write(ReadyCoding coding)
    {
        output.Add(coding.Json);
        return true;
    }

    private bool WriteCoding(int systemRow, ReadOnlySpan<byte> code, int display, AcceptedCodings? accepted)
    {
        var system = systemRow == 0 ? default : json.Say(systemRow);
        var ready = systemRow == 0 ? null : accepted is null ? labels.Find(system, code) : accepted.Find(system, code);
        if (ready is not null && (ready.HasLabel || display == 0))
        {
            return Write(ready);
        }

        if ((accepted is not null && ready is null) || !PrimitiveShapes.IsCode(code) || (systemRow != 0 && !PrimitiveShapes.IsAddress(system)))
        {
            return false;
        }

        output.Add((byte)'{');
        if (systemRow != 0)
        {
            output.Add("\"system\":\""u8);
            output.Add(system);
            output.Add("\","u8);
        }

        output.Add("\"code\":\""u8);
        output.Add(code); // the characters of codes and addresses need no escape
        output.Add((byte)'"');
        if (display != 0)
        {
            output.Add(",\"display\":"u8);
            WriteText(display);
        }

        output.Add((byte)'}');
        return true;
    }

    /// <summary>A quantity leaves only with its coded unit: the text of a unit is free text, and a number without one misleads.</summary>
    private bool TryWriteQuantity(int row)
    {
        if (!json.IsObject(row))
        {
            return false;
        }

        var (value, comparator, system, code) = (0, 0, 0, 0);
        for (int member = row + 1, end = json.EndOf(row); member < end; member = json.Next(member))
        {
            var text = json.IsText(member) ? member : 0;
            switch (json.NumberOf(member))
            {
                case ElementNames.Value:
                    value = json.KindOf(member) == JsonKind.Number ? member : 0;
                    break;
                case ElementNames.Comparator:
                    comparator = text;
                    break;
                case ElementNames.System:
                    system = text;
                    break;
                case ElementNames.Code:
                    code = text;
                    break;
            }
        }

        return value != 0 && system != 0 && code != 0 && WriteQuantity(json.Raw(value), comparator == 0 ? default : json.Say(comparator), json.Say(system), json.Say(code), comparator != 0);
    }

    private bool WriteQuantity(ReadOnlySpan<byte> value, ReadOnlySpan<byte> comparator, ReadOnlySpan<byte> system, ReadOnlySpan<byte> code, bool isCompared)
    {
        if (!PrimitiveShapes.IsCode(code) || !PrimitiveShapes.IsAddress(system) || (isCompared && comparator is not ([(byte)'<' or (byte)'>'] or [(byte)'<' or (byte)'>', (byte)'='])))
        {
            return false;
        }

        output.Add("{\"value\":"u8);
        output.Add(value);
        if (isCompared)
        {
            output.Add(",\"comparator\":\""u8);
            output.Add(comparator);
            output.Add((byte)'"');
        }

        output.Add(",\"system\":\""u8);
        output.Add(system);
        output.Add("\",\"code\":\""u8);
        output.Add(code);
        output.Add("\"}"u8);
        return true;
    }

    private bool TryWriteIdentifier(int row, MaskField field)
    {
        if (!json.IsObject(row))
        {
            return false;
        }

        var (system, value) = FoundReference.ReadIdentifier(json, row);
        if (system == 0 || value == 0 || json.Raw(value).IsEmpty || !IsInUse(row) || field.IdentifierSystems!.Find(json.Say(system)) is null)
        {
            return false;
        }

        output.Add("{\"system\":"u8);
        WriteText(system);
        output.Add(",\"value\":"u8);
        WriteText(value);
        output.Add((byte)'}');
        return true;
    }

    /// <summary>An identifier that is old or holds for a time only would pass for the present one.</summary>
    private bool IsInUse(int row) => json.Member(row, ElementNames.Use) is var use && (use == 0 || (json.IsText(use) && ModifierElement.IsOrdinaryUse(json.Say(use))));

    /// <summary>A free text. Plain letters are copied; anything that could need an escape is written anew, so that one text always leaves in one form.</summary>
    private void WriteText(int row)
    {
        if (!json.IsEscaped(row) && !json.Raw(row).ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            output.Add(json.Token(row));
        }
        else
        {
            output.Add(JsonSerializer.SerializeToUtf8Bytes(json.SayString(row), UnescapedJson.Options));
        }
    }
}
