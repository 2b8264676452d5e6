using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>Test data has a folder of its own that mails nobody but the test list (closed-loop specification, section 15).</summary>
public sealed class TestFolder
{
    [Fact]
    public async Task Test_data_reaches_the_test_list_only_and_is_not_exported()
    {
        using var installation = await Installation.CreateAsync();
        SampleDefinitions.Write(installation.Definitions, "hold", import: """, "test": true, "testList": ["*@test.example.org"]""");
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var rows = Installation.FileOf([Installation.Row("anna@test.example.org"), Installation.Row("real@example.org")]);
        var name = installation.NextName();
        Assert.Equal(6, (await installation.RunAsync("check", installation.Aside(name, rows), "--client", "demo", "--test")).ExitCode);
        Directory.CreateDirectory(installation.Folder("in-test"));
        File.Move(installation.Aside(name, rows), Path.Combine(installation.Folder("in-test"), name));
        await Eventually.ThatAsync("end of the test", () => books.IsFinished(name), silo);

        Assert.Equal(RecipientState.Sent, Assert.Single(books.AssertBalance(name, rows: 2), entry => entry.Key == "anna@test.example.org").Value);
        Assert.Equal(["anna@test.example.org"], books.SinkByAddress().Select(messages => messages.Key));
        var listed = (await installation.RunAsync("mailings", "ls", "--json")).Succeeded().Json().GetProperty("mailings")[0];
        Assert.True(listed.GetProperty("test").GetBoolean());
        var real = installation.Drop(rows);
        await Eventually.ThatAsync("end of the real mailing", () => books.IsFinished(real), silo);
        var export = await installation.ExportAsync(silo);
        Assert.Single(export.Rows("mailings"));
        Assert.Equal(2, export.Rows("mailingrecipients").Count);
    }
}
