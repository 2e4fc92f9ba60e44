// How an expression of will came on record.
using System.Diagnostics.CodeAnalysis;

namespace Sisote.Policy.Catalogues;

/// <summary>How a consent or prohibition was given, or came to be known.</summary>
public enum ConsentWay
{
    /// <summary>By the client, signed in. Word <c>signed-in</c>.</summary>
    SignedIn,

    /// <summary>On a signed paper that a named professional keeps. Word <c>paper</c>.</summary>
    Paper,

    /// <summary>Spoken before a named professional. Word <c>oral</c>.</summary>
    Oral,

    /// <summary>With the help of a named professional, who read the text out or filled it in with the client. Word <c>assisted</c>.</summary>
    Assisted,

    /// <summary>Given elsewhere and mirrored from the register that keeps it. Word <c>mirrored</c>.</summary>
    Mirrored,
}

/// <summary>The words of <see cref="ConsentWay"/>.</summary>
public static class ConsentWays
{
    /// <summary>The word of a way.</summary>
    public static string ToWord(this ConsentWay way) => way switch
    {
        ConsentWay.SignedIn => "signed-in",
        ConsentWay.Paper => "paper",
        ConsentWay.Oral => "oral",
        ConsentWay.Assisted => "assisted",
        ConsentWay.Mirrored => "mirrored",
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    /// <summary>Reads a word; false for anything unknown.</summary>
    public static bool TryParse([NotNullWhen(true)] string? word, out ConsentWay way)
    {
        foreach (var known in Enum.GetValues<ConsentWay>())
        {
            if (known.ToWord() == word)
            {
                way = known;
                return true;
            }
        }

        way = default;
        return false;
    }
}
