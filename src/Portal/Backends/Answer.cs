// What another room answered, as a value.
namespace Sisote.Portal.Backends;

/// <summary>The answer of another room: what was asked for, or why there is nothing. Pages decide what to say of it.</summary>
internal abstract record Answer<T>
{
    private Answer()
    {
    }

    /// <summary>The value, or the default where there is none.</summary>
    public T? ValueOrDefault => this is Ok ok ? ok.Value : default;

    /// <summary>It worked.</summary>
    public sealed record Ok(T Value) : Answer<T>;

    /// <summary>There is no such thing, or none for this person.</summary>
    public sealed record Missing : Answer<T>;

    /// <summary>The room understood and said no.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Slug">Last part of the problem's type, where it was told.</param>
    public sealed record Refused(int Status, string? Slug) : Answer<T>;

    /// <summary>The access token was not accepted.</summary>
    public sealed record SignInAgain : Answer<T>;

    /// <summary>No answer, or one that cannot be read.</summary>
    public sealed record Down : Answer<T>;
}
