// The doors of reviewing the log.
using System.Collections.Immutable;
using Sisote.Doors.Consent.Reviewing;
using static Sisote.Consent.Describing.Door;

namespace Sisote.Consent.Describing;

/// <summary>Rows of <see cref="DoorBook"/>.</summary>
internal static class ReviewDoors
{
    public static ImmutableArray<Door> All { get; } =
    [
        Records<ReviewPage>("POST /review/search", "Search the organisation's log", "invalid-request"),
        Records<DecisionTrace>("GET /log/{index}/trace", "How one decision was made", "not-found", "wrong-state", "entry-erased", "record-changed"),
        Records<ReviewHints>("GET /log/{index}/hints", "What is unusual about one entry", "not-found", "entry-erased", "record-changed"),
        Records<ReviewHints>("GET /review/hints", "What is unusual in a time", "invalid-request"),
        Takes("POST /review/likenesses", "Tell names and addresses, which are kept as keyed hashes alone", "invalid-request"),
        Records<OverdueCases>("GET /review/overdue", "Cases past their day"),
        Records<RoundList>("GET /review/rounds", "Rounds of review"),
        Records<ShownCase<ReviewRound>>("POST /review/rounds", "Open a round", "invalid-request", "wrong-state", "not-found"),
        Records<ShownCase<ReviewRound>>("GET /review/rounds/{id}", "One round", "not-found"),
        Records<ShownCase<ReviewRound>>("POST /review/rounds/{id}/draw", "Draw the entries", "not-found", "wrong-state"),
        Records<ShownCase<ReviewRound>>("POST /review/rounds/{id}/items/{index}", "Record a finding", "invalid-request", "not-found", "wrong-state"),
        Records<ShownCase<ReviewRound>>("POST /review/rounds/{id}/close", "Close a round", "invalid-request", "not-found", "wrong-state"),
        Records<RoundCheck>("GET /review/rounds/{id}/check", "Whether the draw was as the log says", "not-found"),
        Records<QuestionList>("GET /review/questions", "Questions to professionals"),
        Records<ShownCase<ReviewQuestion>>("POST /review/questions", "Ask a professional", "invalid-request", "not-found", "wrong-state"),
        Records<ShownCase<ReviewQuestion>>("GET /review/questions/{id}", "One question", "not-found"),
        Records<ShownCase<ReviewQuestion>>("POST /review/questions/{id}/close", "Close a question", "invalid-request", "not-found", "wrong-state"),
        Reads<MyQuestions>("GET /me/questions", "Questions to the signed-in professional"),
        Records<ListedQuestion>("POST /me/questions/{id}/answer", "Answer a question", "invalid-request", "not-found", "wrong-state"),
        Records<RequestList>("GET /review/requests", "Clients' requests for the log"),
        Records<ShownCase<LogRequest>>("POST /review/requests", "Enter a request", "invalid-request"),
        Records<ShownCase<LogRequest>>("GET /review/requests/{id}", "One request", "not-found"),
        Records<RequestEntries>("GET /review/requests/{id}/entries", "Entries that the request asks for", "not-found", "wrong-state"),
        Records<ShownCase<LogRequest>>("POST /review/requests/{id}/decisions", "Decide which entries are given", "invalid-request", "not-found", "wrong-state"),
        Records<ShownCase<LogRequest>>("POST /review/requests/{id}/package", "Prepare the package", "not-found", "wrong-state"),
        Gives("GET /review/requests/{id}/package", "The package", Json, "invalid-request", "not-found", "wrong-state"),
        Records<ShownCase<LogRequest>>("POST /review/requests/{id}/hand-over", "Record that it was handed over", "invalid-request", "not-found", "wrong-state"),
        Records<ShownCase<LogRequest>>("POST /review/requests/{id}/refuse", "Refuse a request", "invalid-request", "not-found", "wrong-state"),
        Reads<RequestList>("GET /me/log-requests", "The signed-in client's requests"),
        Records<ListedRequest>("POST /me/log-requests", "Ask for the log", "invalid-request", "wrong-state"),
    ];
}
