using System.Data.Common;
using ClosedLoop.Data;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>
/// The recipients of one mailing in order, each with how it stood at a cut-off, whatever happened to its rows since. Ledger, addresses, taken-back outcomes and responses
/// lie in the same order, so each is read once from end to end and nothing is looked up.
/// </summary>
internal sealed class RecipientCursor : IDisposable
{
    private const string Responded = "AND sequence IN (SELECT a.sequence FROM response a WHERE a.mailing_id = $1 AND (a.recorded > $2 AND a.recorded <= $3 OR a.overruled > $2 AND a.overruled <= $3) UNION SELECT d.sequence FROM channel_doubt d WHERE d.mailing_id = $1 AND d.settled > $2 AND d.settled <= $3)";

    private readonly RowReader _ledger;
    private readonly RowReader _recipient;
    private readonly RowReader _past;
    private readonly RowReader _response;
    private readonly List<PastOutcome> _pasts = [];
    private readonly List<PastResponse> _responses = [];
    private readonly long _queuedAt;
    private int _addressOf = -1;
    private int _pastOf;
    private int _responseOf;
    private long _recorded;

    /// <param name="connection">Connection to read with.</param>
    /// <param name="period">The cut-offs.</param>
    /// <param name="mailing">The mailing.</param>
    /// <param name="withFields">Whether <see cref="Fields"/> is wanted.</param>
    public RecipientCursor(DbConnection connection, ExportPeriod period, ListedMailing mailing, bool withFields)
    {
        var only = mailing.Recipients == RecipientSelection.ChangedByResponse ? Responded : "";
        RowReader Open(string sql) => new(connection, sql, mailing.MailingId, period.From, period.To);
        _ledger = Open($"SELECT sequence, state, recorded, done_at FROM ledger WHERE mailing_id = $1 {only} ORDER BY sequence");
        _recipient = Open($"SELECT sequence, address{(withFields ? ", fields" : "")} FROM recipient WHERE mailing_id = $1 {only} ORDER BY sequence");
        _past = Open("SELECT sequence, recorded, state, done_at, taken_back, given_back FROM ledger_past WHERE mailing_id = $1 AND recorded <= $3 ORDER BY sequence, recorded");
        _response = Open("SELECT sequence, category, recorded, overruled FROM response WHERE mailing_id = $1 AND recorded <= $3 ORDER BY sequence, recorded, ordinal");
        _queuedAt = mailing.StartedAt;
        _pastOf = Next(_past);
        _responseOf = Next(_response);
    }

    public int Sequence { get; private set; } = -1;

    /// <summary>UTF-8; until the next recipient.</summary>
    public ReadOnlySpan<byte> Address => _recipient.Bytes(1);

    /// <summary>Stored columns; until the next recipient.</summary>
    public ReadOnlySpan<byte> Fields => _recipient.Bytes(2);

    public bool Read()
    {
        if (!_ledger.Read()) return false;
        Sequence = _ledger.Int32(0);
        _recorded = _ledger.IsNull(2) ? long.MaxValue : _ledger.Int64(2);
        while (_addressOf < Sequence) _addressOf = Next(_recipient);
        if (_addressOf != Sequence) throw new InvalidDataException($"Recipient {Sequence} is in the ledger and has no address; the database is damaged.");
        _pasts.Clear();
        for (; _pastOf <= Sequence; _pastOf = Next(_past))
        {
            if (_pastOf == Sequence) _pasts.Add(new PastOutcome(_past.Int64(1), (RecipientState)_past.Int32(2), _past.Int64(3), Stamp(4), Stamp(5)));
        }

        _responses.Clear();
        for (; _responseOf <= Sequence; _responseOf = Next(_response))
        {
            if (_responseOf == Sequence) _responses.Add(new PastResponse(_response.Int64(2), (ResponseCategory)_response.Int32(1), _response.IsNull(3) ? long.MaxValue : _response.Int64(3)));
        }

        return true;
    }

    /// <summary>
    /// How the recipient stood at a cut-off: what was decided later is taken back to the newest outcome known by then, or to being sent if there was none or a
    /// resend had taken it back.
    /// </summary>
    public RecipientStatus StatusAt(long cut)
    {
        var state = (RecipientState)_ledger.Int32(1);
        if (_recorded <= cut && state >= RecipientState.Sent) return new RecipientStatus(state, _ledger.Int64(3), CategoryAt(cut));
        for (var i = _pasts.Count - 1; i >= 0; i--)
        {
            var past = _pasts[i];
            if (past.TakenBack <= cut) return new RecipientStatus(RecipientState.Sending, past.TakenBack, CategoryAt(cut));
            if (past.Recorded <= cut) return new RecipientStatus(past.State, past.DoneAt, CategoryAt(cut));
        }

        return new RecipientStatus(RecipientState.Sending, _queuedAt, CategoryAt(cut));
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _recipient.Dispose();
        _past.Dispose();
        _response.Dispose();
    }

    private long Stamp(int column) => _past.IsNull(column) ? long.MaxValue : _past.Int64(column);

    private static int Next(RowReader reader) => reader.Read() ? reader.Int32(0) : int.MaxValue;

    /// <summary>Spec section 13: the latest bounce if there is one, else the latest other response; section 14: of those since the latest resend.</summary>
    private ResponseCategory? CategoryAt(long cut)
    {
        ResponseCategory? latest = null;
        var since = 0L;
        foreach (var past in _pasts)
        {
            if (past.TakenBack <= cut && past.GivenBack > cut) since = Math.Max(since, past.TakenBack);
        }

        foreach (var response in _responses)
        {
            if (response.Recorded > cut) break;
            if (response.Recorded <= since || response.Overruled <= cut) continue;
            if (latest is not { } known || !known.IsBounce() || response.Category.IsBounce()) latest = response.Category;
        }

        return latest;
    }
}
