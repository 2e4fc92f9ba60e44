// Reads the parameters of a search over AuditEvents; nothing is ignored.
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Sisote.Consent.Clients;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary>A search, or why it was not understood.</summary>
internal sealed record AuditReading(AuditQuery? Query, ProblemHttpResult? Problem);

/// <summary>Reads searches of one organisation's readers. A national identifier is taken as <c>patient.identifier</c> in a body and nowhere else.</summary>
internal sealed class AuditQueryReader(ClientKeys keys, ClientAliases aliases)
{
    private const int MostOnPage = 200;
    private const int MostValues = 20;
    private const int MostTerms = 16;

    private static readonly Dictionary<string, AuditParameter> Parameters = new(StringComparer.Ordinal)
    {
        ["patient"] = AuditParameter.Patient,
        ["patient:identifier"] = AuditParameter.Patient,
        ["patient.identifier"] = AuditParameter.Patient,
        ["agent"] = AuditParameter.Agent,
        ["agent:identifier"] = AuditParameter.Agent,
        ["agent.identifier"] = AuditParameter.Agent,
        ["entity"] = AuditParameter.Entity,
        ["entity:identifier"] = AuditParameter.Entity,
        ["entity.identifier"] = AuditParameter.Entity,
        ["source"] = AuditParameter.Source,
        ["source:identifier"] = AuditParameter.Source,
        ["source.identifier"] = AuditParameter.Source,
        ["agent-role"] = AuditParameter.AgentRole,
        ["entity-type"] = AuditParameter.EntityType,
        ["entity-role"] = AuditParameter.EntityRole,
        ["type"] = AuditParameter.Type,
        ["subtype"] = AuditParameter.Subtype,
        ["outcome"] = AuditParameter.Outcome,
        ["action"] = AuditParameter.Action,
        ["policy"] = AuditParameter.Policy,
        ["address"] = AuditParameter.Address,
    };

    /// <summary>The names that are served, besides <c>date</c> and those that begin with an underscore.</summary>
    public static IEnumerable<string> Names => Parameters.Keys;

    /// <summary>Reads parameters.</summary>
    /// <param name="parameters">Names with their values.</param>
    /// <param name="reader">The reader's organisation.</param>
    /// <param name="inBody">Whether they came in a body.</param>
    public AuditReading Read(IEnumerable<KeyValuePair<string, StringValues>> parameters, OrganisationId reader, bool inBody)
    {
        var query = new AuditQuery();
        foreach (var (name, values) in parameters)
        {
            foreach (var value in values)
            {
                var reading = With(query, name, value ?? string.Empty, reader, inBody);
                if (reading.Query is null)
                {
                    return reading;
                }

                query = reading.Query;
            }
        }

        return query.HasDate ? new(query, null) : Malformed("date", "Say for which time, for example date=ge2026-11-01&date=le2026-11-30.");
    }

    private AuditReading With(AuditQuery query, string name, string value, OrganisationId reader, bool inBody) => name switch
    {
        "date" => AuditPeriod.TryRead(value) is { } period
            ? Good(query with { HasDate = true, Period = query.Period.Within(period), Shown = query.Shown.Add((name, value)) })
            : Malformed(name, "A date is eq, ge, le, gt, lt, sa or eb and a year, month, day, or time with zone: ge2026-11-01."),
        "_count" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1
            ? Good(query with { Count = Math.Min(count, MostOnPage) })
            : Malformed(name, "A number from 1."),
        "_cursor" => AuditCursor.TryRead(value) is { } cursor ? Good(query with { Cursor = cursor }) : Malformed(name, "Take the link of the page before as it is."),
        "_sort" => value == "-date" ? Good(query) : Malformed(name, "Events come newest first: -date."),
        "_format" => value is "json" or "application/json" or "application/fhir+json" ? Good(query) : new(null, Problems.NotAcceptable()),
        _ when Parameters.TryGetValue(name, out var parameter) => WithTerm(query, name, parameter, value, reader, inBody),
        _ => new(null, Problems.ParameterUnknown()),
    };

    private AuditReading WithTerm(AuditQuery query, string name, AuditParameter parameter, string value, OrganisationId reader, bool inBody)
    {
        var values = value.Split(',');
        if (value.Length == 0 || values.Length > MostValues || values.Any(static one => one.Length is 0 or > 200))
        {
            return Malformed(name, $"1 to {MostValues} values, none of them empty.");
        }

        if (query.Terms.Length == MostTerms)
        {
            return Malformed(name, $"At most {MostTerms} conditions at once.");
        }

        if (parameter == AuditParameter.Patient)
        {
            return WithPatient(query, name, values, reader, inBody);
        }

        // INVARIANT: no national identifier gets into an address or a record.
        if (PersonalCodes.AreIn(value))
        {
            return Malformed(name, "A national identifier is taken as patient.identifier in a POST body only.");
        }

        var tokens = values.Select(one => Token(parameter, name, one)).ToList();
        return tokens.Contains(null)
            ? Malformed(name, "A value is [system|]code, or Type/id of a reference.")
            : Good(query with { Terms = query.Terms.Add(new AuditTerm(parameter, [.. tokens.OfType<AuditToken>()])), Shown = query.Shown.Add((name, value)) });
    }

    private AuditReading WithPatient(AuditQuery query, string name, string[] values, OrganisationId reader, bool inBody)
    {
        var clients = new List<ClientId>();
        foreach (var value in values)
        {
            if (!inBody && PersonalCodes.AreIn(value))
            {
                return Malformed(name, "A national identifier is taken in a POST body only.");
            }

            if (ClientOf(name, value, reader) is not { } client)
            {
                return Malformed(name, "Name the client as the events name the client, or in a POST body by patient.identifier=urn:oid:1.2.246.21|CODE.");
            }

            clients.Add(client);
        }

        var names = clients.ConvertAll(client => aliases.Of(client, reader));
        return Good(query with
        {
            Clients = query.Clients.Add([.. clients]),
            Terms = query.Terms.Add(new AuditTerm(AuditParameter.Patient, [.. names.Select(static known => new AuditToken(known.System, known.Value, known.Type))])),
            Shown = query.Shown.Add(("patient.identifier", string.Join(',', names.Select(static known => $"{known.System}|{known.Value}")))),
        });
    }

    private ClientId? ClientOf(string name, string value, OrganisationId reader)
    {
        var token = Token(AuditParameter.Patient, name, value);
        return token switch
        {
            { System: Hetu.System, Code: { } code } when name != "patient" => Hetu.TryParse(code, out var hetu) ? keys.KeyOf(hetu) : null,
            { Code: { } code, Type: null or "Patient" } when token.System is null || token.System == ClientAliases.SystemOf(reader) => aliases.Find(code, reader),
            _ => null,
        };
    }

    private static AuditToken? Token(AuditParameter parameter, string name, string value)
    {
        if (parameter is AuditParameter.Policy or AuditParameter.Address)
        {
            return new AuditToken(null, value);
        }

        var parts = value.Split('|');
        var isReference = parameter is AuditParameter.Agent or AuditParameter.Entity or AuditParameter.Source or AuditParameter.Patient && !name.Contains(':', StringComparison.Ordinal) && !name.Contains('.', StringComparison.Ordinal);
        return parts switch
        {
            [var code] when isReference && code.Split('/') is [{ Length: > 0 } type, { Length: > 0 } id] && !code.Contains("//", StringComparison.Ordinal) => new AuditToken(null, id, type),
            [var code] => new AuditToken(null, code),
            [var system, ""] when system.Length > 0 => new AuditToken(system, null),
            [var system, { Length: > 0 } code] => new AuditToken(system.Length > 0 ? system : null, code),
            _ => null,
        };
    }

    private static AuditReading Good(AuditQuery query) => new(query, null);

    private static AuditReading Malformed(string field, string whatToDo) => new(null, Problems.InvalidRequest(field, whatToDo));
}
