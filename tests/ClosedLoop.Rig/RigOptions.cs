using System.CommandLine;
using ClosedLoop.Model.Testing;

namespace ClosedLoop.Rig;

/// <summary>What the rig is asked to run.</summary>
internal sealed record RigOptions
{
    /// <summary>Seed of the first random run; run N has seed + N.</summary>
    public required int Seed { get; init; }

    /// <summary>Runs with a KILL at a random moment.</summary>
    public int Runs { get; init; }

    public int Recipients { get; init; }

    /// <summary><c>hold</c>, <c>resend</c>, or both in turn.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>Kill points to step through.</summary>
    public IReadOnlyList<KillPoint> Points { get; init; } = [];

    /// <summary>How often a point may be reached before the stepping ends.</summary>
    public int MostSteps { get; init; }

    public int Freezes { get; init; }

    /// <summary>How long a frozen process stands still, in seconds.</summary>
    public double FreezeSeconds { get; init; }

    public int Cuts { get; init; }

    public int FullDisks { get; init; }

    /// <summary>Runs in which the database server is taken away while mail goes out.</summary>
    public int Restarts { get; init; }

    /// <summary>Longest time the database server is away, in seconds.</summary>
    public double DownSeconds { get; init; }

    /// <summary>Silos of the run in which one after the other is killed; 0 for no such run.</summary>
    public int Silos { get; init; }

    public double KillEverySeconds { get; init; }

    public int Kills { get; init; }

    /// <summary>How long the sink takes for each message of that run.</summary>
    public int ReplyMilliseconds { get; init; }

    public string Database { get; init; } = "sqlite";

    public string Engine { get; init; } = "embedded";

    public bool Json { get; init; }

    /// <summary>Null after a message when the arguments cannot be used.</summary>
    public static RigOptions? Parse(string[] args)
    {
        var runs = new Option<int>("--runs") { Description = "Runs with KILL at a random moment." };
        var seed = new Option<int?>("--seed") { Description = "Seed; the rig prints the one it takes." };
        var database = Choice("--database", "sqlite", "postgres");
        var engine = Choice("--engine", "embedded", "orleans");
        var recipients = new Option<int>("--recipients") { Description = "Recipients of a run.", DefaultValueFactory = _ => 10_000 };
        var policy = Choice("--policy", "both", "hold", "resend");
        var points = new Option<string>("--points") { Description = "Kill points to step through: all, none, or numbers as in 1,5,6.", DefaultValueFactory = _ => "none" };
        var steps = new Option<int>("--steps") { Description = "Most occurrences of a point that are stepped.", DefaultValueFactory = _ => 5 };
        var freeze = new Option<int>("--freeze") { Description = "Runs in which the service is frozen while it sends." };
        var seconds = new Option<double>("--freeze-seconds") { Description = "How long it is frozen.", DefaultValueFactory = _ => 5 };
        var full = new Option<int>("--disk-full") { Description = "Runs in which the disk of the service fills up (needs root)." };
        var cut = new Option<int>("--cut") { Description = "Runs in which the network between service and sink is cut." };
        var restarts = new Option<int>("--database-restarts") { Description = "Runs in which the PostgreSQL server crashes, is restarted, or drops every connection." };
        var down = new Option<double>("--down-seconds") { Description = "Longest time it is away.", DefaultValueFactory = _ => 8 };
        var silos = new Option<int>("--silos") { Description = "A run with so many silos on one PostgreSQL, one killed every so often (needs --engine orleans)." };
        var every = new Option<double>("--kill-every") { Description = "Seconds between two kills of that run.", DefaultValueFactory = _ => 10 };
        var kills = new Option<int>("--kills") { Description = "Kills of that run.", DefaultValueFactory = _ => 6 };
        var reply = new Option<int>("--reply-ms") { Description = "How long the sink takes for each message of that run.", DefaultValueFactory = _ => 100 };
        var json = new Option<bool>("--json") { Description = "The report as one JSON document on standard output." };
        var command = new RootCommand("Kills, freezes and cuts the service, and compares the books.") { runs, seed, database, engine, recipients, policy, points, steps, freeze, seconds, full, cut, restarts, down, silos, every, kills, reply, json };
        var parsed = command.Parse(args);
        if (parsed.Errors.Count > 0 || args.Any(arg => arg is "--help" or "-h" or "-?") || PointsOf(parsed.GetValue(points)!) is not { } wanted)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
            new RootCommand(command.Description!) { runs, seed, database, engine, recipients, policy, points, steps, freeze, seconds, full, cut, restarts, down, silos, every, kills, reply, json }.Parse("--help").Invoke();
            return null;
        }

        return new RigOptions
        {
            Runs = parsed.GetValue(runs),
            Seed = parsed.GetValue(seed) ?? Random.Shared.Next(1_000_000),
            Recipients = Math.Max(20, parsed.GetValue(recipients)),
            Policies = parsed.GetValue(policy) is "both" ? ["hold", "resend"] : [parsed.GetValue(policy)!],
            Points = wanted,
            MostSteps = parsed.GetValue(steps),
            Freezes = parsed.GetValue(freeze),
            FreezeSeconds = parsed.GetValue(seconds),
            Cuts = parsed.GetValue(cut),
            FullDisks = parsed.GetValue(full),
            Restarts = parsed.GetValue(restarts),
            DownSeconds = Math.Max(1, parsed.GetValue(down)),
            Silos = parsed.GetValue(silos) is > 0 and var count ? Math.Max(2, count) : 0,
            KillEverySeconds = Math.Max(1, parsed.GetValue(every)),
            Kills = Math.Max(1, parsed.GetValue(kills)),
            ReplyMilliseconds = Math.Max(0, parsed.GetValue(reply)),
            Database = parsed.GetValue(database)!,
            Engine = parsed.GetValue(engine)!,
            Json = parsed.GetValue(json),
        };
    }

    private static Option<string> Choice(string name, params string[] values)
    {
        var option = new Option<string>(name) { Description = string.Join(" or ", values) + ".", DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static List<KillPoint>? PointsOf(string text)
    {
        if (text == "none") return [];

        // No order and no connector comes in here; their points are stepped by scenarios of their own.
        if (text == "all") return [.. Enum.GetValues<KillPoint>().Where(point => point is not (KillPoint.OrderStep or KillPoint.ConnectorCampaign or KillPoint.ConnectorBatch))];
        var points = new List<KillPoint>();
        foreach (var word in text.Split(','))
        {
            if (!Enum.TryParse<KillPoint>(word, ignoreCase: true, out var point) || !Enum.IsDefined(point)) return null;
            points.Add(point);
        }

        return points;
    }
}
