// With which settings the authority refuses to start.
using System.ComponentModel.DataAnnotations;
using Sisote.Doors;

namespace Sisote.Identity;

internal static class StartRules
{
    internal static void Check(RoomSettings settings, IdentityOptions options)
    {
        if (settings is { Demo: true, Strict: true })
        {
            throw new InvalidOperationException("Demo and strict mode exclude each other: the demonstration signs in invented people without asking who they are. Turn one of them off.");
        }

        if (settings.Demo && options.PostgreSql is not null)
        {
            throw new InvalidOperationException("The demonstration keeps to its own SQLite files. Remove Sisote:Identity:PostgreSql, or turn demo mode off.");
        }

        if (!settings.Demo && !options.Persons.IsEmpty)
        {
            throw new InvalidOperationException("Persons to choose at sign-in are for the demonstration only. Remove them, or turn demo mode on.");
        }

        if (settings.Strict && settings.Issuer.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidOperationException("In strict mode the issuer's address begins with https. Set Sisote:Issuer to the https address under which the authority is reached.");
        }

        if (settings.Issuer.AbsolutePath != "/")
        {
            throw new InvalidOperationException("The built-in authority stands at the root of its address. Remove the path from Sisote:Issuer.");
        }

        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
        {
            throw new InvalidOperationException($"{IdentityOptions.Section}: {string.Join(' ', faults.Select(static fault => fault.ErrorMessage))}");
        }

        CheckPersons(options);
    }

    private static void CheckPersons(IdentityOptions options)
    {
        if (options.Persons.GroupBy(static person => person.Id, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"Two demo persons have the id `{twice.Key}`.");
        }

        if (options.Persons.FirstOrDefault(static person => person.Hetu is { IsTestCode: false }) is { } real)
        {
            throw new InvalidOperationException($"The demo person `{real.Id}` has a national identifier that could be a real one. Use an individual number from 900 to 999.");
        }
    }
}
