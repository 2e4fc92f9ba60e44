// What the process says when it ends.
namespace Sisote.Host.Commands;

/// <summary>Exit codes of every command.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    internal const int Ok = 0;

    /// <summary>Not done.</summary>
    internal const int Failed = 1;

    /// <summary>The command line was not understood.</summary>
    internal const int Usage = 2;

    /// <summary>The authority gave no token.</summary>
    internal const int NotAuthenticated = 3;

    /// <summary>The policy refused.</summary>
    internal const int Refused = 4;

    /// <summary>Looked at, and not as it should be: a verification failed, a case came out otherwise, two catalogues differ, an analysis found errors.</summary>
    internal const int VerificationFailed = 5;
}
