// Checks what is said at the doors before it waits for the log.
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Audit;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;

namespace Sisote.Consent.Consents;

/// <summary>Form, way, recipient, items, time and recorder; what depends on the client's record is checked with the record.</summary>
internal sealed class ConsentDesk(ConsentScope scope, FormRules rules, Deployment deployment, TimeProvider clock)
{
    private const int LongestReference = 64;

    /// <summary>The problem with what is to be given; null when there is none.</summary>
    public ProblemHttpResult? Check(ConsentGiving giving) => giving switch
    {
        _ when FaultIn(giving) is var (field, whatToDo) => Problems.InvalidRequest(field, whatToDo),
        _ when rules.CheckWay(giving.Terms.Form, giving.Way) is { } problem => problem,
        _ when scope.Check(giving.Terms, clock.GetUtcNow()) is { } problem => problem,
        _ when rules.CheckTime(giving.Terms) is { } problem => problem,
        { Sources: { } sources } when sources.IsEmpty || !sources.All(scope.SourcesOf(giving.Terms).Contains) => Problems.ConsentNotInLaw("sourceOrganisations", "Name organisations that have a system where the items are given from."),
        { Recorder: { } recorder } when !scope.MayRecord(giving.Terms, recorder) => Problems.ConsentRecorder(),
        _ => null,
    };

    /// <summary>The problem with a step on a consent on record; null when there is none.</summary>
    public static ProblemHttpResult? Check(ConsentStep step, bool isGiving) => step switch
    {
        { Way: ConsentWay.SignedIn or ConsentWay.Mirrored } => Problems.InvalidRequest("how", "paper, oral or assisted."),
        { Reference: { } reference } when !IsReference(reference) => Problems.InvalidRequest("reference", WhatReferenceIs),
        { Way: ConsentWay.Paper, Reference: null } when isGiving => Problems.InvalidRequest("reference", "A consent on paper has the number under which the paper is kept."),
        _ => null,
    };

    /// <summary>Who records: a signed-in professional, or the one behind a connected system's call; null where the token names nobody who may.</summary>
    public Recorder? RecorderIn(Caller caller) => caller switch
    {
        Caller.Person { Organisation: { } organisation, Professional: { } professional, Role: { } role } => new Recorder(organisation, professional, role, null),
        Caller.System { Business: { } behind } system when deployment.FindSystem(system.Id) is { } entry && entry.Organisation == behind.OrganisationId && (entry.ActsAs == behind.SubjectRole || entry.Roles.Contains(behind.SubjectRole)) =>
            new Recorder(behind.OrganisationId, behind.SubjectId, behind.SubjectRole, system.Id),
        _ => null,
    };

    private const string WhatReferenceIs = "1 to 64 letters, digits, spaces and . / : _ -, and no person's identifier.";

    private static (string Field, string WhatToDo)? FaultIn(ConsentGiving giving) => giving switch
    {
        _ when !ConsentGiving.Givers.Contains(giving.GivenBy) => ("givenBy", string.Join(", ", ConsentGiving.Givers) + "."),
        { Recorder: not null, Way: ConsentWay.SignedIn or ConsentWay.Mirrored } => ("how", "paper, oral or assisted."),
        { Reference: { } reference } when !IsReference(reference) => ("reference", WhatReferenceIs),
        { Authority: { } authority } when !IsReference(authority) => ("authority", WhatReferenceIs),
        { Way: ConsentWay.Paper, Reference: null, Draft: false } => ("reference", "A consent on paper has the number under which the paper is kept."),
        { GivenBy: ConsentGiving.Representative, Authority: null } => ("authority", "A representative shows the right to act: the number of that document."),
        { Draft: true, Terms.Changes: true } => ("draft", "A change is given at once; prepare a new consent instead."),
        _ => null,
    };

    private static bool IsReference(string text) =>
        text.Length is > 0 and <= LongestReference && text.All(static c => char.IsLetterOrDigit(c) || " ./:_-".Contains(c, StringComparison.Ordinal)) && !PersonalCodes.AreIn(text);
}
