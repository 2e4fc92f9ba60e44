// The door that the script saves a draft through while it is typed.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Antiforgery;
using Sisote.Doors.Tokens;
using Sisote.Portal.Keeping;
using Sisote.Portal.SignIn;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Entries;

/// <summary>Maps saving of an unfinished entry. Works also while the access token is old, so that no text waits for a sign-in.</summary>
internal static class EntryDoor
{
    /// <summary>Maps the door.</summary>
    public static void MapEntrySaving(this IEndpointRouteBuilder app) =>
        app.MapPost("/entries/{id}/save", SaveAsync).RequireAuthorization(nameof(PersonKind.Professional)).WithMetadata(new WithoutAccessToken());

    /// <summary>The draft with what a posted form says. A changed text is a new entry to the target, so it gets a new key.</summary>
    public static EntryDraft Typed(this EntryDraft draft, IFormCollection form)
    {
        var typed = draft with
        {
            Day = form["Day"].ToString(),
            Text = form["Text"].ToString(),
            Measures = form.Where(static field => field.Key.StartsWith("m.", StringComparison.Ordinal)).ToImmutableSortedDictionary(static field => field.Key[2..], static field => field.Value.ToString()),
        };
        return typed.Day == draft.Day && typed.Text == draft.Text && typed.Measures.SequenceEqual(draft.Measures) ? draft : typed with { IdempotencyKey = SealedStore.NewId() };
    }

    private static async Task<IResult> SaveAsync(string id, HttpContext context, EntryDesk desk, IAntiforgery antiforgery, PageTexts texts, CancellationToken cancellation)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        var owner = SignedIn.From(context.User)!.Subject;
        if (await desk.FindAsync(owner, id, cancellation) is not { State: not (EntryState.Sent or EntryState.Waiting) } draft)
        {
            return TypedResults.NotFound();
        }

        var kept = await desk.KeepAsync(owner, id, draft.Typed(await context.Request.ReadFormAsync(cancellation)), cancellation);
        return TypedResults.Text(texts["entry.saved", ("time", texts.Clock(kept.KeptAt))]);
    }
}
