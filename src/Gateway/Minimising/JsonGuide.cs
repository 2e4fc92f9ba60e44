// Which members of a message are worth reading.
namespace Sisote.Gateway.Minimising;

/// <summary>
/// The members of an object that somebody could ask for later, and what is worth reading inside them. Arrays are not part of it: what holds for a member holds for each element of an array there.
/// </summary>
internal sealed class JsonGuide
{
    /// <summary>Reads every member, whatever its name.</summary>
    internal static readonly JsonGuide Everything = new();

    private readonly Dictionary<string, GuideField> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> others = new(StringComparer.Ordinal);
    private Utf8Map<ExpectedName>? names;

    /// <summary>Any name that is not known here.</summary>
    internal ExpectedName Unknown { get; } = ExpectedName.Any();

    /// <summary>Stands before the first name: what is expected next is how an object begins.</summary>
    internal ExpectedName Beginning { get; } = ExpectedName.Any();

    internal GuideField? Find(ReadOnlySpan<byte> name) => FindName(name).Field;

    /// <summary>A name as it is known here.</summary>
    internal ExpectedName FindName(ReadOnlySpan<byte> name) => (names ??= MakeNames()).Find(name) ?? Unknown;

    internal JsonGuide? Below(string name) => members.GetValueOrDefault(name)?.Inside;

    /// <summary>Adds a member. Without a guide of its own texts, numbers and literals are read in it, and arrays of them; objects there count as holding nothing.</summary>
    internal void Add(string name, JsonGuide? inside = null)
    {
        if (members.TryGetValue(name, out var known))
        {
            known.Inside.Take(inside, []);
        }
        else
        {
            members[name] = new GuideField(members.Count, inside ?? new JsonGuide());
        }
    }

    /// <summary>Adds names that are often met and never asked for; to know them only saves time.</summary>
    internal void Expect(IEnumerable<string> names) => others.UnionWith(names);

    /// <summary>Adds the members of another guide. Guides can lead back to themselves, as FHIR R4 types do.</summary>
    private void Take(JsonGuide? other, HashSet<JsonGuide> taken)
    {
        if (other is null || other == this || !taken.Add(other))
        {
            return;
        }

        others.UnionWith(other.others);
        foreach (var (name, field) in other.members)
        {
            if (members.TryGetValue(name, out var known))
            {
                known.Inside.Take(field.Inside, taken);
            }
            else
            {
                members[name] = new GuideField(members.Count, field.Inside);
            }
        }
    }

    private Utf8Map<ExpectedName> MakeNames()
    {
        ElementNames.Add(members.Keys);
        return new Utf8Map<ExpectedName>(members.Keys.Concat(others.Except(members.Keys))
            .Select(name => KeyValuePair.Create(name, new ExpectedName(name, members.GetValueOrDefault(name)))));
    }
}

/// <summary>One member worth reading.</summary>
/// <param name="Place">Its number in the object.</param>
/// <param name="Inside">What is worth reading inside it.</param>
internal sealed record GuideField(int Place, JsonGuide Inside);
