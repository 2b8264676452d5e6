using System.Collections.Concurrent;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>Attributes that a template names and a trigger lacks (optimove spec section 4.1).</summary>
public sealed class MissingValues
{
    private const string Call = "GetCustomerAttributes";

    [Fact]
    public async Task What_a_trigger_lacks_is_read_once_and_nobody_is_asked_when_nothing_is_missing()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(3);
        trial.State.Customers["cust-1"] = Values(("FIRST_NAME", "Grace"), ("CITY", "Gent"));

        await FireAsync(trial, "cust-1", ("FIRST_NAME", "Ada"), ("CITY", "Bruges"));
        await MailsAsync(trial, 1);
        Assert.Empty(trial.State.CallsOf(Call));

        // What the trigger says goes before what Optimove has.
        await FireAsync(trial, "cust-1", ("FIRST_NAME", "Ada"));
        await MailsAsync(trial, 2);
        await FireAsync(trial, "cust-1");
        await MailsAsync(trial, 3);
        Assert.Single(trial.State.CallsOf(Call));
        Assert.EndsWith("/customers/cust-1/Attributes", trial.State.CallsOf(Call).Single().Path, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["Ada, spring is here", "Ada, spring is here", "Grace, spring is here"], trial.Books.Sink().Select(mail => mail.Subject));

        // What the profile has is not missing.
        await trial.SeedProfileAsync("cust-2", ("firstname", "Mary"), ("city", "Ypres"));
        await FireAsync(trial, "cust-2");
        await MailsAsync(trial, 4);
        Assert.Single(trial.State.CallsOf(Call));
        Assert.Equal("Mary, spring is here", trial.Books.Sink()[^1].Subject);
    }

    [Theory]
    [InlineData("read", 1, null)]
    [InlineData("require", 0, "MissingAttribute")]
    [InlineData("ignore", 1, null)]
    public async Task Without_an_answer_the_connector_says_what_becomes_of_the_message(string missing, int mails, string? reason)
    {
        await using var trial = await OptimoveTrial.StartAsync(new { missingAttributes = missing });
        await trial.SeedAsync(2);
        trial.State.AddFault(new DoubleFault { Path = Call, Delay = 30_000, Times = 10 });
        trial.State.Customers["cust-1"] = Values(("CITY", "Gent"));

        await FireAsync(trial, "cust-1", ("FIRST_NAME", "Ada"));

        // Somebody who lacks nothing is not held up meanwhile.
        await FireAsync(trial, "cust-0", ("FIRST_NAME", "Eve"), ("CITY", "Gent"));
        await Eventually.ThatAsync("the other mail", () => trial.Books.Sink().Any(mail => mail.To.Single() == OptimoveTrial.Address(0)), trial.Silo);
        await Eventually.ThatAsync("end of both", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_event WHERE state = 0") == 0, trial.Silo);
        await MailsAsync(trial, 1 + mails);
        if (missing == "read") Assert.Equal(OptimoveTrial.Address(0), trial.Books.Sink()[0].To.Single());
        if (reason is not null) Assert.Equal(reason, trial.Books.Text("SELECT reason FROM optimove_event WHERE state = 2"));
        Assert.Equal(missing == "ignore" ? 0 : 1, trial.State.CallsOf(Call).Count);

        // Lines of the log come through a pipe of their own, later than the books.
        if (missing != "ignore") await Eventually.ThatAsync("the line of the log", () => trial.Silo.Error.Contains("CL9046", StringComparison.Ordinal), trial.Silo);
        Assert.Equal(missing == "ignore" ? 0 : 1, trial.Silo.Error.Split("CL9046").Length - 1);
    }

    [Fact]
    public async Task A_key_without_the_right_is_not_asked_again()
    {
        await using var trial = await OptimoveTrial.CreateAsync();
        trial.State.Keys[OptimoveTrial.ApiKey] = KeyRole.Integrations;
        await trial.ServeAsync();
        await trial.SaveAsync();
        await trial.IsAsync("Active");
        await trial.SeedAsync(20);

        await FireAsync(trial, "cust-0");
        await MailsAsync(trial, 1);
        for (var i = 1; i < 20; i++) await FireAsync(trial, OptimoveTrial.Id(i));
        await MailsAsync(trial, 20);

        Assert.Equal(403, Assert.Single(trial.State.CallsOf(Call)).Status);
        Assert.Equal(1, trial.Books.Scalar("SELECT COUNT(*) FROM optimove_connector WHERE state = 'Active' AND missing LIKE '%GetCustomerAttributes%'"));
    }

    [Fact]
    public async Task Where_the_rate_limit_does_not_permit_it_nobody_waits()
    {
        await using var trial = await OptimoveTrial.StartAsync(new { requestsPerTenSeconds = 9 });
        await trial.SeedAsync(60);
        for (var i = 0; i < 60; i++) await FireAsync(trial, OptimoveTrial.Id(i));

        await MailsAsync(trial, 60);
        Assert.InRange(trial.State.CallsOf(Call).Count, 1, 12);

        // One more than were sent in ten seconds may arrive in ten.
        Assert.InRange(trial.State.Busiest, 1, 11);
    }

    private static ConcurrentDictionary<string, string> Values(params (string Name, string Value)[] values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)), StringComparer.OrdinalIgnoreCase);

    private static Task MailsAsync(OptimoveTrial trial, int count) => Eventually.ThatAsync($"{count} mails", () => trial.Books.Sink().Count == count, trial.Silo);

    private static Task<IReadOnlyList<int>> FireAsync(OptimoveTrial trial, string customer, params (string Name, string Value)[] values) => trial.Optimove.FireAsync(new FireOrder
    {
        Type = 11,
        Campaign = "rt-1",
        Channel = OptimoveTrial.Channel,
        Template = OptimoveTrial.Template,
        Customer = customer,
        TimeStamp = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture),
        Extra = values.ToDictionary(pair => pair.Name, pair => $"\"{pair.Value}\"", StringComparer.Ordinal),
    });
}
