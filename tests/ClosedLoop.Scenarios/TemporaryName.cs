using ClosedLoop.Model.Files;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>A file counts from the moment it has its final name, and its content counts once (closed-loop spec section 3.1, E103).</summary>
public sealed class TemporaryName
{
    private static readonly string[] Rows = [Installation.Row("a@example.org"), Installation.Row("b@example.org")];

    [Trait("Acceptance", "2")]
    [Fact]
    public async Task It_is_left_alone_until_the_rename()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var name = installation.NextName();
        var final = Path.Combine(installation.Folder("in"), name);
        Directory.CreateDirectory(installation.Folder("in"));
        await File.WriteAllBytesAsync(final + ".tmp", Installation.FileOf(Rows));
        await Eventually.ThatAsync("client", () => Directory.Exists(installation.Folder("processing")), silo);
        await silo.PollAsync();
        await silo.PollAsync();
        Assert.True(File.Exists(final + ".tmp"));
        Assert.Equal(0, installation.Books.Scalar("SELECT COUNT(*) FROM inbound_file"));

        File.Move(final + ".tmp", final);

        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(name), silo);
        installation.Books.AssertBalance(name, rows: 2);
        Assert.Equal(2, installation.Books.Sink().Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_file_again_is_refused_and_sends_nothing(bool sameName)
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var first = installation.Drop(Rows);
        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(first), silo);

        var second = sameName ? installation.Drop([.. Rows, Installation.Row("c@example.org")], first) : installation.Drop(Rows);

        await Eventually.ThatAsync("refusal", () => installation.Books.StateOf(second) == FileState.FailedImport, silo);
        Assert.Equal("E103", installation.Books.Text("SELECT code FROM inbound_file ORDER BY file_id DESC LIMIT 1"));
        Assert.Equal(1, installation.Books.Scalar("SELECT COUNT(*) FROM mailing"));
        Assert.Equal(2, installation.Books.Sink().Count);
        Assert.Equal(2, installation.Books.Scalar("SELECT COUNT(*) FROM ledger WHERE state = 2"));
    }
}
