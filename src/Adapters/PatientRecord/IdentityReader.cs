// Reads a message by which a record merged two of its identities.
using System.Collections.Immutable;
using Sisote.Adapters.Hl7v2;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.PatientRecord;

/// <summary>Two identities of one person: the one that goes and the one that stays.</summary>
internal sealed record MergedIdentity(Hetu Prior, Hetu Surviving);

/// <summary>What reading such a message gives: the merges in their order, or why none is read.</summary>
internal sealed record IdentityReading(ImmutableArray<MergedIdentity> Merges, Hl7AckCode Code = Hl7AckCode.Accepted, string Reason = "");

/// <summary>Reads ADT^A40: each PID is the surviving identity, the MRG behind it the prior one. One group that cannot be read leaves the whole message unread.</summary>
internal sealed class IdentityReader(RecordMapping mapping)
{
    /// <summary>Whether the message is one for this reader.</summary>
    public static bool Takes(Hl7Message message) => message is { Code: "ADT", Trigger: "A40" };

    /// <summary>Reads a message.</summary>
    public IdentityReading Read(Hl7Message message)
    {
        if (message.ControlId.Length == 0 || message.Header.Get(3) != mapping.Referral.Sender.Application || message.Header.Get(4) != mapping.Referral.Sender.Facility)
        {
            return new IdentityReading([], Hl7AckCode.Rejected, "The sending application is not known here.");
        }

        var merges = ImmutableArray.CreateBuilder<MergedIdentity>();
        Hetu? surviving = null;
        foreach (var segment in message.Segments.Where(static segment => segment.Name is "PID" or "MRG"))
        {
            if (segment.Name == "PID")
            {
                surviving = surviving is null ? IdentifierIn(segment, 3) : null;
            }
            else if (surviving is { } stays && IdentifierIn(segment, 1) is { } prior)
            {
                merges.Add(new MergedIdentity(prior, stays));
                surviving = null;
                continue;
            }

            if (surviving is null)
            {
                return Faulty;
            }
        }

        return merges.Count > 0 && surviving is null ? new IdentityReading(merges.ToImmutable()) : Faulty;
    }

    private static IdentityReading Faulty { get; } = new([], Hl7AckCode.Error, "Each PID-3 and the MRG-1 behind it need one personal identity code.");

    private Hetu? IdentifierIn(Hl7Segment segment, int field) =>
        segment.Repetitions(field) == 1 && segment.Get(field, 4, 2) == mapping.PersonIdRoot && Hetu.TryParse(segment.Get(field), out var identifier) ? identifier : null;
}
