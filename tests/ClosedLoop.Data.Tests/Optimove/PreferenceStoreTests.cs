using ClosedLoop.Data.Optimove;
using ClosedLoop.Data.Retention;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Tests.Optimove;

/// <summary>What Optimove is to know of consent: the newest decision, until it has taken it.</summary>
public sealed class PreferenceStoreTests : OneDatabaseTests
{
    private const long Client = TestDatabase.ClientId;

    private PreferenceStore Store => new(Test.Database, Test.Writer, Test.Clock);

    [Theory, OnSqlite, OnPostgres]
    public async Task The_newest_decision_holds_in_whichever_order_they_come(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        await PutAsync(optedIn: true, decided: 20);
        await PutAsync(optedIn: false, decided: 10);
        var waiting = Assert.Single(Store.Waiting(Client, long.MaxValue, 10));
        Assert.Equal(("c", 504, true), (waiting.Customer, waiting.ChannelId, waiting.OptedIn));

        // Another decision while the request is on its way waits on; the same one is not told twice.
        await PutAsync(optedIn: false, decided: 30);
        await Store.SettleAsync(Client, [waiting], PreferenceState.Told, reason: null);
        waiting = Assert.Single(Store.Waiting(Client, long.MaxValue, 10));
        Assert.False(waiting.OptedIn);
        await Store.SettleAsync(Client, [waiting], PreferenceState.Told, reason: null);
        await PutAsync(optedIn: false, decided: 40);
        Assert.Empty(Store.Waiting(Client, long.MaxValue, 10));
        await PutAsync(optedIn: true, decided: 35);
        Assert.Empty(Store.Waiting(Client, long.MaxValue, 10));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_noted_is_decided_by_consent_and_unsubscribes_together(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var profiles = new ProfileStore(Test.Database, Test.Writer, Test.Clock);
        await Test.Writer.WriteAsync(context => context.Execute("INSERT INTO optimove_connector (client_id, version, definition, app_key, state, since) VALUES ($1, 1, '{}', $2, 'Active', 1)", Client, new byte[] { 1 }));
        await profiles.SaveAsync(Client, [Person("a", Consent.Unknown), Person("b", Consent.OptedIn), Person("c", Consent.Unknown) with { Email = "other@x.org" }]);
        Assert.Equal(0, Notes());

        // Both have the address, one of them in other letters.
        await UnsubscribeAsync("one@x.org");
        await TakeAsync();
        Assert.Equal([("a", false), ("b", false)], Told());

        await profiles.SaveAsync(Client, [Person("a", Consent.OptedOut)]);
        await new UnsubscribeStore(Test.Writer).RemoveAsync(Client, "one@x.org");
        await TakeAsync();
        Assert.Equal([("b", true)], Told());

        await profiles.SaveAsync(Client, [Person("a", Consent.OptedIn), Person("c", Consent.OptedIn)], isNews: false);
        await profiles.SaveAsync(Client, [Person("a", Consent.Unknown)]);
        Assert.Equal(0, Notes());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nothing_is_noted_for_a_client_without_a_connector_and_old_things_go(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        await UnsubscribeAsync("one@x.org");
        Assert.Equal(0, Notes());
        await PutAsync(optedIn: true, decided: 20);
        Assert.Equal(0, await new ConnectorPurge(Test.Database, Test.Writer).RemoveAsync(Client, 7, default));
        await Store.SettleAsync(Client, Store.Waiting(Client, long.MaxValue, 10), PreferenceState.Refused, "why");
        Assert.Equal(1, await Store.ReplayAsync(Client));
        await Store.SettleAsync(Client, Store.Waiting(Client, long.MaxValue, 10), PreferenceState.Told, reason: null);
        Assert.Equal(1, Store.Counts(Client)[PreferenceState.Told]);
        Assert.Equal(1, await new ConnectorPurge(Test.Database, Test.Writer).RemoveAsync(Client, 1_000, default));
    }

    private static Profile Person(string id, Consent consent) => new() { ExternalId = id, Email = id == "b" ? "ONE@x.org" : "one@x.org", EmailConsent = consent };

    private Task PutAsync(bool optedIn, long decided) => Test.Writer.WriteAsync(context => PreferenceStore.Put(context, Client, 504, "c", optedIn, decided, now: 7));

    private Task<bool> UnsubscribeAsync(string address) => Test.Writer.WriteAsync(context => SuppressionStore.Add(context, Client, address, SuppressionKind.Unsubscribed, "test", mailingId: null, sequence: null));

    private Task TakeAsync() => Store.TakeNotesAsync(Client, medium => medium == MessageChannel.Mail ? [504] : [], requireOptIn: false);

    private long Notes() => Test.Scalar("SELECT COUNT(*) FROM optimove_consent");

    private List<(string Customer, bool OptedIn)> Told()
    {
        var waiting = Store.Waiting(Client, long.MaxValue, 10);
        Store.SettleAsync(Client, waiting, PreferenceState.Told, reason: null).GetAwaiter().GetResult();
        return [.. waiting.Select(row => (row.Customer, row.OptedIn))];
    }
}
