using System.Globalization;
using ClosedLoop.Intake.Orders.Lists;
using ClosedLoop.Model.Accounts;

namespace ClosedLoop.Intake.Orders.Filters;

/// <summary>Values of an expression and how they compare: text without regard to case, numbers as numbers, dates in calendar order.</summary>
internal sealed partial class FilterParser
{
    private static readonly string[] TextOperators = ["contains", "startswith", "endswith"];

    /// <summary>The value a field is compared with; what <c>today</c> means is known only later.</summary>
    private Func<DateOnly, string> Operand(DatabaseField field)
    {
        var token = Current;
        if (token.Is("today")) return Today(field);
        var text = token.Text;
        if (token.Is("-"))
        {
            _at++;
            if (Current.Kind != FilterTokenKind.Number) throw Unexpected("a number");
            text = "-" + Current.Text;
        }
        else if (token.Kind is not (FilterTokenKind.Text or FilterTokenKind.Number) && !(field.Type == DatabaseFieldType.Flag && (token.Is("true") || token.Is("false"))))
        {
            throw Unexpected("a value: text in single quotes, a number, true, false or today");
        }

        _at++;
        var value = FieldValue.Canonical(field with { Length = int.MaxValue }, text)
            ?? throw new FilterException("CL4103", token.Position, $"the value is not of the field's type; expected {FieldValue.Expected(field.Type)}");
        return _ => value;
    }

    private Func<DateOnly, string> Today(DatabaseField field)
    {
        if (field.Type is not (DatabaseFieldType.Date or DatabaseFieldType.DateTime or DatabaseFieldType.Timestamp)) throw new FilterException("CL4103", Current.Position, "today goes with dates only");
        _at++;
        var sign = Take("+") ? 1 : Take("-") ? -1 : 0;
        var days = 0;
        if (sign != 0)
        {
            if (Current.Kind != FilterTokenKind.Number || !int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out days) || days > 36_500) throw Unexpected("a number of days, at most 36500");
            _at++;
        }

        var suffix = field.Type == DatabaseFieldType.Date ? "" : "T00:00:00";
        return today => Clamped(today, sign * days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + suffix;
    }

    private static DateOnly Clamped(DateOnly day, int days) =>
        DateOnly.FromDayNumber(Math.Clamp(day.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    private FilterTest In(DatabaseField field, int index, bool negated)
    {
        Expect("(");
        var values = new List<Func<DateOnly, string>>();
        do
        {
            if (values.Count == FilterExpression.MaxListValues) throw new FilterException("CL4104", Current.Position, FormattableString.Invariant($"a list has more than {FilterExpression.MaxListValues} values"));
            values.Add(Operand(field));
        }
        while (Take(","));
        Expect(")");
        return (row, today) => row[index] is { } value && values.Exists(other => Order(field.Type, value, other(today)) == 0) != negated;
    }

    private FilterTest TextTest(DatabaseField field, int index, string word, bool negated, FilterToken at)
    {
        if (field.Type is not (DatabaseFieldType.String or DatabaseFieldType.Text or DatabaseFieldType.Char)) throw new FilterException("CL4103", at.Position, $"{word} goes with text only");
        if (Current.Kind != FilterTokenKind.Text) throw Unexpected("text in single quotes");
        var part = Current.Text;
        _at++;
        Func<string, bool> test = word switch
        {
            "contains" => value => value.Contains(part, StringComparison.OrdinalIgnoreCase),
            "startswith" => value => value.StartsWith(part, StringComparison.OrdinalIgnoreCase),
            _ => value => value.EndsWith(part, StringComparison.OrdinalIgnoreCase),
        };
        return (row, _) => row[index] is { } value && test(value) != negated;
    }

    // A row without the value satisfies no comparison, not even !=: what is not known is never a reason to write to somebody.
    private static FilterTest Compare(int index, string op, DatabaseFieldType type, Func<DateOnly, string> operand) => op switch
    {
        "=" => (row, today) => row[index] is { } value && Order(type, value, operand(today)) == 0,
        "<" => (row, today) => row[index] is { } value && Order(type, value, operand(today)) < 0,
        "<=" => (row, today) => row[index] is { } value && Order(type, value, operand(today)) <= 0,
        ">" => (row, today) => row[index] is { } value && Order(type, value, operand(today)) > 0,
        ">=" => (row, today) => row[index] is { } value && Order(type, value, operand(today)) >= 0,
        _ => (row, today) => row[index] is { } value && Order(type, value, operand(today)) != 0,
    };

    private static int Order(DatabaseFieldType type, string left, string right) => type switch
    {
        DatabaseFieldType.Integer or DatabaseFieldType.PositiveInteger or DatabaseFieldType.Long =>
            long.Parse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).CompareTo(long.Parse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
        DatabaseFieldType.Double => double.Parse(left, NumberStyles.Float, CultureInfo.InvariantCulture).CompareTo(double.Parse(right, NumberStyles.Float, CultureInfo.InvariantCulture)),
        DatabaseFieldType.String or DatabaseFieldType.Text or DatabaseFieldType.Char => string.Compare(left, right, StringComparison.OrdinalIgnoreCase),
        _ => string.CompareOrdinal(left, right),
    };
}
