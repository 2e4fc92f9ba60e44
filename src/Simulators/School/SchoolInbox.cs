// The school's own message box.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sisote.Simulators.Storage;

namespace Sisote.Simulators.School;

/// <summary>A message from outside to a teacher about a pupil. Finnish: viesti.</summary>
internal sealed record IncomingMessage
{
    [JsonPropertyName("ulkoinenTunniste")]
    public required string ExternalReference { get; init; }

    [JsonPropertyName("vastaanottaja")]
    public required string Teacher { get; init; }

    [JsonPropertyName("oppilas")]
    public required string Pupil { get; init; }

    [JsonPropertyName("aihe")]
    public required string Topic { get; init; }

    [JsonPropertyName("lahettaja")]
    public required MessageSender Sender { get; init; }

    [JsonPropertyName("jarjestelyt")]
    public required ImmutableArray<Arrangement> Arrangements { get; init; }
}

/// <summary>Who wrote. Finnish: lähettäjä.</summary>
internal sealed record MessageSender
{
    [JsonPropertyName("organisaatio")]
    public required string Organisation { get; init; }

    [JsonPropertyName("nimi")]
    public string? Name { get; init; }

    [JsonPropertyName("tehtava")]
    public required string Role { get; init; }
}

/// <summary>An arrangement for a pupil's teaching. Finnish: järjestely.</summary>
internal sealed record Arrangement
{
    [JsonPropertyName("koodi")]
    public required string Code { get; init; }

    [JsonPropertyName("alkaa")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("paattyy")]
    public DateOnly? To { get; init; }
}

/// <summary>A message as the box keeps it.</summary>
internal sealed record KeptMessage
{
    [JsonPropertyName("viestiId")]
    public required string Id { get; init; }

    [JsonPropertyName("saapunut")]
    public required DateTimeOffset Arrived { get; init; }

    [JsonPropertyName("tiiviste")]
    public required string Fingerprint { get; init; }

    [JsonPropertyName("viesti")]
    public required IncomingMessage Message { get; init; }

    [JsonPropertyName("jarjestelyIdt")]
    public required ImmutableArray<string> ArrangementIds { get; init; }
}

/// <summary>What became of a message: taken (anew or earlier), in conflict with another of the same reference, or refused.</summary>
internal abstract record MessageOutcome
{
    private MessageOutcome()
    {
    }

    /// <summary>The box has it.</summary>
    public sealed record Taken(KeptMessage Message, bool IsNew) : MessageOutcome;

    /// <summary>Another message has the same reference.</summary>
    public sealed record Conflict : MessageOutcome;

    /// <summary>The content is not acceptable.</summary>
    public sealed record Refused(string Code) : MessageOutcome;
}

/// <summary>Messages to teachers, kept in a file.</summary>
internal sealed class SchoolInbox : IDisposable
{
    /// <summary>Arrangements the school knows.</summary>
    private static readonly ImmutableHashSet<string> Known =
        ["tauot", "rauhallinen_koetila", "lisaaika_kokeissa", "lyhennetty_paiva", "osittainen_opiskelu", "poissaolo_hyvaksytty", "ei_liikuntatunteja", "soveltava_liikunta", "istumapaikka_edessa", "kirjalliset_ohjeet", "pienryhma", "etaopetus", "luottoaikuinen"];

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, KeptMessage> messages = [];
    private readonly FileJournal<KeptMessage> journal;
    private readonly Roster roster;
    private readonly TimeProvider clock;

    /// <summary>Opens the box kept in a file.</summary>
    public SchoolInbox(string path, Roster roster, TimeProvider clock)
    {
        this.roster = roster;
        this.clock = clock;
        journal = new FileJournal<KeptMessage>(path, kept => messages[kept.Message.ExternalReference] = kept);
    }

    /// <summary>Takes a message in; the same reference with the same content is the same message.</summary>
    public MessageOutcome Take(IncomingMessage message)
    {
        if (Fault(message) is { } fault)
        {
            return new MessageOutcome.Refused(fault);
        }

        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(message)));
        lock (gate)
        {
            if (messages.TryGetValue(message.ExternalReference, out var earlier))
            {
                return earlier.Fingerprint == fingerprint ? new MessageOutcome.Taken(earlier, IsNew: false) : new MessageOutcome.Conflict();
            }

            var kept = new KeptMessage
            {
                Id = OpaqueId.Create('v'),
                Arrived = clock.GetUtcNow(),
                Fingerprint = fingerprint,
                Message = message,
                ArrangementIds = [.. message.Arrangements.Select(static _ => OpaqueId.Create('j'))],
            };
            journal.Append(kept);
            messages[message.ExternalReference] = kept;
            return new MessageOutcome.Taken(kept, IsNew: true);
        }
    }

    /// <summary>Messages to one teacher, or all of them, newest first.</summary>
    public ImmutableArray<KeptMessage> For(string? teacher)
    {
        lock (gate)
        {
            return [.. messages.Values.Where(kept => teacher is null || kept.Message.Teacher == teacher).Reverse()];
        }
    }

    /// <inheritdoc />
    public void Dispose() => journal.Dispose();

    private string? Fault(IncomingMessage message)
    {
        if (message.ExternalReference is not { Length: > 0 and <= 100 } || message.Topic != "opetusjarjestelyt" || message.Arrangements.Length is 0 or > 20)
        {
            return "viesti_puutteellinen";
        }

        return !roster.IsUser(message.Teacher, "teacher") ? "vastaanottaja_tuntematon"
            : !roster.IsUser(message.Pupil, "student") ? "oppilas_tuntematon"
            : message.Arrangements.All(static row => Known.Contains(row.Code)) ? null : "jarjestely_tuntematon";
    }
}
