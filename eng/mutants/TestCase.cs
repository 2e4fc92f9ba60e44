// One test with its data, found by its attributes and run by reflection.
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Sisote.Mutants;

/// <summary>One test with its data.</summary>
internal sealed record TestCase(string Name, MethodInfo Method, object?[] Arguments)
{
    internal static TestCase[] In(Assembly tests) => [.. tests.GetTypes().Where(static type => type is { IsAbstract: false, IsGenericTypeDefinition: false })
        .SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(static method => method.GetCustomAttributes().Any(static one => one.GetType().Name is "FactAttribute" or "TheoryAttribute"))
        .OrderBy(static method => method.DeclaringType!.FullName, StringComparer.Ordinal).ThenBy(static method => method.Name, StringComparer.Ordinal)
        .SelectMany(Of)];

    private void Run()
    {
        var instance = Method.IsStatic ? null : Activator.CreateInstance(Method.DeclaringType!);
        try
        {
            var outcome = Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, Arguments, null);
            (outcome as Task)?.GetAwaiter().GetResult();
            if (outcome is ValueTask waiting)
            {
                waiting.AsTask().GetAwaiter().GetResult();
            }
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
        }
    }

    /// <summary>What the test throws.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A mutant may throw anything.")]
    internal Exception? Failure()
    {
        try
        {
            Run();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static IEnumerable<TestCase> Of(MethodInfo method)
    {
        var rows = Rows(method).ToArray();
        return rows.Select((row, index) => new TestCase($"{method.DeclaringType!.Name}.{method.Name}" + (rows.Length > 1 ? "#" + index : ""), method, Fit(method, row)));
    }

    private static IEnumerable<object?[]> Rows(MethodInfo method)
    {
        var data = method.GetCustomAttributes().ToArray();
        if (data.Any(static one => one.GetType().Name == "FactAttribute"))
        {
            yield return [];
        }

        foreach (var one in data)
        {
            if (one.GetType().Name == "InlineDataAttribute")
            {
                yield return (object?[])one.GetType().GetProperty("Data")!.GetValue(one)!;
            }

            if (one.GetType().Name == "MemberDataAttribute")
            {
                foreach (var row in (IEnumerable)Member(method, (string)one.GetType().GetProperty("MemberName")!.GetValue(one)!))
                {
                    yield return row as object?[] ?? (object?[])row.GetType().GetMethod("GetData", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(row, null)!;
                }
            }
        }
    }

    private static object Member(MethodInfo method, string name)
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        return method.DeclaringType!.GetProperty(name, All)?.GetValue(null) ?? method.DeclaringType.GetMethod(name, All)!.Invoke(null, null)!;
    }

    private static object?[] Fit(MethodInfo method, object?[] row)
    {
        var parameters = method.GetParameters();
        var fitted = new object?[parameters.Length];
        for (var index = 0; index < fitted.Length; index++)
        {
            var parameter = parameters[index];
            var isRest = index == fitted.Length - 1 && parameter.IsDefined(typeof(ParamArrayAttribute)) && !(row.Length == fitted.Length && (row[index] is null || parameter.ParameterType.IsInstanceOfType(row[index])));
            if (isRest)
            {
                var rest = Array.CreateInstance(parameter.ParameterType.GetElementType()!, Math.Max(0, row.Length - index));
                for (var place = 0; place < rest.Length; place++)
                {
                    rest.SetValue(row[index + place], place);
                }

                fitted[index] = rest;
            }
            else
            {
                fitted[index] = index < row.Length ? row[index] : parameter.DefaultValue;
            }
        }

        return fitted;
    }
}
