// Chooses the database.
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sisote.Doors;
using Sisote.Identity.Clients;

namespace Sisote.Identity.Storage;

internal static class IdentityStorage
{
    internal static void AddIdentityStorage(this WebApplicationBuilder builder, RoomSettings settings, IdentityOptions options)
    {
        builder.Services.AddDbContextFactory<IdentityContext>(database =>
        {
            if (options.PostgreSql is { } postgreSql)
            {
                database.UseNpgsql(postgreSql);
            }
            else
            {
                Directory.CreateDirectory(settings.DataDirectory);
                database.UseSqlite(new SqliteConnectionStringBuilder { DataSource = Path.Combine(settings.DataDirectory, "identity.db") }.ConnectionString);
            }
        });
        builder.Services.AddScoped<ClientEntries>();
        builder.Services.AddHostedService<Preparation>();
        builder.Services.AddSingleton<Housekeeping>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<Housekeeping>());
    }
}
