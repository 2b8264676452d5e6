using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Tests.Browser;
using ClosedLoop.Operations.Tests.Support;
using Microsoft.Playwright;

namespace ClosedLoop.Operations.Tests.OpenId;

/// <summary>Signing in with the accounts of an organisation, against an issuer that checks what it is sent.</summary>
public sealed class OpenIdTests(ServedWithIssuer served) : IClassFixture<ServedWithIssuer>
{
    [Theory]
    [InlineData("closedloop-admin", "/access", HttpStatusCode.OK)]
    [InlineData("closedloop-operator", "/access", HttpStatusCode.Redirect)]
    [InlineData("closedloop-operator", "/files", HttpStatusCode.OK)]
    [InlineData("closedloop-viewer", "/files", HttpStatusCode.OK)]
    public async Task An_account_may_what_its_role_says(string role, string path, HttpStatusCode expected)
    {
        using var client = served.Client();
        Assert.Equal("/", await SignInAsync(client, role));
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(served.Issuer.Objections);
    }

    [Fact]
    public async Task The_name_of_the_account_is_shown_and_the_page_asked_for_is_opened()
    {
        using var client = served.Client();
        Assert.Equal("/files", await SignInAsync(client, "closedloop-viewer", next: "/files"));
        Assert.Contains("ada.lovelace", await client.GetStringAsync(new Uri("/files", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IssuerFault.WrongNonce)]
    [InlineData(IssuerFault.NoNonce)]
    [InlineData(IssuerFault.Expired)]
    [InlineData(IssuerFault.WrongAudience)]
    [InlineData(IssuerFault.WrongIssuer)]
    [InlineData(IssuerFault.UnknownKey)]
    [InlineData(IssuerFault.NotSigned)]
    [InlineData(IssuerFault.Tampered)]
    [InlineData(IssuerFault.Denied)]
    [InlineData(IssuerFault.NoToken)]
    public async Task An_answer_that_is_not_right_signs_nobody_in_and_says_so(IssuerFault fault)
    {
        using var client = served.Client();
        Assert.Equal("/login?fault=CL9562", await SignInAsync(client, "closedloop-admin", fault));
        await AssertOutsideAsync(client, "CL9562");
    }

    [Theory]
    [InlineData("guest")]
    [InlineData(null)]
    public async Task An_account_without_a_role_here_is_refused_and_told_why(string? role)
    {
        using var client = served.Client();
        Assert.Equal("/login?fault=CL9561", await SignInAsync(client, role));
        await AssertOutsideAsync(client, "CL9561");
    }

    [Fact]
    public async Task A_code_of_another_browser_is_refused()
    {
        using var mine = served.Client();
        using var theirs = served.Client();
        var back = await CallbackAsync(mine, "closedloop-admin", "/");
        using var answer = await theirs.GetAsync(back);
        Assert.Equal("/login?fault=CL9562", answer.Headers.Location!.ToString());
        await AssertOutsideAsync(theirs, "CL9562");
    }

    [Fact]
    public async Task The_way_back_does_not_lead_elsewhere()
    {
        using var client = served.Client();
        Assert.Equal("/", await SignInAsync(client, "closedloop-viewer", next: "https://evil.example/"));
    }

    [Fact]
    public async Task Who_signs_out_is_out_here_and_may_leave_the_issuer_too()
    {
        using var client = served.Client();
        await SignInAsync(client, "closedloop-operator");
        using var page = await client.GetAsync(new Uri("/files", UriKind.Relative));
        using var left = await client.PostAsync(new Uri("/logout", UriKind.Relative), await FormText.OfAsync(page));
        Assert.Equal("/login?left=openid", left.Headers.Location!.ToString());
        using var files = await client.GetAsync(new Uri("/files", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, files.StatusCode);
        Assert.Contains("/login/openid/leave", await client.GetStringAsync(left.Headers.Location), StringComparison.Ordinal);

        using var leave = await client.GetAsync(new Uri("/login/openid/leave", UriKind.Relative));
        Assert.StartsWith(served.Issuer.Address + "/leave?", leave.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var there = await client.GetAsync(leave.Headers.Location);
        using var back = await client.GetAsync(there.Headers.Location);
        Assert.Equal("/login", back.Headers.Location!.ToString());
        Assert.Contains(Issuer.ClientId, served.Issuer.Left);
    }

    [Fact]
    public void A_session_of_an_account_elsewhere_ends_at_the_time_it_was_given()
    {
        var openId = served.Get<OperationsOptions>().OpenId!;
        var elsewhere = new ClaimsPrincipal(new ClaimsIdentity([new Claim("roles", "x"), new Claim("realm_access", """{"roles":["closedloop-viewer"]}""")], "test"));
        var sessions = served.Get<Sessions>();
        Assert.True(sessions.IsGood(OpenIdRoles.PrincipalOf(elsewhere, openId, DateTimeOffset.UtcNow.AddMinutes(5))!));
        Assert.False(sessions.IsGood(OpenIdRoles.PrincipalOf(elsewhere, openId, DateTimeOffset.UtcNow.AddSeconds(-1))!));
    }

    [BrowserFact]
    public async Task A_real_browser_signs_in_by_one_click_and_out_again()
    {
        Prepare("closedloop-operator", IssuerFault.None);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
        var page = await (await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = served.OperatorAddress })).NewPageAsync();
        await page.GotoAsync("/mailings");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in with your organisation" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Mailings" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "sign out there, too" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in with your organisation" }).WaitForAsync();
    }

    private void Prepare(string? role, IssuerFault fault)
    {
        served.Issuer.Fault = fault;
        served.Issuer.Claims = new JsonObject { ["preferred_username"] = "ada.lovelace" };
        if (role is not null) served.Issuer.Claims["realm_access"] = new JsonObject { ["roles"] = new JsonArray("offline_access", role) };
    }

    /// <returns>Where the service leads to after the issuer's answer.</returns>
    private async Task<string> SignInAsync(HttpClient client, string? role, IssuerFault fault = IssuerFault.None, string next = "/")
    {
        Prepare(role, fault);
        using var answer = await client.GetAsync(await CallbackAsync(client, role, next, fault));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private async Task<Uri> CallbackAsync(HttpClient client, string? role, string next, IssuerFault fault = IssuerFault.None)
    {
        Prepare(role, fault);
        using var challenge = await client.GetAsync(new Uri("/login/openid?next=" + Uri.EscapeDataString(next), UriKind.Relative));
        Assert.StartsWith(served.Issuer.Address + "/authorize?", challenge.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var there = await client.GetAsync(challenge.Headers.Location);
        return there.Headers.Location!;
    }

    private static async Task AssertOutsideAsync(HttpClient client, string code)
    {
        using var page = await client.GetAsync(new Uri("/files", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Contains(code, await client.GetStringAsync(new Uri("/login?fault=" + code, UriKind.Relative)), StringComparison.Ordinal);
    }
}
