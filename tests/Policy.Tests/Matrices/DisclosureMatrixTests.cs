// The matrix shows what the decision point decides.
using Sisote.Policy.Ids;
using Sisote.Policy.Matrices;

namespace Sisote.Tests.Policy.Matrices;

public sealed class DisclosureMatrixTests
{
    private static readonly DisclosureMatrix All = DisclosureMatrix.Of(Catalogues.Shipped, new MatrixFilter());

    [Fact]
    public void EveryRuleInUseHasItsCellsAndNoOtherHas()
    {
        Assert.Equal(
            Catalogues.Shipped.Rules.Values.Where(static rule => rule.Enabled).Select(static rule => rule.Id.Value).Order(),
            All.Cells.Select(static cell => cell.Rule.Value).Distinct().Order());
    }

    [Theory]
    [InlineData("EX-02", "exercise-restriction", MatrixDoor.Consent)]
    [InlineData("EX-03", "exercise-entry", MatrixDoor.Commission)]
    [InlineData("EX-06", "exercise-restriction", MatrixDoor.OwnRegister)]
    [InlineData("OH-03", "study-arrangement-need", MatrixDoor.Right)]
    [InlineData("NO-03", "child-welfare-notification", MatrixDoor.Right)]
    [InlineData("SO-06", "diagnosis", MatrixDoor.Commission)]
    [InlineData("EX-01", "exercise-referral", MatrixDoor.Consent)]
    public void TheDoorSaysWhatOpensInTheFirstPlace(string rule, string item, MatrixDoor door) =>
        Assert.All(All.Cells.Where(cell => cell.Rule.Value == rule && cell.Item.Value == item), cell => Assert.Equal(door, cell.Door));

    [Fact]
    public void AFilterLeavesOnlyWhatItNames()
    {
        var filter = new MatrixFilter { FromSector = SectorId.Parse("health"), ToRole = RoleId.Parse("exercise-counsellor"), Purpose = PurposeId.Parse("exercise-counselling"), Item = DataItemId.Parse("exercise-restriction") };

        Assert.Equal(["EX-01", "EX-02"], DisclosureMatrix.Of(Catalogues.Shipped, filter).Cells.Select(static cell => cell.Rule.Value));
    }

    [Fact]
    public void WhatANeverRuleAlwaysClosesIsShownAsClosed()
    {
        var closed = EditedCatalogue.With("prohibitions/P-02.yaml", "items: [diagnosis, patient-summary]", "items: [diagnosis, exercise-restriction]");

        Assert.All(
            DisclosureMatrix.Of(closed, new MatrixFilter { Item = DataItemId.Parse("exercise-restriction"), ToSector = SectorId.Parse("municipal-sports") }).Cells,
            static cell => Assert.Equal("P-02", cell.ClosedBy?.Value));
    }

    [Fact]
    public void ACodeThatTheCatalogueDoesNotKnowIsNamed() =>
        Assert.Equal("shoe-size", DisclosureMatrix.FindUnknownCode(Catalogues.Shipped, new MatrixFilter { Item = DataItemId.Parse("shoe-size") }));
}
