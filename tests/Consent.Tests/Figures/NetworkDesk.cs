// The gateway's side of the doors for data about nobody.
using System.Collections.Immutable;
using System.Net.Http.Json;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Consent.Figures;

internal sealed class NetworkDesk(OpenRoom room)
{
    public const string County = "pohjois-savo-record";
    public const string Municipality = "kuopio-liikunta";
    public const string Club = "kallan-kulkijat-yhteys";

    public static DefineIndicator Participation(string from = "2020-01") => new()
    {
        Id = "culture-participation",
        Name = Text("Kulttuuriin osallistuneet"),
        Meaning = Text("Kuukauden aikana ainakin kerran osallistuneet henkilöt"),
        Dimensions = [Dimension("municipality", "kuopio", "siilinjarvi", "iisalmi"), Dimension("age", "child", "adult")],
        ValidFrom = from,
        Sources = [Some.Municipality, Some.Club],
    };

    public static LocalisedText Text(string text) => new() { Fi = text, Sv = text, En = text };

    public static IndicatorDimension Dimension(string id, params ImmutableArray<string> codes) => new() { Id = id, Name = Text(id), Codes = codes };

    public static IndicatorCount Count(long persons, params ImmutableArray<string> codes) => new() { Codes = codes, Persons = persons };

    public Task<NetworkAnswer> DefineAsync(string system, DefineIndicator said) => SayAsync("indicators/define", system, said.Id, said);

    public Task<NetworkAnswer> DeliverAsync(string system, string month, params ImmutableArray<IndicatorCount> counts) =>
        SayAsync("indicators/deliver", system, "culture-participation", new DeliverCounts { Month = month, Counts = counts });

    public Task<NetworkAnswer> PublishAsync(string system, string period, string id = "culture-participation") => SayAsync("indicators/publish", system, id, new PublishFigures { Period = period });

    public async Task<NetworkAnswer> SayAsync<T>(string door, string system, string id, T said)
    {
        var by = new NetworkWriter(SystemId.Parse(system), ProfessionalId.Parse("tyontekija-1"), RoleId.Parse("health-professional"), Some.Id());
        using var answer = await room.Gateway.PostAsJsonAsync($"/network/{door}", new NetworkCommand<T>(by, id, said), SisoteJson.Options);
        return await answer.ReadAsync<NetworkAnswer>();
    }

    public async Task<IndicatorFigures> FiguresAsync(string period, string? by = null, string id = "culture-participation")
    {
        using var answer = await room.Gateway.GetAsync($"/network/indicators/{id}/figures?period={period}" + (by is null ? string.Empty : $"&by={by}"));
        return await answer.ReadAsync<IndicatorFigures>();
    }

    public async Task<T> AskAsync<T>(string path)
    {
        using var answer = await room.Gateway.GetAsync(path);
        return await answer.ReadAsync<T>();
    }

    public static string Say(IndicatorFigures figures) => string.Join(", ", figures.Figures.Select(static figure => $"{string.Join('/', figure.Cell.Values.DefaultIfEmpty("all"))} {figure.Persons?.ToString() ?? "?"}"));
}
