using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClosedLoop.Mail;
using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Silo.Commands;

/// <summary>The options of <c>sink</c>: what it offers, and how it misbehaves.</summary>
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

    private readonly Option<string?> _certificate = new("--certificate") { Description = "Certificate in PEM; with it STARTTLS is offered." };
    private readonly Option<string?> _key = new("--key") { Description = "Private key of the certificate in PEM, when it is not in the same file." };
    private readonly Option<string[]> _users = new("--user") { Description = "A user as NAME:PASSWORD; with one mail is taken after AUTH only (PLAIN, LOGIN, or XOAUTH2 with the password as token); may be given several times." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_percent, _minutes, _messages, _rate, _delay, _rules, _without, _certificate, _key, _users]) command.Add(option);
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
        var users = Users(parsed.GetValue(_users) ?? []);
        try
        {
            return new SmtpSinkOptions
            {
                Certificate = Certificate(parsed.GetValue(_certificate), parsed.GetValue(_key)),
                Users = users.Count > 0 ? users : null,
                RequireAuth = users.Count > 0,
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

    private static Dictionary<string, string> Users(IEnumerable<string> arguments)
    {
        var users = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            // Without the text: a password must not be in a log because its separator was mistyped.
            var colon = argument.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || colon == argument.Length - 1) throw new CommandException(ExitCode.Usage, "CL2015: --user: expected NAME:PASSWORD.");
            users[argument[..colon]] = argument[(colon + 1)..];
        }

        return users;
    }

    private static X509Certificate2? Certificate(string? file, string? key)
    {
        if (file is null) return key is null ? null : throw new CommandException(ExitCode.Usage, "CL2015: --key: expected with --certificate only.");
        try
        {
            return X509Certificate2.CreateFromPemFile(file, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandException(ExitCode.Usage, $"CL2015: --certificate '{file}'{(key is null ? "" : $", --key '{key}'")}: {e.Message}");
        }
    }
}
