// Every store test runs on both databases.
namespace Sisote.Tests.Consent;

public sealed class BothDatabases : TheoryData<DatabaseKind>
{
    public BothDatabases() : base(DatabaseKind.Sqlite, DatabaseKind.Postgres)
    {
    }
}
