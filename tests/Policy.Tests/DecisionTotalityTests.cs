// Deciding never fails, forgets everything, and does not depend on order or on what was decided before.
using System.Text.Json;
using CsCheck;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecisionTotalityTests
{
    private static readonly Deployment Open = new() { Organisations = [], Systems = [] };
    private static readonly PolicyDecisionPoint Point = new(Catalogues.Shipped, Open);

    /// <summary>Equal to <see cref="Point"/>; between decisions of the one, the other begins with fresh memory.</summary>
    private static readonly PolicyDecisionPoint Other = new(Catalogues.Shipped, Open);

    /// <summary>A deployment whose access classes leave out every third item, so that items asked for together differ.</summary>
    private static readonly PolicyDecisionPoint Narrow = new(Catalogues.Shipped, Open with
    {
        RoleScopes = [.. Catalogues.Shipped.Roles.Keys.Select(static role => new RoleScope { Role = role, Items = [.. Catalogues.Shipped.Items.Keys.Where(static (_, index) => index % 3 != 0)] })],
    });

    private static readonly Gen<(AccessRequest Request, ConsentState State, DateTimeOffset At)> Anything =
        Gen.Select(DecisionScenes.Request, DecisionScenes.State, DecisionScenes.Instant);

    [Fact]
    public void WhateverIsAskedThereIsOneOutcomePerItemAndNeverAnException() =>
        Anything.Sample(
            scene =>
            {
                var decision = Point.Decide(scene.Request, scene.State, scene.At);
                Assert.Equal(scene.Request.Items.IsDefault ? [] : scene.Request.Items, decision.Items.Select(static item => item.Item));
                Assert.False(decision.Obligations.IsDefault);
                Assert.All(decision.Permits, static permit => Assert.False(permit.Basis.IsEmpty || permit.Consents.IsDefault || permit.Conditions.IsDefault || permit.Masked.IsDefault));
            },
            iter: 10_000);

    [Fact]
    public void ADecisionDoesNotDependOnWhatWasDecidedBefore() =>
        Gen.Select(Anything, Anything).Sample(
            (before, now) =>
            {
                Point.Decide(before.Request, before.State, before.At);
                var used = Text(Point.Decide(now.Request, now.State, now.At));
                Assert.Equal(Text(Other.Decide(now.Request, now.State, now.At)), used);
            },
            iter: 5000);

    [Fact]
    public void WhatIsAlreadyAnsweredDoesNotChangeWithLaterDecisions() =>
        Gen.Select(Anything, Anything).Sample(
            (first, second) =>
            {
                var answer = Point.Decide(first.Request, first.State, first.At);
                var text = Text(answer);
                Point.Decide(second.Request, second.State, second.At);
                Assert.Equal(text, Text(answer));
            },
            iter: 3000);

    [Fact]
    public void TheOrderOfItemsChangesNeitherAnOutcomeNorTheEndNorTheObligations() =>
        Anything.Where(static scene => !scene.Request.Atomic && !scene.Request.Items.IsDefault).Sample(
            scene =>
            {
                var decision = Point.Decide(scene.Request, scene.State, scene.At);
                var turned = Point.Decide(scene.Request with { Items = [.. scene.Request.Items.Reverse()] }, scene.State, scene.At);
                Assert.Equal(decision.Items.Select(static item => Text(item)), turned.Items.Reverse().Select(static item => Text(item)));
                Assert.Equal(decision.HoldsUntil, turned.HoldsUntil);
                Assert.Equal(decision.Obligations.Order(), turned.Obligations.Order());
            },
            iter: 5000);

    [Fact]
    public void AnItemIsDecidedAloneAsItIsAmongOthers() =>
        Anything.Where(static scene => !scene.Request.Atomic && !scene.Request.Items.IsDefault).Sample(
            scene => Assert.All([Point, Narrow], point => Assert.Equal(
                point.Decide(scene.Request, scene.State, scene.At).Items.Select(static item => Text(item)),
                scene.Request.Items.Select(item => Text(Assert.Single(point.Decide(scene.Request with { Items = [item] }, scene.State, scene.At).Items))))),
            iter: 3000);

    [Fact]
    public void TheOrderOfFilesAndRulesDoesNotMatter()
    {
        var texts = CatalogueReader.EmbeddedTexts().ToArray();
        var turned = new PolicyDecisionPoint(Catalogues.Load(CatalogueReader.Read(texts.Reverse())), Open);

        Anything.Sample(scene => Assert.Equal(Text(Point.Decide(scene.Request, scene.State, scene.At)), Text(turned.Decide(scene.Request, scene.State, scene.At))), iter: 5000);
    }

    internal static string Text(Decision decision) =>
        $"{string.Join('\n', decision.Items.Select(static item => Text(item)))}\n{string.Join(',', decision.Obligations)} {decision.HoldsUntil:O} {decision.Catalogue}";

    private static string Text(ItemDecision item) => JsonSerializer.Serialize<object>(item);
}
