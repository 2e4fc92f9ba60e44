// One line of what the doctor says.
namespace Sisote.Host.Doctor;

/// <summary>How a check came out.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, and somebody should look at it.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Bad,

    /// <summary>It could not be tried; what was found says why.</summary>
    NotTried,
}

/// <summary>What one check found.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Verdict">How it came out.</param>
/// <param name="Found">What was found, in one line without anybody's data.</param>
/// <param name="Remedy">What to do about it; null where nothing is to be done.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Found, string? Remedy = null)
{
    /// <summary>As it should be.</summary>
    internal static Finding Good(string check, string found) => new(check, Verdict.Good, found);

    /// <summary>It works, but not as it should.</summary>
    internal static Finding Warn(string check, string found, string remedy) => new(check, Verdict.Warning, found, remedy);

    /// <summary>It does not work.</summary>
    internal static Finding Bad(string check, string found, string remedy) => new(check, Verdict.Bad, found, remedy);

    /// <summary>It was not tried.</summary>
    internal static Finding NotTried(string check, string found, string? remedy = null) => new(check, Verdict.NotTried, found, remedy);
}
