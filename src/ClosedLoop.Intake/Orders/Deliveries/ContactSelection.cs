using System.Text;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Intake.Orders.Filters;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Orders.Deliveries;

/// <summary>Makes recipients of the rows of a user database: those that the filter selects and that can be reached, each address once where that is asked for.</summary>
internal sealed class ContactSelection : IFilterRow
{
    private readonly FilterExpression? _expression;
    private readonly DateOnly _today;
    private readonly AddressSet? _seen;
    private readonly ContactAddress _address;
    private readonly byte[] _normal = new byte[PushAddress.MaxLength];
    private readonly int[] _placeOf;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private byte[] _row = [];
    private int _sequence;

    /// <param name="layout">Places of the fields.</param>
    /// <param name="database">Definition of the fields.</param>
    /// <param name="address">Says who a row is.</param>
    /// <param name="expression">Whom to take; null takes everybody.</param>
    /// <param name="today">The day in the account's zone.</param>
    /// <param name="seen">Addresses so far; null lets them repeat.</param>
    public ContactSelection(ContactLayout layout, UserDatabase database, ContactAddress address, FilterExpression? expression, DateOnly today, AddressSet? seen)
    {
        (_expression, _today, _seen, _address) = (expression, today, seen, address);
        _placeOf = [.. database.Fields.Select(each => layout.IndexOf(each.Name))];
        _starts = new int[layout.Names.Count];
        _lengths = new int[layout.Names.Count];
    }

    /// <summary>Selected rows without an address that can be used.</summary>
    public long Left { get; private set; }

    string? IFilterRow.this[int field]
    {
        get
        {
            var place = _placeOf[field];
            return place < 0 || _starts[place] < 0 ? null : Encoding.UTF8.GetString(_row, _starts[place], _lengths[place]);
        }
    }

    /// <summary>Appends a row if it is one of the recipients.</summary>
    public void Add(ReadOnlySpan<byte> fields, RecipientBlock block)
    {
        RecipientFields.Index(fields, _starts, _lengths);
        if (_expression is not null)
        {
            if (_row.Length < fields.Length) _row = new byte[Math.Max(fields.Length, 2 * _row.Length)];
            fields.CopyTo(_row);
            if (!_expression.Selects(this, _today)) return;
        }

        var length = _address.Write(fields, _starts, _lengths, _normal);
        if (length == 0)
        {
            Left++;
            return;
        }

        var address = _normal.AsSpan(0, length);
        if (_seen is not null && !_seen.Add(0, address)) return;
        var start = block.Position;
        address.CopyTo(block.GetSpan(length));
        block.Advance(length);
        fields.CopyTo(block.GetSpan(fields.Length));
        block.Advance(fields.Length);
        block.Add(new BlockRow(0, _sequence++, start, length, start + length, fields.Length));
    }
}
