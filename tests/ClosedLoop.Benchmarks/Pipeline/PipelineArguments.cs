using System.Globalization;

namespace ClosedLoop.Benchmarks.Pipeline;

/// <summary>What the pipeline benchmark was asked for.</summary>
internal sealed record PipelineArguments
{
    public int Recipients { get; private init; } = 50_000;

    /// <summary>SMTP server that takes the mail; <c>null</c> starts <c>smtp-sink</c>.</summary>
    public (string Host, int Port)? Smtp { get; private init; }

    /// <summary>Octets a message has, about.</summary>
    public int Bytes { get; private init; } = 20_000;

    public string? Data { get; private init; }

    /// <summary>Keeps the books on a PostgreSQL server of its own, with the settings it comes with but for 512 MB of buffers.</summary>
    public bool Postgres { get; private init; }

    public bool Json { get; private init; }

    /// <summary>Recipients claimed by one commit; the service's default when not given.</summary>
    public int? GroupSize { get; private init; }

    /// <summary>Slices sent at the same time; the service's default when not given.</summary>
    public int? Batches { get; private init; }

    /// <summary>Key that signs each message by DKIM, <c>rsa</c> (2048 bits), <c>ed25519</c> or <c>both</c>; <c>null</c> signs nothing.</summary>
    public string? Dkim { get; private init; }

    /// <exception cref="FormatException">An argument is unknown or malformed.</exception>
    public static PipelineArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new PipelineArguments();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value");
            parsed = args[i] switch
            {
                "--recipients" => parsed with { Recipients = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--smtp" => parsed with { Smtp = EndPoint(Value()) },
                "--bytes" => parsed with { Bytes = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--data" => parsed with { Data = Value() },
                "--group" => parsed with { GroupSize = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--batches" => parsed with { Batches = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--dkim" => parsed with { Dkim = i + 1 < args.Count && args[i + 1] is "rsa" or "ed25519" or "both" ? args[++i] : "rsa" },
                "--database" => parsed with { Postgres = Value() switch { "sqlite" => false, "postgres" => true, var other => throw new FormatException($"--database '{other}': expected sqlite or postgres") } },
                "--json" => parsed with { Json = true },
                _ => throw new FormatException($"unknown argument '{args[i]}'"),
            };
        }

        return parsed;
    }

    private static (string Host, int Port) EndPoint(string value)
    {
        var colon = value.LastIndexOf(':');
        if (colon <= 0) throw new FormatException($"--smtp '{value}': expected HOST:PORT");
        return (value[..colon], int.Parse(value.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }
}
