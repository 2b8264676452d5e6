using System.Text;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>
/// The rows of one delivery: which column is which field, and whether a row can be used (xml-delivery spec sections 6 and 7). Without an account the identifying columns are those of the documented
/// names, and other columns are taken as they are.
/// </summary>
internal sealed class RowCheck
{
    private static readonly Dictionary<FieldRole, string> UsualNames = new()
    {
        [FieldRole.Email] = "email",
        [FieldRole.Phone] = "phone",
        [FieldRole.PushToken] = "PUSH",
        [FieldRole.PushEndpoint] = "PUSH_ENDPOINT",
        [FieldRole.PushApplication] = "CLAB_15_NAME",
    };

    private readonly IOrderRows _rows;
    private readonly DatabaseField?[] _fields;
    private readonly List<(FieldRole Role, int Column)> _identity = [];
    private readonly OrderProblems _problems;
    private readonly string? _file;

    private RowCheck(IOrderRows rows, OrderProblems problems, string? file)
    {
        (_rows, _problems, _file) = (rows, problems, file);
        _fields = new DatabaseField?[rows.Columns.Count];
    }

    /// <summary>Endpoint types of push that a usable row has had.</summary>
    public HashSet<string> Endpoints { get; } = new(StringComparer.Ordinal);

    /// <summary>The column that says who a recipient is; the first of several.</summary>
    public int IdentityColumn => _identity[0].Column;

    /// <summary>Matches columns and fields.</summary>
    /// <returns>Null when they do not, which is reported as E-09.</returns>
    public static RowCheck? For(IOrderRows rows, OrderChannel channel, UserDatabase? database, OrderProblems problems, string? file, (int Line, int Column) place)
    {
        var check = new RowCheck(rows, problems, file);
        var good = true;
        for (var i = 0; i < rows.Columns.Count && database is not null; i++)
        {
            check._fields[i] = database.Find(rows.Columns[i]);
            if (check._fields[i] is not null) continue;
            good = false;
            problems.Add(OrderErrorCodes.E09, file is null ? place.Line : 1, file is null ? place.Column : i + 1, file is null ? "a recipient has a field that the database does not have" : "the heading is no field of the database", file);
        }

        foreach (var role in Roles(channel))
        {
            var name = database is null ? UsualNames[role] : database.Fields.FirstOrDefault(field => field.Role == role)?.Name;
            var column = name is null ? -1 : rows.Columns.Select((heading, index) => (heading, index)).Where(pair => pair.heading.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.index).FirstOrDefault(-1);
            if (column >= 0) check._identity.Add((role, column));
            // Without an account only push has fixed names (section 6); what identifies a recipient of the others may be called anything.
            if (column >= 0 || (database is null && channel != OrderChannel.Push)) continue;
            good = false;
            problems.Add(OrderErrorCodes.E09, file is null ? place.Line : 1, file is null ? place.Column : 0, name is null ? $"the database has no field of role {role}" : $"field {name}, which says who the recipient is, is missing", file);
        }

        return good ? check : null;
    }

    /// <summary>Goes to the next row that can be used; others are reported with W-04.</summary>
    public bool Read()
    {
        while (_rows.Read())
        {
            if (Fault() is not var (column, fault)) return true;
            _problems.Add(OrderErrorCodes.W04, _rows.Line, _file is null ? 0 : column + 1, $"{fault}; the row is skipped", _file);
        }

        return false;
    }

    private (int Column, string Fault)? Fault()
    {
        foreach (var (role, column) in _identity)
        {
            if (role == FieldRole.Email && IsAddress(_rows.Bytes(column))) continue;
            var value = _rows.Value(column)?.Trim();
            var fault = string.IsNullOrEmpty(value) ? "no value says who the recipient is" : IdentityFault(role, value);
            if (fault is not null) return (column, fault);
        }

        for (var i = 0; i < _fields.Length; i++)
        {
            if (_fields[i] is not { } field || FieldValue.FitsAsItIs(field, _rows.Bytes(i)) || _rows.Value(i) is not { } value) continue;
            if (string.IsNullOrWhiteSpace(value) && field.Type is not (DatabaseFieldType.String or DatabaseFieldType.Text)) continue;
            if (FieldValue.Canonical(field, value) is null) return (i, $"the value does not fit its field; expected {FieldValue.Expected(field.Type)}");
        }

        foreach (var (_, column) in _identity.Where(pair => pair.Role == FieldRole.PushEndpoint)) Endpoints.Add(_rows.Value(column)!.Trim().ToUpperInvariant());
        return null;
    }

    private static bool IsAddress(ReadOnlySpan<byte> utf8)
    {
        Span<byte> normalised = stackalloc byte[EmailAddress.MaxLength];
        return EmailAddress.Normalise(utf8, normalised, out _) == EmailFault.None;
    }

    private static string? IdentityFault(FieldRole role, string value)
    {
        switch (role)
        {
            case FieldRole.Email:
                Span<byte> normalised = stackalloc byte[EmailAddress.MaxLength];
                var fault = EmailAddress.Normalise(Encoding.UTF8.GetBytes(value), normalised, out _);
                return fault == EmailFault.None ? null : $"the address cannot be used: {EmailAddress.Describe(fault)}";
            case FieldRole.Phone:
                return SmsText.IsNumber(value.Replace(" ", "", StringComparison.Ordinal)) ? null : "the phone number cannot be used; expected 3 to 15 digits, perhaps after +";
            case FieldRole.PushEndpoint:
                return value.ToUpperInvariant() is "APN" or "GCM" ? null : "the endpoint is neither APN nor GCM";
            default:
                return null;
        }
    }

    private static FieldRole[] Roles(OrderChannel channel) => channel switch
    {
        OrderChannel.Email => [FieldRole.Email],
        OrderChannel.Sms => [FieldRole.Phone],
        _ => [FieldRole.PushToken, FieldRole.PushEndpoint, FieldRole.PushApplication],
    };
}
