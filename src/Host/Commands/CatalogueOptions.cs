// What the catalogue commands have in common: languages, formats, sides, and where a catalogue comes from.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sisote.Host.House;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Host.Commands;

/// <summary>A sector and a role as written on the command line.</summary>
internal sealed record CatalogueSide(SectorId Sector, RoleId? Role);

/// <summary>Options that several catalogue commands share.</summary>
internal static class CatalogueOptions
{
    /// <summary>The name of the catalogue built into this program, where a folder is asked for.</summary>
    internal const string Embedded = "embedded";

    /// <summary>How JSON is written for people and programs alike.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static Option<string> Language()
    {
        var language = new Option<string>("--language", "--lang") { Description = "fi, sv or en.", DefaultValueFactory = static _ => "en" };
        language.AcceptOnlyFromAmong("fi", "sv", "en");
        return language;
    }

    internal static Option<string> Format(params string[] formats)
    {
        var format = new Option<string>("--format") { Description = $"{string.Join(", ", formats)}.", DefaultValueFactory = _ => formats[0] };
        format.AcceptOnlyFromAmong(formats);
        return format;
    }

    internal static Option<string?> Folder() => new("--catalogue") { Description = "A catalogue folder instead of the built-in one." };

    /// <summary>A folder, or <c>embedded</c>.</summary>
    internal static LegalCatalogue Read(string? folder) => LawAndDeployment.ReadCatalogue(folder == Embedded ? null : folder);

    /// <summary>SECTOR or SECTOR/ROLE.</summary>
    internal static CatalogueSide? ReadSide(ArgumentResult result, bool roleNeeded)
    {
        var parts = result.Tokens is [{ Value: var text }] ? text.Split('/') : [];
        if (parts is [var sector, var role] && SectorId.TryParse(sector, out var sectorId) && RoleId.TryParse(role, out var roleId))
        {
            return new CatalogueSide(sectorId, roleId);
        }

        if (!roleNeeded && parts is [var alone] && SectorId.TryParse(alone, out var whole))
        {
            return new CatalogueSide(whole, null);
        }

        result.AddError(roleNeeded
            ? "--from and --to are written SECTOR/ROLE, for example health/health-professional."
            : "--from and --to are written SECTOR or SECTOR/ROLE, for example health or health/health-professional.");
        return null;
    }

    internal static TCode? ReadCode<TCode>(ArgumentResult result)
        where TCode : struct, ICode<TCode>
    {
        if (result.Tokens is [{ Value: var text }] && TCode.TryParse(text, out var code))
        {
            return code;
        }

        result.AddError("A code is 1 to 64 letters, digits, '-', '_' or '.'.");
        return null;
    }
}
