// What the package's types say of themselves in a log line.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Client;

namespace Sisote.Tests.Client;

public sealed class SilenceTests
{
    private const string Canary = "010190-999W";
    private static readonly Problem Why = new(404, "not-found", "A sentence.");
    private static readonly Item Patient = new(Canary, Canary, JsonDocument.Parse($$"""{"id":"{{Canary}}"}""").RootElement);
    private static readonly Receipt Promise = Receipt.TryParse(FakeGateway.Receipt, out var receipt) ? receipt : throw new InvalidOperationException();

    private static readonly object[] Said =
    [
        Patient, new Outcome<Item>.Given(Patient, [Promise]), new Outcome<ImmutableArray<Item>>.Given([Patient], []), new Outcome<string>.Given(Canary, []), new Outcome<Item>.Nothing(), new Outcome<Item>.Refused(Why),
        new Outcome<Item>.TryLater(Why, TimeSpan.Zero), new AccessQuestion(Canary, Canary, Canary) { System = Canary }, new Decision.Permitted("id", Promise, []), new Decision.Denied("id"), new Decision.Refused(Why),
        new Decision.TryLater(Why, TimeSpan.Zero), new Sending.Delivered(new Uri($"https://sisote.test/fhir/a/Patient/{Canary}"), [Promise]), new Sending.Waiting(new Uri("https://sisote.test/outbox/e1"), "waiting", TimeSpan.Zero),
        new Sending.NotDelivered("refused", Why), new Sending.Unknown(Why), new Sending.Refused(Why), new Sending.TryLater(Why, TimeSpan.Zero), new Professional(Canary, Canary, Canary, Canary) { Name = Canary },
        Statement.Necessity(Canary), Promise, Why, new SisoteOptions { Gateway = new Uri("https://sisote.test/"), System = "our-system", Key = static () => PrivateKey.Parse(FakeGateway.Jwk) },
    ];

    [Fact]
    public void NoRecordOfThePackageShowsPersonalDataInText() =>
        Assert.All(Said, static one => Assert.DoesNotContain(Canary, one.ToString(), StringComparison.Ordinal));

    [Fact]
    public void EveryPublicRecordOfThePackageIsLookedAt()
    {
        var records = typeof(Item).Assembly.GetExportedTypes().Where(static type => !type.IsAbstract && type.GetMethod("<Clone>$") is not null);

        Assert.Equal(records.Select(static type => type.FullName).Order(), Said.Select(static one => one.GetType() is { IsGenericType: true } type ? type.GetGenericTypeDefinition().FullName : one.GetType().FullName).Distinct().Order());
    }
}
