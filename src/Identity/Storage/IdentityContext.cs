// The authority's own small database.
using Microsoft.EntityFrameworkCore;

namespace Sisote.Identity.Storage;

/// <summary>OpenIddict's tables and the used assertions; in PostgreSQL in the schema <c>identity</c>.</summary>
internal sealed class IdentityContext(DbContextOptions<IdentityContext> options) : DbContext(options)
{
    internal const string Schema = "identity";

    internal const string UsedAssertionTable = "used_assertion";

    public DbSet<UsedAssertion> UsedAssertions => Set<UsedAssertion>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        if (Database.IsNpgsql())
        {
            modelBuilder.HasDefaultSchema(Schema);
        }

        modelBuilder.UseOpenIddict();
        modelBuilder.Entity<UsedAssertion>(static used =>
        {
            used.ToTable(UsedAssertionTable);
            used.HasKey(static row => row.Fingerprint);
            used.Property(static row => row.Fingerprint).HasColumnName("fingerprint").HasMaxLength(64);
            used.Property(static row => row.EndsAt).HasColumnName("ends_at");
            used.HasIndex(static row => row.EndsAt);
        });
    }
}
