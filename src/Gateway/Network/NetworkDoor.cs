// How every call below /network is taken, decided and answered.
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Access;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Requests;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Network;

/// <summary>What the consent room gave for a read, and whether it has more; unreachable where it could not be asked.</summary>
internal readonly record struct NetworkRows<TRow>(bool IsReachable, ImmutableArray<TRow> Rows, bool IsMore = false);

/// <summary>
/// The face for data about nobody: who asks is checked as at every door, a read is decided for each organisation whose rows would go and recorded before the answer, and what is not permitted is not there.
/// A write is the caller's own organisation's: the consent room takes organisation and sector from the system of the token, never from the message.
/// </summary>
internal sealed class NetworkDoor(AskerReader askers, Evaluator evaluator, GiverDecisions givers, GatewayOptions options)
{
    /// <summary>Answers a read: finds rows, decides for each giver whether what is theirs goes, and writes what is permitted.</summary>
    /// <param name="context">The call.</param>
    /// <param name="find">Asks the consent room.</param>
    /// <param name="giving">Whose the rows are, and what is left of them.</param>
    /// <param name="answer">What the caller gets out of what is left, and whether there is more; null where nothing is to be shown: then 404.</param>
    /// <param name="only">The one organisation of which rows are asked for; null = of all.</param>
    internal async Task ReadAsync<TRow, TShown>(
        HttpContext context, Func<CancellationToken, Task<NetworkRows<TRow>>> find, Giving<TRow, TShown> giving, Func<ImmutableArray<TShown>, bool, object?> answer, OrganisationId? only = null)
        where TShown : class
    {
        if (await RecogniseAsync(context) is not { } caller)
        {
            return;
        }

        var found = await find(context.RequestAborted);
        if (!found.IsReachable)
        {
            await AccessAnswers.RefuseAsync(context, Refusal.LogDown);
            return;
        }

        var given = await givers.DecideAsync(context, caller, found.Rows.SelectMany(giving.Givers).Where(giver => only is null || giver.Organisation == only));
        if (given.Failed is { } failed)
        {
            await AccessAnswers.RefuseAsync(context, failed);
            return;
        }

        var shown = answer([.. found.Rows.Select(row => giving.Keep(row, given.Permitted)).OfType<TShown>()], found.IsMore || given.IsCut);
        await (shown is null ? AccessAnswers.RefuseAsync(context, Refusal.NotFound) : AccessAnswers.WriteAsync(context, StatusCodes.Status200OK, shown, given.Receipts));
    }

    /// <summary>Answers a write: reads the body strictly and hands it on in the name of the token's system.</summary>
    /// <param name="context">The call.</param>
    /// <param name="pass">Hands it on.</param>
    /// <param name="take">Who gives what the message takes along; null where it takes nothing. What is not there and what may not be given is the same 404.</param>
    internal async Task WriteAsync<TSaid>(HttpContext context, Func<NetworkWriter, TSaid, Task<NetworkAnswer?>> pass, Func<TSaid, CancellationToken, Task<NetworkRows<Giver>?>>? take = null)
        where TSaid : class
    {
        if (await RecogniseAsync(context) is not { } caller)
        {
            return;
        }

        var (said, refusal) = await ReadBodyAsync<TSaid>(context.Request, context.RequestAborted);
        if (said is null)
        {
            await AccessAnswers.RefuseAsync(context, refusal!);
            return;
        }

        var given = take is null ? null : await TakeAsync(context, caller, await take(said, context.RequestAborted));
        if (given?.Failed is { } failed)
        {
            await AccessAnswers.RefuseAsync(context, failed);
            return;
        }

        await AnswerAsync(context, await pass(NetworkWriterOf(context, caller), said), given?.Receipts ?? []);
    }

    /// <summary>Answers a write that has no body.</summary>
    internal async Task WriteAsync(HttpContext context, Func<NetworkWriter, Task<NetworkAnswer?>> pass)
    {
        if (await RecogniseAsync(context) is { } caller)
        {
            await AnswerAsync(context, await pass(NetworkWriterOf(context, caller)), []);
        }
    }

    private static NetworkWriter NetworkWriterOf(HttpContext context, Registered caller) =>
        new(caller.System.Id, caller.Business.SubjectId, caller.Business.SubjectRole, context.TraceIdentifier);

    /// <summary>The answer built anew out of the consent room's words.</summary>
    private static Task AnswerAsync(HttpContext context, NetworkAnswer? answer, ImmutableArray<string> taken) => answer switch
    {
        null => AccessAnswers.RefuseAsync(context, Refusal.LogDown),
        { Outcome: NetworkOutcome.Done } => AccessAnswers.WriteAsync(context, StatusCodes.Status200OK, new NetworkStands(answer.Id, answer.Version), answer.Receipt is { } receipt ? [receipt, .. taken] : taken),
        { Outcome: NetworkOutcome.Malformed, Field: var field } => AccessAnswers.RefuseAsync(context, Refusal.Malformed with { Expression = field }),
        { Outcome: NetworkOutcome.Taken } => AccessAnswers.RefuseAsync(context, Refusal.IdTaken),
        { Outcome: NetworkOutcome.Ended } => AccessAnswers.RefuseAsync(context, Refusal.HasEnded),
        { Outcome: NetworkOutcome.NotRegistered } => AccessAnswers.RefuseAsync(context, Refusal.SoteriMissing with { Expression = answer.Field }),
        { Outcome: NetworkOutcome.NamesAPerson } => AccessAnswers.RefuseAsync(context, Refusal.NamesAPerson with { Expression = answer.Field, Marks = answer.Marks }),
        _ => AccessAnswers.RefuseAsync(context, Refusal.NotFound),
    };

    private async Task<Registered?> RecogniseAsync(HttpContext context)
    {
        var caller = context.GetCaller();
        if (askers.Recognise(caller) is { } registered)
        {
            return registered;
        }

        await AccessAnswers.WriteAsync(context, await evaluator.RefuseAsync(Refusal.NotConnected, (caller as Caller.System)?.Id, context.TraceIdentifier));
        return null;
    }

    /// <summary>Decides for what a message takes along: all of it, or the message is not taken.</summary>
    private async Task<Given> TakeAsync(HttpContext context, Registered caller, NetworkRows<Giver>? taken)
    {
        if (taken is not { IsReachable: true, Rows: var rows })
        {
            return new Given(new HashSet<Giver>(), [], false, taken is null ? Refusal.NotFound : Refusal.LogDown);
        }

        var given = await givers.DecideAsync(context, caller, rows);
        return given.Failed is null && !rows.All(given.Permitted.Contains) ? given with { Failed = Refusal.NotFound } : given;
    }

    private async Task<(TSaid? Said, Refusal? Refusal)> ReadBodyAsync<TSaid>(HttpRequest request, CancellationToken cancellation)
        where TSaid : class
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return (null, Refusal.WrongMediaType);
        }

        if (await CappedBody.ReadAsync(request, options.Access.LargestRequest, cancellation) is not { } bytes)
        {
            return (null, Refusal.TooLarge);
        }

        using var body = AccessJson.Read(bytes);
        if (body is not null && body.RootElement.EnumerateObject().FirstOrDefault(static member => HasControls(member.Value)) is { Value.ValueKind: not JsonValueKind.Undefined } odd)
        {
            return (null, Refusal.Malformed with { Expression = FieldOf($"$.{odd.Name}") });
        }

        try
        {
            return body?.Deserialize<TSaid>(SisoteJson.Options) is { } said ? (said, null) : (null, Refusal.Malformed);
        }
        catch (JsonException fault)
        {
            return (null, Refusal.Malformed with { Expression = FieldOf(fault.Path) });
        }
    }

    /// <summary>Whether a text holds a character that no writing needs; lines may end. PostgreSQL takes no U+0000 at all.</summary>
    private static bool HasControls(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Any(static letter => char.IsControl(letter) && letter != '\n'),
        JsonValueKind.Array => value.EnumerateArray().Any(HasControls),
        JsonValueKind.Object => value.EnumerateObject().Any(static member => HasControls(member.Value)),
        _ => false,
    };

    /// <summary>The member at fault, by names of ours only.</summary>
    private static string? FieldOf(string? path) => path?.Split('.', '[') is [_, { Length: > 0 and <= 40 } member, ..] && member.All(char.IsAsciiLetter) ? member : null;
}

/// <summary>What the writer of a row hears.</summary>
internal sealed record NetworkStands(string? Id, long? Version);
