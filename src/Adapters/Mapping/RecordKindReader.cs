// Reads one kind of record of a mapping file.
using System.Collections.Immutable;
using Hl7.Fhir.Introspection;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Mapping;

/// <summary>Reads what a kind of record makes and where it is read and written.</summary>
internal sealed class RecordKindReader(MappingNode node, Dictionary<string, CodeTable> tables, CarriedElements carried, NativeFormat format)
{
    private static readonly string[] SenderParts = ["system", "organisation", "organisationName", "role", "professional", "professionalName"];

    /// <summary>The kind; faults are noted at the nodes.</summary>
    public RecordKind Read(string name)
    {
        var client = ReadClient();
        var resources = node.Maps("resources");
        if (resources.IsEmpty)
        {
            node.Fault("`resources` is missing: what does the record make?");
        }

        var kind = new RecordKind
        {
            Name = name,
            Rows = node.Optional("rows") ?? string.Empty,
            Client = client,
            Withheld = node.Texts("withheld"),
            Resources = [.. resources.Select(resource => ReadResource(resource, client)).OfType<ResourceRule>()],
            Read = ReadRead(node.Map("read"), client),
            Create = ReadCreate(node.Map("create")),
        };
        kind = kind with { Steps = ReadSteps(node.Map("steps"), kind) };
        CheckReach(kind);
        CheckWithheld(kind);
        node.Close();
        return kind;
    }

    private ClientPlace ReadClient()
    {
        if (node.Map("client") is not { } client)
        {
            node.Fault("`client` is missing: whose record is it?");
            return new ClientPlace("?", null, false);
        }

        var read = new ClientPlace(client.Optional("code"), client.Optional("id"), client.OneOf("form", "text", "hash") == "hash");
        if (read.Id is null && node.Has("read"))
        {
            client.Fault("`id` is missing: the product's own number of the client");
        }

        if (read.Id is not null && read.Id == read.Code)
        {
            client.Fault("a personal identity code is no id, and its hash would give it away", "id");
        }

        client.Close();
        return read;
    }

    private ResourceRule? ReadResource(MappingNode resource, ClientPlace client)
    {
        var name = resource.Require("type");
        var required = resource.Flag("required");
        var (each, when) = (resource.Optional("each"), resource.Optional("when"));
        if (name.Length == 0)
        {
            return null;
        }

        if (FhirPlace.FindResource(name) is not { } type || !carried.Knows(name))
        {
            resource.Fault($"`{name}` is no resource type that a data item of the catalogue carries. {NearestCode.Suggest(name, carried.Types)}".TrimEnd(), "type");
            return null;
        }

        var elements = resource.Map("elements") is { } written ? new ElementReader(tables, carried, name, format).ReadElements(written, type, string.Empty) : [];
        CheckMandatory(resource, type, elements, client);
        resource.Close();
        return new ResourceRule(name, required, new ElementGroup(each, when, elements));
    }

    private static void CheckMandatory(MappingNode resource, ClassMapping type, ImmutableArray<ElementRule> elements, ClientPlace client)
    {
        var subject = FhirPlace.SubjectOf(type);
        if (subject is null && type.Name != "Patient")
        {
            resource.Fault($"`{type.Name}` is not about one client", "type");
        }

        var isClient = type.Name == "Patient" && client.Id is not null;
        if (!isClient && !elements.Any(static element => element.Place.Path == "id"))
        {
            resource.Fault("`id` is not mapped: every resource needs one that stays the same", "elements");
        }

        foreach (var missing in FhirPlace.Mandatory(type).Where(name => name != subject && !elements.Any(element => element.Place.Steps[0].Name == name)))
        {
            resource.Fault($"`{missing}` is not mapped: FHIR R4 demands it", "elements");
        }
    }

    private ReadRule? ReadRead(MappingNode? read, ClientPlace client)
    {
        if (read is null)
        {
            return null;
        }

        var lookup = read.Optional("lookup");
        var rule = new ReadRule(
            lookup,
            lookup is null ? string.Empty : read.Require("lookupField"),
            Address(read, "ofClient", "{client}"),
            Address(read, "one", "{id}"),
            Address(read, "all", null));
        if (lookup is not null && client.Code is null)
        {
            read.Fault("a record that is found by code says the code: `client.code`", "lookup");
        }

        if (lookup is null && rule.OfClient is null)
        {
            read.Fault("neither `lookup` nor `ofClient`: how is one client's record found?");
        }

        read.Close();
        return rule;
    }

    private CreateRule? ReadCreate(MappingNode? create)
    {
        if (create is null)
        {
            return null;
        }

        if (format.Kind != "json")
        {
            create.Fault("records are written as JSON only");
        }

        var rule = new CreateRule
        {
            Post = Address(create, "post", null) is { } post ? post : create.Require("post"),
            KeyHeader = create.Optional("keyHeader"),
            KeyField = create.Optional("keyField"),
            ReadBack = Address(create, "readBack", "{key}"),
            Constants = Pairs(create.Map("constants")),
            Sender = Pairs(create.Map("sender")),
            Ids = Pairs(create.Map("ids")).ToImmutableDictionary(static pair => pair.Item1, static pair => pair.Item2),
        };
        if (rule.KeyHeader is null && rule.KeyField is null)
        {
            create.Fault("neither `keyHeader` nor `keyField`: how does the product know what it has already?");
        }

        if (rule.KeyHeader is null && rule.ReadBack is null && !create.Flag("recognisesKey"))
        {
            create.Fault("`readBack` is missing; where the product itself recognises `keyField`, say `recognisesKey: true`");
        }

        _ = create.Flag("recognisesKey");
        CheckSender(create, rule);
        create.Close();
        return rule;
    }

    private StepRule? ReadSteps(MappingNode? steps, RecordKind kind)
    {
        if (steps is null)
        {
            return null;
        }

        if (format.Kind != "json")
        {
            steps.Fault("steps are written as JSON only");
        }

        var tasks = kind.Resources.Where(static rule => rule.Type == "Task").ToList();
        var state = tasks.SelectMany(static rule => rule.Group.Elements).FirstOrDefault(static element => element.Place.Path == "status")?.Source;
        var id = tasks.SelectMany(static rule => rule.Group.Elements).Select(static element => element is { Place.Path: "id", Source: ElementSource.Field field } ? field.Path : null).FirstOrDefault(static path => path is not null);
        if (tasks is not [{ Group: { Each: null, When: null } }] || id is null || kind.Read?.One is null || !kind.IsFoundByOwnId("Task"))
        {
            steps.Fault("steps are those of one Task, which has the record's own `id` and is read at `read.one`");
        }

        if (state is not ElementSource.Field { Table: not null, Required: true })
        {
            steps.Fault("`status` of the Task has no table, or is not required: a step leads from one known state to another");
        }

        var (field, header) = (steps.Optional("versionField"), steps.Optional("versionHeader"));
        if ((field is null) == (header is null))
        {
            steps.Fault("one of `versionField` and `versionHeader` is needed: from which version does a step start?");
        }

        var written = new CreateRule
        {
            Post = Address(steps, "post", "{id}") is { } post ? post : steps.Require("post"),
            KeyHeader = steps.Optional("keyHeader"),
            KeyField = steps.Optional("keyField"),
            Constants = Pairs(steps.Map("constants")),
            Sender = Pairs(steps.Map("sender")),
            Ids = ImmutableDictionary<string, string>.Empty,
        };
        if (!steps.Flag("recognisesKey") && written.KeyHeader is null)
        {
            steps.Fault("a product takes steps that recognises their key: say `keyHeader`, or `keyField` and `recognisesKey: true`");
        }

        if (written.KeyHeader is null && written.KeyField is null)
        {
            steps.Fault("neither `keyHeader` nor `keyField`: how does the product know which steps it has taken?");
        }

        CheckSender(steps, written);
        var rule = new StepRule(written.Post, steps.Require("version"), field, header, id ?? "id", new RecordKind
        {
            Name = kind.Name,
            Rows = string.Empty,
            Client = new ClientPlace(null, null, false),
            Withheld = [],
            Resources = [.. tasks.Take(1).Select(static task => new ResourceRule("Task", true, task.Group with { Elements = [.. task.Group.Elements.Where(static element => StepRule.Says(element.Place.Steps[0].Name))] }))],
            Create = written,
        });
        steps.Close();
        return rule;
    }

    private static void CheckSender(MappingNode at, CreateRule rule)
    {
        foreach (var (_, part) in rule.Sender.Where(static pair => !SenderParts.Contains(pair.Part)))
        {
            at.Fault($"`{part}` is none of {string.Join(", ", SenderParts)}", "sender");
        }
    }

    /// <summary>What is withheld goes nowhere: neither as a value nor as what a resource hangs on.</summary>
    private void CheckWithheld(RecordKind kind)
    {
        foreach (var (path, way) in new RecordFields(kind, format).Leaking)
        {
            node.Fault($"`{path}` would go to `{way}` although it is withheld, or some of it is", "withheld");
        }
    }

    /// <summary>Every resource must be found again by its id: by the address of one record, or among all.</summary>
    private void CheckReach(RecordKind kind)
    {
        if (kind.Read is null or { All: not null })
        {
            return;
        }

        foreach (var resource in kind.Resources.Where(resource => kind.Read.One is null || !kind.IsFoundByOwnId(resource.Type)))
        {
            node.Fault($"a {resource.Type} cannot be read by its id: without `all`, `one` is needed and an id of the record itself", "read");
        }
    }

    private static string? Address(MappingNode at, string key, string? place)
    {
        var address = at.Optional(key);
        if (address is not null && (address.StartsWith('/') || address.Contains("//", StringComparison.Ordinal) || address.Contains("..", StringComparison.Ordinal) || address.Contains('#', StringComparison.Ordinal)))
        {
            at.Fault("is an address below the setting `address`, without a slash at its beginning", key);
        }

        if (address is not null && place is not null && !address.Contains(place, StringComparison.Ordinal))
        {
            at.Fault($"has no `{place}`", key);
        }

        return address;
    }

    private static ImmutableArray<(string Path, string Part)> Pairs(MappingNode? map)
    {
        if (map is null)
        {
            return [];
        }

        var pairs = map.Keys.Select(key => (key, map.Require(key))).ToImmutableArray();
        map.Close();
        return pairs;
    }
}
