// Parameters and sort keys: none of them reads what this recipient does not see.
using Hl7.Fhir.Model;
using Task = System.Threading.Tasks.Task;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Matrix;

namespace Sisote.Tests.Leaks.Probes;

public sealed class ParameterTests(ProfileHouse house) : IClassFixture<ProfileHouse>
{
    private static readonly string[] Names = ["code", "category", "status", "date", "onset-date"];

    private static readonly string[] Modifiers = [":missing=true", ":not=urn:x|a", ":text=a", ":above=urn:x|a", ":below=urn:x|a", ":in=urn:x", ":not-in=urn:x", ":of-type=a|b|c", ":contains=a", ":exact=a", ":identifier=a|b", ":iterate=a", ":Patient=a"];

    /// <summary>The modifiers that some kind of parameter has.</summary>
    private static readonly string[] Served = [":missing=true", ":not=urn:x|a", ":contains=a", ":exact=a"];

    private static readonly string[] Prefixes = ["date=gt1900-01-01", "date=lt2100-01-01", "date=ne2000-01-01", "date=sa1900-01-01", "date=ap2000-01-01", "value-quantity=gt5", "onset-date=ge1900-01-01", "code=!urn:x|a"];

    [Fact]
    [Channel(1, EveryProfile = true)]
    public async Task NoSearchParameterReadsAnElementThatThisRecipientDoesNotSee()
    {
        var accepted = 0;
        await house.ForEveryAsync(async (visit, profile) =>
        {
            foreach (var type in ProfileHouse.TypesOf(profile).Append(ProfileHouse.HiddenTypeOf(profile)).Where(static type => type != "Patient"))
            {
                var unknown = await visit.GetAsync($"{type}?patient={visit.Handle}&no-such-parameter=urn:x|a");
                Assert.Equal(400, unknown.Status);
                foreach (var parameter in ModelInfo.SearchParameters.Where(parameter => parameter.Resource == type && parameter.Name is not ("patient" or "subject")))
                {
                    var answer = await visit.GetAsync($"{type}?patient={visit.Handle}&{parameter.Name}={ValueOf(parameter)}");
                    Assert.True(answer.Comparable == unknown.Comparable || (answer.Status == 200 && Visibility.Of(profile, parameter)), $"{type} by {parameter.Name}: {answer.Status}");
                    accepted += answer.Status == 200 ? 1 : 0;
                }
            }
        });

        Assert.True(accepted > 100, $"Only {accepted} parameters were usable at all.");
    }

    [Fact]
    [Channel(1, 2, 6, EveryProfile = true)]
    public async Task AParameterFindsAndSortsNothingByWhatStaysOfAnElementThatItReads()
    {
        var (asked, found) = (0, 0);
        await house.ForEveryAsync(async (visit, profile) =>
        {
            var type = ProfileHouse.TypeOf(profile);
            var few = type == "Patient" ? [] : TwoSources.Few(visit, type);
            if (few.Length == 0)
            {
                return;
            }

            var (one, other) = TwoSources.Of(visit, few);
            foreach (var parameter in ModelInfo.SearchParameters.Where(parameter => parameter.Resource == type && parameter.Name is not ("patient" or "subject") && Visibility.Of(profile, parameter)))
            {
                foreach (var question in TwoSources.Questions(parameter, one, other))
                {
                    var first = await TwoSources.AskAsync(visit, type, question, one);
                    var second = await TwoSources.AskAsync(visit, type, question, other);
                    Assert.True((first.Status, first.Body) == (second.Status, second.Body), $"{type}?{question} tells of what stays: {first.Body}\n---\n{second.Body}");
                    (asked, found) = (asked + 1, found + (first.Body.Contains("\"fullUrl\"", StringComparison.Ordinal) ? 1 : 0));
                }
            }
        });

        Assert.True(asked > 500 && found > 100, $"{asked} questions, of which {found} found something");
    }

    [Fact]
    [Channel(2, EveryProfile = true)]
    public Task ModifiersAndPrefixesWorkOnNothingThatThisRecipientDoesNotSee() => house.ForEveryAsync(async (visit, profile) =>
    {
        foreach (var type in new[] { ProfileHouse.TypeOf(profile), ProfileHouse.HiddenTypeOf(profile) }.Where(static type => type != "Patient"))
        {
            var unknown = await visit.GetAsync($"{type}?patient={visit.Handle}&no-such-parameter=a");
            Assert.Equal(400, unknown.Status);
            foreach (var (name, modifier, text) in from name in Names from modifier in Modifiers select (name, modifier, name + modifier))
            {
                await CheckAsync(name, Served.Contains(modifier), text);
            }

            foreach (var text in Prefixes)
            {
                await CheckAsync(text.Split('=')[0], true, text);
            }

            async Task CheckAsync(string name, bool isServed, string text)
            {
                var answer = await visit.GetAsync($"{type}?patient={visit.Handle}&{text}");
                Assert.True(answer.Comparable == unknown.Comparable || (answer.Status == 200 && isServed && Visibility.Of(profile, type, name)), $"{type}?{text}: {answer.Status} {answer.Body}");
            }
        }
    });

    [Fact]
    [Channel(6, EveryProfile = true)]
    public Task NoSortKeyIsAnElementThatThisRecipientDoesNotSee() => house.ForEveryAsync(async (visit, profile) =>
    {
        var type = ProfileHouse.TypeOf(profile);
        if (type == "Patient")
        {
            return;
        }

        var unknown = await visit.GetAsync($"{type}?patient={visit.Handle}&_sort=no-such-parameter");
        Assert.Equal(400, unknown.Status);
        foreach (var parameter in ModelInfo.SearchParameters.Where(parameter => parameter.Resource == type))
        {
            foreach (var key in new[] { parameter.Name!, "-" + parameter.Name })
            {
                var answer = await visit.GetAsync($"{type}?patient={visit.Handle}&_sort={key}");
                Assert.True(answer.Comparable == unknown.Comparable || (answer.Status == 200 && Visibility.Of(profile, parameter)), $"{type} sorted by {key}: {answer.Status}");
            }
        }

        Assert.Equal(unknown.Comparable, (await visit.GetAsync($"{type}?patient={visit.Handle}&_sort=_lastUpdated")).Comparable);
    });

    private static string ValueOf(SearchParamDefinition parameter) => parameter switch
    {
        { Name: "status" } => "active",
        { Type: SearchParamType.Token } => "urn:x|a",
        { Type: SearchParamType.Date } => "2026-01-01",
        { Type: SearchParamType.Number } => "5",
        { Type: SearchParamType.Quantity } => "5|http://unitsofmeasure.org|kg",
        { Type: SearchParamType.Uri } => "urn:x",
        { Type: SearchParamType.Reference } => "Practitioner/1",
        _ => "a",
    };
}
