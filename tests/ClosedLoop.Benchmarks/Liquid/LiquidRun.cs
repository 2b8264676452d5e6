using System.Diagnostics;
using System.Security.Cryptography;
using ClosedLoop.Liquid;

namespace ClosedLoop.Benchmarks.Liquid;

/// <summary>Renders in turns: each round gives every contender a slice, so that a busy machine slows all of them alike.</summary>
internal sealed class LiquidRun
{
    private readonly LiquidSubject _subject;
    private readonly LiquidArguments _arguments;
    private readonly LiquidTemplate _template;
    private readonly LiquidTemplate _bound;
    private readonly LiquidTemplate _byPlace;
    private readonly byte[] _finished;
    private readonly byte[][] _finishedRows;
    private readonly FixedBuffer _buffer = new(1 << 20);

    public LiquidRun(LiquidSubject subject, LiquidArguments arguments)
    {
        _subject = subject;
        _arguments = arguments;
        _template = LiquidTemplate.Parse(subject.Template, subject.Options);
        _bound = _template.Bind(subject.Campaign);
        _byPlace = LiquidTemplate.Parse(subject.Template, subject.Options with { AutoEscape = LiquidAutoEscape.HtmlContext }).Bind(subject.Campaign);
        _finished = Output(_bound, subject.Row);
        _finishedRows = [.. subject.Rows.Select(r => Output(_bound, r))];
        _buffer.Clear();
        _template.Render(_buffer, subject.Campaign, subject.Row);
        if (!_buffer.Written.SequenceEqual(_finished)) throw new InvalidOperationException("the bound template wrote other bytes than the unbound one");
    }

    public LiquidReport Measure(string dataFile)
    {
        Action<int>[] contenders = [Unfolded, Folded, Copy, FoldedRotating, CopyRotating, FoldedByPlace];
        var batches = Array.ConvertAll(contenders, c => BatchSize(c));
        var rates = Array.ConvertAll(contenders, _ => new List<double>());
        var allocated = new double[contenders.Length];
        var peers = _arguments.Peers.ToDictionary(p => p, _ => new List<LiquidPeerResult>(), StringComparer.Ordinal);
        var peerRounds = Math.Clamp(_arguments.PeerRounds, 1, Math.Max(1, _arguments.Rounds));
        for (var round = 0; round < _arguments.Rounds; round++)
        {
            for (var c = 0; c < contenders.Length; c++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var clock = Stopwatch.StartNew();
                contenders[c](batches[c]);
                rates[c].Add(batches[c] / clock.Elapsed.TotalSeconds);
                allocated[c] = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / batches[c];
            }

            if (round * peerRounds / _arguments.Rounds == ((round + 1) * peerRounds / _arguments.Rounds)) continue;
            foreach (var (command, results) in peers) results.Add(LiquidPeer.Measure(command, _subject.TemplateFile, dataFile, _arguments.Seconds / peerRounds));
        }

        LiquidRate Rate(int c) => new(Math.Round(Median(rates[c])), Math.Round(allocated[c], 1));
        var report = new LiquidReport
        {
            OutputBytes = _finished.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(_finished)),
            Unfolded = Rate(0),
            Folded = Rate(1),
            Copy = Rate(2),
            FoldedRotating = Rate(3),
            CopyRotating = Rate(4),
            FoldedByPlace = Rate(5),
            ParseMicroseconds = Microseconds(() => LiquidTemplate.Parse(_subject.Template, _subject.Options)),
            BindMicroseconds = Microseconds(() => _template.Bind(_subject.Campaign)),
        };
        return report with { Peers = [.. peers.Values.Select(p => Judge(p, report))] };
    }

    private void Unfolded(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _buffer.Clear();
            _template.Render(_buffer, _subject.Campaign, _subject.Row);
        }
    }

    private void Folded(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _buffer.Clear();
            _bound.Render(_buffer, _subject.Row);
        }
    }

    private void FoldedByPlace(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _buffer.Clear();
            _byPlace.Render(_buffer, _subject.Row);
        }
    }

    private void Copy(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _buffer.Clear();
            _finished.CopyTo(_buffer.GetSpan(_finished.Length));
            _buffer.Advance(_finished.Length);
        }
    }

    private void FoldedRotating(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _buffer.Clear();
            _bound.Render(_buffer, _subject.Rows[i % _finishedRows.Length]);
        }
    }

    private void CopyRotating(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _buffer.Clear();
            var finished = _finishedRows[i % _finishedRows.Length];
            finished.CopyTo(_buffer.GetSpan(finished.Length));
            _buffer.Advance(finished.Length);
        }
    }

    private static byte[] Output(LiquidTemplate template, LiquidRow row)
    {
        var buffer = new FixedBuffer(1 << 20);
        template.Render(buffer, row);
        return buffer.Written.ToArray();
    }

    /// <summary>Warms the contender up until the just-in-time compiler has done its best, and says how many fill its slice of a round.</summary>
    private int BatchSize(Action<int> contender)
    {
        var clock = Stopwatch.StartNew();
        var count = 0;
        while (clock.Elapsed.TotalSeconds < 1.5)
        {
            contender(100);
            count += 100;
        }

        return Math.Max(1, (int)(count / clock.Elapsed.TotalSeconds * _arguments.Seconds / _arguments.Rounds));
    }

    private double Microseconds(Func<object> action)
    {
        var times = new List<double>();
        var total = Stopwatch.StartNew();
        while (total.Elapsed.TotalSeconds < _arguments.Seconds / 2 || times.Count < 5)
        {
            var clock = Stopwatch.StartNew();
            _ = action();
            times.Add(clock.Elapsed.TotalMicroseconds);
        }

        return Math.Round(Median(times), 1);
    }

    private static LiquidPeerResult Judge(List<LiquidPeerResult> runs, LiquidReport ours)
    {
        var rate = Median([.. runs.Select(r => r.RendersPerSecond)]);
        return runs[0] with
        {
            RendersPerSecond = rate,
            SameOutput = runs[0].Sha256 == ours.Sha256,
            UnfoldedRatio = Math.Round(ours.Unfolded.RendersPerSecond / rate, 2),
            FoldedRatio = Math.Round(ours.Folded.RendersPerSecond / rate, 2),
        };
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
