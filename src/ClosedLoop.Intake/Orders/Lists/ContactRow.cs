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
        Append(block, EmailAddress.Trim(_rows.Bytes(_addressColumn)));
        var address = block.Position - start;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (i == _codeAt) RecipientFields.Write(block, _code, _code.Length == 0);
            else WriteField(block, _fields[i], _columns[i]);
        }

        block.Add(new BlockRow(0, block.Count, start, address, start + address, block.Position - start - address));
    }

    private void WriteField(RecipientBlock block, DatabaseField? field, int column)
    {
        var value = field is null || column < 0 ? default : _rows.Bytes(column);
        // What identifies somebody has no blanks around it; other text is kept as it is.
        if (field?.Role is not null) value = EmailAddress.Trim(value);
        if (value.IsEmpty || FieldValue.FitsAsItIs(field!, value)) RecipientFields.Write(block, value, isNull: value.IsEmpty);
        else WriteCanonical(block, field!, Encoding.UTF8.GetString(value));
    }

    private static void WriteCanonical(RecipientBlock block, DatabaseField field, string text)
    {
        var isNull = string.IsNullOrWhiteSpace(text) && field.Type is not (DatabaseFieldType.String or DatabaseFieldType.Text);
        RecipientFields.Write(block, isNull ? default : Encoding.UTF8.GetBytes(FieldValue.Canonical(field, text) ?? text), isNull);
    }

    private static void Append(RecipientBlock block, ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(block.GetSpan(utf8.Length));
        block.Advance(utf8.Length);
    }
}
