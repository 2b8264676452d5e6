using ClosedLoop.Data;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Configuration;

public class DatabaseSettingsTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite, null, null)]
    [InlineData(DatabaseKind.Sqlite, "Host=h;Database=d", "Provider is Sqlite")]
    [InlineData(DatabaseKind.Postgres, null, "is not set")]
    [InlineData(DatabaseKind.Postgres, "Host=h;Database=d;Username=u", null)]
    [InlineData(DatabaseKind.Postgres, "Host=h", "names no Database")]
    [InlineData(DatabaseKind.Postgres, "Database=d", "names no Host")]
    [InlineData(DatabaseKind.Postgres, "Host=h;Database=d;Colour=red", "Expected a text such as")]
    public void Faults_name_the_key_and_never_the_connection_string(DatabaseKind provider, string? connection, string? fault)
    {
        var found = SettingsValidator.Validate(new SiloSettings { Database = new DatabaseSettings { Provider = provider, ConnectionString = connection is null ? null : connection + ";Password=sesame" } })
            .Where(text => text.StartsWith("ClosedLoop:Database", StringComparison.Ordinal)).ToList();
        if (fault is null)
        {
            Assert.Empty(found);
            return;
        }

        Assert.Contains(fault, Assert.Single(found), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", found[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_string_can_come_from_a_file_that_must_exist()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "connection");
        var settings = new DatabaseSettings { Provider = DatabaseKind.Postgres, ConnectionStringFile = file };
        Assert.Contains("does not exist", Assert.Single(DatabaseCheck.Faults(settings)), StringComparison.Ordinal);
        File.WriteAllText(file, "Host=h;Database=d;Password=p \nsecond line\n");
        Assert.Empty(DatabaseCheck.Faults(settings));
        Assert.Equal("Host=h;Database=d;Password=p", DatabaseCheck.Read(settings));
        Assert.Contains("both set", Assert.Single(DatabaseCheck.Faults(settings with { ConnectionString = "Host=h;Database=d" })), StringComparison.Ordinal);
    }
}
