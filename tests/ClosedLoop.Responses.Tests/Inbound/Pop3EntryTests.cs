using System.Net;
using System.Net.Sockets;
using System.Text;
using ClosedLoop.Mail.Inbound;
using ClosedLoop.Responses.Inbound;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests.Inbound;

public sealed class Pop3EntryTests
{
    [Fact]
    public async Task A_mail_larger_than_its_listing_stays_in_the_box_and_not_in_the_way()
    {
        await using var test = new InboundTest();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var commands = new List<string>();
        var serving = ServeAsync(listener, sessions: 2, commands, test.Options.MaxMessageBytes);
        var options = test.Options with
        {
            Pop3 = new Pop3Options { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, Tls = Pop3Tls.None, User = "box", Password = () => "secret" },
        };
        var entry = new Pop3Entry(test.Mailbox, test.Store, options, test.Data.Clock, NullLogger<Pop3Entry>.Instance);

        Assert.Equal(0, await entry.FetchAsync(CancellationToken.None));
        Assert.Equal(1, await entry.FetchAsync(CancellationToken.None));
        await serving;

        Assert.Equal(["RETR 1", "RETR 2", "DELE 2", "QUIT"], commands.Where(line => line[..4] is "RETR" or "DELE" or "QUIT"));
        Assert.Equal(1, test.Data.Scalar("SELECT COUNT(*) FROM inbound_mail"));
    }

    /// <summary>A box with two mails, the first of which is listed with 10 octets and has more than the limit.</summary>
    private static async Task ServeAsync(TcpListener listener, int sessions, List<string> commands, int limit)
    {
        for (var i = 0; i < sessions; i++)
        {
            using var client = await listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
            try
            {
                await writer.WriteAsync("+OK\r\n");
                while (await reader.ReadLineAsync() is { } line)
                {
                    commands.Add(line);
                    await writer.WriteAsync(line switch
                    {
                        "UIDL" => "+OK\r\n1 large\r\n2 small\r\n.\r\n",
                        "LIST" => "+OK\r\n1 10\r\n2 10\r\n.\r\n",
                        "RETR 1" => "+OK\r\n" + string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", (limit / 1000) + 1)) + ".\r\n",
                        "RETR 2" => "+OK\r\nSubject: small\r\n\r\n.\r\n",
                        _ => "+OK\r\n",
                    });
                    if (line == "QUIT") break;
                }
            }
            catch (IOException)
            {
                // The client left in the middle of the large mail.
            }
        }
    }
}
