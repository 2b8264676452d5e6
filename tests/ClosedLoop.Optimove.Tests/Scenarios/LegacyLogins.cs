using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>The login from before there were keys (optimove spec section 2).</summary>
public sealed class LegacyLogins
{
    private const string User = "loop@example.com";
    private const string Password = "a pass phrase that must never be written";

    [Fact]
    public async Task A_login_lasts_while_it_is_used_and_is_renewed_once_for_all_when_it_is_over()
    {
        await using var trial = await StartAsync();
        await trial.IsAsync("Active");
        Assert.Single(trial.State.CallsOf("login"));
        Assert.All(trial.State.Calls.Where(call => call.Function != "login"), call => Assert.Contains("Authorization-Token", call.HeaderNames));
        Assert.All(trial.State.Calls, call => Assert.DoesNotContain("X-API-KEY", call.HeaderNames, StringComparer.OrdinalIgnoreCase));

        // Twenty minutes later at Optimove: whatever asks first, and whoever asks at the same time, there is one login more.
        await trial.SeedAsync(40);
        trial.Campaign("70123", 40);
        trial.State.ClockOffset += TimeSpan.FromMinutes(21);
        await trial.ExecutedAsync("70123");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => trial.TriggerAsync(OptimoveTrial.Id(i), "rt-1")));
        await trial.CampaignIsAsync("70123", 4);
        await Eventually.ThatAsync("all told", () => trial.State.Bodies("UpdateCampaignInteractions").Count >= 2, trial.Silo);
        Assert.Equal([200, 200], trial.State.CallsOf("login").Select(call => call.Status));

        // Optimove has forgotten it: 401 is worth one login, too.
        trial.State.ForgetTokens();
        trial.State.ClockOffset += TimeSpan.FromSeconds(5);
        trial.Campaign("70124", 40);
        await trial.ExecutedAsync("70124");
        await trial.CampaignIsAsync("70124", 4);
        Assert.Equal([200, 200, 200], trial.State.CallsOf("login").Select(call => call.Status));
        Assert.Equal(90, trial.Books.Sink().Count);
    }

    [Fact]
    public async Task A_login_outlives_the_process_and_is_written_nowhere_in_clear()
    {
        await using var trial = await StartAsync();
        await trial.IsAsync("Active");
        await trial.SeedAsync(3);
        await trial.Silo.KillAsync();
        await trial.ServeAsync();
        trial.Campaign("70123", 3);
        trial.State.AddFault(new DoubleFault { Path = "GetCampaignDetails", Status = 400, Body = $"user {User} with {trial.State.TokensNow().Single()}" });
        await trial.ExecutedAsync("70123");
        await trial.CampaignIsAsync("70123", 4);
        Assert.Single(trial.State.CallsOf("login"));

        var status = await trial.Installation.RunAsync("optimove", "status", "--json");
        await trial.Silo.TerminateAsync();
        foreach (var secret in new[] { Password, trial.State.TokensNow().Single() })
        {
            foreach (var file in Directory.EnumerateFiles(trial.Installation.Data, "*", SearchOption.AllDirectories))
                Assert.False((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0, $"{file} holds a secret");
            foreach (var text in new[] { trial.Silo.Error, trial.Silo.Output, status.Output }) Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(500, "ActiveDegraded")]
    [InlineData(401, "AuthError")]
    public async Task A_wrong_password_is_tried_once_until_another_is_saved(int answer, string state)
    {
        await using var trial = await StartAsync("wrong", answer);
        await trial.IsAsync(state);
        using var register = await trial.Silo.SendAsync(HttpMethod.Post, "/api/v1/clients/demo/optimove/register");
        await trial.SeedAsync(1);
        Assert.Single(trial.State.CallsOf("login"));

        trial.State.ClockOffset += TimeSpan.FromSeconds(5);
        await SaveAsync(trial, Password);
        await trial.IsAsync("Active");
        Assert.Equal(2, trial.State.CallsOf("login").Count);
        Assert.Equal(3, trial.State.ListenersNow().Count);
    }

    [Theory]
    [InlineData(null, OptimoveTrial.ApiKey, Password, "password is given without userName")]
    [InlineData(User, OptimoveTrial.ApiKey, Password, "both given")]
    [InlineData(User, null, null, "password is missing")]
    [InlineData("", null, Password, "userName is empty")]
    [InlineData(User, null, "", "password is empty")]
    public async Task Credentials_that_do_not_go_together_are_refused(string? user, string? apiKey, string? password, string fault)
    {
        await using var trial = await OptimoveTrial.CreateAsync();
        await trial.ServeAsync();

        using var response = await PutAsync(trial, user, apiKey, password);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(fault, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<OptimoveTrial> StartAsync(string password = Password, int failure = 500)
    {
        // A long pause after a failure, so that only what was saved makes another try.
        var trial = await OptimoveTrial.CreateAsync(settings: "Optimove:RetrySeconds=600");
        trial.State.Keys.Clear();
        (trial.State.LegacyLogin, trial.State.LoginFailure) = (true, failure);
        trial.State.Users[User] = new DoubleUser(Password);
        await trial.ServeAsync();
        await SaveAsync(trial, password);
        return trial;
    }

    private static async Task SaveAsync(OptimoveTrial trial, string password)
    {
        using var response = await PutAsync(trial, User, apiKey: null, password);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> PutAsync(OptimoveTrial trial, string? user, string? apiKey, string? password)
    {
        var file = new JsonObject { ["connector"] = trial.Connector(user is null ? null : new { userName = user }) };
        if (apiKey is not null) file["apiKey"] = apiKey;
        if (password is not null) file["password"] = password;
        return trial.Silo.SendAsync(HttpMethod.Put, "/api/v1/clients/demo/optimove", JsonContent.Create(file));
    }
}
