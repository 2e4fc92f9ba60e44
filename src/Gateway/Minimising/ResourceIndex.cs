// What the gateway must know of a resource before it decides what of it may leave.
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// The facts of one resource that decide: whose it is, its labels, its codings under filtered elements, what would change its meaning. Rows and bits only; a text is made when somebody asks.
/// The object can be used for another resource afterwards.
/// </summary>
internal sealed class ResourceIndex
{
    private List<int>? labels; // rows of codes; 0 for a label without one
    private int type;
    private int id;
    private int client;
    private bool hasManyClients;
    private ulong allowed;
    private ulong fulfilled;
    private ulong modifiers;

    internal SoundJson Source { get; private set; } = null!;

    /// <summary>The row of the resource.</summary>
    internal int Row { get; private set; }

    internal TypeShape Shape { get; private set; } = null!;

    /// <summary>The resource as it came.</summary>
    internal ReadOnlyMemory<byte> Json => Source.Slice(Row);

    internal string? Type => Say(type);

    internal string? Id => Say(id);

    /// <summary>The national identifier of the client, where exactly one stands there.</summary>
    internal string? ClientIdentifier => hasManyClients ? null : Say(client);

    /// <summary>Whether exactly one client stands there, and it is the one of a national identifier.</summary>
    internal bool IsOf(ReadOnlySpan<byte> identifier) => !hasManyClients && client != 0 && Source.Say(client).SequenceEqual(identifier);

    /// <summary>The literal reference to the client.</summary>
    internal string? ClientReference => Say(ClientLink);

    /// <summary>The row of the literal reference to the client; 0 = none.</summary>
    internal int ClientLink { get; private set; }

    /// <summary>The selectors that name some element that stands in the resource.</summary>
    internal ulong Mentioned { get; private set; }

    internal bool HasLabels => labels is { Count: > 0 };

    internal bool HasModifierExtension { get; private set; }

    /// <summary>Codes of <c>meta.security</c>; an empty text stands for a label without a code.</summary>
    internal IReadOnlySet<string> Labels => new SortedSet<string>((labels ?? []).Select(row => Say(row) ?? string.Empty), StringComparer.Ordinal);

    /// <summary>Names of the elements that stand in the resource.</summary>
    internal IEnumerable<string> Elements
    {
        get
        {
            for (int member = Row + 1, end = Source.EndOf(Row); member < end; member = Source.Next(member))
            {
                yield return Source.NameOf(member);
            }
        }
    }

    /// <summary>The type that a resource states; empty where it states none.</summary>
    internal static ReadOnlySpan<byte> TypeOf(SoundJson json, int row) =>
        json.IsObject(row) && json.Member(row, ElementNames.ResourceType) is > 0 and var type && json.IsText(type) ? json.Say(type) : default;

    /// <summary>Reads the facts of an object.</summary>
    internal static ResourceIndex Of(SoundJson json, int row, TypeShape shape)
    {
        var index = new ResourceIndex();
        index.Read(json, row, shape);
        return index;
    }

    /// <summary>Reads the facts of a text that is one object and is known to be sound; null = it is no object.</summary>
    internal static ResourceIndex? OfWhole(ReadOnlyMemory<byte> text, TypeShape shape)
    {
#pragma warning disable CA2000 // it lives as long as the index, and its rows are left to the garbage collector
        var json = SoundJson.Read(text);
#pragma warning restore CA2000
        return json.IsObject(0) ? Of(json, 0, shape) : null;
    }

    /// <summary>Reads the facts of an object in place of those held so far.</summary>
    internal void Read(SoundJson json, int row, TypeShape shape)
    {
        (Source, Row, Shape) = (json, row, shape);
        labels?.Clear();
        (type, id, client, hasManyClients, ClientLink) = (0, 0, 0, false, 0);
        (allowed, fulfilled, modifiers, Mentioned) = (ulong.MaxValue, 0, 0, 0);
        var contained = 0;
        for (int member = row + 1, end = json.EndOf(row); member < end; member = json.Next(member))
        {
            if (shape.ElementOf(json.NumberOf(member)) is { } element)
            {
                contained = element.Part == RootPart.Contained ? member : contained;
                ReadElement(element, member);
            }
        }

        HasModifierExtension = HoldsModifierExtension(contained);
    }

    /// <summary>The selectors among the candidates that the resource meets; none = it carries none of them and stays.</summary>
    internal ulong Met(ulong candidates) => HasModifierExtension ? 0 : Shape.Conditions.Met(candidates & allowed, fulfilled, modifiers);

    private void ReadElement(RootElement element, int value)
    {
        var json = Source;
        Mentioned |= element.Selectors;
        modifiers |= json.KindOf(value) == element.Ordinary ? 0 : element.Modifier;
        if (element.Filtered is { } path)
        {
            ReadCodings(value, path);
        }

        switch (element.Part)
        {
            case RootPart.Type:
                type = json.IsText(value) ? value : 0;
                break;
            case RootPart.Id:
                id = json.IsText(value) ? value : 0;
                break;
            case RootPart.Meta:
                ReadLabels(value, Below.Meta);
                break;
            case RootPart.Identifiers:
                ReadIdentifiers(value);
                break;
            case RootPart.Subject:
                var (literal, system, identifier) = FoundReference.Read(json, value).Rows;
                ClientLink = literal;
                AddClient(system, identifier);
                break;
        }
    }

    /// <summary>Anywhere in the resource but in what it contains; the pass over the message has noted where they stand.</summary>
    private bool HoldsModifierExtension(int contained)
    {
        var all = Source.ModifierExtensions;
        var own = all.BinarySearch(Row);
        for (int place = own < 0 ? ~own : own + 1, end = Source.EndOf(Row); place < all.Count && all[place] < end; place++)
        {
            if (contained == 0 || all[place] < contained || all[place] >= Source.Next(contained))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An object with a system or code as text is a coding, wherever it stands on a path that some condition looks at.</summary>
    private void ReadCodings(int row, CodingPath path)
    {
        var json = Source;
        if (json.IsArray(row))
        {
            for (int one = row + 1, end = json.EndOf(row); one < end; one = json.Next(one))
            {
                ReadCodings(one, path);
            }
        }
        else if (json.IsObject(row))
        {
            var (system, code) = (0, 0);
            for (int member = row + 1, end = json.EndOf(row); member < end; member = json.Next(member))
            {
                var name = json.NumberOf(member);
                if (name == ElementNames.System && json.IsText(member))
                {
                    system = member;
                }
                else if (name == ElementNames.Code && json.IsText(member))
                {
                    code = member;
                }
                else if ((name == ElementNames.Coding ? path : path.Below(name)) is { } deeper && name != ElementNames.Display)
                {
                    ReadCodings(member, deeper);
                }
            }

            if (system != 0 && code != 0 && path.Find(json.Say(system), json.Say(code)) is { } found)
            {
                fulfilled |= found.Fulfils;
                json.Mark(row, found.Ready?.Number ?? 0);
            }
        }
    }

    /// <summary>How far below <c>meta</c> a value stands; a <c>coding</c> does not count as a step.</summary>
    private enum Below
    {
        Meta,
        Security,
    }

    private void ReadLabels(int row, Below place)
    {
        var json = Source;
        if (json.IsArray(row))
        {
            for (int one = row + 1, end = json.EndOf(row); one < end; one = json.Next(one))
            {
                ReadLabels(one, place);
            }
        }
        else if (json.IsObject(row))
        {
            var (isLabel, code) = (false, 0);
            for (int member = row + 1, end = json.EndOf(row); member < end; member = json.Next(member))
            {
                var name = json.NumberOf(member);
                if (name == ElementNames.Coding || (place == Below.Meta && name == ElementNames.Security))
                {
                    ReadLabels(member, name == ElementNames.Security ? Below.Security : place);
                }
                else if (place == Below.Security)
                {
                    var isCode = name == ElementNames.Code && json.IsText(member);
                    code = isCode ? member : code;
                    isLabel |= isCode || name == ElementNames.Display || (name == ElementNames.System && json.IsText(member));
                }
            }

            if (isLabel)
            {
                AddLabel(code);
            }
        }
    }

    private void AddLabel(int code)
    {
        (labels ??= []).Add(code);
        var effect = code == 0 ? LabelEffect.Shut : Shape.Conditions.LabelOf(Source.Say(code));
        allowed &= effect.Allowed;
        fulfilled |= effect.Fulfils;
    }

    private void ReadIdentifiers(int row)
    {
        if (!Source.IsArray(row))
        {
            return;
        }

        for (int one = row + 1, end = Source.EndOf(row); one < end && Source.IsObject(one); one = Source.Next(one))
        {
            var (system, value) = FoundReference.ReadIdentifier(Source, one);
            AddClient(system, value);
        }
    }

    private void AddClient(int system, int value)
    {
        if (system == 0 || value == 0 || !Source.Say(system).SequenceEqual(NationalSystem))
        {
            return;
        }

        hasManyClients |= client != 0 && !Source.Say(client).SequenceEqual(Source.Say(value));
        client = value;
    }

    private static readonly byte[] NationalSystem = System.Text.Encoding.ASCII.GetBytes(Hetu.System);

    private string? Say(int row) => row == 0 ? null : Source.SayString(row);
}
