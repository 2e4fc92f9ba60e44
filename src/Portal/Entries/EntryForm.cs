// A counsellor's entry form as data: which measures it asks for and in which shapes it can be sent.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Doors.Json;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Portal.Entries;

/// <summary>The form of one purpose and role, read from an embedded file: a new kind of counsellor is a new file, not new code.</summary>
internal sealed record EntryForm
{
    private static readonly ImmutableArray<EntryForm> All = ReadAll();

    /// <summary>Purpose of use.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>Role of the one who writes.</summary>
    public required RoleId Role { get; init; }

    /// <summary>The measures.</summary>
    public required ImmutableArray<Measure> Measures { get; init; }

    /// <summary>Code system of the measures' categories.</summary>
    public required string MeasureCategorySystem { get; init; }

    /// <summary>The shapes in which an entry can be sent, the preferred one first.</summary>
    public required ImmutableArray<EntryMode> Modes { get; init; }

    /// <summary>The form of a purpose and role, or null.</summary>
    public static EntryForm? Find(PurposeId purpose, RoleId role) => All.FirstOrDefault(form => form.Purpose == purpose && form.Role == role);

    /// <summary>The mode with this id, else the preferred one.</summary>
    public EntryMode ModeOf(string? id) => Modes.FirstOrDefault(mode => mode.Id == id) ?? Modes[0];

    private static ImmutableArray<EntryForm> ReadAll()
    {
        var assembly = typeof(EntryForm).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(static name => name.StartsWith("Sisote.Portal.Entries.", StringComparison.Ordinal)).Order().Select(name =>
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize<EntryForm>(file, SisoteJson.Options) ?? throw new InvalidOperationException($"`{name}` is empty.");
        })];
    }
}

/// <summary>One measure of a form.</summary>
internal sealed record Measure
{
    /// <summary>Id of the field.</summary>
    public required string Id { get; init; }

    /// <summary>Category code of the observation.</summary>
    public required string Category { get; init; }

    /// <summary>Code system.</summary>
    public required string System { get; init; }

    /// <summary>Code.</summary>
    public required string Code { get; init; }

    /// <summary>UCUM unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Least value that makes sense.</summary>
    public required decimal Min { get; init; }

    /// <summary>Greatest value that makes sense.</summary>
    public required decimal Max { get; init; }

    /// <summary>Decimals that make sense.</summary>
    public required int Decimals { get; init; }

    /// <summary>Label of the field.</summary>
    public required LocalisedText Label { get; init; }

    /// <summary>The unit as people write it.</summary>
    public required LocalisedText UnitLabel { get; init; }
}

/// <summary>One shape in which an entry can be sent.</summary>
internal sealed record EntryMode
{
    /// <summary>Id; its texts stand in the text catalogue under <c>entry.mode.</c>.</summary>
    public required string Id { get; init; }

    /// <summary>FHIR resource type that carries the text.</summary>
    public required string Resource { get; init; }

    /// <summary>Code system of the category.</summary>
    public required string CategorySystem { get; init; }

    /// <summary>Category code.</summary>
    public required string Category { get; init; }

    /// <summary>Conditions that the counsellor states by sending in this mode.</summary>
    public required ImmutableArray<ConditionId> States { get; init; }
}
