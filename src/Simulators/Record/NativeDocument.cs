// The record's own idea of a document.
namespace Sisote.Simulators.Record;

/// <summary>A document of the record: written in it, or taken in from elsewhere.</summary>
internal sealed record NativeDocument
{
    /// <summary>Number in the record.</summary>
    public string Id { get; init; } = "";

    /// <summary>Number of the patient.</summary>
    public string Patient { get; init; } = "";

    /// <summary>Type (view) code.</summary>
    public string Type { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>When it was written, ISO 8601 with offset.</summary>
    public string Time { get; init; } = "";

    /// <summary>Whether its content is specially protected.</summary>
    public bool Special { get; init; }

    /// <summary>Who wrote it.</summary>
    public NativeAuthor Author { get; init; } = new();

    /// <summary>Who takes responsibility for it in the record; empty where nobody has yet.</summary>
    public string Authenticator { get; init; } = "";

    /// <summary>own, on-behalf (written for us by another) or received (a document from elsewhere).</summary>
    public string Mode { get; init; } = "own";

    /// <summary>filed or waiting (for acceptance).</summary>
    public string Status { get; init; } = "filed";

    /// <summary>Who accepted a received document.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>Sections.</summary>
    public List<NativeSection> Sections { get; init; } = [];
}

/// <summary>An author.</summary>
internal sealed record NativeAuthor
{
    /// <summary>Identifier.</summary>
    public string Id { get; init; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Role or title.</summary>
    public string Role { get; init; } = "";

    /// <summary>Organisation.</summary>
    public string Organisation { get; init; } = "";
}

/// <summary>A section.</summary>
internal sealed record NativeSection
{
    /// <summary>Heading code.</summary>
    public string Code { get; init; } = "";

    /// <summary>Heading.</summary>
    public string Title { get; init; } = "";

    /// <summary>Text for people.</summary>
    public string Narrative { get; init; } = "";

    /// <summary>Coded entries.</summary>
    public List<NativeEntry> Entries { get; init; } = [];
}

/// <summary>A coded entry.</summary>
internal sealed record NativeEntry
{
    /// <summary>Number inside the document.</summary>
    public string Number { get; init; } = "";

    /// <summary>observation, act, medication or group.</summary>
    public string Kind { get; init; } = "observation";

    /// <summary>Code system (OID).</summary>
    public string System { get; init; } = "";

    /// <summary>Code.</summary>
    public string Code { get; init; } = "";

    /// <summary>Name of the code.</summary>
    public string Display { get; init; } = "";

    /// <summary>active or completed.</summary>
    public string Status { get; init; } = "completed";

    /// <summary>Since or at, ISO date or time.</summary>
    public string From { get; init; } = "";

    /// <summary>Until.</summary>
    public string To { get; init; } = "";

    /// <summary>Number of a quantity.</summary>
    public string Quantity { get; init; } = "";

    /// <summary>Unit of a quantity.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Text of a structured field.</summary>
    public string Text { get; init; } = "";

    /// <summary>Parts.</summary>
    public List<NativeEntry> Parts { get; init; } = [];
}

/// <summary>A patient of the record.</summary>
internal sealed record NativePatient
{
    /// <summary>Id of the invented person.</summary>
    public string Person { get; init; } = "";

    /// <summary>Patient number.</summary>
    public string Number { get; init; } = "";

    /// <summary>Documents.</summary>
    public List<NativeDocument> Documents { get; init; } = [];
}

/// <summary>The file of patients.</summary>
internal sealed record NativePatients
{
    /// <summary>Patients.</summary>
    public List<NativePatient> Patients { get; init; } = [];
}
