// Short names of code systems, as the files use them.
using System.Collections.Frozen;

namespace Sisote.Policy.Catalogues.Reading;

/// <summary>Code system addresses by short name.</summary>
internal sealed class FrozenCodeSystems(FrozenDictionary<string, string> systems)
{
    internal FrozenDictionary<string, string> All => systems;

    internal string Resolve(string alias, YamlMap map, int line)
    {
        if (systems.TryGetValue(alias, out var address))
        {
            return address;
        }

        if (alias.Length > 0)
        {
            map.Fault($"Code system `{alias}` is not defined.", line);
        }

        return alias;
    }
}
