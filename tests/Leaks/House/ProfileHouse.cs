// A house that many probes share, and the way round all profiles.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Leaks.Marked;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.House;

/// <summary>One house for the probes of a class.</summary>
public sealed class ProfileHouse : IAsyncLifetime
{
    /// <summary>The house.</summary>
    internal LeakHouse Leak { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => Leak = await LeakHouse.OpenAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Leak.DisposeAsync();

    /// <summary>Visits as every profile, each time about a new client; a fault says in which.</summary>
    internal Task ForEveryAsync(Func<Visit, Profile, Task> probe) => ForEveryAsync(Leak, probe);

    /// <summary>The same in a house of one's own.</summary>
    internal static Task ForEveryAsync(LeakHouse leak, Func<Visit, Profile, Task> probe) => ForEveryAsync(leak, Profiling.All, probe);

    /// <summary>The same for profiles that send.</summary>
    internal Task ForEverySenderAsync(Func<Visit, Profile, Task> probe) => ForEveryAsync(Leak, Profiling.Sending, probe);

    private static async Task ForEveryAsync(LeakHouse leak, IEnumerable<Profile> profiles, Func<Visit, Profile, Task> probe)
    {
        var faults = new List<string>();
        foreach (var profile in profiles)
        {
            foreach (var scene in profile.Scenes.Where(_ => faults.Count < 5))
            {
                (leak.Marked.IsEmpty, leak.Marked.IsShort) = (false, true);
                leak.Marked.Open();
                try
                {
                    await probe(leak.Enter(scene), profile);
                }
                catch (Xunit.Sdk.XunitException fault)
                {
                    faults.Add($"{profile}: {fault.Message}");
                }
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} profiles or more\n{string.Join('\n', faults)}");
    }

    /// <summary>The types of which a profile may see something, by the law alone; Patient first.</summary>
    internal static ImmutableArray<string> TypesOf(Profile profile) =>
        [.. Selectors(profile).Select(static selector => selector.ResourceType).Where(MarkedSet.TypesWithClient.Contains).Distinct().OrderBy(static type => type == "Patient" ? 0 : 1)];

    /// <summary>A type that a profile sees something of, another than Patient where there is one.</summary>
    internal static string TypeOf(Profile profile) => TypesOf(profile).LastOrDefault("Observation");

    /// <summary>A type that the profile sees nothing of.</summary>
    internal static string HiddenTypeOf(Profile profile) => MarkedSet.TypesWithClient.First(type => type != "Patient" && !TypesOf(profile).Contains(type));

    /// <summary>The selectors that the rules of a profile can carry to it.</summary>
    internal static IEnumerable<FhirSelector> Selectors(Profile profile) =>
        Items(profile).SelectMany(static item => GatewayWorld.Catalogue.Items[item].Selectors);

    private static IEnumerable<DataItemId> Items(Profile profile) =>
        (from rule in profile.Rules
         from pair in rule.Pairs
         where (pair.Purpose ?? rule.Purpose) == profile.Purpose && Is(pair.From, profile.Source) && Is(pair.To, profile.Recipient)
         from item in pair.Items.IsDefaultOrEmpty ? rule.Items : pair.Items
         select item).Distinct();

    private static bool Is(RuleParty party, ProfileEnd end) => party.Sector == end.Sector && party.Roles.Contains(end.Role);
}
