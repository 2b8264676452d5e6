using System.Text;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>Turns the rows of a list into rows of its database: each value in the one form of its field, at the field's place.</summary>
internal sealed class ContactRow
{
    private readonly IOrderRows _rows;
    private readonly int[] _columns;
    private readonly DatabaseField?[] _fields;
    private readonly int _codeAt;
    private readonly byte[] _code;
    private readonly int _addressColumn;
    private readonly HashSet<int> _supplied = [];

    /// <param name="layout">Places of the fields.</param>
    /// <param name="database">Definition of the fields.</param>
    /// <param name="rows">The list.</param>
    /// <param name="check">Knows which column says who a recipient is.</param>
    /// <param name="code">What goes into <c>XML_DELIVERY_CODE</c>.</param>
    public ContactRow(ContactLayout layout, UserDatabase database, IOrderRows rows, RowCheck check, string code)
    {
        _rows = rows;
        _columns = new int[layout.Names.Count];
        _fields = new DatabaseField?[layout.Names.Count];
        _codeAt = layout.IndexOf(UserDatabase.CodeField);
        _code = Encoding.UTF8.GetBytes(code);
        _addressColumn = check.IdentityColumn;
        for (var i = 0; i < _columns.Length; i++)
        {
            _fields[i] = database.Find(layout.Names[i]);
            _columns[i] = -1;
            for (var column = 0; column < rows.Columns.Count; column++)
            {
                if (string.Equals(rows.Columns[column], layout.Names[i], StringComparison.OrdinalIgnoreCase)) _columns[i] = column;
            }

            if (_columns[i] >= 0 || i == _codeAt) _supplied.Add(i);
        }
    }

    /// <summary>Places of the fields that the rows give.</summary>
    public IReadOnlySet<int> Supplied => _supplied;

    /// <summary>Appends the current row, which was found usable.</summary>
    public void Write(RecipientBlock block)
    {
        var start = block.Position;
        Append(block, _rows.Value(_addressColumn)!.Trim());
        var address = block.Position - start;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (i == _codeAt) RecipientFields.Write(block, _code, _code.Length == 0);
            else WriteField(block, _fields[i], _columns[i] < 0 ? null : _rows.Value(_columns[i]));
        }

        block.Add(new BlockRow(0, block.Count, start, address, start + address, block.Position - start - address));
    }

    private static void WriteField(RecipientBlock block, DatabaseField? field, string? value)
    {
        // What identifies somebody has no blanks around it; other text is kept as it is.
        var text = field is null || value is null ? null : field.Role is not null ? value.Trim() : value;
        if (text is not null && string.IsNullOrWhiteSpace(text) && field!.Type is not (DatabaseFieldType.String or DatabaseFieldType.Text)) text = null;
        if (string.IsNullOrEmpty(text))
        {
            RecipientFields.Write(block, default, isNull: true);
            return;
        }

        text = FieldValue.Canonical(field!, text) ?? text;
        Span<byte> small = stackalloc byte[512];
        if (Encoding.UTF8.TryGetBytes(text, small, out var written)) RecipientFields.Write(block, small[..written], isNull: false);
        else RecipientFields.Write(block, Encoding.UTF8.GetBytes(text), isNull: false);
    }

    private static void Append(RecipientBlock block, string text)
    {
        var span = block.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        block.Advance(Encoding.UTF8.GetBytes(text, span));
    }
}
