// What happens before the door opens.
using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Sisote.Consent.Clients;
using Sisote.Consent.Clients.Keys;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Policy.Ids;

namespace Sisote.Consent;

/// <summary>Brings the database up to date, or refuses it; makes sure that keys and database belong together; begins the log.</summary>
internal sealed class ConsentStart(Database database, ClientKeys keys, NoteSigner signer, ConsentOptions options, StartTools tools, StartKeys folder) : IHostedService
{
    private const string FingerprintName = "pseudonym-check";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // SQLite's result codes
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareWithPatienceAsync(cancellationToken);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is NotADatabase or Corrupt)
        {
            throw Database.Unsound(FileName, fault);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is Busy or Locked)
        {
            throw new ConsentStartException($"`{FileName}` is held by another program. Stop that program, then start again.", fault);
        }
        catch (SqliteException fault)
        {
            throw Database.Unwritable(FileName, fault);
        }
        catch (DbException fault)
        {
            throw new ConsentStartException("The consent service cannot use its PostgreSQL database. Check Sisote:Consent:Database, and that the server runs and this user may write.", fault);
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string FileName => options.Database is { } named ? named["sqlite:".Length..] : "consent.db";

    /// <summary>A server that begins at the same time, or recovers from a crash, is awaited; one that refuses is not.</summary>
    private async Task PrepareWithPatienceAsync(CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                await PrepareAsync(cancellation);
                return;
            }
            catch (DbException fault) when (!database.IsEmbedded && fault.IsTransient && waited < options.DatabasePatience)
            {
                Log.DatabaseAwaited(tools.Log, fault);
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        var migrations = new Migrations(database, tools.Clock);
        if (options.MigrateAtStart ?? database.IsEmbedded)
        {
            foreach (var migration in await migrations.ApplyAsync(cancellation))
            {
                Log.MigrationApplied(tools.Log, migration);
            }
        }
        else
        {
            await migrations.RequireCurrentAsync(cancellation);
        }

        await using var session = await database.WriteAsync(cancellation);
        await RequireSameKeyAsync(session, cancellation);
        await RequireSameEnvelopeAsync(session, cancellation);
        if (await LogEdge.EnsureAsync(session, signer, cancellation) && folder.HasBegun)
        {
            throw new ConsentStartException(folder.WhatToDo); // INVARIANT: no two logs under one key and name, whatever was lost
        }

        await RequireSameLogAsync(session, cancellation);
        await session.CommitAsync(cancellation);
        folder.RememberBegun();
    }

    /// <summary>INVARIANT: with another pseudonym key every client would be somebody new, without consents and without prohibitions.</summary>
    private async Task RequireSameKeyAsync(Session session, CancellationToken cancellation)
    {
        await session.ExecuteAsync(
            "INSERT INTO room_value (name, value) VALUES (@name, @value) ON CONFLICT (name) DO NOTHING",
            cancellation,
            ("name", FingerprintName),
            ("value", keys.Fingerprint));
        var kept = await session.QueryAsync("SELECT value FROM room_value WHERE name = @name", static row => row.GetInt64(0), cancellation, ("name", FingerprintName));
        if (kept is not [var fingerprint] || fingerprint != keys.Fingerprint)
        {
            throw new ConsentStartException($"The key `{ClientKeys.PseudonymFile}` is not the one this database was written with. Put the right key file back.");
        }
    }

    /// <summary>A key that opens nothing of this database is found before anybody is told that nothing is there.</summary>
    private async Task RequireSameEnvelopeAsync(Session session, CancellationToken cancellation)
    {
        var known = await session.QueryAsync(
            "SELECT client, identifier FROM client WHERE identifier IS NOT NULL ORDER BY client LIMIT 1",
            static row => (Client: ClientId.Parse(row.GetString(0)), Identifier: row.GetFieldValue<byte[]>(1)),
            cancellation);
        foreach (var (client, identifier) in known)
        {
            try
            {
                keys.OpenIdentifier(client, identifier);
            }
            catch (CryptographicException fault)
            {
                throw new ConsentStartException($"What this database holds was not sealed with a key that is on file as `{EnvelopeKeys.FirstFile}` or a later one. Put the right key files back.", fault);
            }
        }
    }

    private async Task RequireSameLogAsync(Session session, CancellationToken cancellation)
    {
        var edge = await LogEdge.ReadAsync(session, cancellation);
        if (!Checkpoint.TryOpen(edge.Checkpoint, signer.Verifier, out var checkpoint) || checkpoint.Size != edge.Range.Size || checkpoint.Root != edge.Range.Root())
        {
            throw new ConsentStartException($"The log in this database was not signed with `{LogKey.SecretFile}`, or its edge was changed. Put the right key file or database back.");
        }
    }
}

/// <summary>Clock and diagnostics of the start.</summary>
internal sealed record StartTools(TimeProvider Clock, ILogger<ConsentStart> Log);
