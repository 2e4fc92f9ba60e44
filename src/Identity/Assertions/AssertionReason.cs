// Why an assertion gets no token, for the diagnostics.
namespace Sisote.Identity.Assertions;

internal enum AssertionReason
{
    WrongType,
    WrongAudience,
    WrongTime,
    NoIdentifier,
    Replayed,
    WrongScope,
    NoBusinessContext,
    MalformedBusinessContext,
    NotRegistered,
}
