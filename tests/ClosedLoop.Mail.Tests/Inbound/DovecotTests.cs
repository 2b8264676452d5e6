using System.Runtime.Versioning;
using System.Text;
using ClosedLoop.Mail.Inbound;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Mail.Tests.Inbound;

/// <summary>The client against the server most boxes are read from.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DovecotTests
{
    [DovecotFact]
    public async Task Mails_are_fetched_and_deleted_over_every_kind_of_session()
    {
        using var box = await DovecotBox.StartAsync();
        foreach (var (tls, port) in new[] { (Pop3Tls.Implicit, box.TlsPort), (Pop3Tls.StartTls, box.Port), (Pop3Tls.None, box.Port) })
        {
            box.Deliver($"1.{tls}.host", Encoding.ASCII.GetBytes("Subject: one\n\n.dot\n..\nend\n"));
            box.Deliver($"2.{tls}.host", Encoding.ASCII.GetBytes("Subject: two\n\n" + new string('x', 100_000) + "\n"));
            await using var client = await Pop3Client.ConnectAsync(Options(port, tls), CancellationToken.None);
            var items = (await client.ListAsync(CancellationToken.None)).OrderBy(i => i.Uid, StringComparer.Ordinal).ToList();

            Assert.Equal([$"1.{tls}.host", $"2.{tls}.host"], items.Select(i => i.Uid));
            Assert.Equal("Subject: one\r\n\r\n.dot\r\n..\r\nend\r\n", Encoding.ASCII.GetString((await client.RetrieveAsync(items[0].Number, 1000, CancellationToken.None)).Span));
            foreach (var item in items)
                await client.DeleteAsync(item.Number, CancellationToken.None);
            Assert.Equal(2, box.Mails.Count);
            await client.QuitAsync(CancellationToken.None);
            Assert.Empty(box.Mails);
        }
    }

    [DovecotFact]
    public async Task Without_QUIT_nothing_is_deleted_and_the_names_stay()
    {
        using var box = await DovecotBox.StartAsync();
        box.Deliver("1.a.host", Encoding.ASCII.GetBytes("Subject: one\n\nx\n"));
        for (var i = 0; i < 2; i++)
        {
            await using var client = await Pop3Client.ConnectAsync(Options(box.TlsPort, Pop3Tls.Implicit), CancellationToken.None);
            var item = Assert.Single(await client.ListAsync(CancellationToken.None));
            Assert.Equal("1.a.host", item.Uid);
            await client.DeleteAsync(item.Number, CancellationToken.None);
        }
    }

    [DovecotFact]
    public async Task A_certificate_nobody_vouches_for_and_a_wrong_password_are_refused()
    {
        using var box = await DovecotBox.StartAsync();

        Assert.Equal("STLS", (await Assert.ThrowsAsync<Pop3Exception>(() => Pop3Client.ConnectAsync(Options(box.TlsPort, Pop3Tls.Implicit) with { CertificateValidation = null }, CancellationToken.None))).Step);
        Assert.Equal("PASS", (await Assert.ThrowsAsync<Pop3Exception>(() => Pop3Client.ConnectAsync(Options(box.TlsPort, Pop3Tls.Implicit) with { Password = () => "wrong" }, CancellationToken.None))).Step);
    }

    private static Pop3Options Options(int port, Pop3Tls tls) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Tls = tls,
        User = "box",
        Password = () => "secret",
        CertificateValidation = (_, certificate, _, _) => certificate?.Subject == "CN=localhost",
    };
}
