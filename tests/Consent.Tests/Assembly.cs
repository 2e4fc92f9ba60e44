// One PostgreSQL server for all tests of this room.
using Sisote.Tests.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
