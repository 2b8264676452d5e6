using System.Net;
using System.Net.Sockets;
using System.Text;
using ClosedLoop.Mail.Inbound;

namespace ClosedLoop.Mail.Tests.Inbound;

/// <summary>Servers that fall silent, lie or break off.</summary>
public sealed class Pop3FaultTests
{
    [Theory]
    [InlineData(new string[0], "Connect")]
    [InlineData(new[] { "-ERR busy\r\n" }, "Connect")]
    [InlineData(new[] { "+OK\r\n", "-ERR no\r\n" }, "USER")]
    [InlineData(new[] { "+OK\r\n", "+OK\r\n", "-ERR no\r\n" }, "PASS")]
    [InlineData(new[] { "+OK\r\n", "+OK\r\n", "+OK\r\n", "+OK\r\n1 10\r\n.\r\n", "-ERR no UIDL\r\n" }, "UIDL")]
    [InlineData(new[] { "+OK\r\n", "+OK\r\n", "+OK\r\n", "+OK\r\n1 10\r\n.\r\n", "+OK\r\n1 a\r\n.\r\n", "+OK\r\nhalf a mail" }, "RETR")]
    [InlineData(new[] { "+OK\r\n", "+OK\r\n", "+OK\r\n", "+OK\r\n1 10\r\n.\r\n", "+OK\r\n1 a\r\n.\r\n", "+OK\r\nSubject: x\r\n\r\n.\r\n", "-ERR locked\r\n" }, "DELE")]
    public async Task Every_failure_names_its_step(string[] answers, string step)
    {
        using var server = new Server(answers);

        Assert.Equal(step, (await Assert.ThrowsAsync<Pop3Exception>(() => FetchAsync(server.Options))).Step);
    }

    [Fact]
    public async Task Silence_is_waited_for_no_longer_than_the_limit()
    {
        using var server = new Server(["+OK\r\n"], silent: true);

        var fault = await Assert.ThrowsAsync<Pop3Exception>(() => FetchAsync(server.Options with { Timeout = TimeSpan.FromMilliseconds(300) }));

        Assert.Contains("no answer", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Mail_is_cut_off_at_the_limit_whatever_LIST_said(int octets, bool fits)
    {
        using var server = new Server(["+OK\r\n", "+OK\r\n", "+OK\r\n", "+OK\r\n1 1\r\n.\r\n", "+OK\r\n1 a\r\n.\r\n", "+OK\r\n" + new string('x', octets - 2) + "\r\n.\r\n", "+OK\r\n", "+OK\r\n"]);

        if (fits)
            Assert.Equal(octets, Assert.Single(await FetchAsync(server.Options)).Length);
        else
            Assert.Equal("RETR", (await Assert.ThrowsAsync<Pop3Exception>(() => FetchAsync(server.Options))).Step);
    }

    [Fact]
    public async Task What_was_said_before_TLS_is_not_believed()
    {
        using var server = new Server(["+OK\r\n", "+OK begin\r\n+OK injected\r\n"]);

        Assert.Equal("STLS", (await Assert.ThrowsAsync<Pop3Exception>(() => FetchAsync(server.Options with { Tls = Pop3Tls.StartTls }))).Step);
    }

    [Fact]
    public async Task A_line_end_in_the_password_is_no_command()
    {
        using var server = new Server(["+OK\r\n", "+OK\r\n", "+OK\r\n"]);

        await Assert.ThrowsAsync<Pop3Exception>(() => FetchAsync(server.Options with { Password = () => "x\r\nDELE 1" }));
    }

    private static async Task<List<byte[]>> FetchAsync(Pop3Options options)
    {
        var mails = new List<byte[]>();
        await using var client = await Pop3Client.ConnectAsync(options, CancellationToken.None);
        foreach (var item in await client.ListAsync(CancellationToken.None))
        {
            mails.Add((await client.RetrieveAsync(item.Number, 100, CancellationToken.None)).ToArray());
            await client.DeleteAsync(item.Number, CancellationToken.None);
        }

        await client.QuitAsync(CancellationToken.None);
        return mails;
    }

    /// <summary>Gives its answers one a line received, the first unasked, and closes when it has no more.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Server(string[] answers, bool silent = false)
        {
            _listener.Start();
            _ = ServeAsync(answers, silent);
        }

        public Pop3Options Options => new() { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, Tls = Pop3Tls.None, User = "a", Password = () => "b", Timeout = TimeSpan.FromSeconds(30) };

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync(string[] answers, bool silent)
        {
            using var socket = await _listener.AcceptTcpClientAsync();
            await using var stream = socket.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            try
            {
                for (var i = 0; i < answers.Length; i++)
                {
                    if (i > 0)
                        await reader.ReadLineAsync();
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(answers[i]));
                }

                while (silent && await reader.ReadLineAsync() is not null)
                {
                }
            }
            catch (IOException)
            {
                // The client has gone, as it should.
            }
        }
    }
}
