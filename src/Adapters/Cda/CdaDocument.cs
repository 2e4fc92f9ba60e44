// What is read from a clinical document.
using System.Collections.Immutable;

namespace Sisote.Adapters.Cda;

/// <summary>The coded part of a CDA R2 document: header, and entries of the sections that were asked for. Narrative text is never in it.</summary>
internal sealed record CdaDocument
{
    /// <summary>Document type code.</summary>
    public required CdaCode Type { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Whom it is about.</summary>
    public required CdaPatient Patient { get; init; }

    /// <summary>Who wrote it.</summary>
    public CdaAuthor? Author { get; init; }

    /// <summary>The entries of the sections asked for, in document order.</summary>
    public required ImmutableArray<CdaEntry> Entries { get; init; }
}

/// <summary>A code of a code system (OID).</summary>
internal sealed record CdaCode(string System, string Code);

/// <summary>An identifier.</summary>
internal sealed record CdaId(string Root, string Extension);

/// <summary>The record target.</summary>
internal sealed record CdaPatient
{
    /// <summary>All identifiers.</summary>
    public required ImmutableArray<CdaId> Ids { get; init; }

    /// <summary>Family name.</summary>
    public string? Family { get; init; }

    /// <summary>Given names in their order.</summary>
    public ImmutableArray<string> Given { get; init; } = [];

    /// <summary>The name as it is written, where its parts are not told apart.</summary>
    public string? WrittenName { get; init; }

    /// <summary>Administrative gender code (M, F, ...).</summary>
    public string? Gender { get; init; }

    /// <summary>Date of birth.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Street lines, postal code, city.</summary>
    public CdaAddress? Address { get; init; }

    /// <summary>Telecom values as written: <c>tel:...</c>, <c>mailto:...</c>.</summary>
    public ImmutableArray<string> Telecom { get; init; } = [];

    /// <summary>Language of communication.</summary>
    public string? Language { get; init; }

    /// <summary>Whether contact data is protected; null where the document does not say, which means protected to whoever decides.</summary>
    public bool? Protected { get; init; }
}

/// <summary>A postal address.</summary>
internal sealed record CdaAddress(ImmutableArray<string> Lines, string? PostalCode, string? City);

/// <summary>The author.</summary>
internal sealed record CdaAuthor(CdaId? Id, string? Organisation);

/// <summary>One coded entry of a section.</summary>
internal sealed record CdaEntry
{
    /// <summary>Code of the section it stands in.</summary>
    public required CdaCode Section { get; init; }

    /// <summary>Number inside the document: the entry's own, else its place.</summary>
    public required string Number { get; init; }

    /// <summary>What it is about.</summary>
    public required CdaCode Code { get; init; }

    /// <summary>Status code: active, completed, ...</summary>
    public string? Status { get; init; }

    /// <summary>Since when, or when.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The value; null where the entry has none.</summary>
    public CdaValue? Value { get; init; }

    /// <summary>Parts of a composed entry (a panel).</summary>
    public ImmutableArray<CdaEntry> Parts { get; init; } = [];
}

/// <summary>An entry's value.</summary>
internal abstract record CdaValue
{
    private CdaValue()
    {
    }

    /// <summary>CD, CE.</summary>
    internal sealed record Coded(CdaCode Code) : CdaValue;

    /// <summary>PQ.</summary>
    internal sealed record Quantity(decimal Number, string Unit) : CdaValue;

    /// <summary>ST: a structured field's text, not narrative.</summary>
    internal sealed record Text(string Content) : CdaValue;
}
