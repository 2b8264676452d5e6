using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>One process per data folder: two would send everybody two mails.</summary>
public sealed class SecondProcess
{
    private const int Temporary = 5;

    [Fact]
    public async Task It_is_refused_by_name_of_the_first_which_goes_on()
    {
        using var installation = await Installation.CreateAsync();
        await using var first = await SiloProcess.StartAsync(installation);

        // Its own ports: it must be the data folder that refuses it, not a port that is taken.
        var second = await CommandResult.OfAsync(
            "serve", "--data", installation.Data, "--set", $"Http:Listen=http://127.0.0.1:{Ports.Free()}", "--set", $"Sink:Port={Ports.Free()}");

        Assert.Equal(Temporary, second.ExitCode);
        Assert.Contains("CL3003", second.Error, StringComparison.Ordinal);
        Assert.Contains($"process {first.Id}", second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Error, StringComparison.Ordinal);

        var file = installation.Drop([Installation.Row("a@example.org"), Installation.Row("b@example.org"), Installation.Row("not an address")]);
        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), first);
        installation.Books.AssertBalance(file, rows: 3);
        Assert.Equal(2, installation.Books.Sink().Count);

        // The operator's commands still reach the first.
        (await installation.RunAsync("export", "run", "demo")).Succeeded();
    }
}
