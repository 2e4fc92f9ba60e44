// The municipality's register replaced by one that speaks FHIR: only the deployment file differs.
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Sisote.Tests.EndToEnd.House;

namespace Sisote.Tests.EndToEnd;

public sealed partial class FhirRegisterTests(FhirRegisterTests.FhirRegister house) : IClassFixture<FhirRegisterTests.FhirRegister>
{
    [Fact]
    public async Task AReferralOfTheDoctorArrivesInTheFhirRegisterAndIsAcceptedAndBegunThere()
    {
        await house.ConsentAsync("aino");
        Assert.Equal("delivered", await house.ReferAsync(RunningSisote.Aino));
        await house.AcceptAsync("Aaltonen");

        var task = Assert.Single((await house.GetAsync($"fhir/{RunningSisote.Register}/Task")).Resources);
        Assert.Equal("requested", task["status"]!.GetValue<string>());
        var path = $"fhir/{RunningSisote.Register}/Task/{task["id"]}";
        var illegal = await StepAsync(path, "completed");
        var accepted = await StepAsync(path, "accepted");
        var begun = await StepAsync(path, "in-progress");

        Assert.Equal([409, 200, 200], new[] { illegal, accepted, begun });
        Assert.Equal("in-progress", (await house.GetAsync(path)).Json["status"]!.GetValue<string>());
        Assert.NotEmpty((await house.GetAsync($"fhir/{RunningSisote.Register}/ServiceRequest")).Resources);
    }

    private async Task<int> StepAsync(string path, string status)
    {
        var tag = (await house.GetAsync(path)).Headers["ETag"].Single();
        var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(house.Gateway, path)) { Content = new StringContent($$"""[{"op": "replace", "path": "/status", "value": "{{status}}"}]""", Encoding.UTF8, "application/json-patch+json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.TokenAsync());
        request.Headers.Add("Sisote-Context", RunningSisote.Necessity);
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return (int)(await house.SendAsync(request)).Status;
    }

    /// <summary>The demonstration, but Kuopio's exercise counselling has another product.</summary>
    public sealed partial class FhirRegister : RunningSisote
    {
        /// <inheritdoc />
        public override async ValueTask InitializeAsync()
        {
            await DemoDeployment.WriteAsync(Data, Port, text => Adapter().Replace(text, match => match.Value
                .Replace("kind: exercise-counselling", "kind: fhir", StringComparison.Ordinal)
                .Replace("/api/v1", "/fhir\n        reads: Patient,ServiceRequest,Task,Flag,Goal,CarePlan,Observation\n        writes: Patient,ServiceRequest,Task,Flag,Goal,CarePlan", StringComparison.Ordinal)));
            await base.InitializeAsync();
        }

        [GeneratedRegex("kind: exercise-counselling.*?apiKeyFile", RegexOptions.Singleline)]
        private static partial Regex Adapter();
    }
}
