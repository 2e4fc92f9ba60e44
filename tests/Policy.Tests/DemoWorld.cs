// The demo deployment and the people of its story, for tests that decide on records.
using System.Collections.Immutable;
using Sisote.Policy;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

internal static class DemoWorld
{
    internal static DateTimeOffset Noon { get; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(2));

    internal static Deployment Deployment { get; } = Load();

    internal static PolicyDecisionPoint DecisionPoint { get; } = new(Catalogues.Shipped, Deployment);

    internal static string Folder
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Sisote.sln")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }

            return folder;
        }
    }

    internal static string DeploymentText => File.ReadAllText(Path.Combine(Folder, "src/Host/Demo/sisote.yaml"));

    internal static Party Record { get; } = Party("health", "health-professional", "pohjois-savo");

    internal static Party Counsellor { get; } = Party("municipal-sports", "exercise-counsellor", "kuopio") with { Professional = ProfessionalId.Parse("ohjaaja-salmi") };

    internal static Party Register { get; } = Party("municipal-sports", "exercise-counsellor", "kuopio");

    internal static ConsentState Aino { get; } = new()
    {
        Client = ClientId.Parse("0123456789abcdef0123456789abcdef"),
        Revision = 3,
        AgreementsRevision = 1,
        Facts = new ClientFacts { BirthDate = new DateOnly(1980, 3, 1), SafetyProhibition = false },
        Relationships = [Referral],
        Agreements = Deployment.Agreements,
        Consents = [Consent("person-identity", "exercise-restriction", "exercise-goal-plan")],
    };

    internal static Relationship Referral => new()
    {
        Id = "ref-1",
        Kind = "referral",
        Status = RelationshipStatus.Active,
        FromOrganisation = OrganisationId.Parse("pohjois-savo"),
        ToOrganisation = OrganisationId.Parse("kuopio"),
        From = Noon.AddDays(-30),
        To = Noon.AddDays(30),
    };

    internal static AccessRequest Read(params string[] items) => new()
    {
        From = Record,
        To = Counsellor,
        Purpose = PurposeId.Parse("exercise-counselling"),
        Direction = Direction.Read,
        Items = Ids(items),
        Attestations = [new Attestation { Condition = ConditionId.Parse("necessity-statement"), Reference = "planning the first visit" }],
    };

    internal static AccessRequest Write(params string[] items) => Read(items) with { From = Counsellor, To = Record, Direction = Direction.Write, Atomic = true };

    internal static ConsentRecord Consent(params string[] items) => new()
    {
        Id = "c-1",
        Version = 1,
        Form = ConsentFormId.Parse("SECRECY"),
        Type = ConsentType.Permit,
        Status = ConsentStatus.Active,
        Items = Ids(items),
        RecipientSector = SectorId.Parse("municipal-sports"),
        Purpose = PurposeId.Parse("exercise-counselling"),
        From = Noon.AddDays(-60),
        To = Noon.AddDays(60),
        GivenBy = "client",
    };

    internal static ImmutableArray<DataItemId> Ids(params string[] items) => [.. items.Select(DataItemId.Parse)];

    private static Party Party(string sector, string role, string organisation) =>
        new() { Sector = SectorId.Parse(sector), Role = RoleId.Parse(role), Organisation = OrganisationId.Parse(organisation) };

    private static Deployment Load() => DeploymentReader.Read("sisote.yaml", DeploymentText, Catalogues.Shipped) switch
    {
        DeploymentReading.Loaded loaded => loaded.Deployment,
        DeploymentReading.Faulty faulty => throw new Xunit.Sdk.XunitException(string.Join('\n', faulty.Faults)),
        _ => throw new InvalidOperationException(),
    };
}
