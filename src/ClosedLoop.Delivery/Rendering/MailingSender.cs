using System.Buffers;
using System.Text;
using ClosedLoop.Liquid;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>
/// Who a mailing comes from (closed-loop spec section 8): the client, or what the mailing's own templates write. Data may choose among the domains that the
/// client owns, never another.
/// </summary>
internal sealed class MailingSender
{
    public const string AddressPart = "sender.address";
    public const string NamePart = "sender.name";
    public const string ReplyToPart = "sender.replyTo";

    private readonly SenderSettings _client;
    private readonly LiquidTemplate? _address;
    private readonly LiquidTemplate? _name;
    private readonly LiquidTemplate? _replyTo;
    private readonly string? _fixedReplyTo;

    public MailingSender(FrozenMailing content)
    {
        _client = content.Sender;
        var own = content.Source.Sender;
        var parse = MailingTemplates.Options(content);
        _address = Parse(own?.Address, AddressPart);
        _name = Parse(own?.Name, NamePart);
        _replyTo = Parse(own?.ReplyTo, ReplyToPart);
        IsFixed = _address is null && _name is null && _replyTo is null;

        // What no template writes is checked here, and refused before anything is stored.
        var fixedAddress = _address is null ? own?.Address ?? _client.Address : _client.Address;
        _fixedReplyTo = _replyTo is null ? own?.ReplyTo : null;
        Fixed = Checked(fixedAddress, _name is null ? own?.Name ?? _client.Name : null, _fixedReplyTo);

        LiquidTemplate? Parse(string? template, string part) =>
            template is null || !IsTemplate(template) ? null : LiquidTemplate.Parse(template, parse(part)).Bind(MailingTemplates.Frozen(content));
    }

    /// <summary>The same in every message.</summary>
    public bool IsFixed { get; }

    /// <summary>The sender as far as no template writes it.</summary>
    public MessageSender Fixed { get; }

    /// <exception cref="InvalidDataException">What the recipient's data made of it is no sender of this client.</exception>
    public MessageSender Of(LiquidRow row, MessageState state)
    {
        if (IsFixed) return Fixed;
        var sender = Checked(
            _address is null ? Fixed.From.Address : Write(_address, row, state),
            _name is null ? Fixed.From.DisplayName : Write(_name, row, state),
            _replyTo is null ? _fixedReplyTo : Write(_replyTo, row, state));
        return sender;
    }

    private static bool IsTemplate(string text) => text.Contains('{', StringComparison.Ordinal);

    private MessageSender Checked(string address, string? name, string? replyTo)
    {
        if (EmailAddress.TryNormalise(address) is not { } wire)
            throw new InvalidDataException($"CL2702: the sender '{Shown(address)}' is no e-mail address; expected sender.address of the mailing to write one.");
        var domain = wire[(wire.LastIndexOf('@') + 1)..];
        if (!_client.Allows(domain))
            throw new InvalidDataException($"CL2703: the sender's domain {domain} is not this client's; expected {_client.WireDomain} or one of sender.allowedDomains.");
        Mailbox? answers = null;
        if (!string.IsNullOrWhiteSpace(replyTo))
        {
            var (answerName, answerAddress) = SplitName(replyTo);
            if (EmailAddress.TryNormalise(answerAddress) is null) throw new InvalidDataException($"CL2704: Reply-To '{Shown(replyTo)}' is no e-mail address; expected sender.replyTo of the mailing to write one, or nothing.");
            answers = new Mailbox(answerAddress, answerName);
        }

        return new MessageSender(new Mailbox(address.Trim(), string.IsNullOrWhiteSpace(name) ? null : name.Trim()), answers, domain);
    }

    /// <summary><c>Name &lt;address&gt;</c>, or an address alone.</summary>
    private static (string? Name, string Address) SplitName(string text)
    {
        text = text.Trim();
        var open = text.LastIndexOf('<');
        if (open < 0 || !text.EndsWith('>')) return (null, text);
        var name = text[..open].Trim().Trim('"');
        return (name.Length == 0 ? null : name, text[(open + 1)..^1].Trim());
    }

    /// <summary>Line breaks and other control characters are not written: what follows one would be a header of its own.</summary>
    private static string Write(LiquidTemplate template, LiquidRow row, MessageState state)
    {
        var output = new ArrayBufferWriter<byte>(128);
        template.Render(output, row, state);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        return text.Any(char.IsControl) ? string.Concat(text.Where(c => !char.IsControl(c))) : text;
    }

    private static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
