// A product that entries are sent to, whatever the line to it does.
using System.Globalization;
using Hl7.Fhir.Model;
using Sisote.Policy.Deployments;
using Sisote.Tests.Testing;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Chance;

/// <summary>What a product has of an entry.</summary>
/// <param name="Client">Whom the product has it about.</param>
/// <param name="Entry">The number of the entry, as its content tells.</param>
/// <param name="Id">The product's own id of it.</param>
internal sealed record Arrival(string Client, int Entry, string Id);

/// <summary>A product of one kind: how it is connected, what it is sent, and what it has at the end. It never forgets, and says no to some entries however often they come.</summary>
internal abstract class ChanceTarget(int seed, int each) : IAsyncDisposable
{
    /// <summary>How many clients there are.</summary>
    public const int People = 100;

    private static readonly DateOnly FirstDay = new(2020, 1, 1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Arrival> keys = new(StringComparer.Ordinal);
    private readonly List<Arrival> arrivals = [];
    private readonly Dictionary<int, List<string>> ids = [];
    private int repeated;

    /// <summary>The system's id in the deployment.</summary>
    public abstract string System { get; }

    /// <summary>Where it listens.</summary>
    public abstract int Port { get; }

    /// <summary>Whether it speaks HTTP; otherwise HL7 in MLLP frames.</summary>
    public virtual bool IsHttp => true;

    /// <summary>Whether a message that comes twice is recognised.</summary>
    public virtual bool RecognisesKeys => true;

    /// <summary>Whether it is asked for something before an entry is sent.</summary>
    public virtual bool IsAskedFirst => false;

    /// <summary>Whether its answer says which entry it is about; an answer that does not is taken for that to the call it came for.</summary>
    public virtual bool NamesEntries => true;

    /// <summary>The rule under which its entries come.</summary>
    public virtual string Rule => "EX-01";

    /// <summary>How many entries each client has.</summary>
    public int Each => each;

    /// <summary>How often an entry came that was there.</summary>
    public int Repeated => repeated;

    /// <summary>What it has, in the order in which it took it in.</summary>
    public List<Arrival> Arrivals()
    {
        lock (gate)
        {
            return [.. arrivals];
        }
    }

    /// <summary>The product's ids of an entry: one for each time that it took it in.</summary>
    public List<string> IdsOf(int entry)
    {
        lock (gate)
        {
            return [.. ids.GetValueOrDefault(entry, [])];
        }
    }

    /// <summary>A client's personal identity code.</summary>
    public static string Person(int place)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"020291{900 + place:000}");
        return $"020291-{900 + place:000}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, CultureInfo.InvariantCulture) % 31]}";
    }

    /// <summary>Opens it.</summary>
    public abstract Task StartAsync();

    /// <summary>How it stands in the deployment file, at the end of a line.</summary>
    public abstract SystemEntry Connect(string folder, int port);

    /// <summary>An entry about a client; its number can be read out of its content.</summary>
    public abstract Resource[] Make(string client, int entry);

    /// <summary>Whether a place that the facade gives can be that of an entry under the product's id.</summary>
    public virtual bool IsPlaceOf(string place, string id) => place.EndsWith("/" + id, StringComparison.Ordinal);

    /// <summary>Whether the product says no to an entry.</summary>
    public bool Refuses(int entry) => RandomFaults.Chance(seed, $"no|{entry}") % 25 == 0;

    public abstract ValueTask DisposeAsync();

    /// <summary>A day that stands for an entry, where its content has no words.</summary>
    protected static string DayOf(int entry) => FirstDay.AddDays(entry).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The entry of a day.</summary>
    protected static int EntryOf(string? day) => DateOnly.ParseExact(day!, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - FirstDay.DayNumber;

    /// <summary>Takes an entry in under its key, once; null where the product says no.</summary>
    protected string? Take(string? key, string client, int entry)
    {
        lock (gate)
        {
            if (key is not null && keys.TryGetValue(key, out var there))
            {
                repeated++;
                return (there.Client, there.Entry) == (client, entry) ? there.Id : null;
            }

            if (Refuses(entry))
            {
                return null;
            }

            var arrival = new Arrival(client, entry, $"n{arrivals.Count + 1}");
            keys[key ?? arrival.Id] = arrival;
            Note(arrival);
            return arrival.Id;
        }
    }

    /// <summary>Notes what it took in.</summary>
    protected void Note(Arrival arrival)
    {
        lock (gate)
        {
            arrivals.Add(arrival);
            (ids.TryGetValue(arrival.Entry, out var known) ? known : ids[arrival.Entry] = []).Add(arrival.Id);
        }
    }
}
