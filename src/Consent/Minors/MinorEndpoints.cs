// Where professionals record what they assessed of minors.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Review;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Minors;

/// <summary><c>/minors</c>, for the organisation that records.</summary>
internal static class MinorEndpoints
{
    public static void MapMinors(this IEndpointRouteBuilder app)
    {
        var minors = app.MapGroup("/minors").RequireAuthorization(Admission.Recorders);
        minors.MapPost("/capacity", CapacityAsync);
        minors.MapPost("/bars", BarAsync);
        minors.MapPost("/bars/{id}/withdraw", WithdrawAsync);
        minors.MapPost("/query", ListAsync);
    }

    private static Task<IResult> CapacityAsync(RecordCapacity command, HttpContext context, ConsentDesk consents, MinorDesk desk, MinorLife life, [FromServices] NoteSigner signer)
    {
        var content = new MinorRecordContent
        {
            Kind = MinorRecordContent.Capacity, What = MinorRecordContent.Recorded, Context = command.Context, By = default, Role = default,
            Code = command.Code, Scope = command.Scope, From = command.From is { } from ? CanonicalTime.Cut(from) : null, To = CanonicalTime.Cut(command.To),
        };
        return RecordAsync(command.Identifier, command.Id, command.Corrects, content, context, consents, desk, life, signer);
    }

    private static Task<IResult> BarAsync(RecordBar command, HttpContext context, ConsentDesk consents, MinorDesk desk, MinorLife life, [FromServices] NoteSigner signer)
    {
        var content = new MinorRecordContent
        {
            Kind = MinorRecordContent.Bar, What = MinorRecordContent.Recorded, Context = command.Context, By = default, Role = default,
            Reason = command.Reason, NotAgainstInterest = command.NotAgainstInterest ? true : null,
        };
        return RecordAsync(command.Identifier, command.Id, false, content, context, consents, desk, life, signer);
    }

    private static async Task<IResult> WithdrawAsync(string id, HttpContext context, ConsentDesk consents, MinorLife life, [FromServices] NoteSigner signer) =>
        consents.RecorderIn(context.GetCaller()) is { } recorder ? Answer(await life.WithdrawAsync(id, recorder, context.TraceIdentifier), signer) : Problems.ConsentRecorder();

    private static async Task<IResult> ListAsync(
        MinorQuery query, HttpContext context, ConsentDesk consents, MinorDesk desk, ClientKeys keys, MinorRecordStore store, Database database, LogReads reads, CancellationToken cancellation)
    {
        if (consents.RecorderIn(context.GetCaller()) is not { } recorder)
        {
            return Problems.ConsentRecorder();
        }

        if (!Hetu.TryParse(query.Identifier, out var identifier))
        {
            return Problems.InvalidRequest("identifier", "A national identifier of 11 characters.");
        }

        var client = keys.KeyOf(identifier);
        await reads.RecordEachAsync(recorder.Party, "minors", [client], context.TraceIdentifier);
        await using var session = await database.ReadAsync(cancellation);
        var own = (await store.AllAsync(session, await Identities.StandsForAsync(session, client, cancellation), cancellation)).Where(record => desk.MayRead(record, recorder));
        return TypedResults.Ok(new MinorRecords { Records = [.. own.GroupBy(static record => record.Id).Select(static versions => Show([.. versions])).OrderByDescending(static view => view.Versions[^1].At)] });
    }

    private static async Task<IResult> RecordAsync(
        string national, string id, bool corrects, MinorRecordContent content, HttpContext context, ConsentDesk consents, MinorDesk desk, MinorLife life, NoteSigner signer)
    {
        if (consents.RecorderIn(context.GetCaller()) is not { } recorder)
        {
            return Problems.ConsentRecorder();
        }

        if (!Hetu.TryParse(national, out var identifier))
        {
            return Problems.InvalidRequest("identifier", "A national identifier of 11 characters.");
        }

        var saying = new MinorSaying(identifier, id, content with { By = recorder.Professional, Role = recorder.Role }, recorder, context.TraceIdentifier) { Corrects = corrects };
        return desk.Check(saying) ?? Answer(await life.RecordAsync(saying), signer);
    }

    private static IResult Answer(MinorOutcome outcome, NoteSigner signer)
    {
        if (outcome is not MinorOutcome.Stands stands)
        {
            return ((MinorOutcome.Refused)outcome).Problem;
        }

        var answer = new MinorRecorded { Record = Show([.. stands.Versions]), Receipt = stands.Logged.Receipt(signer), Index = stands.Logged.Index };
        return stands.Fresh ? TypedResults.Created((string?)null, answer) : TypedResults.Ok(answer);
    }

    private static MinorRecordView Show(ImmutableArray<MinorRecord> versions) => new()
    {
        Id = versions[^1].Id,
        Kind = versions[^1].Content.Kind,
        Context = versions[^1].Content.Context,
        Versions = [.. versions.Select(static version => new MinorRecordVersion
        {
            Version = version.Version,
            What = version.Content.What,
            At = version.At,
            By = version.Content.By,
            Role = version.Content.Role,
            Code = version.Content.Code,
            Scope = version.Content.Scope,
            From = version.Content.From,
            To = version.Content.To,
            Reason = version.Content.Reason,
            NotAgainstInterest = version.Content.NotAgainstInterest,
        })],
    };
}
