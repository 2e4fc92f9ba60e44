// Two sources that differ in nothing that may leave.
using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Marked;

namespace Sisote.Tests.Leaks.Probes;

/// <summary>A source of a few marked resources, and another one in which every mark that stays is another. INVARIANT of searching: no question tells them apart.</summary>
internal static class TwoSources
{
    private const int MostCodes = 2;

    /// <summary>Resources of which something leaves, and one that stays.</summary>
    internal static ImmutableArray<MarkedResource> Few(Visit visit, string type, int most = 3)
    {
        var leaving = MarkedSet.Of(type).Where(resource => resource.MayLeave(visit.Scene.Permitted) is not null).Take(most).ToArray();
        return leaving.Length == 0 ? [] : [.. leaving, .. MarkedSet.Of(type).Where(static resource => resource.Why is not null).Take(1)];
    }

    /// <summary>Both, as searchsets.</summary>
    internal static (string One, string Other) Of(Visit visit, ImmutableArray<MarkedResource> few)
    {
        var leaves = Marks.FindIn(string.Concat(few.Select(resource => resource.MayLeave(visit.Scene.Permitted)?.ToJsonString())));
        var one = Searchset(visit, few);
        return (one, Marks.Change(one, path => !leaves.Contains(path) && !path.Contains(".id#", StringComparison.Ordinal)));
    }

    /// <summary>Questions by one parameter: whether anything is there, in which order, and by codes that only the one source has.</summary>
    internal static IEnumerable<string> Questions(SearchParamDefinition parameter, string one, string other)
    {
        yield return $"{parameter.Name}:missing=true";
        yield return $"_sort={parameter.Name}";
        yield return $"_sort=-{parameter.Name}&{parameter.Name}:missing=false";
        var start = $"{parameter.Resource}.";
        foreach (var path in Marks.FindIn(one).Except(Marks.FindIn(other)).Where(path => path.StartsWith(start, StringComparison.Ordinal) && path.EndsWith(".code", StringComparison.Ordinal)
            && (parameter.Expression ?? string.Empty).Contains(start + path[start.Length..].Split('.')[0], StringComparison.Ordinal)).Take(parameter.Type == SearchParamType.Token ? MostCodes : 0))
        {
            yield return $"{parameter.Name}={Marks.Text(path)}";
            yield return $"{parameter.Name}:not={Marks.Text(path)}";
        }
    }

    /// <summary>A searchset of resources.</summary>
    internal static string Searchset(Visit visit, params IEnumerable<MarkedResource> resources) =>
        $$"""{"resourceType":"Bundle","type":"searchset","entry":[{{string.Join(',', resources.Select(resource => $$"""{"resource":{{resource.About(visit.Hetu)}} }"""))}}]}""";

    /// <summary>Asks one of them.</summary>
    internal static Task<RawReply> AskAsync(Visit visit, string type, string question, string source)
    {
        Serve(visit, source);
        return visit.SearchAsync(type, "&" + question);
    }

    /// <summary>From now on the source says this and nothing else.</summary>
    internal static void Serve(Visit visit, string source) => visit.House.World.Source.Instead = context =>
    {
        context.Response.ContentType = "application/fhir+json";
        return context.Response.WriteAsync(source);
    };
}
