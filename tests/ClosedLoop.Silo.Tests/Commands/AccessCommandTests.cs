using System.Text.Json;
using ClosedLoop.Data.Access;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Access;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary><c>users</c> and <c>keys</c> on the database of a data folder, with no service running.</summary>
[Collection("console and environment")]
public sealed class AccessCommandTests : StoreCommandTests
{
    [Fact]
    public async Task A_user_is_added_with_a_password_that_is_shown_once_and_everything_stands_in_the_audit()
    {
        var added = await RunAsync("users", "add", "Anna", "--role", "operator");
        Assert.Equal(0, added.ExitCode);
        var password = added.Out.Trim();
        Assert.True(PasswordHash.Fits(Users.Find("anna")!.Password, password));
        Assert.DoesNotContain(password, added.Error, StringComparison.Ordinal);
        Assert.Equal(8, (await RunAsync("users", "add", "anna")).ExitCode);

        Assert.Equal(0, (await RunAsync("users", "role", "anna", "admin")).ExitCode);
        Assert.Equal(OperatorRole.Admin, Users.Find("anna")!.Role);
        var reset = JsonDocument.Parse((await RunAsync("users", "reset", "anna", "--json")).Out).RootElement.GetProperty("password").GetString()!;
        Assert.True(PasswordHash.Fits(Users.Find("anna")!.Password, reset));
        Assert.False(PasswordHash.Fits(Users.Find("anna")!.Password, password));
        Assert.Equal(0, (await RunAsync("users", "remove", "anna")).ExitCode);
        Assert.True(Users.Find("anna")!.Disabled);
        Assert.Equal(0, (await RunAsync("users", "enable", "anna")).ExitCode);
        Assert.Contains("anna", (await RunAsync("users", "list")).Out, StringComparison.Ordinal);

        var audit = new AuditStore(Database, Writer, TimeProvider.System).Before(long.MaxValue, 20).ToList();
        Assert.Equal(["user.add", "user.add", "user.change", "user.change", "user.change", "user.change"], audit.Select(entry => entry.Action).Order(StringComparer.Ordinal));
        Assert.All(audit, entry => Assert.Equal(("command line", "command line"), (entry.Actor, entry.Origin)));
        Assert.DoesNotContain(audit, entry => $"{entry.Before}{entry.After}{entry.Answer}".Contains(password, StringComparison.Ordinal) || $"{entry.Before}{entry.After}{entry.Answer}".Contains(reset, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_is_shown_once_bound_to_its_client_and_taken_back()
    {
        var added = await RunAsync("keys", "add", "nightly import", "--role", "operator", "--client", SiloStores.Client.Key, "--days", "30");
        Assert.Equal(0, added.ExitCode);
        var (id, secret) = KeyText.Read(added.Out.Trim())!.Value;
        var stored = Keys.Find(id)!;
        Assert.Equal((KeyText.HashOf(secret), OperatorRole.Operator, SiloStores.ClientId), (stored.Hash, stored.Role, stored.ClientId!.Value));
        Assert.NotNull(stored.ExpiresAt);

        var list = await RunAsync("keys", "ls");
        Assert.Contains("in force", list.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, list.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("keys", "revoke", id)).ExitCode);
        Assert.Equal(8, (await RunAsync("keys", "revoke", id)).ExitCode);
        Assert.Contains("revoked", (await RunAsync("keys", "list")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "users", "role", "nobody", "admin")]
    [InlineData(4, "users", "reset", "nobody")]
    [InlineData(2, "users", "role", "anna", "king")]
    [InlineData(4, "keys", "add", "x", "--client", "nobody")]
    [InlineData(2, "keys", "add", "x", "--days", "0")]
    [InlineData(4, "keys", "revoke", "nothing")]
    public async Task What_cannot_be_done_is_told_by_the_exit_code(int code, params string[] args) => Assert.Equal(code, (await RunAsync(args)).ExitCode);

    private Data.Database Database => Stores.Get<Data.Database>();

    private Data.LedgerWriter Writer => Stores.Get<Data.LedgerWriter>();

    private UserStore Users => new(Database, Writer, TimeProvider.System);

    private ApiKeyStore Keys => new(Database, Writer, TimeProvider.System);

}
