// The fifty-two ways in which a filtering gateway can leak.
using Elsewhere = (string File, string Test);

namespace Sisote.Tests.Leaks.Matrix;

/// <summary>A row of the matrix.</summary>
/// <param name="Row">Its number.</param>
/// <param name="Title">What leaks.</param>
internal sealed record Channel(int Row, string Title)
{
    /// <summary>Tests in other rooms that hold the row or a part of it.</summary>
    internal IReadOnlyList<Elsewhere> Others { get; init; } = [];

    /// <summary>What is not shown, or why there is nothing to show.</summary>
    internal string? Note { get; init; }

    /// <summary>Whether the probes show a part of the row only; the note says which.</summary>
    internal bool IsPart { get; init; }

    /// <summary>Whether nothing shows the row.</summary>
    internal bool IsOpen { get; init; }
}

/// <summary>The rows, with what is held in other rooms.</summary>
internal static class Channels
{
    private const string Access = "tests/Gateway.Tests/Access/EvaluationTests.cs";
    private const string Review = "tests/Consent.Tests/Review/ReviewTests.cs";
    private const string Worlds = "tests/Gateway.Tests/Reads/TwoWorldTests.cs";
    private const string Subscriptions = "tests/Gateway.Tests/Subscriptions/SubscriptionTests.cs";
    private const string Canary = "tests/EndToEnd/CanaryTests.cs";

    internal static IReadOnlyList<Channel> All { get; } =
    [
        new(1, "search parameter on a hidden element") { Others = [(Worlds, "")] },
        new(2, "prefix or modifier as a binary search"),
        new(3, "`_has`, chains, `:Type`"),
        new(4, "`_include`, `_revinclude`, included entries"),
        new(5, "`_filter`, `_query`, `_text`, `_content`, `_list`, `_type`, `_contained`"),
        new(6, "`_sort` by a hidden element") { Others = [(Worlds, "")] },
        new(7, "`_elements`, `_summary`"),
        new(8, "`_total`, `Bundle.total`"),
        new(9, "`_count` and a page that comes back too short"),
        new(10, "page links and cursors") { Others = [("tests/Gateway.Tests/Reads/PagingTests.cs", "")] },
        new(11, "`Bundle.link` with foreign filters or hosts"),
        new(12, "`fullUrl`, score, mode, outcome entries"),
        new(13, "narrative"),
        new(14, "contained resources"),
        new(15, "extensions, `modifierExtension`, `_field`"),
        new(16, "displays, texts, assigners, annotations"),
        new(17, "sensitive codes in permitted elements, sensitive labels"),
        new(18, "references to hidden resources"),
        new(19, "logical ids, versions, identifiers") { Others = [("tests/Gateway.Tests/Handles/HandleTests.cs", "")] },
        new(20, "`meta`; the SUBSETTED tag"),
        new(21, "ETag, If-None-Match, Last-Modified") { Note = "a task that is read has an ETag, the source's version in the recipient's name for it: it changes with the task also where what changed stays (docs/adr/0010)" },
        new(22, "conditional create, update, delete"),
        new(23, "`Location`, `Content-Location`, `Prefer`"),
        new(24, "history and vread"),
        new(25, "404, 403, 204, 410: existence") { Others = [(Access, "NoConsentAnUnknownClientAProhibitionAndAnInventedHandleAreAnsweredAlike")] },
        new(26, "time") { IsPart = true, Note = "the same calls to the source and to the consent service, the same bytes and, but for two hundredths, the same work, however much is on record; what is empty leaves on a beat, and with 5,000 samples each all six cases keep within 0.05 of a half (below). The first question about a client in five minutes reads all that is on record. How long the real source takes to find nobody is the source's" },
        new(27, "size, compression, chunks"),
        new(28, "operations"),
        new(29, "batch and transaction") { Others = [("tests/Gateway.Tests/Writes/TransactionTests.cs", "OneEntryThatMayNotGoKeepsAllBackAndIsNamed")] },
        new(30, "GraphQL"),
        new(31, "Binary, attachments, addresses of stored files"),
        new(32, "Provenance, AuditEvent, List, Group, Consent as data") { Note = "Composition and Flag are types of the catalogue: only what an item names of them leaves (rows 13 to 20); a Composition is never whole enough to leave" },
        new(33, "errors of the source") { Others = [("tests/Gateway.Tests/Faults/SourceFaultTests.cs", "NothingOfAFaultySourceLeavesAndTheFaultIsOnRecord")] },
        new(34, "headers"),
        new(35, "redirects"),
        new(36, "CapabilityStatement, `.well-known`") { Note = "`date` is when the gateway was opened" },
        new(37, "one request, two readings") { Others = [("tests/Fuzzing/FuzzingTests.cs", "NothingThatComesInBreaksADoorOrLeavesOtherwiseThanThePlainTwinSays")] },
        new(38, "content negotiation, encodings, two readings of one answer") { Others = [("tests/Gateway.Tests/Faults/SourceFaultTests.cs", "NoHostileJsonIsReleasedOrBringsTheGatewayDown")] },
        new(39, "the filter itself fails"),
        new(40, "half an answer before the record"),
        new(41, "consent withdrawn while the source answers") { Others = [("tests/Consent.Tests/Keeping/WithdrawalRaceTests.cs", "")] },
        new(42, "a kept decision that misses an input") { Note = "no decision is kept; what is kept are states (a hint, checked at the append) and compiled masks" },
        new(43, "shared caches; identifiers in addresses"),
        new(44, "reasons told to the asker") { Others = [(Access, "ADenialTellsTheCallerNothingAndTheLogEverything")], Note = "a sender is told which agreement its organisation lacks and which rule works without it: that is the same for every client" },
        new(45, "the consent service as an oracle") { Others = [("tests/Consent.Tests/AdmissionTests.cs", "EveryDoorLetsInWhomTheTableNamesAndNobodyElse"), (Access, "NobodyLearnsWhatSomebodyElseMayDo")] },
        new(46, "writing: hidden state in errors, overwriting") { Others = [("tests/Gateway.Tests/Writes/WriteTests.cs", "ARefusalForTheClientsReasonsTellsNothingAboutConsents"), ("tests/Gateway.Tests/Writes/StepTests.cs", "ADenyStaysADeny")] },
        new(47, "subscriptions and notifications") { Others = [(Subscriptions, "WhatIsHiddenFromTheSubscriberTellsNothingHoweverOftenItChanges"), (Subscriptions, "NothingOnRecordBringsALookForwardSoThatTwoObservationsTellNoMoreThanOne"), (Subscriptions, "AWithdrawalLooksAsIfTheDataHadGone"), (Subscriptions, "ANotificationIsABundleOfTheBackportWithANumberAndAHandleAndNothingElse")], Note = "a subscription is to what leaves for its subscriber; topics there are none" },
        new(48, "diagnostics, traces, metrics, files, database") { Others = [(Canary, "NoWordOfTheRecordThatWasNotReleasedIsInAnyAnswerDiagnosticOrFile"), ("tests/Consent.Tests/Clients/PrivacyTests.cs", "ADumpOfTheEmbeddedDatabaseAfterUseHoldsNoIdentifierAndNoFacts")], Note = "traces and metrics are not exported" },
        new(49, "the log read too widely") { Others = [(Review, "TheClientDoesNotSeeWhatIsHiddenFromHerOrNotYetToBeSeen"), (Review, "AnOfficerOfAnotherOrganisationSeesNothing")] },
        new(50, "statistics of small numbers") { Others = [(Review, "TheCountsAreOfRecordsThatTheSameOfficerOpensOneByOne"), (Review, "AnOfficerOfAnotherOrganisationSeesNothing")], Note = "there are no statistics for others, so there is no threshold; the size of the public checkpoint is the number of all records, whomever they are about, and a call adds as many whether it was denied or found nothing (row 26)" },
        new(51, "HEAD, OPTIONS, TRACE"),
        new(52, "limits per client") { Others = [("tests/Gateway.Tests/Limits/TurnstileTests.cs", "BeingTurnedAwayTellsNothingOfAnyClient")], Note = "there is no limit per client; a system has a number of requests under way at once, whomever they are about. An answer of a source that is larger than `LargestAnswer` or than the room left is a 502 or 503: it tells that a client who permits has that much" },
        new(53, "a disclosure that waits for a human decision of the giver") { Others = [("tests/Consent.Tests/Releases/ReleaseTests.cs", "OnlyAProfessionalOfTheGiverInTheRoleThatGivesSeesOrDecides"), ("tests/EndToEnd/ReleaseTests.cs", "WhoAsksCannotTellThatSomethingWaitsUntilItIsReleased")], Note = "what waits is found in the log afterwards, in no call of the one who asks; the first refusal of this kind about a client who is new to the consent service also keeps the identifier there" },
    ];
}
