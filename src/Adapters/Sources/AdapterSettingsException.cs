// The deployment asks for an adapter that cannot be opened.
namespace Sisote.Adapters.Sources;

/// <summary>Adapters of the deployment cannot be opened; the message lists every fault, one on each line.</summary>
public sealed class AdapterSettingsException(IEnumerable<string> faults) : Exception(string.Join('\n', faults));
