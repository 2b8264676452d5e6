using System.Net;
using ClosedLoop.Data.Access;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Tests.Support;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Operator;

namespace ClosedLoop.Operations.Tests.Access;

/// <summary>A service as in a container: it listens on every address, its port is published on the loopback of the machine around, and a secret holds the first password.</summary>
public sealed class ContainerTests(ServedInContainer served) : IClassFixture<ServedInContainer>
{
    [Fact]
    public async Task The_first_administrator_comes_in_by_the_secret_which_opens_nothing_once_there_are_users()
    {
        using var client = served.Client();
        Assert.Equal(HttpStatusCode.Redirect, await SignInAsync(client, ServedInContainer.Password));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/access", UriKind.Relative))).StatusCode);
        Assert.Single(served.Get<AuditStore>().Of("user/root", 10));

        var users = served.Get<UserStore>();
        await users.ChangeAsync("root", passwordHash: PasswordHash.Of("another password now"));
        await MakerFor(users).StartAsync(CancellationToken.None);

        Assert.Equal(HttpStatusCode.Forbidden, await SignInAsync(client, ServedInContainer.Password));
        Assert.Equal(HttpStatusCode.Redirect, await SignInAsync(client, "another password now"));
        Assert.Single(users.All());
    }

    [Fact]
    public async Task The_link_names_the_published_address_and_works_though_the_peer_is_not_loopback()
    {
        Assert.Equal("http://localhost:18081", served.Get<OperationsOptions>().Front());
        using var client = await served.SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/files", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task By_another_name_there_is_no_page_to_type_a_password_into()
    {
        using var client = served.Client(served.CommandLineToken);
        foreach (var (host, expected) in new[] { ("server.example.org:8081", HttpStatusCode.MisdirectedRequest), ("evil.localhost.example", HttpStatusCode.MisdirectedRequest), ("localhost:18081", HttpStatusCode.OK), ("127.0.0.1", HttpStatusCode.OK) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/login") { Headers = { Host = host } };
            using var answer = await client.SendAsync(request);
            Assert.True(expected == answer.StatusCode, host);
            if (expected != HttpStatusCode.OK) Assert.Contains("CL9560", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_probe_that_calls_by_number_is_answered()
    {
        using var client = served.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz") { Headers = { Host = "10.1.2.3:8081" } };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8081", "http://127.0.0.1:8081")]
    [InlineData("http://[::]:8081", "http://127.0.0.1:8081")]
    [InlineData("http://127.0.0.1:8081", "http://127.0.0.1:8081")]
    [InlineData("https://ops.example.org:8443", "https://ops.example.org:8443")]
    public void Commands_on_the_machine_call_an_address_that_can_be_called(string listen, string expected) =>
        Assert.Equal(expected, OperatorAccess.Create(new SiloSettings { Operator = new OperatorSettings { Listen = listen } }).Address);

    private FirstAdminMaker MakerFor(UserStore users) => new(served.Get<OperationsOptions>(), users, served.Get<AuditStore>(), Microsoft.Extensions.Logging.Abstractions.NullLogger<FirstAdminMaker>.Instance);

    private static async Task<HttpStatusCode> SignInAsync(HttpClient client, string password)
    {
        using var page = await client.GetAsync(new Uri("/login", UriKind.Relative));
        using var answer = await client.PostAsync(new Uri("/login", UriKind.Relative), await FormText.OfAsync(page, ("name", "root"), ("password", password)));
        return answer.StatusCode;
    }
}
