using System.Globalization;

namespace ClosedLoop.Mail.Sink;

internal sealed partial class SinkSession
{
    private async ValueTask HandleAsync(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var argument = space < 0 ? "" : line[(space + 1)..];
        switch (verb)
        {
            case "EHLO":
                Hello(argument);
                break;
            case "HELO":
                _greeted = true;
                EndTransaction();
                Reply($"250 {_options.HostName}");
                break;
            case "MAIL":
                Mail(argument);
                break;
            case "RCPT":
                await RcptAsync(argument);
                break;
            case "DATA":
                await DataAsync();
                break;
            case "BDAT" when _options.Chunking:
                await BdatAsync(argument);
                break;
            case "AUTH" when _options.Users is not null:
                await AuthAsync(argument);
                break;
            case "RSET":
                EndTransaction();
                Reply("250 2.0.0 Ok");
                break;
            case "NOOP":
                Reply("250 2.0.0 Ok");
                break;
            case "VRFY":
                Reply("252 2.5.2 send some mail and see");
                break;
            case "QUIT":
                Reply("221 2.0.0 Bye");
                _closing = true;
                break;
            case "STARTTLS" when _options.Certificate is not null && !_encrypted:
                await StartTlsAsync();
                break;
            case "":
                if (!_closing)
                    Reply("500 5.5.2 empty command");
                break;
            default:
                Reply("502 5.5.1 command not known");
                break;
        }
    }

    private void EndTransaction()
    {
        _from = null;
        _rule = null;
        _dsn = null;
        _utf8 = false;
        _chunks = 0;
        _text.ResetWrittenCount();
        _to.Clear();
    }

    private void Hello(string name)
    {
        if (name.Length == 0)
        {
            Reply("501 5.5.4 EHLO names the client");
            return;
        }

        _greeted = true;
        EndTransaction();
        Reply($"250-{_options.HostName}");
        if (_options.Pipelining)
            Reply("250-PIPELINING");
        if (_options.EightBitMime)
            Reply("250-8BITMIME");
        if (_options.Certificate is not null && !_encrypted)
            Reply("250-STARTTLS");
        if (_options.Chunking)
            Reply("250-CHUNKING");
        if (_options.Dsn)
            Reply("250-DSN");
        if (_options.SmtpUtf8)
            Reply("250-SMTPUTF8");
        if (_options.Users is not null && _user is null)
            Reply("250-AUTH PLAIN LOGIN XOAUTH2");
        Reply("250-ENHANCEDSTATUSCODES");
        Reply(string.Create(CultureInfo.InvariantCulture, $"250 SIZE {_options.MaxMessageSize}"));
    }

    private async ValueTask StartTlsAsync()
    {
        // Clear text behind STARTTLS must not be taken for protected commands (RFC 3207 section 4.2).
        if (_end > _start)
        {
            Reply("501 5.5.1 nothing may follow STARTTLS in its group");
            _closing = true;
            return;
        }

        Reply("220 2.0.0 ready");
        await FlushAsync();
        await ProtectAsync();
        _greeted = false;
        _user = null;
        EndTransaction();
    }
}
