using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Tests.Clients;

public class DefinitionStoreTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Changed_definition_is_a_new_version_and_the_old_one_can_be_read_back(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var store = new DefinitionStore(test.Database, test.Writer);
        var client = new ClientDefinition { Id = TestDatabase.ClientId, Key = "shop", Sender = new SenderSettings { Address = "news@example.org" } };
        Assert.Equal((1, true), Versions(await store.ApplyAsync(client)));
        Assert.Equal((1, false), Versions(await store.ApplyAsync(client)));
        Assert.Equal((2, true), Versions(await store.ApplyAsync(client with { Name = "The shop" })));

        // Back to what it was is a change too: the version in force must be the one that was applied last.
        Assert.Equal((3, true), Versions(await store.ApplyAsync(client)));
        Assert.Null(store.FindClient("shop")!.Value.Name);
        Assert.Equal("The shop", store.FindClient(client.Id, 2)!.Value.Name);
        Assert.Equal(3, Assert.Single(store.Clients()).Version);
        Assert.Null(store.FindClient("other"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Source_mailing_is_versioned_like_a_client(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var store = new DefinitionStore(test.Database, test.Writer);
        var source = new SourceMailing { Id = 71_000_000_100, ClientId = TestDatabase.ClientId, Name = "Spring", Subject = "Hello" };
        await store.ApplyAsync(source);
        await store.ApplyAsync(source with { Subject = "Hello again" });
        Assert.Equal("Hello again", store.FindSource(source.Id)!.Value.Subject);
        Assert.Equal("Hello", store.FindSource(source.Id, 1)!.Value.Subject);
        Assert.Equal(2, Assert.Single(store.Sources()).Version);
    }

    private static (int Version, bool Changed) Versions<T>(Versioned<T> versioned)
        where T : class => (versioned.Version, versioned.Changed);
}
