// The matrix shows what the decision point decides.
using Sisote.Policy.Catalogues;
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
    public void EachFieldOfAFilterLeavesItsOwnCellsAndThoseOfAnybody()
    {
        var (sector, role, item, purpose) = (SectorId.Parse("health"), RoleId.Parse("health-professional"), DataItemId.Parse("person-identity"), PurposeId.Parse("exercise-counselling"));

        Same(new MatrixFilter { FromSector = sector }, cell => cell.FromSector == sector || cell.FromSector.Value == "any");
        Same(new MatrixFilter { ToSector = sector }, cell => cell.ToSector == sector || cell.ToSector.Value == "any");
        Same(new MatrixFilter { FromRole = role }, cell => cell.FromRole == role || cell.FromRole.Value == "any");
        Same(new MatrixFilter { ToRole = role }, cell => cell.ToRole == role || cell.ToRole.Value == "any");
        Same(new MatrixFilter { Item = item }, cell => cell.Item == item);
        Same(new MatrixFilter { Purpose = purpose }, cell => cell.Purpose == purpose);

        static void Same(MatrixFilter filter, Func<MatrixCell, bool> takes)
        {
            var left = DisclosureMatrix.Of(Catalogues.Shipped, filter).Cells;
            Assert.InRange(left.Length, 1, All.Cells.Length - 1);
            Assert.Equal(All.Cells.Where(takes).Select(Key), left.Select(Key));
        }

        static string Key(MatrixCell cell) => $"{cell.FromSector}/{cell.FromRole} {cell.ToSector}/{cell.ToRole} {cell.Purpose} {cell.Item} {cell.Rule}";
    }

    [Fact]
    public void WhicheverCodeIsUnknownIsNamed()
    {
        MatrixFilter[] filters =
        [
            new() { FromSector = SectorId.Parse("a") }, new() { ToSector = SectorId.Parse("b") }, new() { FromRole = RoleId.Parse("c") }, new() { ToRole = RoleId.Parse("d") },
            new() { Item = DataItemId.Parse("e") }, new() { Purpose = PurposeId.Parse("f") }, new(), new() { FromSector = SectorId.Parse("health"), ToRole = RoleId.Parse("teacher"), Purpose = PurposeId.Parse("care") },
        ];

        Assert.Equal(["a", "b", "c", "d", "e", "f", null, null], filters.Select(static filter => DisclosureMatrix.FindUnknownCode(Catalogues.Shipped, filter)));
    }

    [Fact]
    public void TheCellsStandBySenderRecipientPurposeItemAndRule()
    {
        var keys = All.Cells.Select(static cell => string.Join('\0', cell.FromSector, cell.FromRole, cell.ToSector, cell.ToRole, cell.Purpose, cell.Item, cell.Rule)).ToArray();

        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void OfSeveralUnknownCodesTheFirstIsNamed()
    {
        var filter = new MatrixFilter
        {
            FromSector = SectorId.Parse("a"), ToSector = SectorId.Parse("b"), FromRole = RoleId.Parse("c"), ToRole = RoleId.Parse("d"), Item = DataItemId.Parse("e"), Purpose = PurposeId.Parse("f"),
        };
        MatrixFilter[] left =
        [
            filter, filter = filter with { FromSector = null }, filter = filter with { ToSector = null }, filter = filter with { FromRole = null }, filter = filter with { ToRole = null }, filter with { Item = null },
        ];

        Assert.Equal(["a", "b", "c", "d", "e", "f"], left.Select(static filter => DisclosureMatrix.FindUnknownCode(Catalogues.Shipped, filter)));
    }

    [Theory]
    [InlineData("    - statement: caller\n", "    - statement: caller\n", "attestation", false)]
    [InlineData("    - statement: caller\n", "    - statement: caller\n", "human", false)]
    [InlineData("    - statement: caller\n", "    - statement: professional\n", "attestation", false)]
    [InlineData("    - statement: caller\n", "    - statement: professional\n", "human", true)]
    [InlineData("    - statement: caller\n", "    - statement: caller\n    - statement: professional\n", "human", true)]
    public void AHumanDecidesWhereAProfessionalStatesAConditionOfTheGiversOwnJudgement(string good, string bad, string type, bool decides)
    {
        var texts = EditedCatalogue.Texts(EditedCatalogue.Texts(SmallCatalogue.Texts, "conditions.yaml", "type: attestation", $"type: {type}"), "conditions.yaml", good, bad);

        var cells = DisclosureMatrix.Of(Catalogues.Load(CatalogueReader.Read(texts)), new MatrixFilter { FromSector = SectorId.Parse("health") }).Cells;

        Assert.Equal([("name", false), ("weight", decides)], cells.Select(static cell => (cell.Item.Value, cell.HumanDecides)));
    }

    [Fact]
    public void OneConsentThatTheClientMayOnlyObjectToMakesTheCellObjectable()
    {
        var texts = EditedCatalogue.Texts(SmallCatalogue.Texts, "consent-forms.yaml", "KIELTO:", "PAPER:\n  labels: {fi: Paperi, sv: Papper, en: Paper}\n  statute: 906/2019\n  written: true\n  validity: until-revoked\nKIELTO:");
        var two = EditedCatalogue.Texts(texts, "rules/R-1.yaml", "  - {form: SECRECY, minors: health}", "  - {form: SECRECY, minors: health}\n  - {form: PAPER, objectable: true}");

        Assert.All(DisclosureMatrix.Of(Catalogues.Load(CatalogueReader.Read(two)), new MatrixFilter { FromSector = SectorId.Parse("health") }).Cells, static cell => Assert.True(cell.Objectable));
    }

    [Fact]
    public void AConditionThatAnAgreementOrARecordMayShowMakesNoCommission()
    {
        var free = SmallCatalogue.With("rules/R-1.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", string.Empty);

        Assert.All(DisclosureMatrix.Of(free, new MatrixFilter { FromSector = SectorId.Parse("health") }).Cells, static cell => Assert.Equal(MatrixDoor.Right, cell.Door));
    }

    [Fact]
    public void ACodeThatTheCatalogueDoesNotKnowIsNamed() =>
        Assert.Equal("shoe-size", DisclosureMatrix.FindUnknownCode(Catalogues.Shipped, new MatrixFilter { Item = DataItemId.Parse("shoe-size") }));
}
