using ClosedLoop.Model.Accounts;

namespace ClosedLoop.Intake.Orders.Filters;

/// <summary>Recursive descent over the words of an expression; the result is a tree of closures.</summary>
internal sealed partial class FilterParser(List<FilterToken> tokens, UserDatabase database)
{
    private int _at;
    private int _depth;
    private int _comparisons;

    private FilterToken Current => tokens[_at];

    public FilterTest Parse()
    {
        var test = Or();
        return Current.Kind == FilterTokenKind.End ? test : throw Unexpected("and, or, or the end");
    }

    private FilterTest Or()
    {
        var parts = new List<FilterTest> { And() };
        while (Take("or")) parts.Add(And());
        return parts is [var only] ? only : Any([.. parts]);
    }

    private FilterTest And()
    {
        var parts = new List<FilterTest> { Not() };
        while (Take("and")) parts.Add(Not());
        return parts is [var only] ? only : All([.. parts]);
    }

    private FilterTest Not()
    {
        if (_depth > FilterExpression.MaxDepth) throw new FilterException("CL4104", Current.Position, FormattableString.Invariant($"brackets or negations stand more than {FilterExpression.MaxDepth} deep"));
        _depth++;
        try
        {
            if (Take("not"))
            {
                var inner = Not();
                return (row, today) => !inner(row, today);
            }

            if (!Take("(")) return Comparison();
            var test = Or();
            Expect(")");
            return test;
        }
        finally
        {
            _depth--;
        }
    }

    private FilterTest Comparison()
    {
        var name = Current;
        if (name.Kind is not (FilterTokenKind.Name or FilterTokenKind.QuotedName)) throw Unexpected("a field, not or (");
        if (++_comparisons > FilterExpression.MaxComparisons) throw new FilterException("CL4104", name.Position, FormattableString.Invariant($"more than {FilterExpression.MaxComparisons} comparisons"));
        var index = -1;
        for (var i = 0; i < database.Fields.Count && index < 0; i++)
        {
            if (string.Equals(database.Fields[i].Name, name.Text, StringComparison.OrdinalIgnoreCase)) index = i;
        }

        if (index < 0) throw new FilterException("CL4102", name.Position, "the database has no field of this name");
        _at++;
        return Operator(database.Fields[index], index);
    }

    private FilterTest Operator(DatabaseField field, int index)
    {
        if (Take("is"))
        {
            var wanted = !Take("not");
            Expect("null");
            return (row, _) => row[index] is null == wanted;
        }

        var negated = Take("not");
        var at = Current;
        if (Take("in")) return In(field, index, negated);
        foreach (var word in TextOperators)
        {
            if (Take(word)) return TextTest(field, index, word, negated, at);
        }

        if (negated) throw Unexpected("in, contains, startswith or endswith");
        if (at.Kind != FilterTokenKind.Symbol || at.Text is not ("=" or "!=" or "<>" or "<" or "<=" or ">" or ">=")) throw Unexpected("an operator: = != < <= > >= in, contains, startswith, endswith, is null");
        _at++;
        if (field.Type == DatabaseFieldType.Flag && at.Text is not ("=" or "!=" or "<>")) throw new FilterException("CL4103", at.Position, "a flag has no order; expected = or !=");
        return Compare(index, at.Text, field.Type, Operand(field));
    }

    private static FilterTest Any(FilterTest[] parts) => (row, today) => Array.Exists(parts, part => part(row, today));

    private static FilterTest All(FilterTest[] parts) => (row, today) => Array.TrueForAll(parts, part => part(row, today));

    private bool Take(string word)
    {
        if (!Current.Is(word)) return false;
        _at++;
        return true;
    }

    private void Expect(string word)
    {
        if (!Take(word)) throw Unexpected(word);
    }

    private FilterException Unexpected(string expected) => new("CL4101", Current.Position, $"{(Current.Kind == FilterTokenKind.End ? "the expression ends here" : "something else stands here")}; expected {expected}");
}
