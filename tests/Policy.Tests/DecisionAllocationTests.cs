// A decision leaves nothing behind but its answer, so that no pause of the collector stands between a client and a release.
using System.Runtime.InteropServices;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecisionAllocationTests
{
    private const int BoundForTenItems = 1_200;

    private static readonly string[] TenItems =
    [
        "person-identity", "exercise-restriction", "exercise-goal-plan", "exercise-measures", "exercise-referral",
        "exercise-entry", "service-feedback", "service-need", "appointment-basic", "employment-plan",
    ];

    public static TheoryData<string> Scenes => ["permitted and denied", "denied without consent", "denied without rule", "own view", "a minor"];

    [Theory]
    [MemberData(nameof(Scenes))]
    public void ADecisionOnTenItemsAllocatesItsAnswerAndNothingElse(string scene)
    {
        var (request, state) = Scene(scene);
        var decision = DemoWorld.DecisionPoint.Decide(request, state, DemoWorld.Noon);
        Assert.Equal(10, decision.Items.Length);

        var deciding = Allocated(() => DemoWorld.DecisionPoint.Decide(request, state, DemoWorld.Noon));
        var answer = Allocated(() => MakeAnew(decision));

        Assert.True(deciding <= answer, $"Deciding allocates {deciding} bytes, its answer takes {answer}.");
        Assert.True(deciding <= BoundForTenItems, $"Deciding allocates {deciding} bytes.");
    }

    [Fact]
    public void ItemsThatRestOnTheSameShareIt()
    {
        var permits = DemoWorld.DecisionPoint.Decide(DemoWorld.Read(TenItems), DemoWorld.Aino, DemoWorld.Noon).Permits.ToArray();

        Assert.Equal(3, permits.Length);
        Assert.All(permits, permit => Assert.Same(permits[0].Grounds, permit.Grounds));
    }

    private static (AccessRequest Request, ConsentState State) Scene(string scene) => scene switch
    {
        "permitted and denied" => (DemoWorld.Read(TenItems), DemoWorld.Aino),
        "denied without consent" => (DemoWorld.Read([.. Enumerable.Repeat("exercise-restriction", 10)]), DemoWorld.Aino with { Consents = [] }),
        "denied without rule" => (DemoWorld.Read(TenItems) with { Purpose = PurposeId.Parse("voluntary-hobby") }, DemoWorld.Aino),
        "own view" => (DemoWorld.Read(TenItems) with { To = new Party { Sector = SectorId.Parse("client"), Role = RoleId.Parse("client") }, Purpose = null }, DemoWorld.Aino),
        "a minor" => (DemoWorld.Read([.. Enumerable.Repeat("exercise-restriction", 10)]), DemoWorld.Aino with
        {
            Facts = new ClientFacts { BirthDate = new DateOnly(2012, 3, 1), SafetyProhibition = false, Capacity = [new CapacityDecision { Code = "2", Context = "health" }] },
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(scene)),
    };

    /// <summary>The same answer made by hand: what is shared in it stays shared, what is the catalogue's stays the catalogue's.</summary>
    private static Decision MakeAnew(Decision decision)
    {
        var items = new ItemDecision[decision.Items.Length];
        PermitGrounds? grounds = null;
        PermitGrounds? made = null;
        for (var index = 0; index < items.Length; index++)
        {
            switch (decision.Items[index])
            {
                case ItemDecision.Permit permit:
                    made = ReferenceEquals(permit.Grounds, grounds) ? made! : MakeAnew(permit.Grounds);
                    grounds = permit.Grounds;
                    items[index] = permit with { Grounds = made };
                    break;
                case var deny:
                    items[index] = deny with { Item = deny.Item };
                    break;
            }
        }

        return decision with { Items = ImmutableCollectionsMarshal.AsImmutableArray(items), Obligations = [.. decision.Obligations.AsSpan()] };
    }

    private static PermitGrounds MakeAnew(PermitGrounds grounds)
    {
        var consents = grounds.Consents.IsEmpty ? [] : new ConsentReference[grounds.Consents.Length];
        for (var index = 0; index < consents.Length; index++)
        {
            consents[index] = grounds.Consents[index] with { Version = 1 };
        }

        var conditions = grounds.Conditions.IsEmpty ? [] : new ConditionEvidence[grounds.Conditions.Length];
        for (var index = 0; index < conditions.Length; index++)
        {
            conditions[index] = grounds.Conditions[index] is { Reference: not null } evidence ? evidence with { Source = evidence.Source } : grounds.Conditions[index];
        }

        return grounds with
        {
            Consents = ImmutableCollectionsMarshal.AsImmutableArray(consents),
            Conditions = ImmutableCollectionsMarshal.AsImmutableArray(conditions),
        };
    }

    /// <summary>Bytes per call on this thread; the least of some rounds, because a first call also makes what later ones use again.</summary>
    private static long Allocated(Func<Decision> act)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            act();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
