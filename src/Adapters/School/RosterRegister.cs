// A register made of packages: a whole one, and the changes after it.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Sisote.Adapters.School;

/// <summary>Rows of all files by id. A change makes a new register; references are checked in the whole.</summary>
internal sealed class RosterRegister
{
    private readonly ImmutableDictionary<string, ImmutableDictionary<string, RosterRow>> files;

    private RosterRegister(ImmutableDictionary<string, ImmutableDictionary<string, RosterRow>> files) => this.files = files;

    /// <summary>A register of one whole package.</summary>
    public static RosterRegister Of(RosterPackage package) =>
        new(package.Rows.ToImmutableDictionary(static file => file.Key, static file => file.Value.DistinctBy(static row => row["sourcedId"]).ToImmutableDictionary(static row => row["sourcedId"])));

    /// <summary>The register after the changes of a package.</summary>
    public RosterRegister With(RosterPackage delta)
    {
        var changed = files;
        foreach (var (file, rows) in delta.Rows)
        {
            var (gone, there) = (rows.Where(static row => row["status"] == "tobedeleted").Select(static row => row["sourcedId"]), rows.Where(static row => row["status"] != "tobedeleted"));
            changed = changed.SetItem(file, (changed.GetValueOrDefault(file) ?? ImmutableDictionary<string, RosterRow>.Empty).RemoveRange(gone).SetItems(there.DistinctBy(static row => row["sourcedId"]).Select(static row => KeyValuePair.Create(row["sourcedId"], row))));
        }

        return new RosterRegister(changed);
    }

    /// <summary>Notes each reference to a record that is not there.</summary>
    public void CheckReferences(RosterFaults faults)
    {
        foreach (var file in files.Keys.Order(StringComparer.Ordinal))
        {
            var columns = OneRosterCsv.Files[file].Where(static column => column.Target.Length > 0).ToList();
            foreach (var row in files[file].Values.OrderBy(static row => row.Package, StringComparer.Ordinal).ThenBy(static row => row.Number))
            {
                foreach (var column in columns.Where(column => !Targets(row, column).All(id => files.GetValueOrDefault(column.Target)?.ContainsKey(id) == true)))
                {
                    faults.Add(row.Package, file + ".csv", row.Number, column.Name, $"names a record that {column.Target}.csv does not have");
                }
            }
        }
    }

    /// <summary>How many rows a file has.</summary>
    public int Count(string file) => files.GetValueOrDefault(file)?.Count ?? 0;

    /// <summary>The register as the adapter knows it.</summary>
    public RosterContent ToContent()
    {
        var roles = Rows("roles").ToLookup(static row => row["userSourcedId"]);
        return new RosterContent(
            [.. Rows("orgs").Select(static row => new OneRosterOrg { SourcedId = row["sourcedId"], Status = "active", Name = row["name"], Type = row["type"] })],
            [.. Rows("users").Select(row => ToUser(row, roles[row["sourcedId"]]))],
            [.. Rows("enrollments").Select(static row => ToEnrollment(row))]);
    }

    private IEnumerable<RosterRow> Rows(string file) => (files.GetValueOrDefault(file)?.Values ?? []).Where(static row => row["status"] != "tobedeleted");

    private static IEnumerable<string> Targets(RosterRow row, OneRosterColumn column) =>
        column.Kind == '*' ? row[column.Name].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : row[column.Name].Length == 0 ? [] : [row[column.Name]];

    private static OneRosterUser ToUser(RosterRow row, IEnumerable<RosterRow> roles) => new()
    {
        SourcedId = row["sourcedId"],
        Status = row["enabledUser"] == "true" ? "active" : "tobedeleted",
        Username = row["username"],
        GivenName = row["givenName"],
        FamilyName = row["familyName"],
        Roles = [.. roles.Select(static role => new OneRosterRole(role["role"]) { From = Day(role["beginDate"]), To = Day(role["endDate"]) })],
        UserIds = OneRosterCsv.ReadUserIds(row["userIds"]) ?? [],
    };

    private static OneRosterEnrollment ToEnrollment(RosterRow row) => new()
    {
        SourcedId = row["sourcedId"],
        Status = "active",
        User = new OneRosterLink(row["userSourcedId"]),
        Class = new OneRosterLink(row["classSourcedId"]),
        School = new OneRosterLink(row["schoolSourcedId"]),
        Role = row["role"],
        Primary = JsonSerializer.SerializeToElement(row["primary"] == "true"),
        From = Day(row["beginDate"]),
        To = Day(row["endDate"]),
    };

    private static DateOnly? Day(string cell) => cell.Length == 0 ? null : DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
