// The school's register as OneRoster shows it.
using System.Text.Json.Nodes;

namespace Sisote.Simulators.School;

/// <summary>Organisations, classes, people and enrolments, as JSON records of OneRoster 1.2.</summary>
internal sealed class Roster(IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> collections)
{
    /// <summary>Organisations of type school.</summary>
    public IEnumerable<JsonObject> Schools => Rows("orgs").Where(static org => (string?)org["type"] == "school");

    /// <summary>The record's sourcedId.</summary>
    public static string Id(JsonObject row) => (string)row["sourcedId"]!;

    /// <summary>All records of a collection.</summary>
    public IEnumerable<JsonObject> Rows(string collection) => collections[collection];

    /// <summary>Users whose primary role is this one.</summary>
    public IEnumerable<JsonObject> Users(string role) =>
        Rows("users").Where(user => user["roles"]!.AsArray().Any(one => (string?)one!["roleType"] == "primary" && (string?)one["role"] == role));

    /// <summary>Whether a school or class is there.</summary>
    public bool Exists(string parent, string sourcedId) => (parent == "schools" ? Schools : Rows(parent)).Any(row => Id(row) == sourcedId);

    /// <summary>Enrolments of a school or class.</summary>
    public IEnumerable<JsonObject> Enrollments(string parent, string sourcedId) =>
        Rows("enrollments").Where(row => (string?)row[parent == "schools" ? "school" : "class"]!["sourcedId"] == sourcedId);

    /// <summary>Users enrolled with a role in a school or class.</summary>
    public IEnumerable<JsonObject> Members(string parent, string sourcedId, string role)
    {
        var members = Enrollments(parent, sourcedId).Where(row => (string?)row["role"] == role).Select(static row => (string)row["user"]!["sourcedId"]!).ToHashSet(StringComparer.Ordinal);
        return Rows("users").Where(user => members.Contains(Id(user)));
    }

    /// <summary>Whether a user is enrolled with a role anywhere.</summary>
    public bool IsUser(string sourcedId, string role) => Users(role).Any(user => Id(user) == sourcedId);
}
