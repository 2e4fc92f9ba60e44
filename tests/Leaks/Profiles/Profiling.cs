// Derives every recipient profile of the catalogue, and the circumstances in which it gets all it can get.
using System.Collections.Immutable;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Leaks.Profiles;

/// <summary>The profiles of the catalogue that ships, and a deployment in which each of their ends is a connected system.</summary>
internal static class Profiling
{
    /// <summary>The professional behind every call.</summary>
    public static readonly ProfessionalId Person = ProfessionalId.Parse("person-1");

    /// <summary>When all of it happens: every rule of the catalogue is in force then.</summary>
    public static readonly DateTimeOffset Now = new(2027, 6, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly LegalCatalogue Law = GatewayWorld.Catalogue;
    private static readonly Lazy<ImmutableArray<Profile>> Derived = new(static () => Derive(Direction.Read));
    private static readonly Lazy<ImmutableArray<Profile>> DerivedSending = new(static () => [.. Derive(Direction.Write), .. Derive(Direction.Notify)]);

    /// <summary>Organisations: of the source, of the recipient where it is another, of nobody else.</summary>
    private static readonly string[] Organisations = ["holder", "asker"];

    /// <summary>All profiles for reading.</summary>
    public static ImmutableArray<Profile> All => Derived.Value;

    /// <summary>All profiles for sending.</summary>
    public static ImmutableArray<Profile> Sending => DerivedSending.Value;

    /// <summary>The deployment of all profiles: each end once in either organisation, every system trusted to check every condition, every role with every item in its access class.</summary>
    public static Deployment Deployment { get; } = Connect();

    /// <summary>The system of an end in one organisation.</summary>
    public static SystemEntry Find(ProfileEnd end, string organisation) =>
        Deployment.Systems.First(system => system.Sector == end.Sector && system.ActsAs == end.Role && system.Organisation.Value == organisation);

    private static IEnumerable<(ProfileEnd Source, ProfileEnd Recipient, PurposeId Purpose, DisclosureRule Rule)> Cells(Direction direction) =>
        from rule in Law.Rules.Values.Where(rule => rule.Enabled && rule.Direction == direction).OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)
        from pair in rule.Pairs
        let purpose = pair.Purpose ?? rule.Purpose
        where purpose is not null // rules without one carry data about nobody, or the client's own view
        from source in Ends(pair.From)
        from recipient in Ends(pair.To)
        select (source, recipient, purpose.Value, rule);

    private static IEnumerable<ProfileEnd> Ends(RuleParty party) =>
        party.Sector == RuleParty.Anybody.Sector ? [] : party.Roles.Select(role => new ProfileEnd(party.Sector, role));

    private static ImmutableArray<Profile> Derive(Direction direction)
    {
        var point = new PolicyDecisionPoint(Law, Deployment);
        var circumstances = Circumstances.All;
        return
        [
            .. Cells(direction).GroupBy(static cell => (cell.Source, cell.Recipient, cell.Purpose))
                .Select(cell => new Profile(cell.Key.Source, cell.Key.Recipient, cell.Key.Purpose, [.. cell.Select(static one => one.Rule).Distinct()]) { Direction = direction })
                .Select(profile => profile with { Scenes = Choose(point, profile, circumstances) })
                .OrderBy(static profile => profile.ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>The fewest circumstances that together permit all that any of them permits; one that permits nothing where none permits anything.</summary>
    private static ImmutableArray<Scene> Choose(PolicyDecisionPoint point, Profile profile, IReadOnlyList<Circumstances> circumstances)
    {
        var scenes = circumstances.SelectMany(one => Organisations.Select(organisation => one.Make(point, Law, profile, organisation))).ToList();
        var chosen = ImmutableArray.CreateBuilder<Scene>();
        var open = scenes.SelectMany(static scene => scene.Permitted.Keys).ToHashSet();
        do
        {
            var best = scenes.MaxBy(scene => scene.Permitted.Keys.Count(open.Contains))!;
            chosen.Add(best);
            open.ExceptWith(best.Permitted.Keys);
        }
        while (open.Count > 0);
        return chosen.ToImmutable();
    }

    private static Deployment Connect()
    {
        var name = new LocalisedText { Fi = "x", Sv = "x", En = "x" };
        var cells = new[] { Direction.Read, Direction.Write, Direction.Notify }.SelectMany(Cells).ToArray();
        ImmutableArray<PurposeId> purposes = [.. cells.Select(static cell => cell.Purpose).Distinct()];
        var ends = cells.SelectMany(static cell => new[] { cell.Source, cell.Recipient }).Distinct().OrderBy(static end => end.ToString(), StringComparer.Ordinal);
        return new Deployment
        {
            Organisations = [.. Organisations.Append("stranger").Select(organisation => new OrganisationEntry { Id = OrganisationId.Parse(organisation), Name = name, Kind = "authority" })],
            Systems =
            [
                .. ends.SelectMany(static (end, number) => Organisations.Append("stranger").Select(organisation => (end, organisation, id: $"{organisation}-{number}")))
                    .Select(place => new SystemEntry
                    {
                        Id = SystemId.Parse(place.id),
                        Organisation = OrganisationId.Parse(place.organisation),
                        Sector = place.end.Sector,
                        ActsAs = place.end.Role,
                        Roles = [place.end.Role],
                        Purposes = purposes,
                        Attests = [.. Law.Conditions.Keys],
                        Name = name,
                        Adapter = new AdapterEntry { Kind = "patient-record" },
                    }),
            ],
            RoleScopes = [.. ends.Select(static end => end.Role).Distinct().Select(static role => new RoleScope { Role = role, Items = [.. Law.Items.Keys] })],
        };
    }
}
