// Writes messages.
using System.Globalization;
using System.Text;

namespace Sisote.Adapters.Hl7v2;

/// <summary>Builds a message segment by segment in UTF-8 with the usual delimiters; every value is escaped, so none can add a field or a segment.</summary>
internal sealed class Hl7Writer
{
    private readonly StringBuilder text = new();

    /// <summary>Begins with the header. MSH-15/16 ask for an application acknowledgement in the same connection.</summary>
    public Hl7Writer(Hl7Address from, Hl7Address to, string type, string controlId, DateTimeOffset at)
    {
        var kind = type.Split('^');
        Segment("MSH")
            .Put(2, new Value(Literal: @"^~\&"))
            .Put(3, from.Application).Put(4, from.Facility).Put(5, to.Application).Put(6, to.Facility)
            .Put(7, Time(at)).Put(9, kind).Put(10, controlId).Put(11, "P").Put(12, "2.5.1").Put(18, Hl7Charset.Utf8)
            .End();
    }

    /// <summary>Begins a segment.</summary>
    public SegmentWriter Segment(string name) => new(this, name);

    /// <summary>The message.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(text.ToString());

    /// <summary>A time with offset as HL7 writes it.</summary>
    public static string Time(DateTimeOffset at) => at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", string.Empty, StringComparison.Ordinal);

    /// <summary>A raw value of the header.</summary>
    internal readonly record struct Value(string Literal);

    /// <summary>Collects the fields of one segment.</summary>
    internal sealed class SegmentWriter(Hl7Writer message, string name)
    {
        private readonly SortedDictionary<int, string> fields = [];

        /// <summary>Sets a field to one component or several; empty ones at the end vanish.</summary>
        public SegmentWriter Put(int field, params ReadOnlySpan<string?> components)
        {
            var parts = new List<string>();
            foreach (var component in components)
            {
                parts.Add(Hl7Escapes.Escape(component ?? string.Empty, Hl7Delimiters.Usual));
            }

            fields[field] = string.Join('^', parts).TrimEnd('^');
            return this;
        }

        /// <summary>Sets a field of the header as it is.</summary>
        public SegmentWriter Put(int field, Value value)
        {
            fields[field] = value.Literal;
            return this;
        }

        /// <summary>Ends the segment.</summary>
        public void End()
        {
            message.text.Append(name);
            for (int field = name == "MSH" ? 2 : 1, last = fields.Count == 0 ? 0 : fields.Keys.Max(); field <= last; field++)
            {
                message.text.Append('|').Append(fields.GetValueOrDefault(field));
            }

            message.text.Append('\r');
        }
    }
}

/// <summary>Application and facility of one end (MSH-3/4 or MSH-5/6).</summary>
internal readonly record struct Hl7Address(string Application, string Facility);
