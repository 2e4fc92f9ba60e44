// A professional records a consent that was given to them.
namespace Sisote.Doors.Consent;

/// <summary>
/// What somebody consented to before a named professional. <c>POST /consents</c> (person token, kind professional, or a connected system's token with the professional behind it).
/// </summary>
/// <remarks>Recorded where data are given from: the professional's organisation and role must be on the giving side of a rule that the consent carries.</remarks>
public sealed record RecordConsent : ConsentTerms
{
    /// <summary>The client's national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>Whether it is only prepared: it opens nothing until it is given with <see cref="ConfirmConsent"/>.</summary>
    public bool Draft { get; init; }

    /// <summary>How it was given: <c>paper</c>, <c>oral</c> or <c>assisted</c>. The form says which of them it takes.</summary>
    public required string How { get; init; }

    /// <summary>Number under which the signed paper is kept; needed with <c>paper</c>, unless it is a draft. Never a person's identifier.</summary>
    public string? Reference { get; init; }

    /// <summary>Who gave it: <c>client</c>, <c>guardian</c>, <c>guardians</c> (together), <c>client-and-guardian</c> or <c>representative</c>.</summary>
    public required string GivenBy { get; init; }

    /// <summary>Number of the document that shows the right to act for the client; needed of a representative.</summary>
    public string? Authority { get; init; }
}

/// <summary>A draft is given. <c>POST /consents/{id}/give</c> (who recorded it), <c>POST /me/consents/{id}/give</c> without a body (the client, signed in, where the form takes that).</summary>
public sealed record ConfirmConsent
{
    /// <summary>How it was given: <c>paper</c>, <c>oral</c> or <c>assisted</c>.</summary>
    public required string How { get; init; }

    /// <summary>Number under which the signed paper is kept; needed with <c>paper</c>.</summary>
    public string? Reference { get; init; }
}

/// <summary>A withdrawal is recorded. <c>POST /consents/{id}/withdraw</c> (who recorded the consent). No form is asked of a withdrawal, whatever form the consent had.</summary>
public sealed record RecordWithdrawal
{
    /// <summary>How it was said: <c>paper</c>, <c>oral</c> or <c>assisted</c>.</summary>
    public required string How { get; init; }

    /// <summary>Who said it: as in <see cref="RecordConsent.GivenBy"/>.</summary>
    public required string GivenBy { get; init; }

    /// <summary>Number under which a paper is kept, where there is one.</summary>
    public string? Reference { get; init; }
}

/// <summary>A professional of the own organisation has left. <c>POST /staff/left</c> (person token, kind controller-admin). What named that person as recipient ends.</summary>
/// <remarks>The answer is the same whether anything named the person or not: an organisation does not learn here who consented to what.</remarks>
public sealed record StaffLeft
{
    /// <summary>Who has left.</summary>
    public required Policy.Ids.ProfessionalId Professional { get; init; }
}
