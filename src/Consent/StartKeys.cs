// Keys and database that belong together.
using Sisote.Consent.Clients;
using Sisote.Consent.Clients.Keys;
using Sisote.Consent.Keeping;

namespace Sisote.Consent;

/// <summary>
/// Decides whether keys are made at this start. INVARIANT: none is made for a database that has something in it: with a new one beside it, what was sealed or signed with the lost one could not be
/// opened any more, and the file that is missing would be thought to be there.
/// </summary>
internal sealed class StartKeys
{
    private const string Begun = "consent.log.begun";
    private readonly string directory;

    /// <summary>Looks at the key folder.</summary>
    /// <param name="directory">The key folder.</param>
    /// <param name="isInUse">Whether something stands in the database.</param>
    /// <param name="mayMake">Whether missing keys may be made.</param>
    /// <exception cref="ConsentStartException">The database is in use and keys of it are missing; the message names them all, and nothing was made.</exception>
    public StartKeys(string directory, bool isInUse, bool mayMake)
    {
        this.directory = directory;
        AreMade = mayMake && !isInUse;
        string[] missing = isInUse && mayMake ? [.. FindMissing()] : [];
        if (missing.Length > 0)
        {
            throw new ConsentStartException($"The database is there, and of its keys in `{directory}` there is no {string.Join(", no ", missing)}. Put them back from your copy. Nothing was made or changed.");
        }
    }

    /// <summary>Whether a missing key is made.</summary>
    public bool AreMade { get; }

    /// <summary>Whether a log was begun with the key of this folder before.</summary>
    public bool HasBegun => File.Exists(Path.Combine(directory, Begun));

    /// <summary>What somebody does whose log was begun before and is not in the database.</summary>
    public string WhatToDo =>
        $"A log was begun with `{LogKey.SecretFile}` in `{directory}`, and it is not in this database. Put the database back. A log that begins anew needs a key and name of its own: to begin one, move `{LogKey.SecretFile}`, `{LogKey.PublicFile}` and `{Begun}` away.";

    /// <summary>Remembers that a log was begun. A folder that cannot be written (mounted keys) remembers nothing.</summary>
    public void RememberBegun()
    {
        try
        {
            if (!HasBegun)
            {
                File.WriteAllText(Path.Combine(directory, Begun), "A log was begun with the key in this folder. Keep this file beside it.\n");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return; // keys that are mounted read-only come from a copy that somebody looks after
        }
    }

    private IEnumerable<string> FindMissing()
    {
        foreach (var name in new[] { ClientKeys.PseudonymFile, LogKey.SecretFile })
        {
            if (!File.Exists(Path.Combine(directory, name)))
            {
                yield return $"`{name}`";
            }
        }

        if (!EnvelopeKeys.AreIn(directory))
        {
            yield return $"`{EnvelopeKeys.FirstFile}`";
        }
    }
}
