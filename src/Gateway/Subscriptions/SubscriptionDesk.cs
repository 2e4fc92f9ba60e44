// Takes, shows and ends subscriptions.
using System.Text;
using Microsoft.Net.Http.Headers;
using Sisote.Doors.Subscriptions;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Outbox;
using Sisote.Gateway.Requests;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Subscriptions;

/// <summary>A subscription is kept as its subscriber put it; what comes of it is decided at every look.</summary>
internal sealed class SubscriptionDesk(SubscriptionCallers callers, SubscriptionIntake intake, SubscriptionApi api, SubscriptionSeal seal, SubscriptionWriter writer)
{
    private static readonly byte[] Ended = Encoding.UTF8.GetBytes("""{"resourceType":"OperationOutcome","issue":[{"severity":"information","code":"informational","details":{"text":"The subscription has ended; nothing of it is kept."}}]}""");

    internal async Task SubscribeAsync(HttpContext context, string system)
    {
        if (await callers.AdmitAsync(context, system) is not { } asker)
        {
            return;
        }

        var (kept, refusal) = await intake.ReadAsync(context, asker);
        if (kept is null)
        {
            await OutcomeWriter.WriteAsync(context, refusal!);
            return;
        }

        await (await api.KeepAsync(kept.New) switch
        {
            null => OutcomeWriter.WriteAsync(context, Refusal.LogDown),
            { IsKept: false } => OutcomeWriter.WriteAsync(context, Refusal.TooManySubscriptions),
            _ => PlainAnswer.WriteAsync(context, StatusCodes.Status201Created, SubscriptionWriter.Write(kept.Shown, kept.Content), headers => headers.Location = writer.AddressOf(kept.New.Source, kept.New.Id)),
        });
    }

    internal async Task ListAsync(HttpContext context, string system)
    {
        if (await callers.AdmitAsync(context, system) is not { } asker)
        {
            return;
        }

        if (context.Request.QueryString.HasValue)
        {
            await OutcomeWriter.WriteAsync(context, Refusal.UnknownParameter);
            return;
        }

        await (await api.FindAsync(new SubscriptionQuestion(asker.System.Id, asker.Other.Id), context.RequestAborted) is { } list
            ? PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, writer.WriteList(asker.Other.Id, Opened(list)))
            : OutcomeWriter.WriteAsync(context, Refusal.LogDown));
    }

    /// <summary>What was sealed under a handle key that is gone cannot be shown; its handles mean nothing any more.</summary>
    private IEnumerable<(SubscriptionShown, SubscriptionContent)> Opened(SubscriptionList list)
    {
        foreach (var shown in list.Subscriptions)
        {
            if (seal.Open(shown.Content, shown.Id) is { } content)
            {
                yield return (shown, content);
            }
        }
    }

    internal async Task ShowAsync(HttpContext context, string system, string id)
    {
        if (await callers.AdmitAsync(context, system) is not { } asker)
        {
            return;
        }

        await (await api.FindAsync(new SubscriptionQuestion(asker.System.Id, asker.Other.Id, id), context.RequestAborted) switch
        {
            null => OutcomeWriter.WriteAsync(context, Refusal.LogDown),
            { Subscriptions: [var shown] } when seal.Open(shown.Content, shown.Id) is { } content => PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, SubscriptionWriter.Write(shown, content)),
            _ => OutcomeWriter.WriteAsync(context, Refusal.NotFound),
        });
    }

    internal async Task EndAsync(HttpContext context, string system, string id)
    {
        if (await callers.AdmitAsync(context, system) is not { } asker)
        {
            return;
        }

        await (await api.EndAsync(new EndSubscription(asker.System.Id, asker.Other.Id, id)) switch
        {
            null => OutcomeWriter.WriteAsync(context, Refusal.LogDown),
            { IsEnded: true } => PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, Ended),
            _ => OutcomeWriter.WriteAsync(context, Refusal.NotFound),
        });
    }
}

/// <summary>A subscription that was understood, as it came and as it is kept.</summary>
internal sealed record IntakenSubscription(SubscriptionContent Content, NewSubscription New)
{
    /// <summary>As it is shown before it was looked after.</summary>
    internal SubscriptionShown Shown => new() { Id = New.Id, State = SubscriptionState.Requested, Content = New.Content, Events = 0, EndsAt = New.EndsAt };
}

/// <summary>Reads what a system subscribes to.</summary>
internal sealed class SubscriptionIntake(SubscriptionReader reader, SightFinder sights, HandleRing handles, SubscriptionSeal seal, SubscriptionTimes times)
{
    private const int Longest = 16 * 1024;

    /// <summary>What is to be kept, or why nothing is.</summary>
    internal async Task<(IntakenSubscription? Kept, Refusal? Refusal)> ReadAsync(HttpContext context, Asker asker)
    {
        if (asker.System.Notify is null)
        {
            return (null, Refusal.NoNotifyAddress);
        }

        if (asker.Attestations.FirstOrDefault(static one => one.BySystem) is { } check)
        {
            return (null, Refusal.SubscriptionUnclear("Subscription", $"`{check.Condition}` is a check that your system makes for one call; a subscription goes on for months. Leave it out of `Sisote-Context`."));
        }

        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var media) || media.MediaType.ToString() is not ("application/fhir+json" or "application/json"))
        {
            return (null, Refusal.WrongMediaType);
        }

        return await CappedBody.ReadAsync(context.Request, Longest, context.RequestAborted) switch
        {
            null => (null, Refusal.TooLarge),
            var body when !StrictJson.IsSound(body) => (null, Refusal.Malformed),
            var body => Take(reader.Read(body, asker, sights.Find(asker, Direction.Read)), asker),
        };
    }

    private (IntakenSubscription?, Refusal?) Take(SubscriptionReading reading, Asker asker) => reading switch
    {
        SubscriptionReading.Understood { EndsAt: { } end } when end <= times.Now => (null, Refusal.SubscriptionUnclear("Subscription.end", "It has passed.")),
        SubscriptionReading.Understood { Search.PatientHandle: { } handle } understood when handles.For(asker.System.Id).ReadClient(handle) is { } client => (Make(understood, asker, client), null),
        SubscriptionReading.Refused refused => (null, refused.Refusal),
        _ => (null, Refusal.SubscriptionUnclear("Subscription.criteria", "The handle is none of this caller's.")),
    };

    private IntakenSubscription Make(SubscriptionReading.Understood understood, Asker asker, ClientId client)
    {
        var id = Guid.CreateVersion7().ToString("N");
        var content = new SubscriptionContent
        {
            Caller = asker.System.Id,
            Business = asker.Business,
            Source = asker.Other.Id,
            Stated = [.. asker.Attestations.Select(static one => new HeldStatement(one.Condition.Value, one.Reference))],
            Criteria = understood.Criteria,
        };
        return new IntakenSubscription(content, new NewSubscription
        {
            Id = id,
            Client = client,
            Subscriber = asker.System.Id,
            Source = asker.Other.Id,
            Content = seal.Seal(content, id),
            EndsAt = times.EndOf(understood.EndsAt),
        });
    }
}
