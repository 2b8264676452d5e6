using ClosedLoop.Data.Products;
using ClosedLoop.Intake.Tests.Files;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Products;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Products;

/// <summary>The way of a product file, and of the data in it (closed-loop spec section 9).</summary>
public sealed class A_product_file
{
    private const string Name = "20260302090000_products.csv";
    private const string Later = "20260303090000_products.csv";
    private const string Broken = "id;name\nP-1;\"torn";

    [Fact]
    public async Task Is_in_force_and_archived_with_its_reports()
    {
        await using var h = await IntakeHarness.CreateAsync();
        var file = await TakeInAsync(h, ProductText.Good);
        Assert.Equal((FileState.Archived, 2L, 2L), (file.State, file.Records, file.Imported));
        Assert.Equal(["P-1", "P-2"], Ids(h));
        Assert.Equal([Name], h.Files("archive"));
        Assert.Contains("[closed-loop] OK " + Name, h.Text("log", "20260302090000_products.status.txt"), StringComparison.Ordinal);
        Assert.Empty(h.Files("products"));
    }

    [Fact]
    public async Task That_is_broken_keeps_what_is_in_force_and_does_not_stop_the_folder()
    {
        await using var h = await IntakeHarness.CreateAsync();
        await TakeInAsync(h, ProductText.Good);
        var failed = await TakeInAsync(h, Broken, Later);

        Assert.Equal((FileState.FailedImport, "E403"), (failed.State, failed.Code));
        Assert.Equal(["P-1", "P-2"], Ids(h));
        Assert.False(h.Switchboard.Stopped);
        Assert.Contains("error: E109 line 2", h.Text("log", "20260303090000_products.status.txt"), StringComparison.Ordinal);
        Assert.Contains("\"E109\"", h.Text("error", "20260303090000_products.error.csv"), StringComparison.Ordinal);
        Assert.Equal([Later, "20260303090000_products.error.csv"], h.Files("error"));
    }

    [Fact]
    public async Task That_is_broken_is_replaced_by_an_operator_in_its_own_folder()
    {
        await using var h = await IntakeHarness.CreateAsync();
        var failed = await TakeInAsync(h, Broken);
        h.Switchboard.Stopped = true;
        var corrected = h.Path("corrected.csv");
        File.WriteAllText(corrected, ProductText.Good);

        Assert.True((await h.Intake().ReplaceAsync(h.Zone, h.Client, failed.FileId, corrected)).Done);

        Assert.Equal([Name], h.Files("products"));
        Assert.True(h.Switchboard.Stopped, "the folder is stopped for another reason");
        Assert.Equal(FileState.Archived, (await h.TakeInAsync(Name)).State);
        Assert.Equal(["P-1", "P-2"], Ids(h));
    }

    [Fact]
    public async Task Of_a_name_that_was_loaded_is_refused_but_its_content_may_come_again()
    {
        await using var h = await IntakeHarness.CreateAsync();
        await TakeInAsync(h, ProductText.Good);
        await TakeInAsync(h, "id\nP-9\n", Later);
        Assert.Equal(["P-9"], Ids(h));
        Assert.Equal("E103", (await TakeInAsync(h, ProductText.Good)).Code);
        Assert.Equal(FileState.Archived, (await TakeInAsync(h, ProductText.Good, "20260304090000_products.csv")).State);
        Assert.Equal(["P-1", "P-2"], Ids(h));
    }

    [Theory]
    [InlineData(FileState.Claimed)]
    [InlineData(FileState.Validated)]
    [InlineData(FileState.Imported)]
    [InlineData(FileState.Archived)]
    public async Task Is_loaded_once_whatever_step_the_service_dies_at(FileState at)
    {
        await using var h = await IntakeHarness.CreateAsync();
        await TakeInAsync(h, ProductText.Good);
        File.WriteAllText(h.Path("products", Later), "id;name\nP-2;Pot 2\nP-3;Lid\n");
        h.CrashAt = at;
        await Assert.ThrowsAsync<CrashException>(() => h.TakeInAsync(Later));

        await h.RestartAsync();

        Assert.Equal(FileState.Archived, h.Register.Named(ClientId, Later)[0].State);
        Assert.Equal(["P-2", "P-3"], Ids(h));
        Assert.Equal(2, h.Products.Current(ClientId));
        Assert.Equal(2, h.Count("SELECT COUNT(*) FROM product_version"));
        Assert.Equal([Name, Later], h.Files("archive"));
        Assert.Empty(h.Files("processing"));
    }

    [Fact]
    public async Task Whose_load_broke_off_leaves_no_trace()
    {
        await using var h = await IntakeHarness.CreateAsync();
        await TakeInAsync(h, ProductText.Good);
        var version = await h.Products.BeginAsync(ClientId);
        await h.Products.WriteAsync(ClientId, ProductKind.Products, version, [new ProductRow("P-2", new byte[] { 0 }), new ProductRow("P-7", new byte[] { 0 })]);
        await h.Products.EndMissingAsync(ClientId, ProductKind.Products, version, id => id == "P-2");
        Assert.Equal(["P-1", "P-2"], Ids(h));

        await TakeInAsync(h, "id;name\nP-1;Cup\nP-8;Lid\n", Later);

        Assert.Equal(["P-1", "P-8"], Ids(h));
        Assert.Equal(["P-1", "P-2"], Ids(h, version: 1));
        Assert.Equal(0, h.Count("SELECT COUNT(*) FROM product_row WHERE id = 'P-7'"));
    }

    [Fact]
    public async Task Is_kept_for_the_copies_made_with_it_and_removed_after_them()
    {
        await using var h = await IntakeHarness.CreateAsync();
        await h.Definitions.ApplyAsync(new SourceMailing { Id = IntakeHarness.Source, ClientId = ClientId, Name = "Spring", Subject = "one product" });
        await TakeInAsync(h, ProductText.Good);
        h.Drop(Row("a@example.org"));
        var mailing = Assert.Single(h.Mailings.OfFile((await h.TakeInAsync()).FileId));
        await TakeInAsync(h, "id\nP-9\n", Later);

        Assert.Equal(1, h.Mailings.ReadFrozen(mailing.ContentHash!).Products!.Version);
        Assert.Equal(0, await h.Products.RemoveUnusedAsync());
        Assert.Equal(["P-1", "P-2"], Ids(h, version: 1));

        await h.Writer.WriteAsync(context => context.Execute("DELETE FROM recipient"));
        Assert.Equal(2, await h.Products.RemoveUnusedAsync());
        Assert.Equal(["P-9"], Ids(h));
    }

    [Fact]
    public async Task Is_not_frozen_with_mailings_that_ask_for_no_products()
    {
        await using var h = await IntakeHarness.CreateAsync();
        await TakeInAsync(h, ProductText.Good);
        h.Drop(Row("a@example.org"));
        var mailing = Assert.Single(h.Mailings.OfFile((await h.TakeInAsync()).FileId));
        Assert.Null(h.Mailings.ReadFrozen(mailing.ContentHash!).Products);
        Assert.Equal(0, h.Count("SELECT COUNT(*) FROM product_pin"));
    }

    [Fact]
    public async Task That_never_came_holds_up_a_mailing_that_needs_it_until_it_is_there()
    {
        await using var h = await IntakeHarness.CreateAsync();
        await h.Definitions.ApplyAsync(new SourceMailing { Id = IntakeHarness.Source, ClientId = ClientId, Name = "Spring", Subject = "one product" });
        h.Drop(Row("a@example.org"));
        var failed = await h.TakeInAsync();
        Assert.Equal((FileState.FailedStart, "E403"), (failed.State, failed.Code));

        await TakeInAsync(h, ProductText.Good);
        Assert.True((await h.Intake().RetryAsync(h.Zone, h.Client, failed.FileId)).Done);
        Assert.Equal(FileState.Archived, await h.Intake().RunAsync(h.Zone, h.Client, failed.FileId));
        Assert.Single(h.Switchboard.Started);
    }

    [Fact]
    public async Task Written_twice_alike_writes_no_rows()
    {
        await using var h = await IntakeHarness.CreateAsync();
        await TakeInAsync(h, ProductText.Good);
        await TakeInAsync(h, ProductText.Good, Later);
        Assert.Equal(2, h.Count("SELECT COUNT(*) FROM product_row"));
        Assert.Equal(0, h.Count("SELECT COUNT(*) FROM product_row WHERE from_version > 1"));
    }

    private static async Task<Data.Files.InboundFile> TakeInAsync(IntakeHarness h, string text, string name = Name)
    {
        File.WriteAllText(h.Path("products", name), text);
        return await h.TakeInAsync(name);
    }

    private static string[] Ids(IntakeHarness h, long? version = null) =>
        [.. new ProductReader(h.Database).All(ClientId, version ?? h.Products.Current(ClientId), ProductKind.Products).Select(row => row.Id).Order(StringComparer.Ordinal)];
}
