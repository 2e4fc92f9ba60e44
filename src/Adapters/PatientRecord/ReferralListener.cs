// Awaits the record's referrals, and what it says of identities.
using System.Collections.Concurrent;
using Sisote.Adapters.Hl7v2;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.PatientRecord;

/// <summary>The MLLP door of one record. A referral is acknowledged with AA only when the gateway said that it is delivered; the same control id again is not delivered twice.</summary>
internal sealed class ReferralListener : IAsyncDisposable
{
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    private readonly (SystemId Id, ILogger Log) record;
    private readonly RecordSettings settings;
    private readonly (ReferralReader Reader, ReferralDelivery Delivery) referrals;
    private readonly (IdentityReader Reader, IdentityDelivery Delivery) identities;
    private readonly TimeProvider clock;
    private readonly MllpListener listener;
    private readonly ConcurrentDictionary<string, bool> delivered = new();

    /// <summary>Makes the door.</summary>
    private ReferralListener(
        (SystemId Id, ILogger Log) record, RecordSettings settings, (ReferralReader, ReferralDelivery) referrals, (IdentityReader, IdentityDelivery) identities, TimeProvider clock)
    {
        (this.record, this.settings, this.referrals, this.identities, this.clock) = (record, settings, referrals, identities, clock);
        listener = new MllpListener(
            new MllpListenerOptions { Name = record.Id.Value, At = settings.ListenAt!, Peers = settings.Peers, Idle = Idle },
            AnswerAsync,
            record.Log);
    }

    /// <summary>The door of a record that has one in its settings.</summary>
    public static ReferralListener? Find(
        (SystemId Id, ILogger Log) record, RecordSettings settings, (ReferralReader, ReferralDelivery) referrals, (IdentityReader, IdentityDelivery) identities, TimeProvider clock) =>
        settings.ListenAt is null ? null : new ReferralListener(record, settings, referrals, identities, clock);

    /// <summary>The real port, once started.</summary>
    public int Port => listener.Port;

    /// <summary>Opens the door.</summary>
    public void Start() => listener.Start();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (Hl7Parser.Parse(bytes.Span) is not Hl7Reading.Read(var message))
        {
            return Hl7Acknowledgement.Reject("The message cannot be read.", clock.GetUtcNow());
        }

        var (code, text) = await TakeSafelyAsync(message, cancellation);
        if (code != Hl7AckCode.Accepted)
        {
            Log.MessageNotTaken(record.Log, record.Id, text);
        }

        return Hl7Acknowledgement.Write(message, code, text, clock.GetUtcNow());
    }

    /// <summary>The rim of this door: whatever goes wrong inside is an error to the sender, never a silent loss.</summary>
    private async Task<(Hl7AckCode Code, string Text)> TakeSafelyAsync(Hl7Message message, CancellationToken cancellation)
    {
        try
        {
            return await TakeAsync(message, cancellation);
        }
#pragma warning disable CA1031 // the rim: see above
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.MessageFailed(record.Log, record.Id, fault.GetType().Name);
            return (Hl7AckCode.Error, "An error inside Sisote; send the message again.");
        }
    }

    private async Task<(Hl7AckCode Code, string Text)> TakeAsync(Hl7Message message, CancellationToken cancellation)
    {
        if (IdentityReader.Takes(message))
        {
            return await identities.Delivery.DeliverAsync(identities.Reader.Read(message), cancellation);
        }

        switch (referrals.Reader.Read(message))
        {
            case ReferralReading.Refused(var code, var reason):
                return (code, reason);
            case ReferralReading.Read(var referral) when settings.ReferralTargets.TryGetValue(referral.Unit, out var target):
                var key = EntryWriter.ControlId($"{record.Id}|{message.ControlId}");
                if (delivered.ContainsKey(key))
                {
                    return (Hl7AckCode.Accepted, "Delivered before.");
                }

                var fault = await referrals.Delivery.DeliverAsync(referral, target, key, cancellation);
                Remember(key, fault is null);
                return fault is null ? (Hl7AckCode.Accepted, "Delivered.") : (Hl7AckCode.Error, fault);
            default:
                return (Hl7AckCode.Error, "The unit referred to (PRD-7 of RT) has no system in Sisote.");
        }
    }

    private void Remember(string key, bool wasDelivered)
    {
        if (wasDelivered)
        {
            if (delivered.Count >= MaxRemembered)
            {
                delivered.Clear(); // the gateway knows the key too; this is only the shorter way
            }

            delivered[key] = true;
        }
    }
}
