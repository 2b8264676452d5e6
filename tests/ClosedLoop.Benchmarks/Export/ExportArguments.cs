using System.Globalization;

namespace ClosedLoop.Benchmarks.Export;

/// <summary>What the export benchmark was asked for.</summary>
internal sealed record ExportArguments
{
    /// <summary>Recipients of the mailing whose sending log is measured.</summary>
    public int Rows { get; private init; } = 1_000_000;

    /// <summary>Recipients of the mailing whose whole daily run, links included, is measured.</summary>
    public int Links { get; private init; } = 50_000;

    /// <summary>Rounds in which the contenders take turns.</summary>
    public int Rounds { get; private init; } = 3;

    /// <summary>Recipients in a hundred who were sent to up to an hour later.</summary>
    public int Late { get; private init; } = 3;

    /// <summary>Sent to in no order at all: the worst case for a sort.</summary>
    public bool Shuffled { get; private init; }

    public string? Data { get; private init; }

    public bool Json { get; private init; }

    /// <exception cref="FormatException">An argument is unknown or malformed.</exception>
    public static ExportArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new ExportArguments();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value");
            int Number() => int.Parse(Value(), CultureInfo.InvariantCulture);
            parsed = args[i] switch
            {
                "--rows" => parsed with { Rows = Number() },
                "--links" => parsed with { Links = Number() },
                "--rounds" => parsed with { Rounds = Number() },
                "--late" => parsed with { Late = Number() },
                "--shuffled" => parsed with { Shuffled = true },
                "--data" => parsed with { Data = Value() },
                "--json" => parsed with { Json = true },
                _ => throw new FormatException($"unknown argument '{args[i]}'"),
            };
        }

        return parsed;
    }
}
