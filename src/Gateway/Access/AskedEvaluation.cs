// One evaluation in the house's own terms.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Enforcement;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Access;

/// <summary>An evaluation that is understood and that its caller may ask for.</summary>
internal sealed record AskedEvaluation
{
    /// <summary>Who asks, and about whose system.</summary>
    internal required Asker Asker { get; init; }

    /// <summary>Whether the professional of the token is the subject, and not the organisation or system alone.</summary>
    internal required bool IsPerson { get; init; }

    /// <summary>The body on whose behalf the subject acts.</summary>
    internal required string? Actor { get; init; }

    /// <summary>The body on whose behalf the other end acts.</summary>
    internal required string? OtherActor { get; init; }

    /// <summary>Who receives what the subject sends, where the sender says so.</summary>
    internal ProfessionalId? Recipient { get; init; }

    internal required Direction Direction { get; init; }

    internal required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>A national identifier or the caller's handle of the client; for data about nobody the caller's own name of the thing.</summary>
    internal required string ResourceId { get; init; }

    internal required ImmutableArray<string> Labels { get; init; }

    /// <summary>The purpose of use; null for flows that have none.</summary>
    internal required PurposeId? Purpose { get; init; }

    internal required Channel Channel { get; init; }

    /// <summary>The question for the decision point.</summary>
    internal AccessRequest ToRequest()
    {
        var request = Decider.MakeRequest(Asker, Direction, Items, Labels) with { Purpose = Purpose, Channel = Channel };
        return Direction == Direction.Read
            ? request with { From = request.From with { Actor = OtherActor }, To = AsSubject(request.To) }
            : request with { From = AsSubject(request.From), To = request.To with { Actor = OtherActor, Professional = Recipient } };
    }

    /// <summary>A record of this call with what only this door knows of it; it names the professional of the token even where the organisation or system asks (703/2023 10 §).</summary>
    internal LogEntry Complete(LogEntry entry) => entry with
    {
        Purpose = Purpose,
        Channel = Channel,
        From = Direction == Direction.Read ? entry.From : Named(entry.From),
        To = Direction == Direction.Read ? Named(entry.To) : entry.To is { } to ? to with { Professional = Recipient } : null,
    };

    private LogParty? Named(LogParty? self) => self is null ? null : self with { Professional = Asker.Business.SubjectId };

    private Party AsSubject(Party self) => self with { Professional = IsPerson ? self.Professional : null, Actor = Actor };
}
