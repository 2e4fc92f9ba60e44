// Shapes of what the doors below /network take and answer.
using Microsoft.OpenApi;
using static Sisote.Gateway.Describing.GatewaySchemas;

namespace Sisote.Gateway.Describing;

/// <summary>The schemas of directory, offers, groups, indicators, phenomena and statements. Bodies are read strictly: what is not named here is refused.</summary>
internal static class NetworkSchemas
{
    /// <summary>Adds them to the document's.</summary>
    internal static void AddTo(Dictionary<string, IOpenApiSchema> schemas, Func<string, OpenApiSchemaReference> reference)
    {
        var wording = reference("Wording");
        AddRegisters(schemas, wording, reference);
        AddIndicators(schemas, reference);
        schemas["SaidText"] = Object("Some words.", ["text"], ("text", Text()));
        schemas["ReportPhenomenon"] = Object("At most 500 characters about nobody; docs/indicators.md has the codes.", ["category", "group", "area", "text"], ("category", Text()), ("group", Text()), ("area", Text()), ("text", Text()));
        schemas["EscalatePhenomenon"] = Object("To which group.", ["group"], ("group", Text()));
        schemas["PhenomenonList"] = Object("more: ask for one organisation.", ["phenomena", "more"], ("more", Flag()), ("phenomena", List(Object(
            "Reports of one category, group and area, taken together.", ["id", "category", "group", "area", "state", "from", "reports", "sources", "since", "texts", "steps"],
            ("id", Text()), ("category", Text()), ("group", Text()), ("area", Text()), ("state", Text()), ("from", Text()), ("reports", Whole()), ("sources", Whole()), ("since", Text("date-time")), ("texts", List(Text())),
            ("steps", List(Object("Taken to a group, or answered.", ["kind", "group", "by", "at"], ("kind", Text()), ("group", Text()), ("by", Text()), ("at", Text("date-time")), ("text", Text()))))))));
        schemas["AskStatement"] = Object(
            "A question to an organisation, with figures that are published.", ["title", "text", "to"],
            ("title", Text()), ("text", Text()), ("to", Text()), ("due", Text("date")), ("figures", List(Object("A period of an indicator.", ["indicator", "period"], ("indicator", Text()), ("period", Text())))));
        schemas["StatementList"] = Object("more: ask for one organisation.", ["statements", "more"], ("more", Flag()), ("statements", List(reference("StatementShown"))));
        schemas["StatementShown"] = Object(
            "A statement, each part as it was written.", ["id", "from", "to", "title", "state", "parts"],
            ("id", Text()), ("from", Text()), ("to", Text()), ("title", Text()), ("state", Text()), ("due", Text("date")),
            ("parts", List(Object("Asked, answered or published; SHA-256 of it stands in the log, too.", ["kind", "by", "at", "text", "figures", "digest"], ("kind", Text()), ("by", Text()), ("at", Text("date-time")), ("text", Text()), ("figures", List(reference("IndicatorFigures"))), ("digest", Text())))));
    }

    private static void AddRegisters(Dictionary<string, IOpenApiSchema> schemas, OpenApiSchemaReference wording, Func<string, OpenApiSchemaReference> reference)
    {
        schemas["Wording"] = Object("A text in at least one language; nothing is translated.", [], ("fi", Text()), ("sv", Text()), ("en", Text()));
        schemas["UnitSaid"] = Object(
            "A unit: its task, who may refer, the statute.", ["name", "task", "referral", "basis"],
            ("name", wording), ("task", wording), ("referral", wording), ("basis", Text()), ("municipality", Text()), ("firstDay", Text("date")), ("lastDay", Text("date")));
        schemas["ContactSaid"] = Object(
            "An official, with office and number of the work; phone or mail.", ["unit", "name", "office"],
            ("unit", Text()), ("name", Text()), ("office", wording), ("phone", Text()), ("mail", Text()), ("firstDay", Text("date")), ("lastDay", Text("date")));
        schemas["OfferSaid"] = Object(
            "An offer.", ["name", "category", "level", "eligibility", "place", "times", "channel", "languages"],
            ("name", wording), ("category", Text()), ("level", OneOf("open", "beginner", "intermediate", "advanced")), ("eligibility", wording), ("freePlaces", Whole()), ("municipality", Text()), ("place", wording), ("times", wording),
            ("channel", OneOf("in-person", "phone", "online")), ("languages", List(Text())), ("soteri", Text()), ("unit", Text()), ("firstDay", Text("date")), ("lastDay", Text("date")));
        schemas["PlacesSaid"] = Object("How many are free.", ["free"], ("free", Whole()));
        var member = Object("A member.", ["professional", "organisation"], ("professional", Text()), ("organisation", Text()), ("municipality", Text()), ("firstDay", Text("date")), ("lastDay", Text("date")));
        schemas["GroupSaid"] = Object(
            "A co-operation group. A seat in it opens no data of anybody.", ["name", "convener", "level", "isStatutory", "mandate", "tasks"],
            ("name", wording), ("convener", Text()), ("level", OneOf("municipal", "county", "national")), ("isStatutory", Flag()), ("mandate", Text()), ("tasks", List(wording)), ("area", List(Text())), ("members", List(member)),
            ("firstDay", Text("date")), ("lastDay", Text("date")));
        schemas["GroupCoverage"] = Object("Who speaks for whom today.", ["id", "municipalities"], ("id", Text()), ("municipalities", List(Object("A municipality.", ["municipality", "isGap", "members"], ("municipality", Text()), ("isGap", Flag()), ("members", List(member))))));
        schemas["NetworkRow"] = Object(
            "A row; the member of its kind is there.", ["kind", "id", "version", "organisation", "from", "recordedAt"],
            ("kind", OneOf("unit", "contact", "offer", "group")), ("id", Text()), ("version", Whole()), ("organisation", Text()), ("sector", Text()), ("from", Text("date-time")), ("to", Text("date-time")), ("recordedAt", Text("date-time")),
            ("unit", reference("UnitSaid")), ("contact", reference("ContactSaid")), ("offer", reference("OfferSaid")), ("group", reference("GroupSaid")));
        schemas["NetworkRows"] = Object("At most 500 of at most 25 organisations; more: ask for less.", ["rows", "more"], ("rows", List(reference("NetworkRow"))), ("more", Flag()));
        schemas["NetworkStands"] = Object("What was written.", [], ("id", Text()), ("version", Whole()));
    }

    private static void AddIndicators(Dictionary<string, IOpenApiSchema> schemas, Func<string, OpenApiSchemaReference> reference)
    {
        var label = Object("In all three languages.", ["fi", "sv", "en"], ("fi", Text()), ("sv", Text()), ("en", Text()));
        schemas["DefineIndicator"] = Object(
            "A definition: sources, or fromLog.", ["id", "name", "meaning", "validFrom"],
            ("id", Text()), ("name", label), ("meaning", label), ("dimensions", List(Object("A way to count apart.", ["id", "name", "codes"], ("id", Text()), ("name", label), ("codes", List(Text()))))), ("validFrom", Text()), ("sources", List(Text())),
            ("fromLog", Object("Counted from the log.", ["events", "rules", "of"], ("events", OneOf("disclosures", "entries")), ("rules", List(Text())), ("of", OneOf("recipients", "givers")))));
        schemas["DeliverCounts"] = Object("No place for a person, and none for text.", ["month", "counts"], ("month", Text()), ("counts", List(Object("A cell.", ["codes", "persons"], ("codes", List(Text())), ("persons", Whole())))));
        schemas["PublishFigures"] = Object("A month or a year.", ["period"], ("period", Text()));
        schemas["IndicatorVersion"] = Object(
            "A version of a definition.", ["version", "owner", "unit", "recordedAt", "definition"],
            ("version", Whole()), ("owner", Text()), ("unit", Text()), ("recordedAt", Text("date-time")), ("definition", reference("DefineIndicator")));
        schemas["IndicatorShown"] = Object(
            "An indicator.", ["id", "owner", "versions", "published"], ("id", Text()), ("owner", Text()), ("versions", List(reference("IndicatorVersion"))), ("published", List(Text())));
        schemas["IndicatorList"] = Object("more: ask for one organisation.", ["indicators", "more"], ("more", Flag()), ("indicators", List(reference("IndicatorShown"))));
        schemas["IndicatorFigures"] = Object(
            "Figures that do not change.", ["id", "period", "definition", "publishedAt", "sources", "smallest", "hidden", "figures"],
            ("id", Text()), ("period", Text()), ("definition", reference("IndicatorVersion")), ("publishedAt", Text("date-time")), ("sources", List(Text())), ("smallest", Whole()), ("hidden", label),
            ("figures", List(Object("persons is missing where it is hidden.", ["cell", "shown"], ("cell", Object("The code of each dimension.", [])), ("persons", Whole()), ("shown", Text())))));
    }

    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };
}
