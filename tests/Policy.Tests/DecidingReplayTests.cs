// What is kept of a decision is enough to take it again, and nothing else is read as such.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sisote.Policy;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingReplayTests
{
    private const string SomeVersion = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    /// <summary>The county's own contact data in the municipality's register, with the client known to have no non-disclosure for personal safety.</summary>
    private static readonly AccessRequest Contact = DemoWorld.Read("person-contact", "exercise-referral") with { From = DemoWorld.Register };

    [Fact]
    public void ADecisionIsTakenAgainFromWhatWasKeptOfIt()
    {
        var request = Contact with
        {
            Atomic = true,
            ItemLabels = ["PSY"],
            ItemTags = ImmutableDictionary<DataItemId, ImmutableArray<string>>.Empty.Add(DataItemId.Parse("exercise-referral"), ["family-mediation"]),
        };
        var made = Make(request).With(DemoWorld.DecisionPoint, ["TURVAKIELTO"]).Whole.With(DemoWorld.DecisionPoint, ["V", "SEX"]).Whole;

        Assert.True(DecisionInputs.TryRead(made.Inputs().ToArray(), out var kept));
        var again = Decided.Replay(DemoWorld.DecisionPoint, Contact, kept, DemoWorld.Noon);

        Assert.Equal(made.Inputs().ToArray(), again.Inputs().ToArray());
        Assert.Equal((DecisionTotalityTests.Text(made.Decision), DemoWorld.Noon), (DecisionTotalityTests.Text(again.Decision), again.At));
        Assert.Equal(["TURVAKIELTO", "V,SEX"], again.Documents.Select(static document => string.Join(',', document.Labels)));
        Assert.Equal(made.Documents.Select(static document => DecisionTotalityTests.Text(document.Decision)), again.Documents.Select(static document => DecisionTotalityTests.Text(document.Decision)));
        Assert.True(again.Request.Atomic);
        Assert.Equal(["PSY"], again.Request.ItemLabels);
        Assert.Equal(["family-mediation"], again.Request.ItemTags[DataItemId.Parse("exercise-referral")]);
    }

    [Fact]
    public void AConsentThatNamesNoSourceHasTheBytesOfBeforeAndOneThatDoesIsReadAgain()
    {
        var consent = DemoWorld.Consent("exercise-referral");
        var (before, now) = (Inputs(consent), Inputs(consent with { SourceOrganisations = [OrganisationId.Parse("pohjois-savo")] }));

        Assert.DoesNotContain("sourceOrganisations", Encoding.UTF8.GetString(before), StringComparison.Ordinal);
        Assert.Contains("\"sourceOrganisations\":[\"pohjois-savo\"]", Encoding.UTF8.GetString(now), StringComparison.Ordinal);
        Assert.True(DecisionInputs.TryRead(before, out var old) && old.State.Consents.Single().SourceOrganisations is null);
        Assert.True(DecisionInputs.TryRead(now, out var kept));
        Assert.Equal(now, kept.ToArray());

        static byte[] Inputs(ConsentRecord consent) => Decided.Make(DemoWorld.DecisionPoint, Contact, DemoWorld.Aino with { Consents = [consent] }, DemoWorld.Noon).Inputs().ToArray();
    }

    [Fact]
    public void TheSourcesOwnLabelOfNonDisclosureMasksEvenWhatTheRecordSaysIsFree()
    {
        var made = Make(Contact);

        Assert.Empty(Assert.Single(made.Decision.Permits, IsContact).Masked);
        Assert.Equal(["Patient.address", "Patient.telecom"], Assert.Single(made.With(DemoWorld.DecisionPoint, ["TURVAKIELTO"]).Document.Permits, IsContact).Masked.Order());
        Assert.Empty(Assert.Single(made.With(DemoWorld.DecisionPoint, ["OTHER"]).Document.Permits, IsContact).Masked);
        Assert.Equal(["Patient.address", "Patient.telecom"], Assert.Single(Make(Contact with { ItemLabels = ["TURVAKIELTO"] }).Decision.Permits, IsContact).Masked.Order());
    }

    [Fact]
    public void ALabelledDocumentIsDecidedOnWithItsLabels()
    {
        var summary = DemoWorld.Read("exercise-restriction");
        var made = Make(summary);

        Assert.True(made.Decision.PermitsAll);
        Assert.Equal("P-16", Assert.Single(made.With(DemoWorld.DecisionPoint, ["PSY"]).Document.Denials).Prohibition?.Value);
    }

    [Fact]
    public void DocumentsWithTheSameLabelsAreDecidedOnOnce()
    {
        var made = Make(Contact);
        var (once, first) = made.With(DemoWorld.DecisionPoint, ["PSY"]);
        var (twice, second) = once.With(DemoWorld.DecisionPoint, ["PSY"]);

        Assert.Same(once, twice);
        Assert.Same(first, second);
        Assert.Equal((made, made.Decision), made.With(DemoWorld.DecisionPoint, []));
        Assert.Equal(2, once.With(DemoWorld.DecisionPoint, ["V"]).Whole.Documents.Length);
    }

    [Fact]
    public void AnAnswerHoldsUntilTheFirstOfItsDecisionsEndsAndAsksForTheObligationsOfAll()
    {
        var made = Make(Contact);
        var soon = DemoWorld.Noon.AddHours(1);
        Decision Until(DateTimeOffset? end, params string[] obligations) => made.Decision with { HoldsUntil = end, Obligations = [.. obligations] };
        Decided Whole(Decision first, params Decision[] documents) => made with { Decision = first, Documents = [.. documents.Select(static decision => new LabelledDecision(["X"], decision))] };

        Assert.Equal(soon, Whole(Until(soon.AddDays(1)), Until(null), Until(soon), Until(soon.AddDays(2))).HoldsUntil);
        Assert.Equal(soon, Whole(Until(soon), Until(soon.AddDays(1))).HoldsUntil);
        Assert.Equal(soon, Whole(Until(soon)).HoldsUntil);
        Assert.Null(Whole(Until(null), Until(null)).HoldsUntil);
        Assert.Equal(["a", "b", "c"], Whole(Until(null, "a", "b"), Until(null, "b", "c")).Obligations);
        Assert.Equal(["a", "b"], Whole(Until(null, "a", "b")).Obligations);
    }

    [Fact]
    public void WhatASystemAskedInItsOwnNameIsReplayedWithoutThePersonWhomTheRecordNames()
    {
        var register = Contact with { To = DemoWorld.Register };
        var named = Contact with { From = DemoWorld.Counsellor };

        Assert.True(Make(register).IsImpersonal);
        Assert.False(Make(Contact).IsImpersonal);
        Assert.False(Make(named with { To = DemoWorld.Register }).IsImpersonal);
        var again = Decided.Replay(DemoWorld.DecisionPoint, named, Make(register).Inputs(), DemoWorld.Noon).Request;
        Assert.Equal((null, null), (again.From.Professional, again.To.Professional));
        var person = Decided.Replay(DemoWorld.DecisionPoint, named, Make(Contact).Inputs(), DemoWorld.Noon).Request;
        Assert.Equal((DemoWorld.Counsellor.Professional, DemoWorld.Counsellor.Professional), (person.From.Professional, person.To.Professional));
    }

    [Fact]
    public void InputsWithoutTagsAreReadAgain() => Assert.True(DecisionInputs.TryRead(Make(Contact).Inputs().ToArray(), out _));

    [Fact]
    public void AnUnsetListOfLabelsIsKeptAsNone() => Assert.Empty(Make(Contact with { ItemLabels = default }).Inputs().Labels);

    [Fact]
    public void TheSameInputsHaveTheSameBytesWithNothingThatIsNotThere()
    {
        var bytes = Make(Contact).Inputs().ToArray();

        Assert.Equal(bytes, Make(Contact).Inputs().ToArray());
        Assert.DoesNotContain("null", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.StartsWith("{\"state\":{\"client\":", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void TheSaltIsKeyedByTheClientsKey()
    {
        byte[] bytes = [1, 2, 3];

        Assert.Equal(HMACSHA256.HashData("key"u8, bytes), DecisionInputs.SaltOf("key"u8, bytes));
        Assert.NotEqual(DecisionInputs.SaltOf("other"u8, bytes), DecisionInputs.SaltOf("key"u8, bytes));
    }

    [Theory]
    [InlineData("\"atomic\":false", "\"atomic\":false,\"atomic\":false")]
    [InlineData("\"atomic\":false", "\"atomic\":false,\"colour\":1")]
    [InlineData("\"revision\":3", "\"revision\":null")]
    [InlineData("\"tags\":{}", "\"tags\":{\"Not A Code!\":[]}")]
    [InlineData("\"tags\":{}", "\"tags\":null")]
    [InlineData("\"tags\":{}", "\"tags\":{\"diagnosis\":[],\"Not A Code!\":[]}")]
    [InlineData("{\"state\"", "{\"states\"")]
    public void WhatIsNotWhatWasKeptIsNotRead(string good, string bad)
    {
        var text = Encoding.UTF8.GetString(Make(Contact).Inputs().ToArray());
        Assert.Contains(good, text, StringComparison.Ordinal);

        Assert.False(DecisionInputs.TryRead(Encoding.UTF8.GetBytes(text.Replace(good, bad, StringComparison.Ordinal)), out var inputs));
        Assert.Null(inputs);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"rulesOff":null,"roleScopes":[]}""")]
    [InlineData("""{"rulesOff":[],"roleScopes":null}""")]
    [InlineData("""{"rulesOff":[],"roleScopes":[],"systems":[]}""")]
    public void SomethingElseIsNeitherInputsNorANarrowing(string text)
    {
        Assert.False(DecisionInputs.TryRead(Encoding.UTF8.GetBytes(text), out _));
        Assert.False(DeploymentNarrowing.TryRead(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void TheVersionOfADeploymentDependsOnWhatItNarrowsAndNotOnTheOrderOfItsFile()
    {
        RoleScope Scope(string role, string? organisation, params string[] items) =>
            new() { Role = RoleId.Parse(role), Organisation = organisation is null ? null : OrganisationId.Parse(organisation), Items = DemoWorld.Ids(items) };
        RoleScope[] scopes = [Scope("teacher", null, "a", "b"), Scope("teacher", "org-a", "b"), Scope("teacher", "org-b", "a"), Scope("kuraattori", "org-b", "c"), Scope("teacher", "org-a", "a")];
        var file = new Deployment { Organisations = [], Systems = [], RulesOff = [RuleId.Parse("EX-02"), RuleId.Parse("EX-01"), RuleId.Parse("EX-02")], RoleScopes = [.. scopes] };
        var turned = file with
        {
            RulesOff = [RuleId.Parse("EX-01"), RuleId.Parse("EX-02")],
            RoleScopes = [.. scopes.Reverse().Select(static scope => scope with { Items = [.. scope.Items.Reverse(), scope.Items[0]] })],
        };
        var narrowing = DeploymentNarrowing.Of(file);

        Assert.Equal(narrowing.ToArray(), DeploymentNarrowing.Of(turned).ToArray());
        Assert.Equal(
            """{"rulesOff":["EX-01","EX-02"],"roleScopes":[{"organisation":"org-b","role":"kuraattori","items":["c"]},{"role":"teacher","items":["a","b"]},{"organisation":"org-a","role":"teacher","items":["a"]},{"organisation":"org-a","role":"teacher","items":["b"]},{"organisation":"org-b","role":"teacher","items":["a"]}]}""",
            Encoding.UTF8.GetString(narrowing.ToArray()));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(narrowing.ToArray())), narrowing.Version().Value);
        Assert.NotEqual(narrowing.Version(), DeploymentNarrowing.Of(file with { RulesOff = [] }).Version());
        Assert.NotEqual(narrowing.Version(), DeploymentNarrowing.Of(file with { RoleScopes = [] }).Version());
        Assert.True(DeploymentNarrowing.TryRead(narrowing.ToArray(), out var read));
        Assert.Equal(narrowing.Version(), DeploymentNarrowing.Of(read.ToDeployment()).Version());
    }

    [Fact]
    public void ADeploymentMadeFromItsNarrowingDecidesAlike()
    {
        var read = DemoWorld.Read("person-identity", "exercise-restriction", "diagnosis");
        var off = DemoWorld.Deployment with { RulesOff = [RuleId.Parse("EX-02")] };

        foreach (var deployment in new[] { DemoWorld.Deployment, off })
        {
            var kept = new PolicyDecisionPoint(Catalogues.Shipped, DeploymentNarrowing.Of(deployment).ToDeployment());
            Assert.Equal(
                DecisionTotalityTests.Text(new PolicyDecisionPoint(Catalogues.Shipped, deployment).Decide(read, DemoWorld.Aino, DemoWorld.Noon)),
                DecisionTotalityTests.Text(kept.Decide(read, DemoWorld.Aino, DemoWorld.Noon)));
        }
    }

    [Fact]
    public void ADeploymentVersionIsSixtyFourLowerCaseHexadecimalDigits()
    {
        Assert.Equal(SomeVersion, DeploymentVersion.Parse(SomeVersion).Value);
        Assert.Equal(SomeVersion, DeploymentVersion.Parse(SomeVersion).ToString());
        Assert.Equal($"\"{SomeVersion}\"", JsonSerializer.Serialize(DeploymentVersion.Parse(SomeVersion)));
        Assert.Equal(DeploymentVersion.Parse(SomeVersion), JsonSerializer.Deserialize<DeploymentVersion>($"\"{SomeVersion}\""));
        Assert.All([null, string.Empty, SomeVersion[1..], SomeVersion + "0", SomeVersion.ToUpperInvariant(), "g" + SomeVersion[1..]], static text =>
        {
            Assert.False(DeploymentVersion.TryParse(text, out var version));
            Assert.Equal(default, version);
            Assert.Equal("A deployment version is 64 lower-case hexadecimal digits.", Assert.Throws<FormatException>(() => DeploymentVersion.Parse(text!)).Message);
        });
        Assert.All(["12", "\"12\"", "null"], static json => Assert.Equal("Not a deployment version.", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DeploymentVersion>(json)).Message));
        Assert.Equal(string.Empty, default(DeploymentVersion).ToString());
        Assert.Equal("The default deployment version has no value.", Assert.Throws<InvalidOperationException>(static () => default(DeploymentVersion).Value).Message);
    }

    [Fact]
    public void WithoutWhatItNeedsNothingIsDecided()
    {
        Assert.Throws<ArgumentNullException>("point", () => Decided.Make(null!, Contact, DemoWorld.Aino, DemoWorld.Noon));
        Assert.Throws<ArgumentNullException>("inputs", () => Decided.Replay(DemoWorld.DecisionPoint, Contact, null!, DemoWorld.Noon));
        Assert.Throws<ArgumentNullException>("point", () => Make(Contact).With(null!, []));
        Assert.Throws<ArgumentNullException>("deployment", static () => DeploymentNarrowing.Of(null!));
    }

    private static Decided Make(AccessRequest request) => Decided.Make(DemoWorld.DecisionPoint, request, DemoWorld.Aino, DemoWorld.Noon);

    private static bool IsContact(ItemDecision.Permit permit) => permit.Item == DataItemId.Parse("person-contact");
}
