namespace ClosedLoop.Mail.Smtp;

/// <summary>What the server offered in its reply to EHLO (RFC 5321 section 4.1.1.1).</summary>
public sealed record SmtpCapabilities
{
    /// <summary>RFC 2920.</summary>
    public bool Pipelining { get; init; }

    /// <summary>RFC 6152.</summary>
    public bool EightBitMime { get; init; }

    /// <summary>RFC 2034.</summary>
    public bool EnhancedStatusCodes { get; init; }

    /// <summary>RFC 3030.</summary>
    public bool Chunking { get; init; }

    /// <summary>RFC 3207.</summary>
    public bool StartTls { get; init; }

    /// <summary>RFC 3461.</summary>
    public bool Dsn { get; init; }

    /// <summary>RFC 6531.</summary>
    public bool SmtpUtf8 { get; init; }

    /// <summary>RFC 1870.</summary>
    public bool Size { get; init; }

    /// <summary>Octets of the largest message; 0 when the server names no limit.</summary>
    public long MaxSize { get; init; }

    /// <summary>Mechanism names of RFC 4954 in upper case.</summary>
    public IReadOnlyList<string> Auth { get; init; } = [];

    /// <summary>Reads the lines after the first of an EHLO reply.</summary>
    internal static SmtpCapabilities Parse(string reply)
    {
        var found = new SmtpCapabilities();
        foreach (var line in reply.Split('\n').Skip(1))
        {
            // Some old servers write AUTH=LOGIN PLAIN beside the proper line.
            var words = line.ToUpperInvariant().Replace("AUTH=", "AUTH ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            found = words[0] switch
            {
                "PIPELINING" => found with { Pipelining = true },
                "8BITMIME" => found with { EightBitMime = true },
                "ENHANCEDSTATUSCODES" => found with { EnhancedStatusCodes = true },
                "CHUNKING" => found with { Chunking = true },
                "STARTTLS" => found with { StartTls = true },
                "DSN" => found with { Dsn = true },
                "SMTPUTF8" => found with { SmtpUtf8 = true },
                "SIZE" => found with { Size = true, MaxSize = words.Length > 1 && long.TryParse(words[1], out var size) ? size : 0 },
                "AUTH" => found with { Auth = [.. found.Auth.Union(words.Skip(1))] },
                _ => found,
            };
        }

        return found;
    }
}
