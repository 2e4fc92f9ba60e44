// The one rule of what a code may look like.
using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Sisote.Policy.Ids;

internal static class CodeText
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    internal static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 64 } && !text.AsSpan().ContainsAnyExcept(Allowed);

    internal static string Require(string? text, string kind) =>
        IsValid(text) ? text : throw new FormatException($"A {kind} is 1 to 64 letters, digits, '-', '_' or '.'.");
}
