namespace ClosedLoop.Silo.Simulation;

/// <summary>Decides by seed and number who does what and when. Asking twice gives the same answer; nobody's answer depends on anybody else's.</summary>
internal sealed class Cast(Scenario scenario)
{
    /// <summary>The longest anybody takes, in seconds: two days.</summary>
    private const double Longest = 172_800;

    /// <summary>Pressing is by the logarithm: seconds stay seconds apart while days become seconds, and nobody overtakes.</summary>
    private const double Knee = 10;

    public Fate FateOf(int index)
    {
        var lot = Dice(index).NextDouble() * 100;
        (Fate Fate, double Percent)[] shares =
        [
            (Fate.Rejected, scenario.RejectedPercent), (Fate.Refused, scenario.RefusedPercent), (Fate.Full, scenario.FullPercent),
            (Fate.HardBounce, scenario.HardBouncePercent), (Fate.SoftBounce, scenario.SoftBouncePercent),
        ];
        foreach (var (fate, percent) in shares)
        {
            if (lot < percent) return fate;
            lot -= percent;
        }

        return Fate.Delivered;
    }

    /// <summary>What is done with the message to a person, in the order of time; empty when there is none.</summary>
    public IReadOnlyList<PlannedDeed> DeedsOf(int index)
    {
        var dice = Dice(index);
        dice.NextDouble();
        var deeds = new List<(Deed What, double After, int Link)>();
        switch (FateOf(index))
        {
            case Fate.HardBounce:
                deeds.Add((Deed.HardBounce, Between(dice, 1, 60), 0));
                break;
            case Fate.SoftBounce:

                // A server gives up after hours or days.
                deeds.Add((Deed.SoftBounce, Between(dice, 4 * 3600, Longest), 0));
                break;
            case Fate.Delivered:
                Receive(dice, deeds);
                break;
        }

        // In whole milliseconds: the last digits of a logarithm are not the same on every machine.
        return [.. deeds.OrderBy(deed => deed.After).Select(deed => new PlannedDeed(deed.What, TimeSpan.FromMilliseconds(Math.Round(Math.Min(deed.After, Longest) * 1000)), deed.Link))];
    }

    /// <summary>How long a deed waits for where two days must pass in seconds (<see cref="Scenario.OverSeconds"/>).</summary>
    public TimeSpan Pressed(TimeSpan after) => TimeSpan.FromSeconds(scenario.OverSeconds * Math.Log(1 + (after.TotalSeconds / Knee)) / Math.Log(1 + (Longest / Knee)));

    private void Receive(Random dice, List<(Deed What, double After, int Link)> deeds)
    {
        if (Falls(dice, scenario.ScannerPercent)) AddScanner(dice, deeds);
        if (Falls(dice, scenario.ProxyPercent)) deeds.Add((Deed.ProxyOpen, Between(dice, 20, 3 * 3600), 0));
        if (Falls(dice, scenario.OutOfOfficePercent)) deeds.Add((Deed.OutOfOffice, Between(dice, 1, 30), 0));
        if (!Falls(dice, scenario.OpenPercent)) return;

        // Half of all opens come within two hours, few after a day.
        var opened = Math.Min(7200 * Math.Exp(1.4 * Normal(dice)), Longest - 3600);
        deeds.Add((Deed.Open, opened, 0));
        if (Falls(dice, scenario.ReopenPercent)) deeds.Add((Deed.Open, opened + Between(dice, 60, 3000), 0));
        if (Falls(dice, scenario.ClickPercent))
        {
            var first = dice.Next(1000);
            var clicked = opened + Between(dice, 4, 90);
            deeds.Add((Deed.Click, clicked, first));
            if (Falls(dice, scenario.SecondClickPercent)) deeds.Add((Deed.Click, clicked + Between(dice, 5, 300), first + 1));
        }

        if (Falls(dice, scenario.ReplyPercent)) deeds.Add((Deed.Reply, opened + Between(dice, 60, 1800), 0));
        if (Falls(dice, scenario.ComplaintPercent)) deeds.Add((Deed.Complaint, opened + Between(dice, 5, 300), 0));
        else if (Falls(dice, scenario.UnsubscribePercent)) deeds.Add((Deed.Unsubscribe, opened + Between(dice, 10, 120), 0));
    }

    /// <summary>A gateway follows the first links of a message before it lets it through, faster than anybody reads.</summary>
    private static void AddScanner(Random dice, List<(Deed What, double After, int Link)> deeds)
    {
        var start = Between(dice, 0.2, 8);
        for (var link = 0; link < 3; link++) deeds.Add((Deed.ScannerClick, start + (link * 0.15), link));
    }

    /// <summary>A generator of the person's own (SplitMix64 of seed and number, so that neighbours have nothing in common).</summary>
    private Random Dice(int index)
    {
        var mixed = unchecked(((ulong)(uint)scenario.Seed << 32 | (uint)index) * 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return new Random(unchecked((int)(mixed ^ (mixed >> 31))));
    }

    private static bool Falls(Random dice, double percent) => dice.NextDouble() * 100 < percent;

    private static double Between(Random dice, double least, double most) => least + (dice.NextDouble() * (most - least));

    /// <summary>Box and Muller.</summary>
    private static double Normal(Random dice) => Math.Sqrt(-2 * Math.Log(1 - dice.NextDouble())) * Math.Cos(2 * Math.PI * dice.NextDouble());
}
