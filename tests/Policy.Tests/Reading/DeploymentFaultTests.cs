// Every fault that the reader of a deployment can find, with its line and its whole sentence, and all that a sound file says.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Policy.Reading;

public sealed class DeploymentFaultTests
{
    private const string Text = """
        organisations:
          - id: county
            name: {fi: Hyvinvointialue, sv: Välfärdsområde, en: County}
            kind: wellbeing-county
          - id: city
            name: {fi: Kaupunki, sv: Stad, en: City}
            kind: municipality
        systems:
          - id: record
            organisation: county
            sector: health
            actsAs: doctor
            name: {fi: Kertomus, sv: Journal, en: Record}
            roles: [doctor]
            purposes: [sports]
            attests: [checked]
            keys: keys/record.json
            adapter:
              kind: patient-record
              settings: {address: "http://127.0.0.1", mode: quick}
          - id: gym
            organisation: city
            sector: sports
            actsAs: coach
            name: {fi: Sali, sv: Gym, en: Gym}
            roles: [aide]
            portal: true
        agreements:
          - {id: deal, kind: on-behalf, parties: [county, city], flows: [R-1], from: 2025-01-01, to: 2026-06-30}
          - id: instant
            kind: on-behalf
            parties: [county, city]
            flows: [R-1]
            from: 2025-01-01T12:00:00+03:00
            to: 2025-01-01T12:00:00+03:00
        rulesOff: [R-3]
        roleScopes:
          - role: coach
            organisation: city
            items: [weight]
          - {role: aide, items: [name]}
        """;

    private const string Cannot = "a deployment cannot widen the law.";
    private const string NotADate = "must be a date like 2026-08-01 or an instant like 2026-08-01T12:00:00+03:00.";

    public static TheoryData<string, string, string> Faults => new()
    {
        { "portal: true", "portal: true\n    notify: {url: \"http://gym.example/notices\"}", "(28): `url` must be an https address (http on the machine itself only), without a user, query or fragment." },
        { "portal: true", "portal: true\n    notify: {url: \"https://user@gym.example/notices\"}", "(28): `url` must be an https address (http on the machine itself only), without a user, query or fragment." },
        { "portal: true", "portal: true\n    notify: {url: \"https://gym.example/notices?to=x\"}", "(28): `url` must be an https address (http on the machine itself only), without a user, query or fragment." },
        { "portal: true", "portal: true\n    notify: {url: \"file:///etc/passwd\"}", "(28): `url` must be an https address (http on the machine itself only), without a user, query or fragment." },
        { "portal: true", "portal: true\n    notify: {url: \"notices\"}", "(28): `url` must be an https address (http on the machine itself only), without a user, query or fragment." },
        { "portal: true", "portal: true\n    notify: {url: \"https://gym.example/notices\", secret: ../key}", "(28): `secret` must be the name of a file in the key folder." },
        { "kind: municipality", "kind: town", "(7): `kind` is `town`, must be one of wellbeing-county, municipality, education-provider, association, company, authority." },
        { "kind: municipality", "kind: municipality\n    size: 1", "(8): Unknown key `size`." },
        { "    name: {fi: Kaupunki, sv: Stad, en: City}\n", "", "(5): `name` is missing; it needs fi, sv and en." },
        { "- id: city\n    name", "- name", "(5): `id` is missing.|(21): Organisation `city` is not defined. There are: county.|(28): Organisation `city` is not defined. There are: county.|(31): Organisation `city` is not defined. There are: county.|(38): Organisation `city` is not defined. There are: county." },
        { "id: city\n", "id: county\n", "(22): Organisation `city` is not defined. There are: county.|(29): Organisation `city` is not defined. There are: county.|(32): Organisation `city` is not defined. There are: county.|(39): Organisation `city` is not defined. There are: county.|(5): Organisation `county` is already defined in sisote.yaml(2)." },
        { "id: record\n", "id: Sisote-record\n", "(9): `Sisote-record` is reserved: ids that begin with `sisote-` belong to Sisote's own rooms." },
        { "id: gym\n", "id: record\n", "(21): System `record` is already defined in sisote.yaml(9)." },
        { "id: gym\n", "id: gym\n    size: 1\n", "(22): Unknown key `size`." },
        { "id: instant\n", "id: deal\n", "(30): Agreement `deal` is already defined in sisote.yaml(29)." },
        { "id: instant\n", "id: instant\n    size: 1\n", "(31): Unknown key `size`." },
        { "- id: instant\n    kind", "- kind", "(30): `id` is missing." },
        { "actsAs: doctor", "actsAs: coach", "(12): Role `coach` belongs to sector `sports`, not to `health`." },
        { "actsAs: doctor", "actsAs: doktor", "(12): Role `doktor` is not defined. Did you mean `doctor`?" },
        { "roles: [doctor]", "roles: [doctor, aide]", "(14): Role `aide` belongs to sector `sports`, not to `health`." },
        { "roles: [doctor]", "roles: [doctr]", "(14): Role `doctr` is not defined. Did you mean `doctor`?" },
        { "purposes: [sports]", "purposes: [sport]", "(15): Purpose `sport` is not defined. Did you mean `sports`?" },
        { "roles: [aide]", "roles: [aide]\n    purposes: [sports, care]", "" },
        { "attests: [checked]", "attests: [checked, needed]", $"(16): Condition `needed` is not one that a system can check; {Cannot}" },
        { "attests: [checked]", "attests: [checkd]", "(16): Condition `checkd` is not defined. Did you mean `checked`?" },
        { "keys: keys/record.json", "keys: /etc/keys.json", "(17): `keys` must be a path below the folder of the deployment file." },
        { "keys: keys/record.json", "keys: keys/../../k.json", "(17): `keys` must be a path below the folder of the deployment file." },
        { "keys: keys/record.json", "keys: keys\\..\\k.json", "(17): `keys` must be a path below the folder of the deployment file." },
        { "      kind: patient-record\n", "", "(19): `kind` is missing." },
        { "      kind: patient-record\n", "      kind: patient-record\n      size: 1\n", "(20): Unknown key `size`." },
        { "mode: quick", "mode: [quick]", "(20): `mode` must be a text." },
        { "    portal: true", "    xroad: FI/COM/1234567-8/gym\n    portal: true", "" },
        { "    portal: true", "    xroad: FI/COM/1234567-8\n    portal: true", "(27): `FI/COM/1234567-8` is no X-Road subsystem; write instance, class, member and subsystem: `FI/COM/1234567-8/ehr`." },
        { "    portal: true", "    xroad: FI/COM//gym\n    portal: true", "(27): `FI/COM//gym` is no X-Road subsystem; write instance, class, member and subsystem: `FI/COM/1234567-8/ehr`." },
        { "    portal: true", "    portal: true\n    xroad: FI/MUN/1/gym\n  - {id: pool, organisation: city, sector: sports, actsAs: coach, name: {fi: Allas, sv: Bassäng, en: Pool}, roles: [aide], xroad: FI/MUN/1/gym}", "(29): X-Road subsystem `FI/MUN/1/gym` is already defined in sisote.yaml(28)." },
        { "portal: true", "portal: true\n    link: true", "" },
        { "keys: keys/record.json", "keys: keys/record.json\n    link: true", "(18): `link` is for people who have no system: one with an `adapter` takes what is sent to it." },
        { "portal: true", "portal: maybe", "(27): `portal` must be true or false." },
        { "kind: on-behalf, parties", "kind: friendship, parties", "(29): An agreement of kind `friendship` is no condition of rule `R-1`; an agreement alone opens nothing.|(29): No condition of the catalogue asks for an agreement of kind `friendship`." },
        { "flows: [R-1]", "flows: [R-2]", "" },
        { "flows: [R-1]", "flows: [R-9]", "(29): Rule `R-9` is not defined. Did you mean `R-1`?" },
        { "parties: [county, city]", "parties: [county]", "(29): `parties` must name at least two organisations." },
        { "from: 2025-01-01, ", "", "(29): `from` is missing." },
        { "from: 2025-01-01, ", "from: 1900-12-31, ", $"(29): `from` {NotADate}" },
        { "from: 2025-01-01, ", "from: 1901-01-01, ", "" },
        { "to: 2026-06-30", "to: 9999-12-31", $"(29): `to` {NotADate}" },
        { "to: 2026-06-30", "to: 9998-12-31", "" },
        { "to: 2026-06-30", "to: 2026-06-30 12.00", $"(29): `to` {NotADate}" },
        { "to: 2026-06-30", "to: Tuesday", $"(29): `to` {NotADate}" },
        { "to: 2026-06-30", "to: 2024-06-30", "(29): `to` lies before `from`." },
        { "kind: on-behalf\n", "kind: friendship\n", "(31): No condition of the catalogue asks for an agreement of kind `friendship`.|(33): An agreement of kind `friendship` is no condition of rule `R-1`; an agreement alone opens nothing." },
        { "parties: [county, city]\n", "parties: [county]\n", "(32): `parties` must name at least two organisations." },
        { "to: 2025-01-01T12:00:00+03:00", "to: 2024-01-01T12:00:00+03:00", "(35): `to` lies before `from`." },
        { "- id: instant\n    kind: on-behalf", "- kind: on-behalf\n    id: deal", "(31): Agreement `deal` is already defined in sisote.yaml(29)." },
        { "- id: gym\n    organisation: city", "- organisation: city\n    id: record", "(22): System `record` is already defined in sisote.yaml(9)." },
        { "- id: record\n    organisation: county", "- organisation: county\n    id: sisote-record", "(10): `sisote-record` is reserved: ids that begin with `sisote-` belong to Sisote's own rooms." },
        { "- id: city\n    name: {fi: Kaupunki, sv: Stad, en: City}\n    kind", "- name: {fi: Kaupunki, sv: Stad, en: City}\n    id: county\n    kind", "(22): Organisation `city` is not defined. There are: county.|(29): Organisation `city` is not defined. There are: county.|(32): Organisation `city` is not defined. There are: county.|(39): Organisation `city` is not defined. There are: county.|(6): Organisation `county` is already defined in sisote.yaml(2)." },
        { "rulesOff: [R-3]", "rulesOff: [R-33]", "(36): Rule `R-33` is not defined. Did you mean `R-3`?" },
        { "rulesOff: [R-3]", "rulesOn: [R-3]", "(36): A deployment can only narrow the law, by `rulesOff` and `roleScopes`: what `rulesOn` says belongs to the catalogue and cannot stand here." },
        { "items: [weight]", "items: [wieght]", "(40): Item `wieght` is not defined. Did you mean `weight`?" },
        { "items: [weight]", "items: [weight, name]", "" }, // R-2 gives it to anybody
        { "items: [weight]", "items: [weight]\n    size: 1", "(41): Unknown key `size`." },
        { "role: coach", "rule: coach", "(38): `role` is missing.|(38): Unknown key `rule`." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void AFaultyDeploymentIsToldInFull(string good, string bad, string faults)
    {
        var at = Text.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0);

        var reading = DeploymentReader.Read("sisote.yaml", Text[..at] + bad + Text[(at + good.Length)..], SmallCatalogue.Read());

        var actual = reading is DeploymentReading.Faulty faulty ? string.Join('\n', faulty.Faults.Select(static fault => $"{fault}").Order(StringComparer.Ordinal)) : string.Empty;
        Assert.Equal(string.Join('\n', faults.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(static fault => "sisote.yaml" + fault).Order(StringComparer.Ordinal)), actual);
    }

    [Fact]
    public void TheScopeOfARoleNamesWhatSomeRuleGivesItOrAnybody()
    {
        var withoutR2 = Catalogues.Load(CatalogueReader.Read(SmallCatalogue.Replacing("rules/R-2.yaml", null)));

        var reading = DeploymentReader.Read("sisote.yaml", Text.Replace("items: [weight]", "items: [weight, name]", StringComparison.Ordinal).Replace("flows: [R-2]", "flows: [R-1]", StringComparison.Ordinal), withoutR2);

        Assert.Equal(["sisote.yaml(40): No rule of the catalogue gives `name` to role `coach`; " + Cannot], Assert.IsType<DeploymentReading.Faulty>(reading).Faults.Select(static fault => $"{fault}"));
    }

    [Fact]
    public void EveryWordOfTheFileIsInTheDeployment() => Golden.Matches("Reading/Golden/deployment.txt", Plain.Text(Read()));

    [Theory]
    [InlineData("https://gym.example/notices", "gym-notify.key")]
    [InlineData("http://127.0.0.1:8099/notices", null)]
    public void WhereASystemTakesNotificationsIsReadAsItStands(string url, string? secret)
    {
        var notify = secret is null ? $"{{url: \"{url}\"}}" : $"{{url: \"{url}\", secret: {secret}}}";

        var reading = DeploymentReader.Read("sisote.yaml", Text.Replace("portal: true", "portal: true\n    notify: " + notify, StringComparison.Ordinal), SmallCatalogue.Read());

        Assert.Equal(new NotifyEntry { Url = new Uri(url), SecretFile = secret }, Assert.IsType<DeploymentReading.Loaded>(reading).Deployment.FindSystem(SystemId.Parse("gym"))?.Notify);
    }

    [Fact]
    public void SystemsAndOrganisationsAreFoundByTheirIds()
    {
        Assert.Equal("Gym", Read().FindSystem(SystemId.Parse("gym"))?.Name.En);
        Assert.Null(Read().FindSystem(SystemId.Parse("pool")));
        Assert.Equal("City", Read().FindOrganisation(OrganisationId.Parse("city"))?.Name.En);
        Assert.Null(Read().FindOrganisation(OrganisationId.Parse("village")));
    }

    [Fact]
    public void APurposeInWhichNoRuleGivesTheSectorAPartIsAFault()
    {
        var law = SmallCatalogue.With("sectors.yaml", "health:", "culture: {fi: Kulttuuri, sv: Kultur, en: Culture}\nhealth:");
        var text = Text.Replace("actsAs: doctor", "actsAs: coach", StringComparison.Ordinal).Replace("sector: health", "sector: culture", StringComparison.Ordinal).Replace("roles: [doctor]", "roles: []", StringComparison.Ordinal);

        var faulty = Assert.IsType<DeploymentReading.Faulty>(DeploymentReader.Read("sisote.yaml", text, law));

        Assert.Equal(
            ["sisote.yaml(12): Role `coach` belongs to sector `sports`, not to `culture`.", $"sisote.yaml(15): No rule of the catalogue gives sector `culture` a part in purpose `sports`; {Cannot}"],
            faulty.Faults.Select(static fault => $"{fault}"));
    }

    [Fact]
    public void APurposeThatNoRuleIsForIsAFaultInEverySector()
    {
        var law = SmallCatalogue.With("purposes.yaml", "care:", "play: {fi: Leikki, sv: Lek, en: Play}\ncare:");

        var faulty = Assert.IsType<DeploymentReading.Faulty>(DeploymentReader.Read("sisote.yaml", Text.Replace("purposes: [sports]", "purposes: [play]", StringComparison.Ordinal), law));

        Assert.Equal([$"sisote.yaml(15): No rule of the catalogue gives sector `health` a part in purpose `play`; {Cannot}"], faulty.Faults.Select(static fault => $"{fault}"));
    }

    [Fact]
    public void ASystemMayAttestWhatItCanCheckAlsoWhereSomethingElseShowsItToo()
    {
        var law = SmallCatalogue.With("conditions.yaml", "  evaluatedFrom: {statement: system}", "  evaluatedFrom:\n    - {ageBelow: 7}\n    - {statement: system}");

        Assert.IsType<DeploymentReading.Loaded>(DeploymentReader.Read("sisote.yaml", Text, law));
    }

    [Theory]
    [InlineData("needed", "referred")]
    [InlineData("referred", "needed")]
    public void AnAgreementMayNameARuleOfWhichItIsOneConditionAmongOthersAlsoThroughAPair(string ofPair, string ofRule)
    {
        var pair = EditedCatalogue.Texts(SmallCatalogue.Texts, "rules/R-1.yaml", "    conditions: [needed]\n", $"    conditions: [{ofPair}]\n");
        var rule = EditedCatalogue.Texts(pair, "rules/R-1.yaml", "\nconditions: [referred]\n", $"\nconditions: [{ofRule}]\n");
        var law = Catalogues.Load(CatalogueReader.Read(EditedCatalogue.Texts(rule, "prohibitions/P-1.yaml", "unless: [referred]\n", string.Empty)));

        Assert.IsType<DeploymentReading.Loaded>(DeploymentReader.Read("sisote.yaml", Text, law));
        var faulty = Assert.IsType<DeploymentReading.Faulty>(DeploymentReader.Read("sisote.yaml", Text.Replace("rulesOff: [R-3]", "rulesOff: []", StringComparison.Ordinal).Replace("flows: [R-1]", "flows: [R-3]", StringComparison.Ordinal), law));
        Assert.All(faulty.Faults, static fault => Assert.Contains("is no condition of rule `R-3`", fault.Message, StringComparison.Ordinal));
    }

    private static Deployment Read() => Assert.IsType<DeploymentReading.Loaded>(DeploymentReader.Read("sisote.yaml", Text, SmallCatalogue.Read())).Deployment;
}
