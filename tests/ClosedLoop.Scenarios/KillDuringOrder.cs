using System.Globalization;
using ClosedLoop.Model.Testing;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>The service is killed after a step of an order: the next one goes on, calls the operation RECOVERED, and mails everybody once.</summary>
public sealed class KillDuringOrder
{
    [Trait("XmlCheck", "25")]
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task Everybody_is_mailed_once(int nth)
    {
        using var installation = await OrderInstallation.CreateAsync();
        var folder = installation.Folder("orders");
        installation.Environment[KillSwitch.Variable] = string.Create(CultureInfo.InvariantCulture, $"{nameof(KillPoint.OrderStep)}:{nth}");
        await using (var doomed = await SiloProcess.StartAsync(installation))
        {
            OrderInstallation.UploadList(folder, 2500);
            await Eventually.ThatAsync("death", () => doomed.HasEnded);
        }

        installation.Environment.Remove(KillSwitch.Variable);
        await using var next = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        await Eventually.ThatAsync("mails", () => File.Exists(Path.Combine(folder, "order-c.report.xml.done")) && books.Mails().Count >= 2501
            && books.Scalar("SELECT COUNT(*) FROM mailing WHERE state <> 5") == 0, next);
        Assert.Equal(2501, books.Mails().Count);
        Assert.All(books.Mails().GroupBy(record => record.To.Single()), mails => Assert.Single(mails));
        Assert.Equal(3, books.Scalar("SELECT status FROM operation"));
        Assert.Equal(2501, books.Scalar("SELECT COUNT(*) FROM contact"));
        Assert.Equal(0, books.Scalar("SELECT COUNT(*) FROM ledger WHERE state <> 2"));
    }
}
