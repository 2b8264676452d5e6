using System.Globalization;

namespace ClosedLoop.Benchmarks.Scale;

/// <summary>What the simulation was asked for.</summary>
internal sealed record ScaleArguments
{
    /// <summary>Numbers of silos, a line of the table each.</summary>
    public IReadOnlyList<int> Silos { get; private init; } = [1, 2, 3, 5, 10, 20, 50, 100];

    /// <summary>Cores of each silo.</summary>
    public int Cores { get; private init; } = 2;

    /// <summary>Delivery:InDoubtWindow.</summary>
    public int Window { get; private init; } = 64;

    /// <summary>Delivery:GroupSize.</summary>
    public int Group { get; private init; } = 8;

    /// <summary>Milliseconds from the last byte of a group to its last reply.</summary>
    public double ReplyMilliseconds { get; private init; } = 20;

    /// <summary>Whether each message is signed.</summary>
    public bool Dkim { get; private init; }

    /// <summary>Databases over which the clients are spread.</summary>
    public int Databases { get; private init; } = 1;

    /// <summary>Measures the constants of the database instead.</summary>
    public bool Measure { get; private init; }

    /// <summary>Folder whose disk is measured.</summary>
    public string Data { get; private init; } = Path.GetTempPath();

    public bool Json { get; private init; }

    public ScaleConstants Constants { get; private init; } = new();

    /// <exception cref="FormatException">An argument is unknown or malformed.</exception>
    public static ScaleArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new ScaleArguments();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value");
            int Number() => int.Parse(Value(), CultureInfo.InvariantCulture) is > 0 and var number ? number : throw new FormatException($"{args[i - 1]} is above 0");
            double Real() => double.Parse(Value(), CultureInfo.InvariantCulture);
            parsed = args[i] switch
            {
                "measure" => parsed with { Measure = true },
                "--silos" => parsed with { Silos = [.. Value().Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))] },
                "--cores" => parsed with { Cores = Number() },
                "--window" => parsed with { Window = Number() },
                "--group" => parsed with { Group = Number() },
                "--reply-ms" => parsed with { ReplyMilliseconds = Real() },
                "--dkim" => parsed with { Dkim = true },
                "--databases" => parsed with { Databases = Number() },
                "--transaction-us" => parsed with { Constants = parsed.Constants with { Transaction = Real() } },
                "--write-us" => parsed with { Constants = parsed.Constants with { Write = Real() } },
                "--row-us" => parsed with { Constants = parsed.Constants with { Row = Real() } },
                "--flush-us" => parsed with { Constants = parsed.Constants with { Flush = Real() } },
                "--data" => parsed with { Data = Value() },
                "--json" => parsed with { Json = true },
                _ => throw new FormatException($"unknown argument '{args[i]}'"),
            };
        }

        return parsed.Window >= parsed.Group ? parsed : throw new FormatException("--window is at least --group");
    }
}
