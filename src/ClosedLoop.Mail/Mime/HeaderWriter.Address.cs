using System.Text;

namespace ClosedLoop.Mail.Mime;

internal ref partial struct HeaderWriter
{
    /// <summary>One mailbox: <c>addr</c>, <c>Name &lt;addr&gt;</c>, <c>"Na. me" &lt;addr&gt;</c> or an encoded name.</summary>
    /// <exception cref="MailFormatException">With code <see cref="MailErrors.Address"/> or <see cref="MailErrors.HeaderLength"/>.</exception>
    public void Address(scoped ReadOnlySpan<byte> nameAndColon, Mailbox mailbox, AddressRules rules)
    {
        var address = AddressSyntax.Normalize(mailbox.Address, rules);
        var display = mailbox.DisplayName.AsSpan();
        CheckLength(display, nameAndColon);
        Raw(nameAndColon);
        Span<char> scratch = display.Length <= 512 ? stackalloc char[display.Length] : new char[display.Length];
        var name = Clean(display, scratch);
        if (name.IsEmpty)
        {
            AddressText(address);
            EndLine();
            return;
        }

        if (NeedsEncoding(name))
            EncodedWords(name, phrase: true);
        else if (name.ContainsAny(NotAtomText) || name.Contains("  ", StringComparison.Ordinal))
            Quoted(name);
        else
            Fold(name);
        if (_column + address.Length + 3 > SoftLimit)
            EndLine();
        Raw(" <"u8);
        AddressText(address);
        Raw(">"u8);
        EndLine();
    }

    /// <summary>RFC 6532 section 3.2: a local part outside ASCII stands in the header as it is.</summary>
    private void AddressText(string address)
    {
        if (!AddressSyntax.NeedsSmtpUtf8(address))
        {
            AsciiText(address);
            return;
        }

        Ensure(Encoding.UTF8.GetMaxByteCount(address.Length));
        var written = Encoding.UTF8.GetBytes(address, _span[_used..]);
        _used += written;
        _column += written;
    }

    /// <summary>A quoted-string of RFC 5322 section 3.2.4; folded at its spaces, which unfolding keeps.</summary>
    private void Quoted(scoped ReadOnlySpan<char> name)
    {
        Span<char> quoted = name.Length <= 256 ? stackalloc char[(name.Length * 2) + 2] : new char[(name.Length * 2) + 2];
        var length = 0;
        quoted[length++] = '"';
        foreach (var c in name)
        {
            if (c is '"' or '\\')
                quoted[length++] = '\\';
            quoted[length++] = c;
        }

        quoted[length++] = '"';
        Fold(quoted[..length]);
    }
}
