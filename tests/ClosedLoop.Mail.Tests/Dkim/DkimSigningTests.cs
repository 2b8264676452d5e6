using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClosedLoop.Mail.Dkim;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Dkim;

public sealed class DkimSigningTests : IDisposable
{
    private const int Seed = 6376;
    private const int Count = 4000;

    private readonly DkimKey _rsa;
    private readonly DkimKey _ed25519 = DkimKey.FromPem("example.org", "ed", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n");
    private readonly DkimSigner _signer;

    public DkimSigningTests()
    {
        using var rsa = RSA.Create(2048);
        _rsa = DkimKey.FromPem("example.org", "rsa", rsa.ExportPkcs8PrivateKeyPem());
        _signer = new DkimSigner([_rsa, _ed25519]);
    }

    private JsonObject Dns => new() { [_rsa.DnsName] = _rsa.DnsRecord, [_ed25519.DnsName] = _ed25519.DnsRecord };

    public void Dispose()
    {
        _rsa.Dispose();
        _ed25519.Dispose();
    }

    private byte[] Signed(byte[] message)
    {
        var output = new ArrayBufferWriter<byte>();
        _signer.Sign(message, DateTimeOffset.FromUnixTimeSeconds(1_790_000_000), output);
        output.Write(message);
        return output.WrittenSpan.ToArray();
    }

    [NeedsPythonFact("dkim", "nacl")]
    public async Task Every_generated_message_verifies_with_both_signatures() =>
        Assert.Equal(
            $"good {2 * Count} bad 0",
            await DkimVerifier.RunAsync(Dns, Generated.Messages(Seed, Count).Select(m => Signed(m.Raw))));

    [NeedsPythonFact("dkim", "nacl")]
    public async Task Odd_white_space_and_empty_bodies_verify()
    {
        string[] messages =
        [
            "From: a@example.org\r\n\r\n",
            "From: a@example.org\r\n",
            "From: a@example.org\r\n\r\n\r\n\r\n\r\n",
            "From: a@example.org\r\nSubject:\r\n\r\n \t \r\n\r\nx \t y\t\r\n \r\n\r\n",
            "From: \ta@example.org\r\nSubject:  a\r\n\t b  \r\n   c\t\r\nTo:x@y.z\r\n\r\n line end missing",
            "From: a@example.org\r\nsubject: x\r\nSUBJECT: y\r\n\r\n  two  gaps \t\tin\ta  line  \r\n" + new string('\t', 400) + "z" + new string('y', 40_000) + "\r\n",
        ];

        Assert.Equal($"good {2 * messages.Length} bad 0", await DkimVerifier.RunAsync(Dns, messages.Select(m => Signed(Encoding.ASCII.GetBytes(m)))));
    }

    [NeedsPythonFact("dkim", "nacl")]
    public async Task Nothing_changed_or_added_on_the_way_verifies()
    {
        var signed = Samples.Latin1(Signed(Samples.Message(headers: [new MessageHeader("List-Unsubscribe", "<https://x.example/u/1>"), new MessageHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")])));
        string[] tampered =
        [
            signed.Replace("<p>Hello", "<p>Hallo", StringComparison.Ordinal),
            signed.Replace("Subject: Hello", "Subject: Hallo", StringComparison.Ordinal),
            "Subject: another\r\n" + signed,
            "From: evil@evil.example\r\n" + signed,
            signed.Replace("\r\nTo:", "\r\nCc: evil@evil.example\r\nTo:", StringComparison.Ordinal),
            signed.Replace("x.example/u/1", "evil.example/u/1", StringComparison.Ordinal),
            "List-Unsubscribe: <https://evil.example/>\r\n" + signed,
            "Content-Type: text/html\r\n" + signed,
            "Reply-To: evil@evil.example\r\n" + signed,
            "Sender: evil@evil.example\r\n" + signed,
            signed + "more\r\n",
        ];
        Assert.All(tampered, text => Assert.NotEqual(signed, text));

        var found = await DkimVerifier.RunAsync(Dns, tampered.Append(signed).Select(Encoding.Latin1.GetBytes));

        Assert.EndsWith($"good 2 bad {2 * tampered.Length}", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Field_is_folded_and_lists_each_name_once_too_often()
    {
        var lines = Samples.Latin1(Signed(Samples.Message())).Split("\r\n");
        var text = string.Join("\r\n", lines.TakeWhile(line => line.StartsWith("DKIM", StringComparison.Ordinal) || line.StartsWith(' ')));
        var names = string.Concat(text[(text.IndexOf("h=", StringComparison.Ordinal) + 2)..].Split(';')[0].Split("\r\n").Select(line => line.Trim())).Split(':');

        Assert.All(lines, line => Assert.True(line.Length <= 78, line));
        Assert.All((string[])["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"], name => Assert.Equal(2, names.Count(n => n == name)));
        Assert.All((string[])["Reply-To", "Cc", "List-Unsubscribe", "List-Unsubscribe-Post"], name => Assert.Equal(1, names.Count(n => n == name)));
    }

    [Fact]
    public void Lifetime_is_written() =>
        Assert.Contains(" t=1000; x=4600;", Samples.Latin1(SignWith(new DkimSignerOptions { Lifetime = TimeSpan.FromHours(1) }, "From: a@example.org\r\n\r\n")), StringComparison.Ordinal);

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void One_field_too_many_is_refused(int fields, bool taken)
    {
        var message = string.Concat(Enumerable.Repeat("From: a@example.org\r\n", fields)) + "\r\n";
        var options = new DkimSignerOptions { MaxFields = 2 };

        if (taken)
            SignWith(options, message);
        else
            Assert.Equal(MailErrors.Header, Assert.Throws<MailFormatException>(() => SignWith(options, message)).Code);
    }

    [Fact]
    public void Line_that_is_no_field_is_refused() =>
        Assert.Contains("offset 21", Assert.Throws<MailFormatException>(() => Signed("From: a@example.org\r\nnonsense\r\n\r\n"u8.ToArray())).Message, StringComparison.Ordinal);

    [Fact]
    public void Signer_without_key_or_without_from_is_refused()
    {
        Assert.Equal(MailErrors.Option, Assert.Throws<MailFormatException>(() => new DkimSigner([])).Code);
        Assert.Equal(MailErrors.Option, Assert.Throws<MailFormatException>(() => new DkimSigner([_rsa], new DkimSignerOptions { Headers = ["To"] })).Code);
    }

    [Fact]
    public void Many_threads_sign_alike()
    {
        var message = Samples.Message();
        var expected = Signed(message);

        Assert.All(ParallelEnumerable.Range(0, 64).WithDegreeOfParallelism(8).Select(_ => Signed(message)).ToList(), signed => Assert.Equal(expected, signed));
    }

    private byte[] SignWith(DkimSignerOptions options, string message)
    {
        var output = new ArrayBufferWriter<byte>();
        new DkimSigner([_ed25519], options).Sign(Encoding.ASCII.GetBytes(message), DateTimeOffset.FromUnixTimeSeconds(1000), output);
        return output.WrittenSpan.ToArray();
    }
}
