// Who sees and who decides, context by context: the table that tests run and that docs/minors.md shows.
using System.Collections.Immutable;
using Sisote.Doors.Consent;
using Sisote.Policy.States;

namespace Sisote.Tests.Consent.Minors;

/// <summary>One situation of a minor, and whether a guardian sees what was given in it.</summary>
internal sealed record MinorsCell(MinorsContext Context, MinorsStanding Standing, string Bar, bool GuardianSees, string Section)
{
    public ToldFacts Facts(DateTimeOffset now) => new()
    {
        SafetyProhibition = false,
        Capacity = Standing.Decision?.Invoke(Context, now) is { } decision ? [decision] : [],
        GuardianBar = Bar == MinorsTable.Everywhere,
        GuardianBars = Bar switch { MinorsTable.Here => [Context.Recorded], MinorsTable.Elsewhere => [Context.Another], _ => [] },
    };
}

/// <summary>A context, where something in it goes from and to, and the sections that the table cites for it.</summary>
internal sealed record MinorsContext(string Name, string Recorded, string Another, string From, string To, string OpenBy, string UnknownBy, string BarredBy);

/// <summary>Age and what is on record of the ability to decide.</summary>
internal sealed record MinorsStanding(string Says, int Age, bool Opens, bool Forbids, Func<MinorsContext, DateTimeOffset, CapacityDecision?>? Decision);

/// <summary>Who gives a consent under one minors' policy.</summary>
internal sealed record MinorsGiver(string Policy, ImmutableArray<string> Gives, string Section);

internal static class MinorsTable
{
    public const string None = "no bar";
    public const string Here = "bar in this context";
    public const string Elsewhere = "bar in another context";
    public const string Everywhere = "bar told without a context";
    public static readonly string[] Bars = [None, Here, Elsewhere, Everywhere];

    public static readonly MinorsContext[] Contexts =
    [
        new("health", "health", "social", "health", "municipal-sports", "703/2023, 50-51 §", "703/2023, 34 §, 51 §", "703/2023, 51 § 1 mom"),
        new("social", "social", "student-welfare", "social", "employment", "703/2023, 50-51 §", "703/2023, 40 §, 51 § 2 mom", "703/2023, 51 § 2 mom"),
        new("student-welfare", "student-welfare", "health", "student-welfare", "education", "1287/2013, 18 §", "1287/2013, 14 §, 18 §, 19 §, 22 §, 23 §", "1287/2013, 18 § 2 mom"),
        new("youth", "youth", "health", "education", "youth-outreach", "361/1983, 4 §", "1285/2016, 12 §", "703/2023, 51 §"),
        new("no context of its own", "health", "social", "education", "third-sector", "361/1983, 4 §", "703/2023, 51 §", "703/2023, 51 §"),
    ];

    public static readonly MinorsStanding[] Standings =
    [
        new("14 years, nothing recorded", 14, false, false, null),
        new("14 years, 1 not able", 14, true, false, static (context, _) => Decision("1", context.Recorded)),
        new("14 years, 2 able and allows", 14, true, false, static (context, _) => Decision("2", context.Recorded)),
        new("14 years, 3 able and forbids", 14, false, true, static (context, _) => Decision("3", context.Recorded)),
        new("14 years, 4 not known", 14, false, false, static (context, _) => Decision("4", context.Recorded)),
        new("14 years, 1 not able, expired", 14, false, false, static (context, now) => Decision("1", context.Recorded) with { To = now.AddDays(-1) }),
        new("14 years, 3 able and forbids, in another context", 14, false, true, static (context, _) => Decision("3", context.Another)),
        new("8 years, nothing recorded", 8, true, false, null),
        new("8 years, 2 able and allows", 8, true, false, static (context, _) => Decision("2", context.Recorded)),
        new("8 years, 4 not known", 8, false, false, static (context, _) => Decision("4", context.Recorded)),
    ];

    /// <summary>A bar closes its own context, one told without a context closes all, and what has no context of its own is closed by any.</summary>
    public static IEnumerable<MinorsCell> Cells =>
        from context in Contexts
        from standing in Standings
        from bar in Bars
        let barred = bar is Here or Everywhere || (bar == Elsewhere && context.Name == "no context of its own")
        select new MinorsCell(context, standing, bar, standing.Opens && !barred, standing.Forbids || barred ? context.BarredBy : standing.Opens ? context.OpenBy : context.UnknownBy);

    /// <summary>Child, guardian, both, either or nobody, at 14 years with nothing, 1, 2, 3, 4 and an expired decision on record, and at 8 years with nothing.</summary>
    public static readonly MinorsGiver[] Givers =
    [
        new("health", ["nobody", "guardian", "child", "child", "nobody", "nobody", "guardian"], "785/1992, 7 §"),
        new("social", ["nobody", "both", "child", "child", "nobody", "nobody", "nobody"], "703/2023, 40 §, 51 § 2 mom"),
        new("student-welfare", ["nobody", "guardian", "child", "child", "nobody", "nobody", "nobody"], "1287/2013, 14 §, 18 §, 19 §, 22 §, 23 §"),
        new("upper-secondary", ["child", "child", "child", "child", "child", "child", "child"], "714/2018, 58 § 3 mom"),
        new("youth-outreach", ["nobody", "both", "child", "child", "nobody", "nobody", "nobody"], "1285/2016, 12 §"),
        new("youth-workshop", ["nobody", "both", "child", "child", "nobody", "nobody", "nobody"], "1285/2016, 14 §"),
        new("youth-notice", ["either", "either", "either", "either", "either", "either", "either"], "1285/2016, 11 § 5 mom"),
        new("municipal-service", ["nobody", "guardian", "child", "child", "nobody", "nobody", "nobody"], "361/1983, 4 §"),
    ];

    /// <summary>The standings under which <see cref="Givers"/> says who gives.</summary>
    public static ImmutableArray<MinorsStanding> GiverStandings => [.. Standings[..6], Standings[7]];

    private static CapacityDecision Decision(string code, string context) => new() { Code = code, Context = context };
}
