// One request on one state at one instant, with what every item of it asks about.
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>The circumstances of one decision. A value, so that it needs no memory of its own.</summary>
internal readonly struct Circumstances
{
    private readonly AccessClass[] classes;

    internal Circumstances(CompiledLaw law, AccessRequest request, ConsentState state, DateTimeOffset at, StatedConditions? stated)
    {
        Law = law;
        Request = request;
        State = state;
        At = at;
        Stated = stated;
        Today = FinnishTime.DateOf(at);
        AgeInYears = Lifetime.YearsOn(state.Facts, Today);
        EndOfMinority = AgeInYears < MinorsConsent.FullAge ? Holding.EndOf(LastDayBelow(MinorsConsent.FullAge)) : null;
        EndOfAssumedInability = Holding.EndOf(LastDayAssumedNotAble());
        Ends = law.Words.EndsOf(request.From.Sector, request.From.Role, request.To.Sector, request.To.Role);
        Purpose = law.Words.NumberOf(request.Purpose);
        classes = law.ClassesOf(Ends.ToRole);
    }

    internal CompiledLaw Law { get; }

    internal AccessRequest Request { get; }

    internal ConsentState State { get; }

    internal DateTimeOffset At { get; }

    /// <summary>What a case on paper states to hold; null where everything is on record.</summary>
    internal StatedConditions? Stated { get; }

    internal DateOnly Today { get; }

    /// <summary>Age in whole years, by the Finnish calendar; below zero for one not yet born, null = not known.</summary>
    internal int? AgeInYears { get; }

    /// <summary>The last instant at which the client is a minor, where they are one. Found once, because never rules ask for it item by item.</summary>
    internal DateTimeOffset? EndOfMinority { get; }

    /// <summary>The last instant at which a child with no decision on record counts as not able; null where that is over or never was.</summary>
    internal DateTimeOffset? EndOfAssumedInability { get; }

    /// <summary>Sender and recipient by number.</summary>
    internal Ends Ends { get; }

    /// <summary>The purpose by number; <see cref="Corridor.NoPurpose"/> = none, -1 = not known to the law.</summary>
    internal int Purpose { get; }

    /// <summary>The side that asks: the recipient of a read, the sender of anything else.</summary>
    internal Party Requester => Request.Direction == Direction.Read ? Request.To : Request.From;

    /// <summary>The last day before the client reaches an age.</summary>
    internal DateOnly? LastDayBelow(int years) => Lifetime.LastDayBelow(State.Facts, years);

    /// <summary>What is recorded now on the client's ability to decide in a context (null = any context), whatever the order on record.</summary>
    internal Capacity CapacityIn(string? context) => Capacity.Of(State.Facts, context, At);

    /// <summary>Whether every access class of the recipient's role holds the item; null where the deployment sets none.</summary>
    internal bool? InsideScope(KnownItem item)
    {
        bool? inside = null;
        foreach (var accessClass in classes)
        {
            if (accessClass.Organisation is null || accessClass.Organisation == Request.To.Organisation)
            {
                inside = inside != false && accessClass.Items[item.Number];
            }
        }

        return inside;
    }

    private DateOnly? LastDayAssumedNotAble()
    {
        DateOnly? earliest = null;
        foreach (var policy in Law.MinorsPolicies)
        {
            if (policy.AssumedNotAbleBelow is { } years && AgeInYears < years && LastDayBelow(years) is { } last && !(earliest <= last))
            {
                earliest = last;
            }
        }

        return earliest;
    }
}
