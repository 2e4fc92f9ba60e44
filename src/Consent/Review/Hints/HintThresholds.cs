// From when on something is worth a hint.
using System.ComponentModel.DataAnnotations;

namespace Sisote.Consent.Review.Hints;

/// <summary>Thresholds of hints, section <c>Sisote:Consent:Hints</c>.</summary>
public sealed record HintThresholds
{
    /// <summary>First hour of the working day, Finnish time. <value>7</value></summary>
    [Range(0, 23)]
    public int WorkFromHour { get; init; } = 7;

    /// <summary>Hour at which the working day ends. <value>20</value></summary>
    [Range(1, 24)]
    public int WorkUntilHour { get; init; } = 20;

    /// <summary>Whether Saturdays and Sundays are working days, too. <value>false</value></summary>
    public bool WorkOnWeekends { get; init; }

    /// <summary>Different clients of one professional within <see cref="ManyClientsWithin"/> that are many. <value>30</value></summary>
    [Range(2, 10_000)]
    public int ManyClients { get; init; } = 30;

    /// <summary>The time within which they are counted. <value>an hour</value></summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan ManyClientsWithin { get; init; } = TimeSpan.FromHours(1);
}
