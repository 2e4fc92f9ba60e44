// Opens the student-welfare record.
using Sisote.Simulators.Keys;

namespace Sisote.Simulators.StudentWelfare;

/// <summary>A student-welfare record with an XML interface; it can tell a teacher what teaching needs by sending a message to a configured address.</summary>
internal sealed class StudentWelfareSimulator(SimulatorPlace place, WebApplication app, NoticeSender sender) : SimulatorApplication(place.Entry.Kind, app)
{
    /// <inheritdoc />
    public override Uri? SendsTo
    {
        get => sender.Target;
        set => sender.Target = value;
    }

    /// <summary>Makes the record over the files of its folder.</summary>
    public static SimulatorApplication Open(SimulatorPlace place)
    {
        var builder = place.CreateBuilder();
        builder.Services.AddHttpClient();
        builder.Services.AddSingleton(_ => new WelfareRecord(Path.Combine(place.Folder, "tapahtumat.jsonl"), place.Clock));
        var app = builder.Build();
        var record = app.Services.GetRequiredService<WelfareRecord>();
        var outgoing = ApiKey.ReadOrMake(Path.Combine(place.Folder, "outgoing-key"));
        var sender = new NoticeSender(record, app.Services.GetRequiredService<IHttpClientFactory>(), outgoing) { Target = place.Entry.SendsTo };
        WelfareApi.Map(app, record, new NativeDoor(ApiKey.Open(Path.Combine(place.Folder, "api-key")), place.Accounts), sender);
        return new StudentWelfareSimulator(place, app, sender);
    }
}
