using ClosedLoop.Data.Privacy;

namespace ClosedLoop.Data.Tests.Privacy;

/// <summary>Looking for one person takes as long in a database of years as in a new one.</summary>
public sealed class PersonReaderPlanTests
{
    [Theory, OnSqlite]
    public async Task No_query_by_address_reads_a_table_from_end_to_end(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        Assert.All(PersonReader.OverLargeTables, sql =>
        {
            using var connection = test.Database.OpenRead();
            using var statement = new Statement(connection, "EXPLAIN QUERY PLAN " + sql);
            using var reader = sql.Contains("$2", StringComparison.Ordinal) ? statement.Query(1, "a@example.org") : statement.Query("a@example.org");
            var steps = new List<string>();
            while (reader.Read()) steps.Add(reader.GetString(3));
            Assert.Contains(steps, step => step.Contains("<expr>=?", StringComparison.Ordinal));
            Assert.DoesNotContain(steps, step => step.StartsWith("SCAN", StringComparison.Ordinal));
        });
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Returned_mail_and_old_links_are_found_in_any_case(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var mailing = (await test.CreateAsync()).MailingId;
        await test.Writer.WriteAsync(context => context.Execute("INSERT INTO unsubscribe_stub (mailing_id, sequence, address) VALUES ($1, 77, 'Anna@Example.org')", mailing));
        var people = new PersonReader(test.Database);
        Assert.Equal([mailing], people.UnsubscribeLinks(TestDatabase.ClientId, "anna@example.ORG"));
        Assert.Empty(people.UnsubscribeLinks(TestDatabase.ClientId, "ann@example.org"));
    }
}
