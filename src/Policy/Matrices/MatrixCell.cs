// One cell of the matrix: who may give one item to whom, and what it needs in short.
using System.Collections.Immutable;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Matrices;

/// <summary>One item from one role to another under one rule.</summary>
public sealed record MatrixCell
{
    /// <summary>The sector that holds and discloses; <c>any</c> for all.</summary>
    public required SectorId FromSector { get; init; }

    /// <summary>Its role; <c>any</c> for all.</summary>
    public required RoleId FromRole { get; init; }

    /// <summary>The sector that receives; <c>any</c> for all.</summary>
    public required SectorId ToSector { get; init; }

    /// <summary>Its role; <c>any</c> for all.</summary>
    public required RoleId ToRole { get; init; }

    /// <summary>The purpose; null for non-personal data and the client's own view.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>The item.</summary>
    public required DataItemId Item { get; init; }

    /// <summary>Read, write or notify.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The rule.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>What opens it.</summary>
    public required MatrixDoor Door { get; init; }

    /// <summary>The consent forms asked for; empty = none.</summary>
    public required ImmutableArray<ConsentFormId> ConsentForms { get; init; }

    /// <summary>Whether the consent is replaced by the client's right to forbid.</summary>
    public bool Objectable { get; init; }

    /// <summary>The conditions, all of which must hold.</summary>
    public required ImmutableArray<ConditionId> Conditions { get; init; }

    /// <summary>Whether the sender must (true) or may (false).</summary>
    public bool Obliges { get; init; }

    /// <summary>Whether a named person decides every time.</summary>
    public bool HumanDecides { get; init; }

    /// <summary>A never rule that closes it always; null = none does.</summary>
    public ProhibitionId? ClosedBy { get; init; }

    /// <summary>Never rules and masks that may close it or keep something back.</summary>
    public required ImmutableArray<ProhibitionId> Limits { get; init; }

    /// <summary>In force from (inclusive).</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>In force until (inclusive).</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>high, medium or low.</summary>
    public required string Confidence { get; init; }
}

/// <summary>What opens a cell in the first place.</summary>
public enum MatrixDoor
{
    /// <summary>The statute itself gives the right.</summary>
    Right,

    /// <summary>The client's consent lifts the secrecy, or the client has not forbidden.</summary>
    Consent,

    /// <summary>One acts for the other under a contract that a condition asks for.</summary>
    Commission,

    /// <summary>Both ends are one controller: use of one's own register.</summary>
    OwnRegister,
}
