// The few words in which the two databases differ.
using System.Collections.Immutable;
using System.Text.Json;

namespace Sisote.Consent.Storage;

/// <summary>What differs between SQLite and PostgreSQL; everything else is one SQL text.</summary>
internal sealed record Dialect
{
    /// <summary>Type of a byte string, for <c>{bytes}</c> in migrations.</summary>
    public required string Bytes { get; init; }

    /// <summary>Keeps a table in the order of its primary key, for <c>{clustered}</c> in migrations; empty where there is no such thing.</summary>
    public required string Clustered { get; init; }

    /// <summary>Makes migration runners wait for one another inside a transaction; empty where beginning to write does that already.</summary>
    public required string MigrationLock { get; init; }

    /// <summary>Makes other writers wait for the row that a query reads; empty where beginning to write does that already.</summary>
    public required string ForUpdate { get; init; }

    /// <summary>Makes the database end a transaction of this session whose owner says nothing for <c>@milliseconds</c>; empty where owner and database are one process.</summary>
    public required string Fence { get; init; }

    /// <summary>Run on every new connection.</summary>
    public required string OnOpen { get; init; }

    /// <summary>Makes the database overwrite with zeros what a transaction deletes; empty where it cannot.</summary>
    public required string Overwrite { get; init; }

    /// <summary>Run outside every transaction, one after the other, to clear the files of what was deleted; a result other than nothing and 0 says that it could not be done now.</summary>
    public required ImmutableArray<string> Clear { get; init; }

    /// <summary>Whether a parameter can hold an array: one statement then takes the values of many rows.</summary>
    public required bool HasArrays { get; init; }

    /// <summary>SQLite: one file, one writer.</summary>
    public static Dialect Sqlite { get; } = new()
    {
        Bytes = "blob",
        Clustered = "WITHOUT ROWID",
        MigrationLock = string.Empty,
        ForUpdate = string.Empty,
        Fence = string.Empty,
        OnOpen = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000;",
        Overwrite = "PRAGMA secure_delete = ON",
        Clear = ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"],
        HasArrays = false,
    };

    /// <summary>PostgreSQL.</summary>
    public static Dialect Postgres { get; } = new()
    {
        Bytes = "bytea",
        Clustered = string.Empty,
        MigrationLock = "SELECT pg_advisory_xact_lock(7315684190)",
        ForUpdate = " FOR UPDATE",
        Fence = "SELECT set_config('idle_in_transaction_session_timeout', @milliseconds, false)",
        OnOpen = string.Empty,
        Overwrite = string.Empty,
        Clear = ["VACUUM log_entry", "VACUUM log_item", "VACUUM log_side", "VACUUM decision_input", "VACUUM minor_record", "VACUUM guardianship", "VACUUM guardianship_told", "VACUUM relationship", "VACUUM waiting_release", "VACUUM waiting_item"],
        HasArrays = true,
    };

    /// <summary>The condition that a column has one of the values of a parameter made by <see cref="Values"/>; one text for any number of them, so that it stays prepared.</summary>
    public string IsAmong(string column, string parameter) => HasArrays ? $"{column} = ANY (@{parameter})" : $"{column} IN (SELECT value FROM json_each(@{parameter}))";

    /// <summary>The condition that a column of bytes has those of a parameter somewhere.</summary>
    public string Holds(string column, string parameter) => HasArrays ? $"position(@{parameter} in {column}) > 0" : $"instr({column}, @{parameter}) > 0";

    /// <summary>Many texts as one parameter.</summary>
    public object Values(IEnumerable<string> texts) => HasArrays ? texts.ToArray() : JsonSerializer.Serialize(texts);
}
