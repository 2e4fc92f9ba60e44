// Turns the catalogue's element paths into the mask that the minimiser follows.
using System.Collections.Frozen;
using Hl7.Fhir.Introspection;
using Sisote.Policy.Catalogues;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// Compiles the mask of one resource type from the selectors of the items that a resource carries. Allow-list in two layers: the paths that the catalogue names, and below them only
/// elements of kinds that hold no hidden text (docs/minimising.md). What FHIR R4 does not define never gets into a mask.
/// </summary>
internal sealed class MaskCompiler
{
    private static readonly FrozenSet<string> NeverCopied = FrozenSet.Create("Extension", "Narrative", "Meta", "Signature", "Resource", "xhtml");
    private static readonly FrozenSet<string> Quantities = FrozenSet.Create("Quantity", "SimpleQuantity", "Age", "Count", "Distance", "Duration", "MoneyQuantity");
    private static readonly FrozenSet<string> TextHolders = FrozenSet.Create("HumanName", "Address", "ContactPoint");
    private static readonly FrozenSet<string> AttachmentParts = FrozenSet.Create("contentType", "language", "data");

    private readonly ElementPaths named = new();
    private readonly ElementPaths masked = new();
    private readonly Dictionary<string, MaskNode> openNodes = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, CodeList> codeLists;
    private readonly CodeLabels labels;
    private readonly FhirSelector[] selectors;
    private readonly string? subject;

    private MaskCompiler(ClassMapping type, IEnumerable<FhirSelector> selectors, IEnumerable<string> maskedPaths, FrozenDictionary<string, CodeList> codeLists, CodeLabels labels)
    {
        this.codeLists = codeLists;
        this.labels = labels;
        this.selectors = [.. selectors];
        subject = FhirTypes.SubjectElement(type);
        foreach (var selector in this.selectors)
        {
            foreach (var path in selector.Elements)
            {
                named.Add(path, selector.MaxTextLength);
            }
        }

        foreach (var path in maskedPaths)
        {
            if (path.StartsWith(type.Name + ".", StringComparison.Ordinal))
            {
                masked.Add(path[(type.Name.Length + 1)..]);
            }
        }
    }

    /// <summary>The mask for a resource that carries these selectors' items, less the masked paths (<c>Type.path</c>).</summary>
    internal static MaskNode Compile(
        ClassMapping type, IEnumerable<FhirSelector> selectors, IEnumerable<string> maskedPaths, FrozenDictionary<string, CodeList> codeLists, CodeLabels labels)
    {
        var compiler = new MaskCompiler(type, selectors, maskedPaths, codeLists, labels);
        return compiler.CompileObject(type, compiler.named, compiler.masked, open: false, path: string.Empty);
    }

    private MaskNode CompileObject(ClassMapping mapping, ElementPaths? below, ElementPaths? hidden, bool open, string path)
    {
        var shared = open && below is null && hidden is null;
        if (shared && openNodes.TryGetValue(mapping.Name, out var known))
        {
            return known;
        }

        var node = new MaskNode();
        if (shared)
        {
            openNodes[mapping.Name] = node;
        }

        var (fields, mandatory) = (new List<MaskField>(), new List<string>());
        foreach (var property in mapping.PropertyMappings.OrderBy(static property => property.Order))
        {
            var fulfils = property.IsMandatoryElement ? 1UL << mandatory.Count : 0;
            mandatory.AddRange(property.IsMandatoryElement ? [property.Name] : Array.Empty<string>());
            foreach (var (name, elementType) in FhirTypes.JsonNames(property))
            {
                var (namedHere, hiddenHere) = (below?.Below(name), hidden?.Below(name));
                if (hiddenHere is not { Named: true } && (open || namedHere is not null)
                    && CompileField(new Element(property, name, elementType, mapping.Name, path.Length == 0 ? name : $"{path}.{name}", open, fulfils), namedHere, hiddenHere) is { } field)
                {
                    fields.Add(field);
                }
            }
        }

        // At the root the conditions of the items see to modifiers that no item names (TypeConditions).
        node.Complete(fields, [.. mandatory], [.. FhirTypes.Modifiers(mapping).Where(name => path.Length > 0 || fields.Exists(field => field.Name == name))]);
        return node;
    }

    private MaskField? CompileField(Element element, ElementPaths? below, ElementPaths? hidden)
    {
        var explicitly = below is { Named: true };
        var typeName = element.Type.Name;
        if (NeverCopied.Contains(typeName) || element.Name == "id" || (element.IsRoot && element.Name is "implicitRules")
            || (element.Holder == "Attachment" && !AttachmentParts.Contains(element.Name) && !explicitly))
        {
            return null;
        }

        if (element.Type.IsFhirPrimitive)
        {
            return CompilePrimitive(element, below, explicitly);
        }

        if (typeName == "Annotation" && below is not { HasChildren: true })
        {
            return null;
        }

        return typeName switch
        {
            "CodeableConcept" => element.Field(FieldKind.Object) with { Node = CompileConcept(element, below) },
            "Coding" => element.Field(FieldKind.Coding) with { Codings = CodingsAt(element.Path), KeepsDisplay = below?.Below("display") is { Named: true } },
            "Reference" => element.Field(element.IsRoot && element.Name == subject ? FieldKind.Subject : FieldKind.Reference),
            "Identifier" => CompileIdentifier(element, explicitly),
            _ when Quantities.Contains(typeName) => element.Field(FieldKind.Quantity),
            _ => element.Field(FieldKind.Object) with { Node = CompileObject(element.Type, below is { HasChildren: true } ? below : null, hidden, element.Open || explicitly, element.Path) },
        };
    }

    private static MaskField? CompilePrimitive(Element element, ElementPaths? below, bool explicitly)
    {
        var shape = element.Type.Name switch
        {
            "string" or "markdown" => PrimitiveShape.Text,
            "code" => PrimitiveShape.Code,
            "uri" or "url" or "canonical" or "oid" or "uuid" => PrimitiveShape.Address,
            "date" or "dateTime" or "instant" or "time" => PrimitiveShape.Temporal,
            "boolean" => PrimitiveShape.Boolean,
            "base64Binary" => PrimitiveShape.Base64,
            _ => PrimitiveShape.Number,
        };
        var harmless = shape switch
        {
            PrimitiveShape.Text => TextHolders.Contains(element.Holder) && element.Name != "text",
            PrimitiveShape.Address => false,
            PrimitiveShape.Base64 => element.Holder == "Attachment",
            _ => true,
        };
        return explicitly || harmless
            ? element.Field(FieldKind.Primitive) with { Shape = shape, MaximumLength = shape == PrimitiveShape.Text ? below?.MaximumLength : null }
            : null;
    }

    private MaskNode CompileConcept(Element concept, ElementPaths? below)
    {
        var node = new MaskNode();
        var fields = new List<MaskField>
        {
            new() { Name = "coding", Kind = FieldKind.Coding, Repeats = true, Codings = CodingsAt(concept.Path), KeepsDisplay = below?.Below("coding")?.Below("display") is { Named: true } },
        };
        if (below?.Below("text") is { Named: true } text)
        {
            fields.Add(new MaskField { Name = "text", Kind = FieldKind.Primitive, Repeats = false, Shape = PrimitiveShape.Text, MaximumLength = text.MaximumLength });
        }

        node.Complete(fields, [], []);
        return node;
    }

    private MaskField? CompileIdentifier(Element element, bool explicitly)
    {
        var systems = selectors.Where(selector => selector.Elements.Contains(element.Path)).SelectMany(static selector => selector.IdentifierSystems).Distinct().ToArray();
        return explicitly && systems.Length > 0
            ? element.Field(FieldKind.Identifier) with { IdentifierSystems = new Utf8Map<string>(systems.Select(static system => KeyValuePair.Create(system, system))) }
            : null;
    }

    /// <summary>Where every selector that permits a coded element also filters or binds it, only codings so named may stand there: a second coding could tell more.</summary>
    private AcceptedCodings? CodingsAt(string path)
    {
        var accepted = new HashSet<(string System, string Code)>();
        foreach (var selector in selectors.Where(selector => Permits(selector, path)))
        {
            var codings = selector.Filters.Where(filter => filter.Path == path).SelectMany(static filter => filter.Codes.Select(code => (filter.System, code)))
                .Concat(path == "code" && selector.CodeBinding is { } list ? BoundCodings(list) : []).ToArray();
            if (codings.Length == 0)
            {
                return null;
            }

            accepted.UnionWith(codings);
        }

        return new AcceptedCodings([.. accepted.Select(coding => labels.Find(coding.System, coding.Code)).OfType<ReadyCoding>()]);
    }

    private IEnumerable<(string, string)> BoundCodings(string list) =>
        codeLists.TryGetValue(list, out var codes) ? codes.Codes.Keys.Select(code => (codes.System, code)) : [];

    private static bool Permits(FhirSelector selector, string path) =>
        selector.Elements.Any(element => path == element || path.StartsWith(element + ".", StringComparison.Ordinal) || element.StartsWith(path + ".", StringComparison.Ordinal));

    /// <summary>One element while its mask is being compiled.</summary>
    private sealed record Element(PropertyMapping Property, string Name, ClassMapping Type, string Holder, string Path, bool Open, ulong Fulfils)
    {
        internal bool IsRoot => Path == Name;

        internal MaskField Field(FieldKind kind) => new() { Name = Name, Kind = kind, Repeats = Property.IsCollection, Fulfils = Fulfils };
    }
}
