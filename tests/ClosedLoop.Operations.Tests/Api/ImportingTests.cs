using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Api;

/// <summary>What is being imported is nothing yet, on every screen.</summary>
[Collection(ServedCollection.Name)]
public sealed class ImportingTests(ServedHere served)
{
    [Fact]
    public async Task A_file_names_a_mailing_when_it_is_there_and_not_before()
    {
        var client = served.Get<DefinitionStore>().FindClient("demo")!;
        var file = 2_000_000L + Random.Shared.Next(1_000_000);
        var row = await served.Get<MailingStore>().CreateAsync(new NewMailing { ClientId = client.Value.Id, ClientVersion = client.Version, SourceId = 77, SourceVersion = 1, FileId = file, Name = "importing" });
        var reader = served.Get<MailingsReader>();
        Assert.Empty(await reader.OfFileAsync(file));
        Assert.Null(await reader.FindAsync(row.MailingId));

        await served.Get<RecipientLedger>().ImportAsync(row.MailingId, 0, [new ImportedRecipient("importing@example.com", [0])]);
        await served.Get<LedgerWriter>().WriteAsync(context => RecipientLedger.Publish(context, file));
        Assert.Equal(row.MailingId, Assert.Single(await reader.OfFileAsync(file)).Row.MailingId);
        await served.Get<MailingStore>().MoveAsync(row.MailingId, Model.Mailings.MailingState.Cancelled, Model.Mailings.MailingState.Prepared);
    }
}
