using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

/// <summary>DSN (RFC 3461) and SMTPUTF8 (RFC 6531).</summary>
public sealed class EnvelopeParameterTests
{
    private static readonly byte[] Message = Samples.Message();

    [Theory]
    [InlineData(SmtpDsnReturn.Headers, "17.4+x=y", SmtpDsnNotify.Failure | SmtpDsnNotify.Delay, "ann+a@example.net", "RET=HDRS ENVID=17.4+2Bx+3Dy NOTIFY=FAILURE,DELAY ORCPT=rfc822;ann+2Ba@example.net")]
    [InlineData(SmtpDsnReturn.Full, null, SmtpDsnNotify.Never, null, "RET=FULL NOTIFY=NEVER")]
    [InlineData(null, null, SmtpDsnNotify.Success, null, "NOTIFY=SUCCESS")]
    [InlineData(null, null, SmtpDsnNotify.Unset, null, null)]
    public async Task Wishes_about_reports_are_written_in_xtext(SmtpDsnReturn? part, string? id, SmtpDsnNotify notify, string? original, string? expected)
    {
        await using var sink = new RecordingSink();
        var dsn = new SmtpDsn { Return = part, EnvelopeId = id, Notify = notify, OriginalRecipient = original };

        Assert.Equal(["Accepted 250 Body"], await sink.SendAsync([new SmtpEnvelope("f@x.org", "a@x.org", Message, dsn)]));

        Assert.Equal(expected, sink.Taken.Single().Record.Dsn);
    }

    [Fact]
    public async Task Wishes_are_left_out_where_dsn_is_not_offered()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Dsn = false });

        Assert.Equal(["Accepted 250 Body"], await sink.SendAsync([new SmtpEnvelope("f@x.org", "a@x.org", Message, new SmtpDsn { Return = SmtpDsnReturn.Full, Notify = SmtpDsnNotify.Never })]));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Envelope_id_one_character_too_long_is_refused_here(int length, bool taken)
    {
        await using var sink = new RecordingSink();

        Assert.Equal([taken ? "Accepted 250 Body" : "GiveUp 0 Mail"], await sink.SendAsync([new SmtpEnvelope("f@x.org", "a@x.org", Message, new SmtpDsn { EnvelopeId = new string('=', length) })]));
    }

    [Fact]
    public async Task Address_outside_ascii_is_refused_with_its_own_code_unless_enabled()
    {
        await using var sink = new RecordingSink();
        await using var connection = await SmtpConnection.ConnectAsync(sink.Relay, CancellationToken.None);

        var result = await connection.SendAsync("f@x.org", "jürgen@x.org", Message, CancellationToken.None);

        Assert.Equal((SmtpAction.GiveUp, "5.6.7", true), (result.Action, result.EnhancedCode.ToString(), connection.IsUsable));
        Assert.Contains("Utf8LocalPart", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_outside_ascii_goes_to_a_server_that_takes_it()
    {
        await using var sink = new RecordingSink();
        var composer = new MessageComposer(new MessageComposerOptions { From = new Mailbox("news@example.org"), AllowUtf8Addresses = true });
        var message = Samples.Message(to: "用户@bücher.example", composer: composer);

        Assert.Equal(["Accepted 250 Body"], await sink.SendAsync([new SmtpEnvelope("f@x.org", "用户@bücher.example", message)], relay => relay with { UseSmtpUtf8 = true }));

        Assert.Equal("用户@xn--bcher-kva.example", sink.Taken.Single().Record.To.Single());
        Assert.Contains("To: 用户@xn--bcher-kva.example\r\n", System.Text.Encoding.UTF8.GetString(message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_outside_ascii_is_not_sent_to_a_server_that_does_not_take_it()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { SmtpUtf8 = false });

        Assert.Equal(["GiveUp 0 Mail", "Accepted 250 Body"], await sink.SendAsync([new SmtpEnvelope("f@x.org", "用户@x.org", Message), new SmtpEnvelope("f@x.org", "a@bücher.example", Message)], relay => relay with { UseSmtpUtf8 = true }));
    }

    [Theory]
    [InlineData("用\u2028户@x.org")]
    [InlineData("用\u200B户@x.org")]
    [InlineData("用\u00A0户@x.org")]
    [InlineData("用\u202E户@x.org")]
    [InlineData("用 户@x.org")]
    [InlineData("用>户@x.org")]
    [InlineData("用\ud800@x.org")]
    [InlineData("\u0085用@x.org")]
    public void Invisible_and_breaking_characters_are_refused_even_when_enabled(string address) =>
        Assert.False(AddressSyntax.TryNormalize(address, AddressRules.Utf8LocalPart, out _, out _));

    [Theory]
    [InlineData(21, true)]
    [InlineData(22, false)]
    public void Length_of_an_address_outside_ascii_is_counted_in_octets(int characters, bool taken) =>
        Assert.Equal(taken, AddressSyntax.TryNormalize(new string('用', characters) + "@x.org", AddressRules.Utf8LocalPart, out _, out _));
}
