// What the product answers to something it was told to do.
namespace Sisote.Simulators.Exercise;

/// <summary>Done (anew or earlier), refused for its content, in conflict with what stands, or about something that is not there.</summary>
internal abstract record CrmOutcome<TResult>
{
    private CrmOutcome()
    {
    }

    /// <summary>Done; <paramref name="IsNew"/> is false where the same had been done before.</summary>
    public sealed record Done(TResult Result, bool IsNew) : CrmOutcome<TResult>;

    /// <summary>The content is not acceptable.</summary>
    public sealed record Refused(string Code, string Message) : CrmOutcome<TResult>;

    /// <summary>Something else stands there already.</summary>
    public sealed record Conflict(string Code, string Message) : CrmOutcome<TResult>;

    /// <summary>There is no such record.</summary>
    public sealed record Absent : CrmOutcome<TResult>;
}
