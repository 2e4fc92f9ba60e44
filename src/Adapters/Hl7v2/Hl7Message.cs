// A message as it was received.
using System.Collections.Immutable;

namespace Sisote.Adapters.Hl7v2;

/// <summary>A parsed HL7 v2 message. Local segments (Z..) are not in it: they are dropped while reading and so can never be passed on.</summary>
internal sealed record Hl7Message
{
    /// <summary>The segments in their order, without local ones.</summary>
    public required ImmutableArray<Hl7Segment> Segments { get; init; }

    /// <summary>The header.</summary>
    public Hl7Segment Header => Segments[0];

    /// <summary>MSH-9.1, for example REF.</summary>
    public string Code => Header.Get(9, 1);

    /// <summary>MSH-9.2, for example I12.</summary>
    public string Trigger => Header.Get(9, 2);

    /// <summary>MSH-10: the sender's id of this message; the same again is a retry.</summary>
    public string ControlId => Header.Get(10);

    /// <summary>All segments of a name.</summary>
    public IEnumerable<Hl7Segment> All(string name) => Segments.Where(segment => segment.Name == name);

    /// <summary>The first segment of a name, or null.</summary>
    public Hl7Segment? First(string name) => All(name).FirstOrDefault();
}

/// <summary>What reading bytes as a message gives.</summary>
internal abstract record Hl7Reading
{
    private Hl7Reading()
    {
    }

    /// <summary>A message.</summary>
    internal sealed record Read(Hl7Message Message) : Hl7Reading;

    /// <summary>No message.</summary>
    /// <param name="Reason">Plain words without any value of the bytes.</param>
    internal sealed record Unreadable(string Reason) : Hl7Reading;
}
