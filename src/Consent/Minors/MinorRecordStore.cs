// Rows of capacity decisions and bars: one for each version, insert only, their content sealed.
using System.Data.Common;
using System.Text.Json;
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Minors;

/// <summary>Keeps every version that ever was, and puts what holds into the facts that decide.</summary>
internal sealed class MinorRecordStore(ClientKeys keys)
{
    private const string Columns = "client, id, version, organisation, at, entry_id, content";

    /// <summary>All versions of all records of a person, under whatever identity they came, oldest version first within each record.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="client">The key that stands for the person.</param>
    /// <param name="cancellation">Cancels.</param>
    public Task<List<MinorRecord>> AllAsync(Session session, ClientId client, CancellationToken cancellation) =>
        session.QueryAsync($"SELECT {Columns} FROM minor_record WHERE client = @client OR client IN (SELECT c.client FROM client c WHERE c.merged_into = @client) ORDER BY id, version", Read, cancellation, ("client", client.Reveal()));

    /// <summary>All versions of one record, whosever it is, oldest first; empty where there is none.</summary>
    public Task<List<MinorRecord>> VersionsAsync(Session session, string id, CancellationToken cancellation) =>
        session.QueryAsync($"SELECT {Columns} FROM minor_record WHERE id = @id ORDER BY version", Read, cancellation, ("id", id));

    /// <summary>Adds a version.</summary>
    public Task AddAsync(Session session, MinorRecord record, CancellationToken cancellation) => session.ExecuteAsync(
        "INSERT INTO minor_record (client, id, version, organisation, at, entry_id, content) VALUES (@client, @id, @version, @organisation, @at, @entry_id, @content)",
        cancellation,
        ("client", record.Client.Reveal()),
        ("id", record.Id),
        ("version", (long)record.Version),
        ("organisation", record.Organisation.Value),
        ("at", record.At.Column()),
        ("entry_id", record.EntryId),
        ("content", keys.SealMinor(record.Client, record.Id, JsonSerializer.SerializeToUtf8Bytes(record.Content, SisoteJson.Options))));

    /// <summary>Facts that registers told, with the decisions and bars that professionals recorded here and that hold.</summary>
    public async Task<ClientFacts> OverAsync(Session session, ClientId client, ClientFacts told, CancellationToken cancellation)
    {
        var all = await AllAsync(session, client, cancellation);
        if (all.Count == 0)
        {
            return told;
        }

        var holding = all.GroupBy(static version => version.Id).Select(static versions => versions.Last()).Where(static newest => newest.Content.What != MinorRecordContent.Withdrawn).ToList();
        var bars = holding.Where(static one => one.Content.Kind == MinorRecordContent.Bar).Select(static one => one.Content.Context)
            .Concat(told.GuardianBars ?? []).Distinct().Order(StringComparer.Ordinal).ToArray();
        return told with
        {
            Capacity = [.. told.Capacity.IsDefault ? [] : told.Capacity, .. holding.Where(static one => one.Content.Kind == MinorRecordContent.Capacity).Select(Decision)],
            GuardianBars = bars.Length == 0 ? null : [.. bars],
        };
    }

    private static CapacityDecision Decision(MinorRecord record) =>
        new() { Id = record.Id, Code = record.Content.Code!, Context = record.Content.Context, From = record.Content.From ?? record.At, To = record.Content.To };

    private MinorRecord Read(DbDataReader row)
    {
        var (client, id) = (ClientId.Parse(row.GetString(0)), row.GetString(1));
        return new MinorRecord
        {
            Client = client,
            Id = id,
            Version = (int)row.GetInt64(2),
            Organisation = OrganisationId.Parse(row.GetString(3)),
            At = row.Time(4),
            EntryId = row.GetString(5),
            Content = JsonSerializer.Deserialize<MinorRecordContent>(keys.OpenMinor(client, id, row.GetFieldValue<byte[]>(6)), SisoteJson.Options) ?? throw new InvalidDataException("A record of a minor is empty."),
        };
    }
}
