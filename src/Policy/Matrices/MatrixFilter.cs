// Which cells of the matrix somebody wants to see.
using Sisote.Policy.Ids;

namespace Sisote.Policy.Matrices;

/// <summary>What is left out of a matrix; null = nothing.</summary>
public sealed record MatrixFilter
{
    /// <summary>The sector that discloses.</summary>
    public SectorId? FromSector { get; init; }

    /// <summary>Its role.</summary>
    public RoleId? FromRole { get; init; }

    /// <summary>The sector that receives.</summary>
    public SectorId? ToSector { get; init; }

    /// <summary>Its role.</summary>
    public RoleId? ToRole { get; init; }

    /// <summary>The item.</summary>
    public DataItemId? Item { get; init; }

    /// <summary>The purpose.</summary>
    public PurposeId? Purpose { get; init; }

    internal bool Takes(MatrixCell cell) =>
        Is(FromSector, cell.FromSector) && Is(FromRole, cell.FromRole) && Is(ToSector, cell.ToSector) && Is(ToRole, cell.ToRole)
        && (Item is null || Item == cell.Item) && (Purpose is null || Purpose == cell.Purpose);

    /// <summary>A cell for anybody is a cell for the one asked about.</summary>
    private static bool Is<TCode>(TCode? wanted, TCode actual)
        where TCode : struct, ICode<TCode> =>
        wanted is null || wanted.Value.Value == actual.Value || actual.Value == Catalogues.RuleParty.AnyCode;
}
