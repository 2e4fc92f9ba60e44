// What the room needs for reviewing the log.
using Sisote.Consent.Review.Cases;
using Sisote.Consent.Review.Hints;
using Sisote.Consent.Review.Questions;
using Sisote.Consent.Review.Requests;
using Sisote.Consent.Review.Rounds;
using Sisote.Consent.Review.Searching;
using Sisote.Consent.Review.Tracing;

namespace Sisote.Consent.Review;

/// <summary>Registers and maps what data-protection officers review the log with.</summary>
internal static class ReviewParts
{
    public static void AddReviewing(this IServiceCollection services)
    {
        services.AddSingleton<ReviewSearcher>();
        services.AddHostedService<KeptLawTexts>();
        services.AddSingleton<Tracer>();
        services.AddSingleton<CaseStore>();
        services.AddSingleton<CaseLife>();
        services.AddSingleton<CaseAnswers>();
        services.AddSingleton<RoundLife>();
        services.AddSingleton<QuestionLife>();
        services.AddSingleton<RequestLife>();
        services.AddSingleton<RequestTools>();
        services.AddSingleton<MyRequestTools>();
        services.AddSingleton<PackageWriter>();
        services.AddSingleton<LikenessStore>();
        services.AddSingleton<LikenessLife>();
        services.AddSingleton<HintFinder>();
    }

    public static void MapReviewing(this IEndpointRouteBuilder app)
    {
        app.MapTracing();
        app.MapRounds();
        app.MapQuestions();
        app.MapRequests();
        app.MapHints();
        app.MapOverdue();
    }
}
