// From AuthZEN's words to the house's.
using System.Collections.Immutable;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Access;

/// <summary>The evaluation in the house's terms, or why it is not evaluated.</summary>
internal readonly record struct Mapped(AskedEvaluation? Asked, Refusal? Refusal);

/// <summary>
/// Maps an evaluation (docs/authzen.md): subject = the caller's person, organisation or system; action = read, write or notify; resource = one data item, or several, of one client at one
/// system; context = purpose, channel and attestations. Nothing here looks at a client: every refusal is about the caller and its words.
/// </summary>
internal sealed class EvaluationMapping(AccessWords words)
{
    private const string SeveralItems = "client";

    internal Mapped Map(EvaluationText text, Registered caller)
    {
        if (!IsSelf(text, caller))
        {
            return new Mapped(null, Refusal.SubjectNotCaller);
        }

        if (words.Action(text.Action) is not { } action)
        {
            return Malformed("action.name");
        }

        if (text.Recipient is not null && action.Direction == Direction.Read) // who gives is the other house's to say
        {
            return Malformed("resource.properties.professional");
        }

        if (ReadItems(text, action.Item) is not { } items)
        {
            return Malformed(text.ResourceType == SeveralItems ? "resource.properties.items" : "resource.type");
        }

        if (ReadChannel(text.Channel) is not { } channel)
        {
            return Malformed("context.channel");
        }

        if (AskerReader.Attest(text.Attestations, caller.System) is not { } attestations)
        {
            return Malformed("context.attestations");
        }

        var other = text.System is null ? caller.System : words.System(text.System);
        if (other is null || (text.Purpose is { } purpose && purpose != caller.Purpose.Value))
        {
            return new Mapped(null, Refusal.NotConnected);
        }

        return new Mapped(Make(text, caller, other, attestations) with { Direction = action.Direction, Items = items, Channel = channel }, null);
    }

    private static AskedEvaluation Make(EvaluationText text, Registered caller, SystemEntry other, ImmutableArray<Attestation> attestations) => new()
    {
        Asker = new Asker { System = caller.System, Business = caller.Business, Purpose = caller.Purpose, Other = other, Attestations = attestations },
        IsPerson = text.SubjectType == "user",
        Actor = text.Actor,
        OtherActor = text.OtherActor,
        Recipient = text.Recipient is { } recipient ? ProfessionalId.Parse(recipient) : null,
        Direction = default,
        Items = [],
        ResourceId = text.ResourceId,
        Labels = text.Labels,
        Purpose = text.HasNoPurpose ? null : caller.Purpose,
        Channel = default,
    };

    private static Mapped Malformed(string member) => new(null, Refusal.Malformed with { Expression = member });

    /// <summary>INVARIANT: nobody learns through this door what somebody else may do.</summary>
    private static bool IsSelf(EvaluationText text, Registered caller) => text.SubjectType switch
    {
        "user" => text.SubjectId == caller.Business.SubjectId.Value,
        "organisation" => text.SubjectId == caller.System.Organisation.Value,
        "system" => text.SubjectId == caller.System.Id.Value,
        _ => false,
    };

    private static ImmutableArray<DataItemId>? ReadItems(EvaluationText text, string? ofAction)
    {
        ImmutableArray<string> names = ofAction is not null ? [ofAction] : text.ResourceType == SeveralItems ? text.Items : [text.ResourceType];
        var items = ImmutableArray.CreateBuilder<DataItemId>(names.Length);
        foreach (var name in names)
        {
            if (!DataItemId.TryParse(name, out var item) || Hetu.IsIn(name)) // it stands in the log, known or not
            {
                return null;
            }

            items.Add(item);
        }

        return items.Count == 0 ? null : items.DrainToImmutable();
    }

    private static Channel? ReadChannel(string? name) => name switch
    {
        null or "standing-api" => Channel.StandingApi,
        "single-view" => Channel.SingleView,
        "single-message" => Channel.SingleMessage,
        "client-handover" => Channel.ClientHandover,
        _ => null,
    };
}
