// The few words in which the two databases differ.
namespace Sisote.Consent.Storage;

/// <summary>What differs between SQLite and PostgreSQL; everything else is one SQL text.</summary>
internal sealed record Dialect
{
    /// <summary>Type of a byte string, for <c>{bytes}</c> in migrations.</summary>
    public required string Bytes { get; init; }

    /// <summary>Makes migration runners wait for one another inside a transaction; empty where beginning to write does that already.</summary>
    public required string MigrationLock { get; init; }

    /// <summary>Run on every connection.</summary>
    public required string OnOpen { get; init; }

    /// <summary>SQLite: one file, one writer.</summary>
    public static Dialect Sqlite { get; } = new() { Bytes = "blob", MigrationLock = string.Empty, OnOpen = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" };

    /// <summary>PostgreSQL.</summary>
    public static Dialect Postgres { get; } = new() { Bytes = "bytea", MigrationLock = "SELECT pg_advisory_xact_lock(7315684190)", OnOpen = string.Empty };
}
