using System.IO.Compression;
using System.Text;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders.Operations;

public sealed class Recipients_of_orders
{
    [Trait("XmlCheck", "10")]
    [Fact]
    public async Task Recipients_of_the_order_win_over_the_filter()
    {
        await using var harness = await OrderHarness.CreateAsync();
        await harness.LoadAsync("email,age,last_order\nfilter@example.com,30,2031-05-01\n");
        var operation = await harness.RunAsync(AnOrder.Of(AnOrder.List + "<filter><normal>45</normal></filter>"), AnOrder.Rows(2));
        Assert.Equal(["W-01"], harness.Problems(operation.OperationId));
        Assert.Equal(["reader.0@example.com", "reader.1@example.com"], harness.Recipients(harness.Delivery(operation.OperationId).DeliveryId));
    }

    [Trait("XmlCheck", "11")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_31_test_recipients_30_get_the_test(bool inList)
    {
        await using var harness = await OrderHarness.CreateAsync();
        var inline = string.Concat(Enumerable.Range(0, 31).Select(i => FormattableString.Invariant($"<test_recipient><email>qa{i}@example.com</email></test_recipient>")));
        var test = inList ? "<csv_file>test.csv</csv_file>" : inline;
        var operation = await harness.RunAsync(AnOrder.Of(AnOrder.List + $"<test_recipients>{test}</test_recipients>"), AnOrder.Rows(1), AnOrder.Rows(31, "test.csv"));
        Assert.Equal(30, harness.Recipients(harness.Delivery(operation.OperationId, test: true).DeliveryId).Length);
        Assert.Equal(["W-02"], harness.Problems(operation.OperationId));
    }

    [Trait("XmlCheck", "12")]
    [Fact]
    public async Task Field_names_are_read_without_regard_to_case_and_unknown_ones_refused()
    {
        await using var harness = await OrderHarness.CreateAsync();
        var good = await harness.RunAsync(AnOrder.Of(), ("list.csv", "EmAiL,FIRSTname\na@example.com,A\n"));
        Assert.Equal(OperationStatus.Success, good.Status);
        foreach (var header in new[] { "email,shoe_size", "email,XML_DELIVERY_CODE", "email,email", "firstname" })
        {
            var bad = await harness.RunAsync(AnOrder.Of(), ("list.csv", header + "\na@example.com,A\n"));
            Assert.Equal((OperationStatus.Error, "XMLD_CONFIGURATION_ERROR"), (bad.Status, bad.SubStatus));
            Assert.All(harness.Problems(bad.OperationId), key => Assert.Equal("E-09", key));
        }

        Assert.Equal(1, harness.Scalar("SELECT COUNT(*) FROM contact"));
    }

    [Trait("XmlCheck", "13")]
    [Theory]
    [InlineData(',', "email,firstname\na@example.com,\"A \"\"x\"\", y\"\n")]
    [InlineData(';', "email;firstname\r\na@example.com;\"A \"\"x\"\", y\"\r\n")]
    [InlineData('|', "\uFEFFemail|firstname\na@example.com|\"A \"\"x\"\", y\"")]
    [InlineData('\t', "email\tfirstname\n\na@example.com\t\"A \"\"x\"\", y\"\nragged@example.com\n")]
    public async Task Separators_quotes_marks_line_ends_and_ragged_rows(char separator, string csv)
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { XmlDelivery = account.XmlDelivery with { CsvSeparator = separator } });
        var operation = await harness.RunAsync(AnOrder.Of(), ("list.csv", csv));
        Assert.Equal(OperationStatus.Success, operation.Status);
        Assert.Equal(1, operation.RowsAdded);
        Assert.Equal(csv.Contains("ragged", StringComparison.Ordinal) ? 1 : 0, operation.RowsSkipped);
        Assert.Equal(1, harness.Scalar("SELECT COUNT(*) FROM contact WHERE instr(fields, CAST('A \"x\", y' AS BLOB)) > 0"));
    }

    [Trait("XmlCheck", "13")]
    [Theory]
    [InlineData(1, OperationStatus.Success)]
    [InlineData(2, OperationStatus.Error)]
    public async Task An_archive_holds_one_list(int entries, OperationStatus status)
    {
        await using var harness = await OrderHarness.CreateAsync();
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < entries; i++)
            {
                using var entry = archive.CreateEntry(FormattableString.Invariant($"list{i}.csv")).Open();
                entry.Write(Encoding.UTF8.GetBytes(AnOrder.Rows(3).Content));
            }
        }

        harness.PutOrder(AnOrder.Of());
        harness.Put("list.csv", zip.ToArray());
        var operation = (await harness.CycleAsync())!;
        Assert.Equal(status, operation.Status);
        Assert.Equal(entries == 1 ? 3 : 0, harness.Scalar("SELECT COUNT(*) FROM contact"));
        if (entries > 1) Assert.Equal(["E-13"], harness.Problems(operation.OperationId));
    }

    [Trait("XmlCheck", "14")]
    [Fact]
    public async Task A_locked_database_ends_an_order_that_does_not_wait()
    {
        await using var harness = await OrderHarness.CreateAsync();
        Assert.True(await harness.Contacts.TryLockAsync(harness.Client.Value.Id, 1, "exchange"));
        var operation = await harness.RunAsync(AnOrder.Of(), AnOrder.Rows(1));
        Assert.Equal((OperationStatus.Error, "SERVER_COMMUNICATION_ERROR"), (operation.Status, operation.SubStatus));
        Assert.Equal(["E-12"], harness.Problems(operation.OperationId));
        Assert.Equal("exchange", Assert.Single(harness.Contacts.Locks(harness.Client.Value.Id)).Holder);
    }

    [Trait("XmlCheck", "14")]
    [Fact]
    public async Task One_that_waits_goes_on_when_the_database_is_free()
    {
        await using var harness = await OrderHarness.CreateAsync();
        await harness.Contacts.TryLockAsync(harness.Client.Value.Id, 1, "exchange");
        var start = harness.Clock.Now;
        harness.Clock.Leapt = now =>
        {
            if (now - start >= TimeSpan.FromSeconds(12)) harness.Contacts.UnlockAsync(harness.Client.Value.Id, 1, "exchange").Wait();
        };
        var operation = await harness.RunAsync(AnOrder.Of("<retry/>" + AnOrder.List), AnOrder.Rows(1));
        Assert.Equal(OperationStatus.Success, operation.Status);
        Assert.Equal(TimeSpan.FromSeconds(15), harness.Clock.Now - start);
        Assert.Empty(harness.Contacts.Locks(harness.Client.Value.Id));
    }

    [Trait("XmlCheck", "14")]
    [Theory]
    [InlineData(AnOrder.List)]
    [InlineData("<filter><normal>45</normal></filter>")]
    public async Task One_that_waits_in_vain_gives_up_after_five_hours(string recipients)
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { XmlDelivery = account.XmlDelivery with { RetryDelaySeconds = 300 } });
        await harness.Contacts.TryLockAsync(harness.Client.Value.Id, 1, "exchange");
        var start = harness.Clock.Now;
        var operation = await harness.RunAsync(AnOrder.Of("<retry/>" + recipients), AnOrder.Rows(1));
        Assert.Equal(OperationStatus.Error, operation.Status);
        Assert.Equal(TimeSpan.FromHours(5), harness.Clock.Now - start);
        Assert.StartsWith("E-12 FAILED", harness.Operations.Problems(operation.OperationId).Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_addresses_are_unique_a_row_is_changed_and_given_back_when_the_order_fails()
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { Databases = [account.Databases[0] with { UniqueAddress = true }, .. account.Databases.Skip(1)] });
        await harness.LoadAsync("email,firstname,order_no\nada@example.com,Ada,A-1\n");
        var good = await harness.RunAsync(AnOrder.Of(), ("list.csv", "email,firstname\nADA@example.com,Augusta\nnew@example.com,New\nada@example.com,Countess\n"));
        Assert.Equal(OperationStatus.Success, good.Status);
        Assert.Equal(2, harness.Scalar("SELECT COUNT(*) FROM contact"));
        Assert.Equal(1, harness.Scalar("SELECT COUNT(*) FROM contact WHERE instr(fields, CAST('Countess' AS BLOB)) > 0 AND instr(fields, CAST('A-1' AS BLOB)) > 0"));

        harness.Switchboard.StartFault = new InvalidOperationException("no");
        var bad = await harness.RunAsync(AnOrder.Of(), ("list.csv", "email,firstname\nada@example.com,Nobody\nother@example.com,Other\n"));
        Assert.Equal(["E-20"], harness.Problems(bad.OperationId));
        Assert.Equal(2, harness.Scalar("SELECT COUNT(*) FROM contact"));
        Assert.Equal(1, harness.Scalar("SELECT COUNT(*) FROM contact WHERE instr(fields, CAST('Countess' AS BLOB)) > 0 AND instr(fields, CAST('A-1' AS BLOB)) > 0"));
        Assert.Equal(2, harness.Scalar("SELECT COUNT(*) FROM contact_key"));
    }

    [Fact]
    public async Task Rows_go_back_when_an_error_follows_and_no_usable_row_is_an_error()
    {
        await using var harness = await OrderHarness.CreateAsync();
        var torn = await harness.RunAsync(AnOrder.Of(), ("list.csv", AnOrder.Rows(2500).Content + "\"never closed"));
        Assert.Equal(["E-13"], harness.Problems(torn.OperationId));
        Assert.Equal(0, harness.Scalar("SELECT COUNT(*) FROM contact"));
        var empty = await harness.RunAsync(AnOrder.Of(), ("list.csv", "email,firstname\nnobody,x\n"));
        Assert.Contains("E-10", harness.Problems(empty.OperationId));
        Assert.Empty(harness.Contacts.Locks(harness.Client.Value.Id));
        Assert.Equal(0, harness.Scalar("SELECT COUNT(*) FROM mailing"));
    }
}
