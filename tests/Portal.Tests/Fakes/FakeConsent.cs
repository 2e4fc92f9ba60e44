// The consent service's person doors as the portal meets them, over HTTP with its own messages.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Portal;

internal sealed class FakeConsent : IAsyncDisposable
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 8, 23, 0, TimeSpan.Zero);
    private readonly WebApplication app;
    private readonly FakeAuthority authority;

    private FakeConsent(FakeAuthority authority)
    {
        this.authority = authority;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(static json => SisoteJson.Apply(json.SerializerOptions));
        app = builder.Build();
        app.Use((context, next) => Down ? Refuse(context, 503) : Allowed(context) ? next(context) : Refuse(context, 403));
        app.MapGet("/me/disclosures", () => new MyDisclosures { Disclosures = [.. Disclosures] });
        app.MapGet("/me/consents", () => new MyConsents { Consents = [.. Consents.Values] });
        app.MapPost("/me/consents", Give);
        app.MapPost("/me/consents/{id}/withdraw", Withdraw);
        app.MapGet("/me/children", () => new MyChildren { Children = [.. Family.Children] });
        app.MapGet("/me/children/{child}/disclosures", (string child) => Family.Has(child) && Family.Disclosures is { Count: > 0 } rows ? Results.Json(new ChildDisclosures { Disclosures = [.. rows] }, SisoteJson.Options) : FakeFamily.Nothing);
        app.MapGet("/me/children/{child}/consents", (string child) => Family.Has(child) && !Family.Consents.IsEmpty ? Results.Json(new ChildConsents { Consents = [.. Family.Consents.Values.OrderBy(static one => one.Id)] }, SisoteJson.Options) : FakeFamily.Nothing);
        app.MapPost("/me/children/{child}/consents", (string child, GiveConsent command) => Family.Give(child, command));
        app.MapPost("/me/children/{child}/consents/{id}/{step}", (string child, string id, string step) => Family.Step(child, id, step));
        app.MapGet("/relationships", (string kind) => new RelationshipList { Relationships = [.. Referrals.Values.Where(each => each.Kind == kind)] });
        app.MapPost("/relationships/{id}/{step}", Change);
        app.MapGet("/releases", () => new WaitingReleases { Releases = [.. Releases.Values.OrderBy(static one => one.Id)] });
        app.MapPost("/releases/{id}/release", (string id, ReleaseItems items) => Decide(id, items, null));
        app.MapPost("/releases/{id}/decline", (string id, DeclineItems why) => Decide(id, null, why));
        app.MapGet("/log", (HttpRequest request) => LogFilter.TryRead(request.Query, out var filter) ? Results.Json(Page(filter), SisoteJson.Options) : Results.StatusCode(400));
        app.MapGet("/log/{index:int}", async (int index) => await Log.DetailAsync(index) is { } detail ? Results.Json(Tamper(detail), SisoteJson.Options) : Results.NotFound());
    }

    internal Uri Address => new(app.Urls.First() + "/");

    internal FakeLog Log { get; } = new();

    internal FakeFamily Family { get; } = new();

    internal bool Down { get; set; }

    internal Func<LogDetail, LogDetail> Tamper { get; set; } = static detail => detail;

    internal List<MyDisclosure> Disclosures { get; } = [Sent(), Asked(), Got()];

    internal ConcurrentDictionary<string, MyConsent> Consents { get; } = new([KeyValuePair.Create("0197a1b2c3d47000800000000000c001", Given())]);

    internal ConcurrentDictionary<string, Relationship> Referrals { get; } = new([KeyValuePair.Create("ref-1", Referral("ref-1", RelationshipStatus.Active)), KeyValuePair.Create("ref-2", Referral("ref-2", RelationshipStatus.Requested))]);

    internal ConcurrentDictionary<string, WaitingRelease> Releases { get; } = new([KeyValuePair.Create("rel-1", Waiting("rel-1", "open")), KeyValuePair.Create("rel-2", Waiting("rel-2", "declined"))]);

    /// <summary>What was sent when somebody decided.</summary>
    internal ConcurrentQueue<object> Decisions { get; } = [];

    internal static async Task<FakeConsent> StartAsync(FakeAuthority authority)
    {
        var consent = new FakeConsent(authority);
        await consent.app.StartAsync();
        return consent;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static DisclosureEnd Kuopio => new() { Organisation = OrganisationId.Parse("kuopio"), System = SystemId.Parse("kuopio-portal"), Sector = SectorId.Parse("municipal-sports"), Role = RoleId.Parse("exercise-counsellor") };

    private static DisclosureEnd County => new() { Organisation = OrganisationId.Parse("pohjois-savo"), System = SystemId.Parse("pohjois-savo-record"), Sector = SectorId.Parse("health"), Role = RoleId.Parse("health-professional") };

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private bool Allowed(HttpContext context)
    {
        var kind = authority.Validate(context.Request.Headers.Authorization).GetPayloadValue<string>(PersonClaims.Kind);
        var path = context.Request.Path;
        return kind == (path.StartsWithSegments("/me") ? "client" : path.StartsWithSegments("/log") ? "data-protection-officer" : "professional");
    }

    private IResult Give(GiveConsent command)
    {
        var consent = new MyConsent
        {
            Consent = new ConsentRecord
            {
                Id = command.Id,
                Version = 1,
                Form = command.Form,
                Type = ConsentType.Permit,
                Status = ConsentStatus.Active,
                Items = command.Items,
                RecipientSector = command.RecipientSector,
                RecipientOrganisation = command.RecipientOrganisation,
                RecipientRole = command.RecipientRole,
                Purpose = command.Purpose,
                From = Morning,
                To = command.To,
                GivenBy = "client",
            },
            TextLanguage = command.TextLanguage,
            TextVersion = command.TextVersion,
            How = "signed-in",
            History = [new ConsentEvent { Version = 1, What = "given", At = Morning, Items = command.Items, To = command.To, Index = 9 }],
        };
        Consents[command.Id] = consent;
        return Results.Json(new ConsentGiven { Consent = consent, Receipt = "receipt-given", Index = 9 }, SisoteJson.Options, statusCode: 201);
    }

    private IResult Withdraw(string id)
    {
        if (!Consents.TryGetValue(id, out var mine))
        {
            return Results.NotFound();
        }

        var withdrawn = Consents[id] = mine with { Consent = mine.Consent with { Status = ConsentStatus.Withdrawn, Version = 2 } };
        return Results.Json(new WithdrawalAnswer
        {
            Consent = withdrawn,
            At = Morning.AddHours(2),
            Receipt = "receipt-withdrawn",
            Index = 12,
            Holders = [new DataHolder { Recipient = Kuopio, Items = mine.Consent.Items, FirstTime = Morning, LastTime = Morning.AddHours(1), Count = 3 }],
            Stops = [new AffectedFlow { Rule = RuleId.Parse("EX-02"), Items = mine.Consent.Items }],
            Continues = [],
        }, SisoteJson.Options);
    }

    private IResult Change(string id, string step)
    {
        if (!Referrals.TryGetValue(id, out var referral))
        {
            return Results.NotFound();
        }

        var changed = Referrals[id] = referral with
        {
            Status = step switch { "accept" => RelationshipStatus.Active, "reject" => RelationshipStatus.Rejected, _ => RelationshipStatus.Ended },
            Professional = ProfessionalId.Parse("ohjaaja-salmi"),
        };
        return Results.Json(new RelationshipChanged { Relationship = changed, Receipt = "receipt-changed", Index = 13 }, SisoteJson.Options);
    }

    private IResult Decide(string id, ReleaseItems? items, DeclineItems? why)
    {
        if (!Releases.TryGetValue(id, out var waiting))
        {
            return Results.NotFound();
        }

        Decisions.Enqueue(items is null ? why! : items);
        Releases[id] = waiting with
        {
            State = items is null ? "declined" : "released",
            Identifier = null,
            DecidedAt = Morning.AddHours(3),
            Items = [.. waiting.Items.Select(one => one with { State = items?.Items?.Contains(one.Item) == true ? "released" : "declined" })],
        };
        return Results.Json(new DecisionStands { Decisions = ["decision-1"], Receipt = "receipt-decided", Index = 14 }, SisoteJson.Options);
    }

    private static WaitingRelease Waiting(string id, string state) => new()
    {
        Id = id,
        State = state,
        Identifier = state == "open" ? "150914A934N" : null,
        FromOrganisation = OrganisationId.Parse("pohjois-savo"),
        ToOrganisation = OrganisationId.Parse("kuopion-koulut"),
        ToSystem = SystemId.Parse("kuopio-koulu"),
        ToSector = SectorId.Parse("education"),
        ToRole = RoleId.Parse("principal"),
        AskedBy = ProfessionalId.Parse("rehtori-1"),
        Purpose = PurposeId.Parse("teaching-arrangement"),
        Direction = Direction.Read,
        Items = [.. new[] { "study-arrangement-need", "school-safety-instruction" }.Select(item => new WaitingReleaseItem { Item = DataItemId.Parse(item), Rule = RuleId.Parse("OH-05"), Decisions = [ConditionId.Parse("human-release")], State = state })],
        AskedAt = Morning,
        LapsesAt = Morning.AddDays(14),
        DecidedAt = state == "open" ? null : Morning.AddHours(1),
    };

    private LogPage Page(LogFilter filter)
    {
        var rows = Log.Rows.Where(row =>
            (filter.Outcome is null || row.Outcome == filter.Outcome)
            && (filter.Kind is null || row.Kind == filter.Kind)
            && (filter.Item is null || row.Items.Any(item => item.Item == filter.Item))
            && (filter.System is null || row.From?.System == filter.System || row.To?.System == filter.System)).ToImmutableArray();
        return new LogPage
        {
            Rows = rows,
            Total = rows.Length,
            Facets = new LogFacets
            {
                Systems = Count(rows.SelectMany(static row => new[] { row.From?.System?.Value, row.To?.System?.Value })),
                Items = Count(rows.SelectMany(static row => row.Items.Select(static item => item.Item.Value))),
                Rules = Count(rows.SelectMany(static row => row.Items.Select(static item => item.Rule?.Value).Distinct())),
                Outcomes = Count(rows.Select(static row => row.Outcome)),
                Kinds = Count(rows.Select(static row => LogFilter.KindText(row.Kind))),
            },
        };
    }

    private static ImmutableArray<FacetCount> Count(IEnumerable<string?> values) =>
        [.. values.OfType<string>().GroupBy(static value => value).Select(static group => new FacetCount(group.Key, group.Count())).OrderByDescending(static facet => facet.Count)];

    private static MyDisclosure Got() => new()
    {
        Time = Morning,
        FirstTime = Morning,
        Count = 1,
        Index = 0,
        Kind = LogEntryKind.Disclosure,
        Outcome = "released",
        From = County,
        To = Kuopio,
        Direction = Direction.Read,
        Purpose = PurposeId.Parse("exercise-counselling"),
        Released = [DataItemId.Parse("exercise-restriction"), DataItemId.Parse("exercise-goal-plan")],
        Withheld = [DataItemId.Parse("exercise-measures")],
        Grounds = [new DisclosureGround { Rule = RuleId.Parse("EX-02"), Consents = [new ConsentReference { Id = "0197a1b2c3d47000800000000000c001", Version = 1, Form = ConsentFormId.Parse("SECRECY") }] }],
    };

    private static MyDisclosure Sent() => Got() with
    {
        Time = Morning.AddMinutes(42),
        FirstTime = Morning.AddMinutes(42),
        Index = 2,
        Kind = LogEntryKind.WriteIntent,
        Outcome = "delivered",
        From = Kuopio,
        To = County,
        Direction = Direction.Write,
        Released = [DataItemId.Parse("exercise-entry")],
        Withheld = [],
        Grounds = [new DisclosureGround { Rule = RuleId.Parse("EX-03") }],
    };

    private static MyDisclosure Asked() => Got() with { Kind = LogEntryKind.Refusal, Outcome = "denied", Index = 1, Count = 3, Time = Morning.AddMinutes(30), Released = [], Grounds = [] };

    private static MyConsent Given() => new()
    {
        Consent = new ConsentRecord
        {
            Id = "0197a1b2c3d47000800000000000c001",
            Version = 1,
            Form = ConsentFormId.Parse("SECRECY"),
            Type = ConsentType.Permit,
            Status = ConsentStatus.Active,
            Items = [DataItemId.Parse("person-identity"), DataItemId.Parse("exercise-restriction"), DataItemId.Parse("exercise-goal-plan")],
            RecipientSector = SectorId.Parse("municipal-sports"),
            RecipientOrganisation = OrganisationId.Parse("kuopio"),
            RecipientRole = RoleId.Parse("exercise-counsellor"),
            Purpose = PurposeId.Parse("exercise-counselling"),
            From = Morning.AddDays(-2),
            GivenBy = "client",
        },
        TextLanguage = "fi",
        TextVersion = "0123456789ab",
        How = "signed-in",
        History = [new ConsentEvent { Version = 1, What = "given", At = Morning.AddDays(-2), Items = [], Index = 4 }],
    };

    private static Relationship Referral(string id, RelationshipStatus status) => new()
    {
        Id = id,
        Kind = "referral",
        Status = status,
        FromOrganisation = OrganisationId.Parse("pohjois-savo"),
        ToOrganisation = OrganisationId.Parse("kuopio"),
        Professional = status == RelationshipStatus.Active ? ProfessionalId.Parse("ohjaaja-salmi") : null,
        From = Morning.AddDays(-2),
    };
}
