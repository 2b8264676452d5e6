namespace ClosedLoop.Rig;

/// <summary>The first book: the recipients of the input file, and what must become of each.</summary>
internal sealed class Audience
{
    private readonly HashSet<string> _refused = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _accepted = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="random">Decides who is malformed and whom the sink refuses.</param>
    /// <param name="count">Rows of the file.</param>
    public Audience(Random random, int count)
    {
        var rows = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            var lot = random.Next(200);
            if (lot == 0)
            {
                // No address at all: rejected, and never mailed.
                rows.Add(Installation.Row($"nobody.{i}"));
                continue;
            }

            var address = $"{(lot <= 2 ? "hard" : lot == 3 ? "spam" : "reader")}.{i}@example.org";
            rows.Add(Installation.Row(address));
            _accepted.Add(address);
            if (lot <= 3) _refused.Add(address);
        }

        Rows = rows;
    }

    public IReadOnlyList<string> Rows { get; }

    /// <summary>Who must be in the ledger, once each.</summary>
    public IReadOnlySet<string> Accepted => _accepted;

    public int Rejected => Rows.Count - _accepted.Count;

    /// <summary>Whether the sink says 5xx to this recipient.</summary>
    public bool IsRefused(string address) => _refused.Contains(address);
}
