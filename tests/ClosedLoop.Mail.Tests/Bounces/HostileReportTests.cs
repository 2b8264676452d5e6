using System.Diagnostics;
using System.Text;
using ClosedLoop.Mail.Bounces;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Bounces;

public sealed class HostileReportTests
{
    private const int Seed = 20261122;

    [SharedDataFact("bounces/labels.jsonl")]
    public void Mutations_of_real_reports_never_fail()
    {
        var files = Directory.GetFiles(Path.GetDirectoryName(SharedData.PathOf("bounces/labels.jsonl"))!, "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(f => f.Length < 30_000).ToList();
        var random = new Random(Seed);
        for (var i = 0; i < 2000; i++)
        {
            var mutated = Mutate(files[random.Next(files.Count)], files[random.Next(files.Count)], random);
            Survives(mutated, i);
        }
    }

    [Fact]
    public void Noise_around_a_report_never_fails()
    {
        var random = new Random(Seed);
        var report = Encoding.Latin1.GetBytes("From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; boundary=x\n\n--x\n\n<a@b.example>: 550 5.1.1 no\n--x\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n--x\nContent-Type: message/rfc822\n\nTo: a@b.example\n\n--x--");
        for (var i = 0; i < 3000; i++)
            Survives(Mutate(report, report, random), i);
    }

    [Theory]
    [InlineData("@")]
    [InlineData("<a@b.c>:\n")]
    [InlineData("user unknown mailbox ")]
    [InlineData("=?utf-8?Q?")]
    [InlineData(">>> RCPT\n<<< ")]
    [InlineData("<p><style>")]
    [InlineData("Final-Recipient: rfc822; a@b.c\nAction: failed\n")]
    public void A_megabyte_of_one_thing_is_read_in_bounded_time_and_memory(string piece)
    {
        var text = "From: MAILER-DAEMON@x.example\nSubject: Delivery failure\n\n" + string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();

        var mail = ReturnedMailReader.Read(Encoding.UTF8.GetBytes(text));

        // Generous on a loaded machine; a quadratic reader takes minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed} for '{piece}'");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 512L << 20);
        Assert.True(mail.Recipients.Count <= 1000);
    }

    [Fact]
    public void One_octet_more_than_the_message_limit_is_refused()
    {
        var message = Encoding.ASCII.GetBytes("Subject: x\r\n\r\nbody");
        var limits = new MimeLimits { MaxMessageBytes = message.Length };

        Assert.Equal("x", ReturnedMailReader.Read(message, limits).Subject);
        var fault = Assert.Throws<MailFormatException>(() => ReturnedMailReader.Read(new byte[message.Length + 1], limits));
        Assert.Equal(MailErrors.MessageSize, fault.Code);
    }

    private static void Survives(byte[] message, int run)
    {
        try
        {
            var mail = ReturnedMailReader.Read(message);
            Assert.All(mail.Recipients, r => Assert.DoesNotContain('\n', r.Address));
        }
        catch (Exception e) when (e is not MailFormatException)
        {
            Assert.Fail($"seed {Seed}, run {run}: {e} for {Convert.ToBase64String(message)}");
        }
    }

    private static byte[] Mutate(byte[] source, byte[] other, Random random)
    {
        var bytes = source.ToList();
        for (var n = random.Next(1, 12); n > 0 && bytes.Count > 2; n--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 400), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(length, other.Length - from)).ToArray());
                    break;
                case 4:
                    bytes.RemoveAll(b => b == '\r');
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
