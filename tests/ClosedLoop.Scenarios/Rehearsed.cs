namespace ClosedLoop.Scenarios;

/// <summary>An operator rehearses a campaign with invented people before real ones get it.</summary>
public sealed class Rehearsed
{
    [Fact]
    public async Task A_temporary_service_ends_with_numbers_that_agree_and_nothing_is_left_of_it()
    {
        var report = (await SimulateAsync("trouble", "--recipients", "150", "--seed", "11")).Succeeded().Json();

        Assert.True(report.GetProperty("ok").GetBoolean());
        var exported = report.GetProperty("exported");
        foreach (var table in new[] { "mailingrecipients", "links", "clicks", "opens", "automated_opens", "responses" }) Assert.True(exported.GetProperty(table).GetInt64() > 0, table);
        Assert.False(Directory.Exists(report.GetProperty("folder").GetString()));
    }

    [Fact]
    public async Task A_running_service_is_used_and_its_books_agree()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var others = installation.Drop([Installation.Row("reader.1@example.org")]);
        await Eventually.ThatAsync("end of the other mailing", () => installation.Books.IsFinished(others), silo);

        var report = (await installation.RunAsync([
            "simulate", "scanners", "--recipients", "120", "--seed", "3", "--over", "2", "--json", "--set", "Sink:Port=" + Text(installation.SinkPort), "--set", "Http:Listen=" + installation.Address])).Succeeded().Json();

        Assert.All(report.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("ok").GetBoolean(), check.GetRawText()));
        Assert.Equal(1, report.GetProperty("exported").GetProperty("mailings").GetInt64());
        Assert.False(report.GetProperty("repeatable").GetBoolean());
        Assert.Equal(0, installation.Books.Scalar("SELECT COUNT(*) FROM inbound_mail WHERE outcome = 0"));
    }

    [Fact]
    public async Task Nothing_is_sent_in_mode_Live_or_through_a_sink_that_is_not_the_service_s_own()
    {
        var live = await SimulateAsync("--set", "Delivery:Mode=Live");
        Assert.Equal(8, live.ExitCode);
        Assert.Contains("CL9662", live.Error, StringComparison.Ordinal);

        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var elsewhere = await installation.RunAsync("simulate", "--set", "Sink:Embedded=false");
        Assert.Equal(8, elsewhere.ExitCode);
        Assert.Contains("CL9663", elsewhere.Error, StringComparison.Ordinal);
        Assert.Equal(0, installation.Books.Scalar("SELECT COUNT(*) FROM mailing"));
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Task<CommandResult> SimulateAsync(params string[] arguments) => CommandResult.OfAsync(["simulate", .. arguments, "--json", "--data", Path.Combine(Path.GetTempPath(), "closedloop-no-installation")]);
}
