// A school's message box, with a register in files beside it.
using System.Globalization;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sisote.Policy.Deployments;
using Sisote.Tests.Adapters.School;

namespace Sisote.Tests.Adapters.Chance;

/// <summary>Takes messages to the teacher of all pupils; it knows them by their external reference.</summary>
internal sealed class SchoolTarget(int seed, int each) : HttpTarget(seed, each)
{
    /// <inheritdoc />
    public override string System => "kuopio-koulu";

    /// <inheritdoc />
    public override string Rule => "OH-03";

    /// <inheritdoc />
    public override bool NamesEntries => false;

    /// <inheritdoc />
    public override SystemEntry Connect(string folder, int port)
    {
        File.WriteAllText(Path.Combine(folder, "key"), "k");
        RosterPackages.WriteBulk(
            Path.Combine(folder, "roster", "1"),
            ("u1,,,true,lumi.lumio,{HETU:150914A934N},Lumi,Lumio,,,,,,,6,salasana,,,,,o1,", Rows(static place => $"q{place},,,true,q{place},{{HETU:{Person(place)}}},Eka,Oppilas,,,,,,,6,,,,,,o1,")),
            ("r1,,,u1,primary,student,,,o1,", Rows(static place => $"rq{place},,,q{place},primary,student,,,o1,")),
            ("e1,,,c1,o1,u1,student,,2026-08-10,2027-06-05", Rows(static place => $"eq{place},,,c1,o1,q{place},student,,,")),
            ("u2,teacher,true,2026-08-10,", "u2,teacher,true,,"));
        return SectorHouse.Entry(System, "school", "kuopion-koulut", ("rosterFolder", "roster"), ("inboxAddress", $"http://127.0.0.1:{port}"), ("inboxKeyFile", "key"), ("schoolForm", "basic"), ("timeoutSeconds", "1"));
    }

    /// <inheritdoc />
    public override Resource[] Make(string client, int entry) =>
    [
        new Flag
        {
            Status = Flag.FlagStatus.Active,
            Category = [new CodeableConcept(SectorHouse.Category, "study-arrangement")],
            Code = new CodeableConcept(SectorHouse.Category, "extra-breaks"),
            Subject = new ResourceReference { Identifier = new Identifier("urn:oid:1.2.246.21", client) },
            Period = new Period { Start = DayOf(entry) },
        },
    ];

    /// <inheritdoc />
    protected override void Map(WebApplication app) => app.MapPost("/viestit", async (HttpRequest call) =>
    {
        var message = await ReadAsync(call);
        var pupil = int.Parse(((string)message["oppilas"]!)[1..], CultureInfo.InvariantCulture);
        return Take((string?)message["ulkoinenTunniste"], Person(pupil), EntryOf((string?)message["jarjestelyt"]![0]!["alkaa"])) is { } id
            ? Json(new JsonObject { ["viestiId"] = "v" + id, ["jarjestelyt"] = new JsonArray(id) }, 201)
            : Json(new JsonObject { ["virhe"] = "ei" }, 422);
    });

    private static string Rows(Func<int, string> row) => string.Join('\n', Enumerable.Range(0, People).Select(row));
}
