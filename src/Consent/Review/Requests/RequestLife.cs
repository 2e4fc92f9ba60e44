// Requests for the log are received, decided about, prepared, handed over or refused.
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Review.Cases;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Requests;

/// <summary>What a request asks, wherever it came in.</summary>
internal sealed record AskedLog(ClientId Client, OrganisationId Organisation, DateOnly ReceivedOn, DateOnly? Since, string? SpecialReason, ProfessionalId? EnteredBy);

/// <summary>Keeps the life of requests.</summary>
/// <remarks>703/2023 11 §: two months to answer; two years back, further only for a special reason.</remarks>
internal sealed class RequestLife(CaseLife life, CaseStore cases, ClientKeys keys)
{
    private const int MonthsToAnswer = 2;
    private const int YearsBack = 2;

    /// <summary>The first day that needs no special reason.</summary>
    public static DateOnly OrdinarySince(DateOnly receivedOn) => receivedOn.AddYears(-YearsBack);

    /// <summary>Receives a request.</summary>
    public async Task<KeptCase<LogRequest>> ReceiveAsync(AskedLog asked, CaseActor who) => (await life.OpenAsync<LogRequest>(async (transaction, id) =>
    {
        var before = await cases.OfClientAsync<LogRequest>(transaction.Session, asked.Client, CancellationToken.None);
        var request = new LogRequest
        {
            Id = id, Organisation = asked.Organisation, State = "received", OpenedAt = transaction.Now, OpenedBy = asked.EnteredBy,
            Due = asked.ReceivedOn.AddMonths(MonthsToAnswer), ReceivedOn = asked.ReceivedOn, SpecialReason = asked.SpecialReason,
            Since = FinnishTime.StartOf(asked.Since ?? OrdinarySince(asked.ReceivedOn)), ClientMark = keys.MarkOf(asked.Client, asked.Organisation),
            EarlierWithinAYear = before.Count(kept => kept.Case.Organisation == asked.Organisation && kept.Case.ReceivedOn > asked.ReceivedOn.AddYears(-1)),
        };
        return (CaseFile<LogRequest>.Of(request, asked.Client), new CaseStep<LogRequest>(request, "received"));
    }, who))!;

    /// <summary>Decides about entries; a package that was prepared before is void.</summary>
    public Task<CaseChange<LogRequest>> DecideAsync(string id, DecideEntries decided, Reviewer by, CaseActor who) => life.ChangeAsync<LogRequest>(id, by.Admits, (kept, now) =>
    {
        var decision = new RequestDecision { Indices = decided.Indices, Include = decided.Include, Ground = decided.Ground, Reason = decided.Reason, By = by.Person, At = now };
        var after = kept with { State = "received", Package = null, Decisions = kept.Decisions.Add(decision) };
        return (new CaseStep<LogRequest>(after, decided.Include ? "included" : "excluded") { Said = CaseLife.Say(CaseStore.Request) with { Count = decided.Indices.Length } }, null);
    }, who, ForgetPackageAsync);

    /// <summary>Keeps a package that was made of the request as it stood; refused where somebody decided meanwhile.</summary>
    public Task<CaseChange<LogRequest>> PrepareAsync(LogRequest asOf, byte[] package, PreparedPackage prepared, Reviewer by, CaseActor who) => life.ChangeAsync<LogRequest>(
        asOf.Id,
        by.Admits,
        (kept, now) => kept.Decisions.Length != asOf.Decisions.Length
            ? (null, "Something was decided meanwhile: prepare it again.")
            : (new CaseStep<LogRequest>(kept with { State = "prepared", Package = prepared with { At = now } }, "prepared") { Said = CaseLife.Say(CaseStore.Request) with { Count = prepared.Entries, File = prepared.File } }, null),
        who,
        async (transaction, kept) =>
        {
            await ForgetPackageAsync(transaction, kept);
            await transaction.Session.ExecuteAsync(
                "INSERT INTO review_package (request, content) VALUES (@request, @content)", CancellationToken.None, ("request", kept.Case.Id), ("content", keys.SealCase("package " + kept.Case.Id, package)));
        });

    /// <summary>Records the handing over of the very package that was prepared, and forgets the copy.</summary>
    public Task<CaseChange<LogRequest>> HandOverAsync(string id, HandOver handed, Reviewer by, CaseActor who) => life.ChangeAsync<LogRequest>(id, by.Admits, (kept, now) =>
        kept.Package is not { } package ? (null, "Prepare the package first.")
        : package.File != handed.File ? (null, "This is not the package that is prepared: take it out again.")
        : (new CaseStep<LogRequest>(kept with { State = "handed-over", How = handed.How, ClosedAt = now, ClosedBy = by.Person }, "handed-over")
        {
            Said = CaseLife.Say(CaseStore.Request) with { Count = package.Entries, File = package.File },
        }, null), who, ForgetPackageAsync);

    /// <summary>Refuses the whole request.</summary>
    public Task<CaseChange<LogRequest>> RefuseAsync(string id, RefuseRequest refused, Reviewer by, CaseActor who) => life.ChangeAsync<LogRequest>(
        id,
        by.Admits,
        (kept, now) => (new CaseStep<LogRequest>(kept with { State = "refused", Package = null, Ground = refused.Ground, Conclusion = refused.Reason, ClosedAt = now, ClosedBy = by.Person }, "refused"), null),
        who,
        ForgetPackageAsync);

    /// <summary>The package that is kept; null where none is.</summary>
    public async Task<byte[]?> FindPackageAsync(Session session, string id, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT content FROM review_package WHERE request = @request", static row => row.GetFieldValue<byte[]>(0), cancellation, ("request", id))) is [var content]
            ? keys.OpenCase("package " + id, content)
            : null;

    private static Task ForgetPackageAsync(LogTransaction transaction, KeptCase<LogRequest> kept) =>
        transaction.Session.ExecuteAsync("DELETE FROM review_package WHERE request = @request", CancellationToken.None, ("request", kept.Case.Id));
}
