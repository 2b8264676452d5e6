using System.Net.Sockets;
using System.Text;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Sink;

/// <summary>BDAT, AUTH, DSN and SMTPUTF8 as a client sees them on the wire.</summary>
public sealed class SinkExtensionTests
{
    private static readonly SmtpSinkOptions Options = new() { MaxMessageSize = 1000, Users = new Dictionary<string, string> { ["user"] = "pass" } };

    private static async Task<string> CodesAsync(RecordingSink sink, string input)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(sink.EndPoint);
        var stream = client.GetStream();
        var reading = new StreamReader(stream, Encoding.ASCII).ReadToEndAsync();
        await stream.WriteAsync(Encoding.UTF8.GetBytes("HELO x\r\n" + input));
        client.Client.Shutdown(SocketShutdown.Send);
        var replies = (await reading).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["220", "250"], replies.Take(2).Select(r => r[..3]));
        return string.Join(' ', replies.Skip(2).Select(r => r[..3]));
    }

    private const string Open = "MAIL FROM:<f@x.org>\r\nRCPT TO:<a@x.org>\r\n";

    [Theory]
    [InlineData(Open + "BDAT 3\r\nabcBDAT 5 LAST\r\nde\r\n.", "250 250 250 250", "abcde\r\n.", 2)]
    [InlineData(Open + "BDAT 0 LAST\r\n", "250 250 250", "", 1)]
    [InlineData(Open + "bdat 4 last\r\nQUIT" + "QUIT\r\n", "250 250 250 221", "QUIT", 1)]
    [InlineData(Open + "BDAT 3\r\nabcBDAT 0 LAST\r\n", "250 250 250 250", "abc", 2)]
    [InlineData("BDAT 6 LAST\r\nRSET\r\nNOOP\r\n", "503 250", null, 0)]
    [InlineData("MAIL FROM:<f@x.org>\r\nBDAT 6 LAST\r\nRSET\r\nNOOP\r\n", "250 554 250", null, 0)]
    [InlineData(Open + "BDAT 3\r\nabcDATA\r\n", "250 250 250 503", null, 0)]
    [InlineData(Open + "BDAT 3\r\nabcRSET\r\nBDAT 3 LAST\r\nabc", "250 250 250 250 503", null, 0)]
    [InlineData(Open + "BDAT x\r\nNOOP\r\n", "250 250 501", null, 0)]
    [InlineData(Open + "BDAT -1\r\nNOOP\r\n", "250 250 501", null, 0)]
    [InlineData(Open + "BDAT 5 LAST\r\nabc", "250 250", null, 0)]
    public async Task Chunks_are_counted_and_not_read(string input, string codes, string? taken, int chunks)
    {
        await using var sink = new RecordingSink(Options);

        Assert.Equal(codes, await CodesAsync(sink, input));

        Assert.Equal((taken, chunks), sink.Taken.Count == 0 ? (null, 0) : (Samples.Latin1(sink.Taken[0].Raw.Span), sink.Taken[0].Chunks));
    }

    [Theory]
    [InlineData(1000, "250 250 250 250")]
    [InlineData(1001, "250 250 250 552")]
    public async Task Chunk_one_octet_too_big_is_refused(int size, string codes)
    {
        await using var sink = new RecordingSink(Options);

        Assert.Equal(codes, await CodesAsync(sink, $"{Open}BDAT 900\r\n{new string('x', 900)}BDAT {size - 900} LAST\r\n{new string('x', size - 900)}"));
    }

    [Theory]
    [InlineData("AUTH PLAIN AHVzZXIAcGFzcw==\r\n", "235")]
    [InlineData("AUTH PLAIN\r\nAHVzZXIAcGFzcw==\r\n", "334 235")]
    [InlineData("AUTH LOGIN\r\ndXNlcg==\r\ncGFzcw==\r\n", "334 334 235")]
    [InlineData("AUTH LOGIN dXNlcg==\r\ncGFzcw==\r\n", "334 235")]
    [InlineData("AUTH PLAIN AHVzZXIAcGFzcw==\r\nAUTH PLAIN AHVzZXIAcGFzcw==\r\n", "235 503")]
    [InlineData("AUTH PLAIN ####\r\n", "535")]
    [InlineData("AUTH PLAIN AHVzZXIAd3Jvbmc=\r\n", "535")]
    [InlineData("AUTH CRAM-MD5\r\n", "504")]
    [InlineData("MAIL FROM:<>\r\nAUTH PLAIN AHVzZXIAcGFzcw==\r\n", "250 503")]
    public async Task Users_are_checked(string input, string codes)
    {
        await using var sink = new RecordingSink(Options);

        Assert.Equal(codes, await CodesAsync(sink, input));
    }

    [Theory]
    [InlineData("MAIL FROM:<f@x.org> RET=FULL ENVID=a+2Bb\r\nRCPT TO:<a@x.org> NOTIFY=NEVER\r\n", "250 250")]
    [InlineData("MAIL FROM:<f@x.org> RET=HALF\r\n", "555")]
    [InlineData("MAIL FROM:<f@x.org> ENVID=a=b\r\n", "555")]
    [InlineData("MAIL FROM:<f@x.org>\r\nRCPT TO:<a@x.org> NOTIFY=NEVER,DELAY\r\n", "250 555")]
    [InlineData("MAIL FROM:<f@x.org>\r\nRCPT TO:<a@x.org> ORCPT=rfc822;a+zz\r\n", "250 555")]
    [InlineData("MAIL FROM:<f@x.org> SMTPUTF8\r\nRCPT TO:<用户@x.org>\r\n", "250 250")]
    [InlineData("MAIL FROM:<f@x.org>\r\nRCPT TO:<用户@x.org>\r\n", "250 553")]
    [InlineData("MAIL FROM:<用户@x.org>\r\nMAIL FROM:<f@x.org>\r\n", "553 250")]
    [InlineData("MAIL FROM:<f@x.org> RET=HALF\r\nMAIL FROM:<f@x.org>\r\n", "555 250")]
    public async Task Parameters_are_checked(string input, string codes)
    {
        await using var sink = new RecordingSink(Options);

        Assert.Equal(codes, await CodesAsync(sink, input));
    }

    [Fact]
    public async Task What_is_not_offered_is_not_known()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Chunking = false, Dsn = false, SmtpUtf8 = false });

        Assert.Equal("502 555 555 502", await CodesAsync(sink, "AUTH PLAIN x\r\nMAIL FROM:<f@x.org> RET=FULL\r\nMAIL FROM:<f@x.org> SMTPUTF8\r\nBDAT 0\r\n"));
    }
}
