// Looks up the people of the demonstration.
using System.Collections.Frozen;

namespace Sisote.Identity.SignIn;

internal sealed class DemoPersons(IdentityOptions options)
{
    private readonly FrozenDictionary<string, DemoPerson> persons = options.Persons.ToFrozenDictionary(static person => person.Id, StringComparer.Ordinal);

    internal IReadOnlyList<DemoPerson> All => options.Persons;

    internal DemoPerson? Find(string? id) => id is null ? null : persons.GetValueOrDefault(id);
}
