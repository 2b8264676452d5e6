using System.Net;
using ClosedLoop.Data.Access;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Access;

[Collection(ServedCollection.Name)]
public sealed class SignInTests(ServedHere served)
{
    private const string Password = "a long enough password";

    [Fact]
    public async Task A_link_signs_in_once()
    {
        var token = served.Get<SignInLinks>().Create();
        Assert.Equal(HttpStatusCode.Redirect, await UseAsync(token));
        Assert.Equal(HttpStatusCode.Forbidden, await UseAsync(token));
    }

    [Fact]
    public async Task Looking_at_a_link_does_not_use_it_up()
    {
        var token = served.Get<SignInLinks>().Create();
        using var client = served.Client();
        using (var look = await client.GetAsync(new Uri("/login?token=" + token, UriKind.Relative))) Assert.Equal(HttpStatusCode.OK, look.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await UseAsync(token));
    }

    [Fact]
    public async Task A_password_signs_in_and_a_changed_one_ends_the_session()
    {
        var users = served.Get<UserStore>();
        await users.AddAsync("Ada", OperatorRole.Viewer, PasswordHash.Of(Password));
        using var client = served.Client();
        Assert.Equal(HttpStatusCode.Redirect, await SignInAsync(client, "ADA", Password));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/files"));

        await users.ChangeAsync("ada", passwordHash: PasswordHash.Of(Password + "!"));

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client, "/files"));
    }

    [Fact]
    public async Task A_viewer_looks_and_does_nothing()
    {
        await served.Get<UserStore>().AddAsync("vera", OperatorRole.Viewer, PasswordHash.Of(Password));
        using var client = served.Client();
        await SignInAsync(client, "vera", Password);
        using var page = await client.GetAsync(new Uri("/connectors", UriKind.Relative));
        using var act = await client.PostAsync(new Uri("/clients/poll", UriKind.Relative), await FormText.OfAsync(page, ("client", "demo")));

        Assert.Equal(HttpStatusCode.Redirect, act.StatusCode);
        Assert.Equal("/forbidden", act.Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client, "/access"));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_name_for_a_while_even_for_the_right_one()
    {
        await served.Get<UserStore>().AddAsync("grace", OperatorRole.Operator, PasswordHash.Of(Password));
        using var client = served.Client();
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Forbidden, await SignInAsync(client, "grace", "wrong"));
        Assert.Equal(HttpStatusCode.Forbidden, await SignInAsync(client, "grace", Password));
        Assert.NotNull(served.Get<UserStore>().Find("grace")!.LockedUntil);
    }

    [Fact]
    public void A_password_is_not_stored_and_each_hash_has_a_salt_of_its_own()
    {
        var (one, other) = (PasswordHash.Of(Password), PasswordHash.Of(Password));
        Assert.NotEqual(one, other);
        Assert.DoesNotContain(Password, one, StringComparison.Ordinal);
        Assert.True(PasswordHash.Fits(one, Password));
        Assert.False(PasswordHash.Fits(one, Password + "x"));
        Assert.False(PasswordHash.Fits(null, Password));
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_password_has_12_to_200_characters(int length, bool isTaken) => Assert.Equal(isTaken, PasswordHash.Fault(new string('x', length)) is null);

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Signing_in_leads_to_a_page_of_ours_only(string next)
    {
        var token = served.Get<SignInLinks>().Create();
        using var client = served.Client();
        using var page = await client.GetAsync(new Uri("/login?token=" + token, UriKind.Relative));
        using var answer = await client.PostAsync(new Uri("/login/link", UriKind.Relative), await FormText.OfAsync(page, ("token", token), ("next", next)));
        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    private async Task<HttpStatusCode> UseAsync(string token)
    {
        using var client = served.Client();
        using var page = await client.GetAsync(new Uri("/login?token=" + token, UriKind.Relative));
        using var answer = await client.PostAsync(new Uri("/login/link", UriKind.Relative), await FormText.OfAsync(page, ("token", token)));
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> SignInAsync(HttpClient client, string name, string password)
    {
        using var page = await client.GetAsync(new Uri("/login", UriKind.Relative));
        using var answer = await client.PostAsync(new Uri("/login", UriKind.Relative), await FormText.OfAsync(page, ("name", name), ("password", password)));
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }
}
