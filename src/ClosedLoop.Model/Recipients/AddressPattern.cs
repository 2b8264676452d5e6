namespace ClosedLoop.Model.Recipients;

/// <summary>A blocklist entry (closed-loop spec section 12): <c>*</c> is any run of characters, <c>?</c> any one, a backslash takes the next one as it is. Letters match in either case.</summary>
public sealed class AddressPattern
{
    private const char Any = '\uE000';
    private const char One = '\uE001';
    private readonly string _tokens;

    private AddressPattern(string text, string tokens)
    {
        Text = text;
        _tokens = tokens;
    }

    /// <summary>The entry as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether the entry is a single address.</summary>
    public bool IsLiteral => _tokens.AsSpan().IndexOfAny(Any, One) < 0;

    /// <summary>The address of a literal entry, without backslashes.</summary>
    public string Literal => IsLiteral ? _tokens : throw new InvalidOperationException($"'{Text}' stands for many addresses");

    /// <summary>Reads an entry; <c>null</c> when it is empty, longer than 320 characters, ends in a lone backslash, holds control characters, or would match every address.</summary>
    public static AddressPattern? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > 320) return null;
        var tokens = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) || c is Any or One) return null;
            if (c == '\\')
            {
                if (++i == text.Length) return null;
                tokens.Append(text[i]);
            }
            else
            {
                tokens.Append(c switch { '*' => Any, '?' => One, _ => c });
            }
        }

        // "*", "**" and "*@*" would silence a client; somebody who means that pauses its mailings.
        return tokens.ToString().AsSpan().IndexOfAnyExcept(Any, One, '@') < 0 ? null : new AddressPattern(text, tokens.ToString());
    }

    /// <summary>Linear in pattern × address at worst: at a mismatch only the latest <c>*</c> takes one character more.</summary>
    public bool Matches(ReadOnlySpan<char> address)
    {
        int at = 0, token = 0, star = -1, resume = 0;
        while (at < address.Length)
        {
            if (token < _tokens.Length && _tokens[token] == Any)
            {
                star = token++;
                resume = at;
            }
            else if (token < _tokens.Length && (_tokens[token] == One || char.ToUpperInvariant(_tokens[token]) == char.ToUpperInvariant(address[at])))
            {
                token++;
                at++;
            }
            else if (star >= 0)
            {
                token = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (token < _tokens.Length && _tokens[token] == Any) token++;
        return token == _tokens.Length;
    }
}
