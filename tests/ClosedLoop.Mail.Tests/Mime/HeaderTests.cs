using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Mime;

public sealed class HeaderTests
{
    private static string Head(byte[] message)
    {
        var text = Samples.Latin1(message);
        return text[..(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2)];
    }

    [Fact]
    public void Headers_of_a_plain_message_are_these()
    {
        var head = Head(Samples.Message(html: null, toName: "Ann Lee", headers: new MessageHeader("List-Unsubscribe", "<https://x.org/u/1>")));

        Assert.Equal(
            "Date: Sun, 22 Nov 2026 03:09:43 +0000\r\n"
            + "From: Example News <news@example.org>\r\n"
            + "To: Ann Lee <ann@example.net>\r\n"
            + "Subject: Hello\r\n"
            + "Message-ID: <1@example.org>\r\n"
            + "List-Unsubscribe: <https://x.org/u/1>\r\n"
            + "MIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: 7bit\r\n",
            head);
    }

    [Theory]
    [InlineData("Ann", "Ann")]
    [InlineData("Lee, Ann", "\"Lee, Ann\"")]
    [InlineData("Ann \"A\" Lee\\", "\"Ann \\\"A\\\" Lee\\\\\"")]
    [InlineData("a@b.org", "\"a@b.org\"")]
    [InlineData("Änn", "=?utf-8?Q?=C3=84nn?=")]
    [InlineData("Анна", "=?utf-8?B?0JDQvdC90LA=?=")]
    [InlineData("=?utf-8?Q?x?=", "=?utf-8?B?PT91dGYtOD9RP3g/PQ==?=")]
    public void Display_name_is_written_so_that_it_reads_back(string name, string written)
    {
        var message = Samples.Message(toName: name);

        Assert.Contains($"To: {written} <ann@example.net>\r\n", Head(message), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_values_are_folded_and_unfold_to_themselves()
    {
        const int Seed = 99;
        var random = new Random(Seed);
        for (var i = 0; i < 500; i++)
        {
            var subject = new string(random.GetItems((i % 2 == 0 ? "abc  de?=" : "abc  äж漢?=").AsSpan(), random.Next(1, 300))).Trim();
            var message = Samples.Message(subject: subject);

            Assert.All(Head(message).Split("\r\n"), line => Assert.True(line.Length <= 78 || !line[9..].Trim().Contains(' ', StringComparison.Ordinal), $"seed {Seed}: {line}"));
            Assert.Equal(subject, MimeMessage.Parse(message).Headers["Subject"]);
        }
    }

    [Fact]
    public void Encoded_words_keep_their_limits_and_whole_characters()
    {
        var head = Head(Samples.Message(subject: new string('漢', 200), toName: string.Concat(Enumerable.Repeat("Ä", 100))));

        foreach (var line in head.Split("\r\n"))
        {
            Assert.True(line.Length <= 76, line);
            foreach (var word in line.Split(' ').Where(w => w.StartsWith("=?", StringComparison.Ordinal)))
            {
                Assert.True(word.Length <= 75, word);
                Assert.DoesNotContain('\uFFFD', EncodedWordDecoder.Decode(word));
            }
        }
    }

    [Theory]
    [InlineData("müller@bücher.example", null)]
    [InlineData("mueller@bücher.example", "mueller@xn--bcher-kva.example")]
    [InlineData("a@例え.jp", "a@xn--r8jz45g.jp")]
    public void Domain_in_national_letters_becomes_a_labels(string address, string? wire)
    {
        Assert.Equal(wire is not null, AddressSyntax.TryNormalize(address, AddressRules.None, out var found, out _));
        Assert.Equal(wire, found);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Local_part_one_too_long_is_refused(int length, bool taken) =>
        Assert.Equal(taken, AddressSyntax.TryNormalize(new string('a', length) + "@x.org", AddressRules.None, out _, out _));

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void Address_one_too_long_is_refused(int length, bool taken)
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 61), 3)) + "." + new string('d', length - 193) + ".org";
        var address = "a@" + domain;
        Assert.Equal(length - 1, address.Length);
        Assert.Equal(taken, AddressSyntax.TryNormalize("b" + address, AddressRules.None, out _, out _));
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void Header_value_one_too_long_is_refused(int length, bool taken)
    {
        var error = Record.Exception(() => Samples.Message(subject: new string('x', length)));

        Assert.Equal(taken ? null : MailErrors.HeaderLength, (error as MailFormatException)?.Code);
    }

    [Theory]
    [InlineData(0, "+0000")]
    [InlineData(330, "+0530")]
    [InlineData(-210, "-0330")]
    public void Date_carries_its_zone(int minutes, string zone)
    {
        var target = new byte[40];
        var length = MailDate.Write(target, new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromMinutes(minutes)));

        Assert.Equal("Tue, 03 Feb 2026 04:05:06 " + zone, Samples.Latin1(target.AsSpan(0, length)));
    }
}
