// What the operator does with keys.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;

namespace Sisote.Consent.Clients.Keys;

/// <summary>Counts, rotates, retires.</summary>
internal sealed class KeyDesk(Database database, EnvelopeKeys keys, Resealing resealing, TimeProvider clock)
{
    private const string RotatedName = "envelope-rotated";
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(3); // every replica has looked at the folder by then, and seals with the newest key

    private static readonly string Nameless = Convert.ToHexString([1]);

    /// <summary>The keys on file with what is under each.</summary>
    public async Task<EnvelopeKeyList> ListAsync(CancellationToken cancellation)
    {
        keys.Reload();
        var all = keys.All;
        var counts = await CountAsync(cancellation);
        var oldest = counts.Where(static pair => pair.Key.StartsWith(Nameless, StringComparison.Ordinal)).Sum(static pair => pair.Value); // values without a name are older than any second key
        var views = all.Select((key, place) => new EnvelopeKeyView
        {
            Number = key.Number,
            Seals = place == all.Count - 1,
            Values = counts.GetValueOrDefault(Convert.ToHexString(key.Prefix)) + (place == 0 ? oldest : 0),
        }).ToImmutableArray();
        return new EnvelopeKeyList { Keys = views, Lost = counts.Values.Sum() - views.Sum(static view => view.Values) };
    }

    /// <summary>Makes a new key and has the values sealed with it in the background; its number.</summary>
    public async Task<int> RotateAsync(CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        await session.ExecuteAsync(
            "INSERT INTO room_value (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value",
            cancellation,
            ("name", RotatedName),
            ("value", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        var number = keys.Add();
        await session.CommitAsync(CancellationToken.None);
        resealing.Begin();
        return number;
    }

    /// <summary>Puts a key aside that nothing is under; false where something is, or where it is the one that seals; null where there is none.</summary>
    public async Task<bool?> RetireAsync(int number, CancellationToken cancellation)
    {
        if ((await ListAsync(cancellation)).Keys.FirstOrDefault(key => key.Number == number) is not { } key)
        {
            return null;
        }

        if (key.Seals || key.Values > 0 || clock.GetUtcNow() < await RotatedAsync(cancellation) + Settling)
        {
            return false;
        }

        keys.Retire(number);
        return true;
    }

    private async Task<DateTimeOffset> RotatedAsync(CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var at = await session.QueryAsync("SELECT value FROM room_value WHERE name = @name", static row => row.GetInt64(0), cancellation, ("name", RotatedName));
        return at is [var milliseconds] ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.MinValue;
    }

    private async Task<Dictionary<string, long>> CountAsync(CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var counts = new Dictionary<string, long>();
        foreach (var column in SealedColumn.All)
        {
            foreach (var (prefix, count) in await column.CountAsync(session, cancellation))
            {
                counts[prefix] = counts.GetValueOrDefault(prefix) + count;
            }
        }

        return counts;
    }
}

/// <summary><c>GET /keys</c>, <c>POST /keys/rotate</c>, <c>POST /keys/{id}/retire</c></summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/keys").RequireAuthorization(Admission.Operator);
        own.MapGet("/", static async Task<IResult> (KeyDesk desk, CancellationToken cancellation) => TypedResults.Ok(await desk.ListAsync(cancellation)));
        own.MapPost("/rotate", RotateAsync);
        own.MapPost("/{id}/retire", RetireAsync);
    }

    private static async Task<IResult> RotateAsync(KeyDesk desk, CancellationToken cancellation)
    {
        try
        {
            await desk.RotateAsync(cancellation);
        }
        catch (ConsentStartException)
        {
            return Problems.KeyNotWritten();
        }

        return TypedResults.Ok(await desk.ListAsync(cancellation));
    }

    private static async Task<IResult> RetireAsync(string id, KeyDesk desk, CancellationToken cancellation) => (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await desk.RetireAsync(number, cancellation) : null) switch
    {
        true => TypedResults.Ok(await desk.ListAsync(cancellation)),
        false => Problems.KeyInUse(),
        null => Problems.NotFound(),
    };
}
