using System.CommandLine;
using ClosedLoop.Mail;
using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Silo.Commands;

/// <summary>The options of <c>sink</c> that make it misbehave.</summary>
internal sealed class SinkBehaviour
{
    private static readonly string[] Extensions = ["8BITMIME", "CHUNKING", "DSN", "PIPELINING", "SMTPUTF8"];

    private readonly Option<double> _percent = new("--temporary-percent") { Description = "Share of recipients answered 451, in percent." };
    private readonly Option<double> _minutes = new("--temporary-minutes") { Description = "Minutes from the start in which every recipient is answered 451." };
    private readonly Option<int> _messages = new("--messages-per-connection") { Description = "Messages after which a connection gets 421; 0 sets no end." };
    private readonly Option<int> _rate = new("--domain-rate") { Description = "Recipients of one domain in a second, beyond which 450 is the answer; 0 sets no limit." };
    private readonly Option<int> _delay = new("--reply-delay") { Description = "Milliseconds before each final dot is answered." };
    private readonly Option<string[]> _rules = new("--rule") { Description = "A rule by local part, before the built-in ones, as in bad=refuse,550 5.1.1 no or slow=delay-text,500; may be given several times. Deeds: refuse, refuse-and-close, refuse-text, drop-before-dot, drop-after-dot, delay, delay-text, drip." };
    private readonly Option<string[]> _without = new("--without") { Description = "An extension that is not offered: 8BITMIME, CHUNKING, DSN, PIPELINING or SMTPUTF8; may be given several times." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_percent, _minutes, _messages, _rate, _delay, _rules, _without]) command.Add(option);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="CommandException">A value cannot be used: a usage error.</exception>
    public SmtpSinkOptions Of(ParseResult parsed)
    {
        var without = parsed.GetValue(_without) ?? [];
        foreach (var word in without.Where(word => !Extensions.Contains(word, StringComparer.OrdinalIgnoreCase)))
            throw new CommandException(ExitCode.Usage, $"CL2015: --without '{word}': expected one of {string.Join(", ", Extensions)}.");
        bool Offers(string extension) => !without.Contains(extension, StringComparer.OrdinalIgnoreCase);
        var (percent, minutes, messages, rate, delay) = (parsed.GetValue(_percent), parsed.GetValue(_minutes), parsed.GetValue(_messages), parsed.GetValue(_rate), parsed.GetValue(_delay));
        if (percent is not (>= 0 and <= 100) || minutes is not (>= 0 and <= 100_000) || messages < 0 || rate < 0 || delay < 0)
            throw new CommandException(ExitCode.Usage, "CL2015: --temporary-percent is 0 to 100, --temporary-minutes 0 to 100000, the other numbers are not below 0.");
        try
        {
            return new SmtpSinkOptions
            {
                Script = SinkScript.Standard.With((parsed.GetValue(_rules) ?? []).Select(SinkRule.Parse)),
                Pressure = new SinkPressure
                {
                    TemporaryShare = percent / 100,
                    TemporaryFor = TimeSpan.FromMinutes(minutes),
                    MessagesPerConnection = messages,
                    DomainRate = rate,
                    ReplyDelay = TimeSpan.FromMilliseconds(delay),
                },
                EightBitMime = Offers("8BITMIME"),
                Chunking = Offers("CHUNKING"),
                Dsn = Offers("DSN"),
                Pipelining = Offers("PIPELINING"),
                SmtpUtf8 = Offers("SMTPUTF8"),
            };
        }
        catch (MailFormatException e)
        {
            throw new CommandException(ExitCode.Usage, $"CL2015: --rule: {e.Message}.");
        }
    }
}
