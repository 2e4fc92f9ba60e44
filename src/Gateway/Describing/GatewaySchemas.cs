// Shapes of what the gateway's doors take and answer.
using Microsoft.OpenApi;

namespace Sisote.Gateway.Describing;

/// <summary>The schemas of the document. What is FHIR is FHIR's to describe: here stands only what tells one shape from another.</summary>
internal static class GatewaySchemas
{
    internal const string Problem = "Problem";
    internal const string Outcome = "OperationOutcome";

    /// <summary>All of them by name.</summary>
    internal static Dictionary<string, IOpenApiSchema> Make(OpenApiDocument document)
    {
        OpenApiSchemaReference Ref(string name) => new(name, document);
        var schemas = new Dictionary<string, IOpenApiSchema>
        {
            [Problem] = Object("RFC 9457. The type is permanent; docs/problems.md explains each.", ["type", "title", "status", "instance"], ("type", Text("uri")), ("title", Text()), ("status", Whole()), ("instance", Text()), ("field", Text()), ("marks", List(Object("Where in the text: first character, how many, what it looks like.", [], ("start", Whole()), ("length", Whole()), ("kind", Text()))))),
            [Outcome] = Object("FHIR R4 OperationOutcome: a problem's name is the code of issue.details.coding, its place issue.expression.", ["resourceType", "issue"], ("resourceType", Constant(Outcome)), ("issue", List(Object("An issue.", ["severity", "code"], ("severity", Text()), ("code", Text()))))),
            ["Bundle"] = Object("A FHIR R4 Bundle.", ["resourceType", "type"], ("resourceType", Constant("Bundle")), ("type", OneOf("searchset", "transaction", "transaction-response")), ("entry", List(Object("An entry.", [])))),
            ["Resource"] = Object("A FHIR R4 resource.", ["resourceType"], ("resourceType", Text())),
            ["FindClient"] = Object("One field.", ["identifier"], ("identifier", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^urn:oid:1\.2\.246\.21\|.+$" })),
            ["Search"] = Object("Search parameters, as metadata lists them.", [], ("patient", Text())),
            ["JsonPatch"] = List(Object("RFC 6902.", ["op", "path"], ("op", Text()), ("path", Text()))),
            ["Checkpoint"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "C2SP tlog-witness: old size, proof lines, an empty line, the checkpoint." },
            ["Subject"] = Object("Who asks, and only as itself.", ["type", "id"], ("type", OneOf("user", "organisation", "system")), ("id", Text())),
            ["Evaluation"] = Object("OpenID AuthZEN Authorization API 1.0; docs/authzen.md says what the words mean.", ["subject", "action", "resource"], ("subject", Ref("Subject")), ("action", Object("read, write or notify.", ["name"], ("name", Text()))), ("resource", Object("A data item, or client; and whose.", ["type", "id"], ("type", Text()), ("id", Text()), ("properties", Object("system, items, labels, actor, professional.", [])))), ("context", Object("purpose, channel, attestations.", []))),
            ["Evaluations"] = Object("Defaults at the top, questions in the list.", [], ("evaluations", List(Object("As Evaluation, with what the defaults leave open.", []))), ("options", Object("evaluations_semantic.", []))),
            ["Decision"] = Object("Only true permits.", ["decision", "context"], ("decision", new OpenApiSchema { Type = JsonSchemaType.Boolean }), ("context", Object("id; permitted: receipt, obligations; denied: reason_user; not evaluated: error.", [], ("id", Text()), ("receipt", Text()), ("obligations", List(Text())), ("reason_user", Object("fi, sv, en.", [])), ("error", Object("status, message, type.", []))))),
            ["Decisions"] = Object("In the order of the questions.", ["evaluations"], ("evaluations", List(Ref("Decision")))),
            ["AccessConfiguration"] = Object("AuthZEN metadata.", ["policy_decision_point", "access_evaluation_endpoint", "access_evaluations_endpoint"], ("policy_decision_point", Text("uri")), ("access_evaluation_endpoint", Text("uri")), ("access_evaluations_endpoint", Text("uri"))),
            ["SmartConfiguration"] = Object("SMART App Launch 2.2.", ["issuer", "token_endpoint", "capabilities"], ("issuer", Text("uri")), ("token_endpoint", Text("uri")), ("capabilities", List(Text()))),
        };
        NetworkSchemas.AddTo(schemas, Ref);
        return schemas;
    }

    internal static OpenApiSchema Object(string what, string[] required, params ReadOnlySpan<(string Name, IOpenApiSchema Schema)> members)
    {
        var properties = new Dictionary<string, IOpenApiSchema>();
        foreach (var (name, schema) in members)
        {
            properties[name] = schema;
        }

        return new OpenApiSchema { Type = JsonSchemaType.Object, Description = what, Required = required.Length == 0 ? null : new HashSet<string>(required), Properties = properties.Count == 0 ? null : properties };
    }

    internal static OpenApiSchema List(IOpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    internal static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };

    internal static OpenApiSchema Whole() => new() { Type = JsonSchemaType.Integer };

    private static OpenApiSchema Constant(string value) => new() { Const = value };

    internal static OpenApiSchema OneOf(params string[] values) => new() { Type = JsonSchemaType.String, Enum = [.. values] };
}
