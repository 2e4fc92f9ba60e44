// No explanation of the shipped catalogue shows people a code, a word of the programmers, or a citation of another language.
using System.Text.RegularExpressions;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Explanations;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Policy.Explanations;

public sealed class ExplanationWordsTests
{
    private static readonly Lazy<(ExplanationQuestion Question, string Language, string Text)[]> All = new(() =>
    {
        var explainer = new CatalogueExplainer(Catalogues.Shipped);
        return [.. Questions.All(Catalogues.Shipped).AsParallel().AsOrdered().SelectMany(question => Questions.Languages.Select(language => (question, language, explainer.Explain(question, language))))];
    });

    /// <summary>Every line of every explanation once, without the first, which repeats the code that was asked for.</summary>
    private static readonly Lazy<(string Language, string Line)[]> Lines = new(() =>
        [.. All.Value.SelectMany(static told => told.Text.Split('\n').Skip(1).Select(line => (told.Language, line))).Distinct()]);

    /// <summary>Words that mean something else to people, or name the same actor in another way.</summary>
    private static readonly Dictionary<string, string> Banned = new()
    {
        ["fi"] = @"kutsu|pyytäj|asennu|lähettäj|Oikeusperuste|tietovirt|tietovirr|Näin se todetaan|nimeää tämän säännön|suhde \(|tiimi tai|tunniste- ja|ihmisen päätös|Muu suostumus",
        ["sv"] = @"anrop|begärande|installation|avsändare|Rättsgrund|relation \(|Inget annat samtycke",
        ["en"] = @"in the call|asker|requester|\bsender\b|\bsource\b|installation|\brecipient|Legal basis|No other consent|names this rule|relationship on record",
    };

    // Words of plain English that happen to be spelt as a code.
    private static readonly string[] PlainEnglish = ["student-welfare", "exercise-counselling", "compulsory-age"];

    [Fact]
    public void EveryPairAndItemOfTheCatalogueIsExplained()
    {
        Assert.True(Questions.All(Catalogues.Shipped).Count > 1300);
        Assert.All(All.Value, static told => Assert.Matches("\n(Vastaus|Svar|Answer): ", told.Text));
    }

    [Fact]
    public void NoExplanationShowsACodeOfTheCatalogue()
    {
        var law = Catalogues.Shipped;
        var codes = law.Conditions.Keys.Select(static code => code.Value)
            .Concat(law.ConsentForms.Keys.Select(static code => code.Value)).Concat(law.Obligations.Keys).Concat(law.MinorsPolicies.Keys)
            .Concat(law.Roles.Keys.Select(static code => code.Value)).Concat(law.Sectors.Keys.Select(static code => code.Value))
            .Concat(law.Purposes.Keys.Select(static code => code.Value)).Concat(law.Items.Keys.Select(static code => code.Value))
            .Concat(law.Prohibitions.Values.SelectMany(static never => never.ToActors.Concat(never.DocumentLabels)))
            .Concat(law.Conditions.Values.SelectMany(static condition => condition.EvaluatedFrom).SelectMany(Kinds))
            .Where(static code => code.Contains('-', StringComparison.Ordinal) || code.All(static letter => char.IsUpper(letter) || letter == '-'))
            .Where(static code => code != "GDPR").Except(PlainEnglish).Distinct().Select(Regex.Escape);
        var shown = new Regex($@"(?<![\w-])({string.Join('|', codes)})(?![\w-])", RegexOptions.CultureInvariant);

        var found = Lines.Value.Select(told => shown.Match(told.Line)).Where(static match => match.Success).Select(static match => match.Value).Distinct();

        Assert.Empty(found);
    }

    [Fact]
    public void NoExplanationUsesAWordThatPeopleMisread()
    {
        var found = Lines.Value.Select(static told => (told.Language, Word: Regex.Match(told.Line, Banned[told.Language], RegexOptions.CultureInvariant | RegexOptions.IgnoreCase).Value)).Where(static found => found.Word.Length > 0).Distinct();

        Assert.Empty(found);
    }

    [Fact]
    public void NoExplanationCitesASectionInTheShortFormOfTheFilesOrOfAnotherLanguage()
    {
        var wrong = new Dictionary<string, string>
        {
            ["fi"] = @"§[^\n]{0,20}\d-\d|\d mom(?!\.)|\d k\b|\bart\. \d|section",
            ["sv"] = @"§[^\n]{0,20}\d-\d|\d mom(?!\.)|\d k\b|\bart\. \d|section|viimeinen|kohta|artiklan|artikla\b",
            ["en"] = @"§|\bmom\b|\d k\b|\bart\. \d|viimeinen|kohta",
        };

        var found = Lines.Value.SelectMany(told => Regex.Matches(told.Line, wrong[told.Language]).Select(match => (told.Language, match.Value))).Distinct();

        Assert.Empty(found);
    }

    [Fact]
    public void AReleasePermissionIsNeverCalledAConsent()
    {
        foreach (var (_, language, text) in All.Value.Where(static told => told.Text.Contains("SO-01:", StringComparison.Ordinal) && !told.Text.Contains("SO-03:", StringComparison.Ordinal)))
        {
            Assert.DoesNotMatch(language switch { "fi" => "luovutusluvan suostumus|suostumuksella|asiakkaan suostumus|Suostumus: ", "sv" => "klientens samtycke|Samtycke: ", _ => "the client's consent|Consent: " }, text);
        }
    }

    [Fact]
    public void EveryRuleWithoutConsentSaysThatNoneIsNeeded()
    {
        var consentFree = Catalogues.Shipped.Rules.Values.Where(static rule => rule.Consents.IsEmpty).Select(static rule => rule.Id).ToHashSet();
        foreach (var (_, language, text) in All.Value)
        {
            var words = language switch { "fi" => "Suostumusta ei tarvita: ", "sv" => "Samtycke behövs inte: ", _ => "No consent is needed: " };
            foreach (var block in Regex.Split(text, @"\n(?=(?:Sääntö|Regel|Rule) [A-Z]{2}-\d\d: )").Skip(1))
            {
                Assert.Equal(consentFree.Contains(RuleId.Parse(Regex.Match(block, @"[A-Z]{2}-\d\d").Value)), block.Contains(words, StringComparison.Ordinal));
            }
        }
    }

    private static IEnumerable<string> Kinds(EvidenceSource source) => source switch
    {
        EvidenceSource.RecordedRelationship recorded => recorded.Kinds,
        EvidenceSource.InForceAgreement agreement => [agreement.Kind],
        EvidenceSource.SchoolForm school => school.Forms,
        _ => [],
    };
}
