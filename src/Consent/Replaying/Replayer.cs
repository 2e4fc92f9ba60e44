// Makes one logged decision again.
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;

namespace Sisote.Consent.Replaying;

/// <summary>What a replay of one entry shows.</summary>
internal abstract record Replayed
{
    private Replayed()
    {
    }

    /// <summary>It comes out as it is on record, bit for bit.</summary>
    public sealed record Same : Replayed;

    /// <summary>It comes out otherwise; by the very law that decided then, where <paramref name="SameLaw"/>.</summary>
    public sealed record Otherwise(LogEntry Before, LogEntry After, bool SameLaw) : Replayed;

    public sealed record NoDecision : Replayed;

    public sealed record WithoutInputs : Replayed;

    public sealed record Erased : Replayed;

    public sealed record InputsMissing : Replayed;

    public sealed record InputsChanged : Replayed;

    public sealed record RecordChanged : Replayed;

    public sealed record DeploymentUnknown : Replayed;
}

/// <summary>An entry with the narrowing it was decided under and its sealed inputs, as far as they are kept.</summary>
internal sealed record ReplayableEntry(LoggedEntry Logged, LogEntry? Entry)
{
    private static readonly LogEntryKind[] Decisions = [LogEntryKind.Disclosure, LogEntryKind.Use, LogEntryKind.Refusal, LogEntryKind.WriteIntent];

    /// <summary>Whether the record is the one that the leaf commits to; true for an erased one.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Where its inputs are.</summary>
    public (ClientId Client, Digest Commitment)? Inputs => Entry is { Client: { } client, Inputs: { } commitment } ? (client, commitment) : null;

    /// <summary>Whether it tells of a decision on a client.</summary>
    public bool IsDecision => Entry is { Client: not null } entry && Decisions.Contains(entry.Kind) && DecisionRecord.RequestOf(entry) is not null;

    /// <summary>Reads an entry, and says so where its record was changed after it was committed to.</summary>
    public static ReplayableEntry Read(LoggedEntry logged)
    {
        var entry = logged.Entry();
        return new ReplayableEntry(logged, entry) { IsWhole = entry is not null || !logged.HasRecord };
    }
}

/// <summary>Decides entries again by one catalogue. Keeps a decision point for every narrowing it meets.</summary>
internal sealed class Replayer(LegalCatalogue catalogue, DeploymentNarrowing? imposed, ClientKeys keys)
{
    private readonly Dictionary<DeploymentVersion, PolicyDecisionPoint?> points = [];
    private readonly (DeploymentVersion Version, PolicyDecisionPoint Point)? always =
        imposed is null ? null : (imposed.Version(), new PolicyDecisionPoint(catalogue, imposed.ToDeployment()));

    /// <summary>Whether the narrowing of a version must still be brought.</summary>
    public bool Lacks(DeploymentVersion version) => always is null && !points.ContainsKey(version);

    /// <summary>Brings the narrowing of a version; null = it is not kept.</summary>
    public void Bring(DeploymentVersion version, DeploymentNarrowing? narrowing) => points[version] = narrowing is null ? null : new PolicyDecisionPoint(catalogue, narrowing.ToDeployment());

    /// <summary>Decides an entry again.</summary>
    /// <param name="read">The entry.</param>
    /// <param name="sealedInputs">Its inputs as they are kept; null where they are not.</param>
    public Replayed Replay(ReplayableEntry read, byte[]? sealedInputs)
    {
        if (read.Entry is not { } entry)
        {
            return read.IsWhole ? new Replayed.Erased() : new Replayed.RecordChanged();
        }

        if (!read.IsDecision)
        {
            return new Replayed.NoDecision();
        }

        if (read.Inputs is not var (client, commitment) || entry is not { DecidedAt: { } at, Deployment: { } deployment })
        {
            return new Replayed.WithoutInputs();
        }

        if (sealedInputs is null)
        {
            return new Replayed.InputsMissing();
        }

        if (keys.OpenInputs(client, commitment, sealedInputs) is not { } inputs)
        {
            return new Replayed.InputsChanged();
        }

        return (always?.Point ?? points.GetValueOrDefault(deployment)) is { } point ? Compare(read, entry, Decided.Replay(point, DecisionRecord.RequestOf(entry)!, inputs, at)) : new Replayed.DeploymentUnknown();
    }

    private Replayed Compare(ReplayableEntry read, LogEntry entry, Decided decided)
    {
        var released = entry.Items.Where(static item => item.Released).Select(static item => item.Item).ToHashSet();
        var after = DecisionRecord.Write(entry, decided, entry.Deployment!.Value, entry.Inputs, released) with { Catalogue = entry.Catalogue };
        if (CanonicalForm.Write(after).AsSpan().SequenceEqual(read.Logged.Record))
        {
            return new Replayed.Same();
        }

        var sameLaw = entry.Catalogue == catalogue.Version && (always is null || always.Value.Version == entry.Deployment);
        return new Replayed.Otherwise(entry, after, sameLaw);
    }
}
