namespace ClosedLoop.Mail.Sink;

/// <summary>One misbehaviour and whom it meets.</summary>
/// <param name="Name">First dot-separated word of the local part: <c>hard</c> meets <c>hard@x</c> and <c>hard.17@x</c>, not <c>hardy@x</c>.</param>
/// <param name="Deed">What is done.</param>
/// <param name="Reply">Code and text of a refusal, such as <c>550 5.1.1 no such user</c>.</param>
/// <param name="Delay">How long <see cref="SinkDeed.Delay"/> waits.</param>
public sealed record SinkRule(string Name, SinkDeed Deed, string Reply = "", TimeSpan Delay = default)
{
    /// <summary>
    /// Reads <c>name=deed,argument</c>: the argument is the reply of a refusal (<c>bad=refuse,550 5.1.1 no such user</c>) or the milliseconds of a delay
    /// (<c>slow=delay-text,500</c>). Deeds are written as <c>refuse</c>, <c>refuse-and-close</c>, <c>refuse-text</c>, <c>drop-before-dot</c>,
    /// <c>drop-after-dot</c>, <c>delay</c>, <c>delay-text</c> and <c>drip</c>.
    /// </summary>
    /// <exception cref="MailFormatException">With code <see cref="MailErrors.Option"/>.</exception>
    public static SinkRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var words = equals > 0 ? text[(equals + 1)..].Split(',', 2) : [];
        if (words.Length == 0 || !Enum.TryParse<SinkDeed>(words[0].Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var deed) || !Enum.IsDefined(deed) || char.IsAsciiDigit(words[0].FirstOrDefault()))
            throw Bad(text, "NAME=DEED,ARGUMENT such as bad=refuse,550 5.1.1 no such user");
        var name = text[..equals];
        var argument = words.Length == 2 ? words[1] : "";
        switch (deed)
        {
            case SinkDeed.Refuse or SinkDeed.RefuseAndClose or SinkDeed.RefuseText:
                // RFC 5321 section 4.2: what the sink says is one line that begins with a code of refusal.
                if (argument.Length is < 5 or > 500 || argument[0] is not ('4' or '5') || !char.IsAsciiDigit(argument[1]) || !char.IsAsciiDigit(argument[2]) || argument[3] != ' ' || argument.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                    throw Bad(text, "a reply such as 550 5.1.1 no such user behind the comma");
                return new SinkRule(name, deed, argument);
            case SinkDeed.Delay or SinkDeed.DelayText or SinkDeed.Drip:
                return int.TryParse(argument, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var milliseconds)
                    ? new SinkRule(name, deed, Delay: TimeSpan.FromMilliseconds(milliseconds))
                    : throw Bad(text, "milliseconds behind the comma");
            default:
                return argument.Length == 0 ? new SinkRule(name, deed) : throw Bad(text, "no argument for this deed");
        }
    }

    private static MailFormatException Bad(string text, string expected) => new(MailErrors.Option, $"the sink rule '{text}' cannot be read; expected {expected}");

    internal bool Meets(ReadOnlySpan<char> localPart) =>
        localPart.StartsWith(Name, StringComparison.OrdinalIgnoreCase) && (localPart.Length == Name.Length || localPart[Name.Length] == '.');
}
