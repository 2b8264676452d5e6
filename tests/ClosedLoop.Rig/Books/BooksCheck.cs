using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig.Books;

/// <summary>Compares the books at the end of a run: input file, sink ledger, export, and the service's own ledger.</summary>
internal sealed class BooksCheck
{
    /// <summary>Most recipients that may be claimed and not recorded (Delivery:InDoubtWindow).</summary>
    private const int Window = 64;

    private const double Resume = 30;

    private readonly TrialRun _run;
    private readonly TrialResult _result;
    private readonly bool _resends;
    private readonly int _bound;
    private readonly bool _isAlone;
    private readonly IReadOnlyDictionary<string, RecipientState> _ledger;
    private readonly ILookup<string, SinkRecord> _mail;
    private readonly HashSet<string> _lost = new(StringComparer.OrdinalIgnoreCase);

    private BooksCheck(TrialRun run, int silos, int interruptions)
    {
        // With several, claimed at a kill is what all of them have claimed and what those killed before had; only what ends in doubt says how much each left behind.
        _isAlone = silos == 1;
        _run = run;
        _result = run.Result;
        _resends = run.Trial.Policy == "resend";
        _bound = Window * Math.Max(_result.Kills, interruptions);
        _ledger = run.Installation.Books.Ledger(run.File);
        _mail = run.Installation.Books.SinkByAddress();
    }

    /// <param name="run">The run.</param>
    /// <param name="silos">How many processes sent.</param>
    /// <param name="interruptions">Times that messages were cut off, beyond kills.</param>
    public static void Compare(TrialRun run, int silos, int interruptions)
    {
        var check = new BooksCheck(run, silos, interruptions);
        check.Everybody();
        check.Sums();
        check.Sink();
        ExportCheck.Compare(run, check._ledger, check._lost);
        check.Judge();
    }

    private void Everybody()
    {
        foreach (var address in _run.Audience.Accepted)
        {
            if (!_ledger.TryGetValue(address, out var state)) Lose(address, "is not in the ledger");
            else if (state == RecipientState.Sent && !_mail.Contains(address)) Lose(address, "is recorded as sent, and the sink has nothing");
            else if (state == RecipientState.Failed && !_run.Audience.IsRefused(address)) Lose(address, "was given up");
            else if (state is not (RecipientState.Sent or RecipientState.Failed or RecipientState.Unknown)) Lose(address, $"is left {state}");
            else if (state == RecipientState.Unknown && _resends) Lose(address, "is left in doubt although doubt is to be sent again");
            else if (state == RecipientState.Failed && _mail.Contains(address)) _result.Broken.Add($"{address} is recorded as refused, and the sink has it");
        }
    }

    private void Sums()
    {
        var books = _run.Installation.Books;
        var id = books.FileId(_run.File);
        Same("records of the file", _run.Audience.Rows.Count, books.Scalar("SELECT records FROM inbound_file WHERE file_id = $1", id));
        Same("accepted recipients", _run.Audience.Accepted.Count, books.Scalar("SELECT SUM(accepted) FROM mailing WHERE file_id = $1 AND state <> 0", id));
        Same("rows of the ledger", _run.Audience.Accepted.Count, books.Scalar("SELECT COUNT(*) FROM ledger"));
        Same("rejected records", _run.Audience.Rejected, books.Scalar("SELECT COUNT(DISTINCT record) FROM file_problem WHERE file_id = $1 AND record > 0", id));
        Same("mailings", 1, books.Scalar("SELECT COUNT(*) FROM mailing"));
        Same("files taken in", 1, books.Scalar("SELECT COUNT(*) FROM inbound_file"));
    }

    private void Sink()
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var messages in _mail)
        {
            var address = messages.Key;
            if (!_run.Audience.Accepted.Contains(address)) _result.Broken.Add($"{address} was mailed and is not among those accepted");
            _result.Repeated += messages.Count() - 1;
            if (messages.Select(message => message.MessageId).Distinct(StringComparer.Ordinal).Skip(1).Any()) _result.Broken.Add($"the repeat to {address} has another Message-ID");
            var id = messages.First().MessageId ?? "";
            if (!ids.TryAdd(id, address)) _result.Broken.Add($"{address} and {ids[id]} share the Message-ID {id}");
        }
    }

    private void Judge()
    {
        _result.Lost = _lost.Count;
        _result.Unknown = _ledger.Values.Count(state => state == RecipientState.Unknown);
        if (_result.Lost > 0) _result.Broken.Insert(0, $"{_result.Lost} recipients are lost");
        if (_result.Repeated > (_resends ? _bound : 0)) _result.Broken.Add($"{_result.Repeated} repeats; expected {(_resends ? "at most " + _bound : "none")}");
        if (_result.Unknown > _bound) _result.Broken.Add($"{_result.Unknown} in doubt; expected at most {_bound}");
        if (_isAlone && _result.InDoubt.Exists(count => count > Window)) _result.Broken.Add($"{_result.InDoubt.Max()} claimed at a kill; expected at most {Window}");

        // Promised of a restart. After a cut the lane of the relay says when it is tried again, by design later each time.
        if (_result.Kills > 0 && _result.Resumed.Exists(seconds => seconds > Resume)) _result.Broken.Add($"going on after {_result.Resumed.Max():0.0} s; expected at most {Resume:0}");
    }

    private void Same(string what, long expected, long found)
    {
        if (found != expected) _result.Broken.Add($"{what}: {found}; expected {expected}");
    }

    private void Lose(string address, string why)
    {
        // The first few say what there is to know; a lost thousand need not be listed.
        if (_lost.Add(address) && _lost.Count <= 5) _result.Broken.Add($"{address} {why}");
    }
}
