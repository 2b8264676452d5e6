namespace ClosedLoop.Benchmarks.Scale;

/// <summary>
/// Groups of recipients going round in silos: prepared, claimed, sent, recorded. Every silo has its cores and one writer; a writer takes what waits, then waits for its turn at the
/// database, which lets one transaction in at a time; what comes meanwhile goes with the next one. That is what <c>LedgerWriter</c> and <c>begin_write</c> do.
/// </summary>
internal sealed class ScaleSimulation
{
    /// <summary>Microseconds before counting begins, and for which it counts.</summary>
    private const double WarmUp = 2_000_000;
    private const double Counted = 10_000_000;

    private const int MostPerCommit = 512;

    private readonly ScaleArguments _arguments;
    private readonly PriorityQueue<Action, double> _events = new();
    private readonly Silo[] _silos;
    private readonly Line[] _lines;
    private readonly double _prepare;
    private readonly double _send;
    private double _now;
    private long _groups;
    private long _commits;
    private long _writes;

    private ScaleSimulation(ScaleArguments arguments, int silos)
    {
        var costs = arguments.Constants;
        _arguments = arguments;
        _prepare = arguments.Group * (costs.Prepare + (arguments.Dkim ? costs.Signature : 0));
        _send = arguments.Group * (costs.Send + costs.Record);
        _lines = [.. Enumerable.Range(0, Math.Min(arguments.Databases, silos)).Select(_ => new Line())];
        _silos = [.. Enumerable.Range(0, silos).Select(number => new Silo(_lines[number % _lines.Length]))];
    }

    public static ScaleResult Run(ScaleArguments arguments, int silos)
    {
        var simulation = new ScaleSimulation(arguments, silos);
        return simulation.Run();
    }

    private ScaleResult Run()
    {
        foreach (var silo in _silos)
        {
            for (var group = 0; group < _arguments.Window / _arguments.Group; group++) Prepare(silo);
        }

        while (_events.TryDequeue(out var happens, out var at) && at < WarmUp + Counted)
        {
            _now = at;
            happens();
        }

        var perSecond = _groups * _arguments.Group / (Counted / 1_000_000);
        var line = _lines.Max(each => each.Busy) / Counted;
        var processors = _silos.Sum(silo => silo.Busy) / (Counted * _arguments.Cores * _silos.Length);
        var limit = line > 0.9 ? "write line" : processors > 0.9 ? "processors" : "window";
        return new ScaleResult(_silos.Length, Math.Round(perSecond), Math.Round(line, 3), Math.Round(processors, 3), Math.Round(_writes / (double)Math.Max(1, _commits), 1), limit);
    }

    private void Prepare(Silo silo) => Compute(silo, _prepare, () => Write(silo, () => Compute(silo, _send, () => After(_arguments.ReplyMilliseconds * 1_000, () => Write(silo, () =>
    {
        if (_now > WarmUp) _groups++;
        Prepare(silo);
    })))));

    /// <summary>Takes a core for a time, or waits for one.</summary>
    private void Compute(Silo silo, double time, Action then)
    {
        if (silo.Running == _arguments.Cores)
        {
            silo.Waiting.Enqueue((time, then));
            return;
        }

        silo.Running++;
        if (_now > WarmUp) silo.Busy += time;
        After(time, () =>
        {
            silo.Running--;
            if (silo.Waiting.TryDequeue(out var next)) Compute(silo, next.Time, next.Then);
            then();
        });
    }

    private void Write(Silo silo, Action then)
    {
        silo.Writes.Enqueue(then);
        if (!silo.IsWriting) Commit(silo);
    }

    private void Commit(Silo silo)
    {
        silo.IsWriting = true;
        var batch = new List<Action>();
        while (batch.Count < MostPerCommit && silo.Writes.TryDequeue(out var write)) batch.Add(write);
        silo.Line.Turn(() => Hold(silo, batch));
    }

    private void Hold(Silo silo, List<Action> batch)
    {
        var costs = _arguments.Constants;
        var time = costs.Transaction + costs.Flush + ((costs.Write + (costs.Row * _arguments.Group)) * batch.Count);
        if (_now > WarmUp)
        {
            silo.Line.Busy += time;
            _commits++;
            _writes += batch.Count;
        }

        After(time, () =>
        {
            silo.Line.Next();
            silo.IsWriting = false;
            foreach (var done in batch) done();
            if (!silo.IsWriting && silo.Writes.Count > 0) Commit(silo);
        });
    }

    private void After(double time, Action happens) => _events.Enqueue(happens, _now + time);

    private sealed class Silo(Line line)
    {
        public Line Line { get; } = line;

        public Queue<(double Time, Action Then)> Waiting { get; } = new();

        public Queue<Action> Writes { get; } = new();

        public int Running { get; set; }

        public double Busy { get; set; }

        public bool IsWriting { get; set; }
    }

    /// <summary>One database: one transaction at a time, in the order of asking.</summary>
    private sealed class Line
    {
        private readonly Queue<Action> _waiting = new();
        private bool _taken;

        public double Busy { get; set; }

        public void Turn(Action action)
        {
            if (_taken)
            {
                _waiting.Enqueue(action);
                return;
            }

            _taken = true;
            action();
        }

        public void Next()
        {
            _taken = false;
            if (_waiting.TryDequeue(out var next)) Turn(next);
        }
    }
}
