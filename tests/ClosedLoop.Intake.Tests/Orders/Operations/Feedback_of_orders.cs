using System.Text;
using System.Xml.Linq;
using ClosedLoop.Intake.Orders.Folders;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders.Operations;

public sealed class Feedback_of_orders
{
    [Trait("XmlCheck", "23")]
    [Fact]
    public async Task The_report_is_rewritten_at_each_step_and_has_its_end_at_the_end_only()
    {
        await using var harness = await OrderHarness.CreateAsync();
        var folder = new WatchedFolder(harness.Folder);
        harness.Folder = folder;
        await harness.RunAsync(AnOrder.Of(), AnOrder.Rows(2500));
        Assert.True(folder.Reports.Count >= 9, $"{folder.Reports.Count} reports");
        var finished = folder.Reports.Select(report => XDocument.Parse(report).Root!.Element("process")!.Attribute("finish")!.Value.Length > 0).ToList();
        Assert.Equal([.. Enumerable.Repeat(false, finished.Count - 1), true], finished);
        Assert.All(folder.Puts[..^1], name => Assert.Equal("order.report.xml", name));
        Assert.Equal("order.report.xml.done", folder.Puts[^1]);
        var first = XDocument.Parse(folder.Reports[0]).Root!;
        Assert.Equal(("", "", ""), (first.Element("recipients")!.Value, first.Element("delivery")!.Element("content")!.Value, first.Descendants("normal").First().Value));
        Assert.Equal("2500", XDocument.Parse(folder.Reports[^1]).Root!.Element("recipients")!.Value);
    }

    [Trait("XmlCheck", "23")]
    [Fact]
    public async Task A_report_that_somebody_holds_is_written_at_the_next_step()
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.Folder = new WatchedFolder(harness.Folder) { FailedReports = 4 };
        var operation = await harness.RunAsync(AnOrder.Of(), AnOrder.Rows(1));
        Assert.Equal(OperationStatus.Success, operation.Status);
        Assert.Contains("finish=\"2031", harness.Report(), StringComparison.Ordinal);
    }

    [Trait("XmlCheck", "24")]
    [Theory]
    [InlineData("", new[] { "base@example.com" })]
    [InlineData("<report><report_recipients><report_recipient>more@example.com</report_recipient><report_recipient>BASE@example.com</report_recipient></report_recipients></report>", new[] { "base@example.com", "more@example.com" })]
    [InlineData("<report><report_recipients mode=\"overwrite\"><report_recipient>only@example.com</report_recipient></report_recipients></report>", new[] { "only@example.com" })]
    [InlineData("<report><report_recipients></report_recipients></report>", null)]
    public async Task The_summary_goes_to_the_configured_list_and_whom_the_order_names(string report, string[]? expected)
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { XmlDelivery = account.XmlDelivery with { ReportRecipients = ["base@example.com"] } });
        var operation = await harness.RunAsync(AnOrder.Of(report: report), ("list.csv", "email,firstname\na@example.com,A\nwrong,B\n"));
        Assert.Equal(expected ?? ["base@example.com"], harness.Mails().Select(mail => mail.Key).Order(StringComparer.Ordinal));
        var body = harness.Mails().First().Single().Body;
        if (expected is null)
        {
            Assert.Equal(OperationStatus.Error, operation.Status);
            Assert.Contains("status: ERROR", body, StringComparison.Ordinal);
            return;
        }

        Assert.Contains("recipients: 2 read, 1 added, 1 skipped", body, StringComparison.Ordinal);
        Assert.Contains("warning: W-04 list.csv line 3", body, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"delivery: {harness.Delivery(operation.OperationId).DeliveryId} STARTED"), body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_without_a_right_does_not_choose_who_is_told()
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { XmlDelivery = account.XmlDelivery with { ReportRecipients = ["base@example.com"] } });
        var operation = await harness.RunAsync(
            AnOrder.Of(auth: "<suid>x</suid><key>y</key>", report: "<report><report_recipients mode=\"overwrite\"><report_recipient>victim@example.com</report_recipient></report_recipients></report>"), AnOrder.Rows(1));
        Assert.Equal(["E-07"], harness.Problems(operation.OperationId));
        Assert.Equal("base@example.com", Assert.Single(harness.Mails()).Key);
    }

    [Trait("XmlCheck", "28")]
    [Theory]
    [InlineData("<suid>USER-KEY-0002</suid><key>API-KEY-0001</key>")]
    [InlineData("\n<suid><![CDATA[USER-KEY-0002]]></suid>\n<key>API-KEY-&#48;001</key>\n")]
    [InlineData("<suid>USER-KEY-WRONG</suid><key>API-KEY-0001</key>")]
    public async Task Tokens_are_in_no_copy_no_report_and_no_mail(string auth)
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { XmlDelivery = account.XmlDelivery with { ReportRecipients = ["base@example.com"] } });
        var copies = new List<string>();
        harness.Reached = (id, step) =>
        {
            if (step > OperationStep.Checked) copies.Add(File.ReadAllText(Path.Combine(harness.WorkPath, FormattableString.Invariant($"{id}"), "order.xml")));
        };
        await harness.RunAsync("<!-- <auth><suid>not this</suid></auth> -->" + AnOrder.Of(auth: auth)[(AnOrder.Of().IndexOf('\n', StringComparison.Ordinal) + 1)..], AnOrder.Rows(1));
        if (!auth.Contains("WRONG", StringComparison.Ordinal)) Assert.NotEmpty(copies);
        File.Delete(Path.Combine(harness.Root, "order.xml"));
        var written = copies.Append(harness.Report()).Concat(harness.Mails().SelectMany(mails => mails).Select(mail => mail.Subject + mail.Body)).ToList();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(harness.Root)!, "*", SearchOption.AllDirectories)) written.Add(Encoding.Latin1.GetString(await ReadAsync(file)));
        Assert.All(written, text => Assert.DoesNotContain("USER-KEY-", text, StringComparison.Ordinal));
        Assert.All(written, text => Assert.DoesNotContain("API-KEY-", text, StringComparison.Ordinal));
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>Remembers what is written into a folder.</summary>
    private sealed class WatchedFolder(IOrderFolder inner) : IOrderFolder
    {
        public List<string> Puts { get; } = [];

        public List<string> Reports { get; } = [];

        public int FailedReports { get; set; }

        public string Host => inner.Host;

        public Task<IReadOnlyList<ZoneEntry>> ListAsync(CancellationToken cancellation = default) => inner.ListAsync(cancellation);

        public Task<bool> CopyAsync(string name, string path, long maxBytes, CancellationToken cancellation = default) => inner.CopyAsync(name, path, maxBytes, cancellation);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellation = default) => inner.DeleteAsync(name, cancellation);

        public Task<IReadOnlyList<string>> ListBelowAsync(string folder, CancellationToken cancellation = default) => inner.ListBelowAsync(folder, cancellation);

        public Task DeleteBelowAsync(string folder, string name, CancellationToken cancellation = default) => inner.DeleteBelowAsync(folder, name, cancellation);

        public Task MoveAsync(string name, string folder, string newName, CancellationToken cancellation = default) => inner.MoveAsync(name, folder, newName, cancellation);

        public Task PutAsync(string name, byte[] content, CancellationToken cancellation = default)
        {
            if (FailedReports-- > 0) throw new IOException("held by a reader");
            Puts.Add(name);
            if (name.EndsWith(".xml", StringComparison.Ordinal)) Reports.Add(Encoding.UTF8.GetString(content));
            return inner.PutAsync(name, content, cancellation);
        }
    }
}
