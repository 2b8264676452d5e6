using System.Globalization;

namespace ClosedLoop.Benchmarks.Smtp;

/// <summary>What the SMTP benchmark was asked for.</summary>
internal sealed record SmtpArguments
{
    /// <summary>Sessions measured one after another when none is named.</summary>
    public IReadOnlyList<int> Sessions { get; private init; } = [1, 4, 16];

    /// <summary>Messages of each run, over all sessions.</summary>
    public int Messages { get; private init; } = 20_000;

    /// <summary>Octets of a message.</summary>
    public int Bytes { get; private init; } = 20_000;

    /// <summary>Server that takes the mail; <c>null</c> starts <c>smtp-sink</c>.</summary>
    public (string Host, int Port)? Smtp { get; private init; }

    /// <summary>How often each sender has its turn.</summary>
    public int Rounds { get; private init; } = 3;

    public bool Json { get; private init; }

    /// <exception cref="FormatException">An argument is unknown or malformed.</exception>
    public static SmtpArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new SmtpArguments();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value");
            parsed = args[i] switch
            {
                "--smtp" => parsed with { Smtp = EndPoint(Value()) },
                "--sessions" => parsed with { Sessions = [Count(Value())] },
                "--messages" => parsed with { Messages = Count(Value()) },
                "--bytes" => parsed with { Bytes = Count(Value()) },
                "--rounds" => parsed with { Rounds = Count(Value()) },
                "--json" => parsed with { Json = true },
                _ => throw new FormatException($"unknown argument '{args[i]}'"),
            };
        }

        return parsed;
    }

    private static int Count(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : throw new FormatException($"'{value}': expected a number above 0");

    private static (string Host, int Port) EndPoint(string value)
    {
        var colon = value.LastIndexOf(':');
        if (colon <= 0) throw new FormatException($"--smtp '{value}': expected HOST:PORT");
        return (value[..colon], int.Parse(value.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }
}
