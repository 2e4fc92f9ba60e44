// Where a subscription stands.
namespace Sisote.Doors.Subscriptions;

/// <summary>The states of FHIR R4 <c>subscription-status</c>.</summary>
public enum SubscriptionState
{
    /// <summary>Its subscriber was not told yet that it runs.</summary>
    Requested,

    /// <summary>It runs.</summary>
    Active,

    /// <summary>Its subscriber takes no notifications; it is tried on, seldom.</summary>
    Error,

    /// <summary>It has ended.</summary>
    Off,
}
