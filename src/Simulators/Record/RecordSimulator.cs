// The simulated patient record as a whole.
namespace Sisote.Simulators.Record;

/// <summary>A patient record with an HTTP door for documents, an MLLP door for incoming documents, and referrals of its own.</summary>
internal sealed class RecordSimulator : SimulatorApplication
{
    /// <summary>Its kind in a list of simulators.</summary>
    public const string KindName = "patient-record";

    private readonly RecordStore store;
    private readonly ReferralSender sender;
    private readonly RecordMllp mllp;

    private RecordSimulator(WebApplication app, RecordStore store, ReferralSender sender, RecordMllp mllp)
        : base(KindName, app)
    {
        this.store = store;
        this.sender = sender;
        this.mllp = mllp;
    }

    /// <inheritdoc />
    public override int? MllpPort => mllp.Port;

    /// <inheritdoc />
    public override Uri? SendsTo
    {
        get => sender.Address;
        set => sender.Address = value;
    }

    /// <summary>Makes the simulator; its doors open with <see cref="StartAsync"/>.</summary>
    public static RecordSimulator Open(SimulatorPlace place)
    {
        var store = new RecordStore(place.Folder, place.Entry.Name);
        var sender = new ReferralSender(store, place.Clock) { Address = place.Entry.SendsTo };
        var app = place.CreateBuilder().Build();
        RecordDoor.Map(app, place, store, sender);
        var mllp = new RecordMllp(place.Entry.MllpPort, new DocumentReceiver(store, place.Clock).Answer);
        return new RecordSimulator(app, store, sender, mllp);
    }

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellation)
    {
        await base.StartAsync(cancellation);
        mllp.Start();
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await mllp.DisposeAsync();
        await base.DisposeAsync();
        store.Dispose();
    }
}
