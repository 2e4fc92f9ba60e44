// The Finnish personal identity code.
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sisote.Policy.Ids;

/// <summary>A Finnish personal identity code of 11 characters, upper case, century sign kept as it is. Finnish: henkilötunnus, HETU.</summary>
/// <remarks>
/// The century sign distinguishes persons: <c>010190-999W</c> and <c>010190Y999W</c> are two people (standards.md f.2).
/// <see cref="ToString"/> hides it; <see cref="Reveal"/> is the only way out.
/// </remarks>
public readonly record struct Hetu
{
    /// <summary>The identifier system of the code in FHIR (HL7 Finland base profiles).</summary>
    public const string System = "urn:oid:1.2.246.21";

    private const string CheckCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    private readonly string? value;

    private Hetu(string value) => this.value = value;

    /// <summary>Whether this is a real code and not the default value.</summary>
    public bool IsKnown => value is not null;

    /// <summary>The date of birth that the code states.</summary>
    public DateOnly BirthDate => TryReadBirthDate(Reveal(), out var date) ? date : throw new InvalidOperationException("A parsed code has a date.");

    /// <summary>Whether the individual number is in 900-999: never given to a real person (test and temporary codes).</summary>
    public bool IsTestCode => Reveal()[7] == '9';

    /// <summary>Reads a code.</summary>
    /// <exception cref="FormatException">Not 11 characters, no such date, unknown century sign, individual number under 002, or wrong check character.</exception>
    public static Hetu Parse(string text) => TryParse(text, out var hetu) ? hetu : throw new FormatException("Not a Finnish personal identity code.");

    /// <summary>Reads a code; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Hetu hetu)
    {
        hetu = default;
        if (text is not { Length: 11 } || !TryReadBirthDate(text, out _) || !HasValidEnd(text))
        {
            return false;
        }

        hetu = new Hetu(text);
        return true;
    }

    /// <summary>Whether a text holds a code somewhere, in capitals or not.</summary>
    public static bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var capitals = text.ToUpperInvariant();
        return Enumerable.Range(0, Math.Max(0, capitals.Length - 10)).Any(at => TryParse(capitals.Substring(at, 11), out _));
    }

    /// <summary>The code itself; for the source systems' doors and the consent service only.</summary>
    public string Reveal() => value ?? throw new InvalidOperationException("The default code has no value.");

    /// <summary>Always <c>hetu:***</c>.</summary>
    public override string ToString() => "hetu:***";

    private static bool TryReadBirthDate(string text, out DateOnly date)
    {
        date = default;
        var century = text[6] switch
        {
            '+' => 18,
            '-' or 'U' or 'V' or 'W' or 'X' or 'Y' => 19,
            'A' or 'B' or 'C' or 'D' or 'E' or 'F' => 20,
            _ => 0,
        };
        var digits = string.Concat(text.AsSpan(0, 4), century.ToString("00", CultureInfo.InvariantCulture), text.AsSpan(4, 2));
        return century != 0
            && digits.All(char.IsAsciiDigit)
            && DateOnly.TryParseExact(digits, "ddMMyyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    private static bool HasValidEnd(string text)
    {
        var individual = text.AsSpan(7, 3);
        if (individual.ContainsAnyExceptInRange('0', '9') || int.Parse(individual, CultureInfo.InvariantCulture) < 2)
        {
            return false;
        }

        var number = int.Parse(string.Concat(text.AsSpan(0, 6), individual), CultureInfo.InvariantCulture);
        return text[10] == CheckCharacters[number % 31];
    }
}
