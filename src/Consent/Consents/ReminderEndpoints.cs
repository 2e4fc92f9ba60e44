// Where reminders are read.
using Sisote.Consent.Review;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary><c>GET /me/consents/reminders</c>, <c>GET /consents/reminders</c></summary>
internal static class ReminderEndpoints
{
    public static void MapReminders(this IEndpointRouteBuilder app)
    {
        app.MapGet("/me/consents/reminders", MineAsync).RequireAuthorization(Admission.Client);
        app.MapGet("/consents/reminders", RecordedAsync).RequireAuthorization(Admission.Recorders);
    }

    private static async Task<IResult> MineAsync(HttpContext context, ConsentAnswers answers, Reminders reminders, CancellationToken cancellation) =>
        TypedResults.Ok(new ConsentReminders { Reminders = await reminders.OfAsync(answers.KeyOf(context.Me()), cancellation) });

    /// <summary>Of what the recorder's side recorded only: what else the client said is not its business, and stands in no answer by being absent from it either.</summary>
    private static async Task<IResult> RecordedAsync(HttpContext context, ConsentDesk desk, RecordedReader reader, LogReads reads, Reminders reminders, ConsentOptions options, CancellationToken cancellation)
    {
        if (desk.RecorderIn(context.GetCaller()) is not { } recorder)
        {
            return Problems.ConsentRecorder();
        }

        var found = new List<(ConsentReminder Reminder, ClientId Client)>();
        foreach (var own in (await reader.AllAsync(recorder, cancellation)).GroupBy(static one => one.Client))
        {
            var ofClient = await reminders.OfAsync(own.Key, [.. own.Select(static one => one.Shown.Consent)], cancellation);
            found.AddRange(ofClient.Select(one => (one with { ClientMark = own.First().Shown.ClientMark }, own.Key)));
        }

        var shown = Reminders.Order(found, static one => one.Reminder).Take(options.RemindersAtOnce).ToList();
        await reads.RecordEachAsync(recorder.Party, "consents reminders", shown.Select(static one => one.Client), context.TraceIdentifier);
        return TypedResults.Ok(new ConsentReminders { Reminders = [.. shown.Select(static one => one.Reminder)], Complete = shown.Count == found.Count });
    }
}
