// sisote map: mapping files tried on samples, and what a mapping in the shadow would do otherwise.
using System.CommandLine;

namespace Sisote.Host.Commands;

/// <summary>Commands over mapping files.</summary>
internal static class MapCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("map", "Mapping files: how a product's records look in FHIR.") { MapTestCommand.Make(TimeProvider.System), MapShadowCommand.Make() };
}
