// How OneRoster says no.
using System.Text.Json.Nodes;

namespace Sisote.Simulators.School;

/// <summary>The payload <c>imsx_StatusInfo</c> of a failure.</summary>
internal static class RosterStatus
{
    /// <summary>A failure with its HTTP status and OneRoster's minor code.</summary>
    public static IResult Failure(int status, string minor, string description) => Results.Json(
        new JsonObject
        {
            ["imsx_codeMajor"] = "failure",
            ["imsx_severity"] = "error",
            ["imsx_description"] = description,
            ["imsx_CodeMinor"] = new JsonObject
            {
                ["imsx_codeMinorField"] = new JsonArray(new JsonObject { ["imsx_codeMinorFieldName"] = "TargetEndSystem", ["imsx_codeMinorFieldValue"] = minor }),
            },
        },
        statusCode: status);
}
