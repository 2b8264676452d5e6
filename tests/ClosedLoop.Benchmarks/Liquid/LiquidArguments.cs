using System.Globalization;

namespace ClosedLoop.Benchmarks.Liquid;

/// <summary>What the template benchmark was asked for.</summary>
internal sealed record LiquidArguments
{
    /// <summary>The template; <c>null</c> takes the newsletter of the shared data.</summary>
    public string? Template { get; private init; }

    /// <summary>A JSON object: texts (or objects of texts) are columns of the recipient, except what stands under <c>campaign</c>, which is frozen data.</summary>
    public string? Data { get; private init; }

    /// <summary>Measured time per contender, all rounds together.</summary>
    public double Seconds { get; private init; } = 3;

    /// <summary>Rounds in which the contenders take turns.</summary>
    public int Rounds { get; private init; } = 15;

    /// <summary>Times each peer is started; its median counts.</summary>
    public int PeerRounds { get; private init; } = 3;

    public IReadOnlyList<string> Peers { get; private init; } = [];

    public bool Json { get; private init; }

    /// <exception cref="FormatException">An argument is unknown or malformed.</exception>
    public static LiquidArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new LiquidArguments();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value");
            parsed = args[i] switch
            {
                "--template" => parsed with { Template = Value() },
                "--data" => parsed with { Data = Value() },
                "--seconds" => parsed with { Seconds = double.Parse(Value(), CultureInfo.InvariantCulture) },
                "--rounds" => parsed with { Rounds = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--peer-rounds" => parsed with { PeerRounds = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--peer" => parsed with { Peers = [.. parsed.Peers, Value()] },
                "--json" => parsed with { Json = true },
                _ => throw new FormatException($"unknown argument '{args[i]}'"),
            };
        }

        return parsed;
    }
}
